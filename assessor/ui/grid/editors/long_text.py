"""Long text in a pane of its own beside the cell: Enter is a new line, Ctrl+Enter saves."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from assessor.ui import theme
from assessor.ui.grid.editors.editor import CellEditor, Use
from assessor.ui.grid.placing import beside

_OWN_KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
)
_WIDTH, _HEIGHT = 460, 220


class LongTextEditor(CellEditor):
    def __init__(self, overlay: QWidget, title: str) -> None:
        super().__init__(overlay)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.dress(self, role="pane")
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(title)
        heading = QLabel(title)
        heading.setFont(theme.font(bold=True))
        hint = QLabel("Ctrl+Enter 保存，Esc 放弃")
        theme.dress(hint, tone="faint")
        self.saving = QPushButton("保存")
        self.saving.clicked.connect(self.finish_asked)
        theme.dress(self.saving, role="primary")
        leaving = QPushButton("放弃")
        leaving.clicked.connect(self.give_up_asked)
        foot = QHBoxLayout()
        foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(leaving)
        foot.addWidget(self.saving)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.addWidget(heading)
        layout.addWidget(self.edit, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.edit)

    @property
    def input(self) -> QWidget:
        return self.edit

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str, *, selects: bool) -> None:
        self.edit.setPlainText(text)
        cursor = self.edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.edit.setTextCursor(cursor)

    def use_of(self, event: QKeyEvent) -> Use:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return Use.GRID
        return Use.INPUT if event.key() in _OWN_KEYS else Use.GRID

    def place(self, cell: QRect, view: QWidget) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.resize(min(max(_WIDTH, cell.width()), parent.width()), min(_HEIGHT, parent.height()))
        beside(self, cell, view)

    def point_out(self, is_wrong: bool) -> None:
        theme.dress(self.edit, tone="bad" if is_wrong else "")
