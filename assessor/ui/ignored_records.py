"""A quiet line that says how many records were left out of the scoring, and lists them when it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from assessor.ui import theme

_LINES_AT_ONCE = 5
_LINE_HEIGHT = 20


class IgnoredRecords(QWidget):
    """Hidden where nothing was left out."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton()
        self.button.setCheckable(True)
        theme.dress(self.button, role="link", tone="warn")
        self.button.toggled.connect(self._open)
        self._count = 0
        self.list = QLabel()
        self.list.setWordWrap(True)
        self.list.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        self.list.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list.setAccessibleName("未计分的记录")
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("未计分的记录")
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.list)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._scroll)
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        self._count = len(lines)
        self.list.setText("\n".join(lines))
        self._scroll.setFixedHeight(_LINE_HEIGHT * min(len(lines), _LINES_AT_ONCE) + 4)
        self.button.setChecked(False)
        self._name(False)
        self.setVisible(bool(lines))

    def _open(self, is_open: bool) -> None:
        self._scroll.setVisible(is_open)
        self._name(is_open)

    def _name(self, is_open: bool) -> None:
        self.button.setText(f"有 {self._count} 条记录没有计分 {'▾' if is_open else '▸'}")
