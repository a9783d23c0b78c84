"""Count, sum and mean of the selected cells, told to the window's status bar while the grid has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from assessor.ui.grid.areas import by_rows
from assessor.ui.grid.host import host_of
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.selecting import Selecting
from assessor.ui.grid.slices import Slices
from assessor.ui.grid.statistics import Summary, summarize
from assessor.ui.grid.table import GridTable

_PAUSE_MS = 60
"""While a selection grows under the mouse it is not counted at every step."""


class Summarizing(QObject):
    summarized = Signal(str)

    def __init__(self, table: GridTable, selecting: Selecting) -> None:
        super().__init__(table)
        self._table, self._selecting = table, selecting
        self._model: RowModel[Any] | None = None
        self._slices = Slices(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        selecting.changed.connect(self._pause.start)
        table.cells_changed.connect(self._pause.start)
        table.installEventFilter(self)

    def set_model(self, model: RowModel[Any]) -> None:
        self._model = model
        self._slices.cancel()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self._tell("")
        elif event.type() is QEvent.Type.Show:
            self._pause.start()
        return False

    def _count(self) -> None:
        chosen = self._selecting.selection
        if self._model is None or chosen is None or chosen.is_single:
            self._slices.cancel()
            self._tell(self._filtered_words())
            return
        if chosen.size > _MANY:
            self._tell("正在统计…")
        self._slices.run(summarize(self._texts()), self._show)

    def _filtered_words(self) -> str:
        """How many rows a filter lets pass; empty without a filter."""
        model = self._model
        if model is None or not model.arrangement.filters:
            return ""
        return f"筛选出 {model.rowCount()} 行，共 {model.row_total} 行"

    def _texts(self) -> Iterator[str]:
        model, chosen = self._model, self._selecting.selection
        if model is None or chosen is None:
            return
        columns = self._table.shown_columns()
        for first, last, held in by_rows(chosen.areas):
            for place in held:
                yield from model.texts_between(columns[place], first, last)

    def _show(self, summary: Summary) -> None:
        self._tell(summary.words)

    def _tell(self, text: str) -> None:
        self.summarized.emit(text)
        host = host_of(self._table)
        if host is not None and (self._table.isVisible() or not text):
            host.show_summary(text)


_MANY = 20_000
"""Cells that take a moment to count."""
