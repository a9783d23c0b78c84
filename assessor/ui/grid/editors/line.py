"""A line of text in a cell."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from assessor.ui import theme
from assessor.ui.grid.editors.editor import CellEditor


class LineEditor(CellEditor):
    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.line = QLineEdit()
        self.line.setFont(view.font())
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.dress(self.line, role="cell")
        self.setAutoFillBackground(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.line)
        self.setFocusProxy(self.line)

    @property
    def input(self) -> QWidget:
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str, *, selects: bool) -> None:
        self.line.setText(text)
        if selects:
            self.line.selectAll()

    def point_out(self, is_wrong: bool) -> None:
        theme.dress(self.line, tone="bad" if is_wrong else "")
