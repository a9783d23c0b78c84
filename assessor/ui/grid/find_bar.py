"""Ctrl+F: a bar above the table that goes from find to find, and marks all of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton

from assessor.ui import theme
from assessor.ui.grid.areas import Cell
from assessor.ui.grid.finding import find_cells, next_cell
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.selecting import Selecting
from assessor.ui.grid.slices import Slices
from assessor.ui.grid.table import GridTable

_PAUSE_MS = 150
"""After a key, before a long table is searched."""


class FindBar(QFrame):
    closed = Signal()

    def __init__(self, table: GridTable, selecting: Selecting) -> None:
        super().__init__()
        self._table, self._selecting = table, selecting
        self._model: RowModel[Any] | None = None
        self._found: list[Cell] = []
        self._slices = Slices(self)
        table.rows_came.connect(self._refresh)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._search(goes=True))
        theme.dress(self, role="bar")
        self.line = QLineEdit()
        self.line.setPlaceholderText("在表中查找")
        self.line.setAccessibleName("查找")
        self.line.setClearButtonEnabled(True)
        self.line.setFixedWidth(260)
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.count = QLabel()
        self.count.setMinimumWidth(theme.text_width("第 99999 / 99999 处"))
        theme.dress(self.count, tone="muted")
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 4, theme.SPACE, 4)
        row.addWidget(self.line)
        for sign, name, is_back in (("▲", "上一处（Shift+Enter）", True), ("▼", "下一处（Enter）", False)):
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked, is_back=is_back: self.go(is_back=is_back))
            row.addWidget(button)
        row.addWidget(self.count)
        row.addStretch(1)
        closing = QPushButton("关闭")
        closing.setToolTip("Esc")
        closing.clicked.connect(self.close_bar)
        theme.dress(closing, role="link")
        row.addWidget(closing)

    def set_model(self, model: RowModel[Any]) -> None:
        self._model = model
        self._refresh()

    def open_bar(self) -> None:
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        if self.line.text():
            self._search(goes=False)

    def look_for(self, words: str) -> None:
        """As if they had been typed."""
        self.line.setText(words)
        self._search(goes=True)

    @property
    def is_searching(self) -> bool:
        return self._slices.is_running

    def close_bar(self) -> None:
        self._pause.stop()
        self._slices.cancel()
        self._found = []
        if self._model is not None:
            self._model.mark("")
        self.hide()
        self.closed.emit()

    def go(self, *, is_back: bool = False, counts_own: bool = False) -> None:
        """To the next find, or the one before."""
        if self._pause.isActive():
            self._pause.stop()
            self._search(goes=True)
            return
        active = self._selecting.active
        place = next_cell(self._found, active, is_back=is_back, counts_own=counts_own) if active else None
        if place is not None:
            self._selecting.select(self._found[place])
        self._say(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(is_back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _search(self, *, goes: bool) -> None:
        model, words = self._model, self.line.text().strip()
        if model is None:
            return
        model.mark(words)
        shown = self._table.shown_columns()
        steps = find_cells(
            words, model.rowCount(), len(shown), lambda row, column: model.shown_text(row, shown[column])
        )
        self.count.setText("正在查找…" if words else "")
        self._slices.run(steps, lambda found: self._take(found, goes=goes))

    def _take(self, found: list[Cell], *, goes: bool) -> None:
        self._found = found
        if goes:
            self.go(counts_own=True)
        else:
            self._say(None)

    def _say(self, place: int | None) -> None:
        if not self.line.text().strip():
            self.count.setText("")
        elif not self._found:
            self.count.setText("没有找到")
        elif place is None:
            self.count.setText(f"共 {len(self._found)} 处")
        else:
            self.count.setText(f"第 {place + 1} / {len(self._found)} 处")
        theme.dress(self.count, tone="bad" if self.line.text().strip() and not self._found else "muted")

    def _refresh(self) -> None:
        """Other rows: what was found may be elsewhere."""
        if self.isVisible() and self.line.text():
            self._search(goes=False)
