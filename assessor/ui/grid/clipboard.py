"""Copy, cut, paste, fill down and clear: the selected cells of a grid as blocks of text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QObject
from PySide6.QtWidgets import QApplication

from assessor.ui.grid.areas import Area, Cell, by_rows
from assessor.ui.grid.block import Block, block_html, block_text, read_block, read_html
from assessor.ui.grid.paste_plan import cells_of, plan_fill, plan_paste
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.selecting import Selecting
from assessor.ui.grid.table import GridTable
from assessor.ui.grid.writing import Writing

_OWN_FORMAT = "application/x-assessor-cells"
"""What the editors of the copied cells would hold: what is shown may be dressed up (未填)."""


_MOST_HTML = 20_000
"""Cells: of more the markup alone would take seconds, and no word processor wants it."""


class Clipboard(QObject):
    def __init__(self, table: GridTable, selecting: Selecting, writing: Writing) -> None:
        super().__init__(table)
        self._table, self._selecting, self._writing = table, selecting, writing
        self._model: RowModel[Any] | None = None

    def set_model(self, model: RowModel[Any]) -> None:
        self._model = model

    def copy(self, *, with_titles: bool = False) -> None:
        block = self.selected_block()
        if not block:
            return
        own = [[self._edited(cell) for cell in row] for row in self._selected_cells()]
        if with_titles:
            titles = tuple(self._title(column) for column in self._selected_columns())
            block, own = (titles, *block), [list(titles), *own]
        data = QMimeData()
        data.setText(block_text(block))
        if len(block) * len(block[0]) <= _MOST_HTML:
            data.setHtml(block_html(block))
        data.setData(_OWN_FORMAT, QByteArray(json.dumps(own, ensure_ascii=False).encode()))
        QApplication.clipboard().setMimeData(data)

    def cut(self) -> None:
        self.copy()
        self.clear("没有剪切")

    def paste(self) -> None:
        block = block_of(QApplication.clipboard().mimeData())
        selection = self._selecting.selection
        if not block or selection is None:
            return
        placed = plan_paste(block, selection.areas)
        self._writing.submit_block([self._writing.wanted(item.cell, item.text) for item in placed], "没有粘贴")
        if len(selection.areas) == 1 and placed:
            self._select_pasted([item.cell for item in placed])

    def fill_down(self) -> None:
        selection = self._selecting.selection
        if selection is not None:
            pairs = plan_fill(selection.areas)
            wanted = [self._writing.wanted(to, self._edited(source)) for source, to in pairs]
            self._writing.submit_block(wanted, "没有填充")

    def clear(self, deed: str = "没有清除") -> None:
        """Delete: an empty text into every selected cell that shows anything."""
        selection = self._selecting.selection
        if selection is None:
            return
        filled = [cell for cell in cells_of(selection.areas) if self._edited(cell)]
        self._writing.submit_block([self._writing.wanted(cell, "") for cell in filled], deed)

    def selected_block(self) -> Block:
        """What the selected cells show; rows and columns without a selected cell are left out."""
        return tuple(tuple(self._shown(cell) for cell in row) for row in self._selected_cells())

    def _selected_cells(self) -> list[list[Cell | None]]:
        selection = self._selecting.selection
        if selection is None:
            return []
        columns = self._selected_columns()
        return [
            [Cell(row, column) if column in held else None for column in columns]
            for first, last, held in by_rows(selection.areas)
            for row in range(first, last + 1)
        ]

    def _selected_columns(self) -> list[int]:
        areas = self._selecting.selection.areas if self._selecting.selection else ()
        return sorted({column for area in areas for column in range(area.left, area.right + 1)})

    def _shown(self, cell: Cell | None) -> str:
        if cell is None or self._model is None:
            return ""
        return self._model.shown_text(cell.row, self._table.shown_columns()[cell.column])

    def _edited(self, cell: Cell | None) -> str:
        """The text that an editor would open with; of a read-only cell what it shows."""
        if cell is None or self._model is None:
            return ""
        return self._model.edited_text(cell.row, self._table.shown_columns()[cell.column])

    def _title(self, column: int) -> str:
        return self._model.columns[self._table.shown_columns()[column]].title if self._model else ""

    def _select_pasted(self, cells: Sequence[Cell]) -> None:
        """Shows where the block went, as far as there is a table."""
        if self._model is None:
            return
        bottom = min(max(cell.row for cell in cells), self._model.rowCount() - 1)
        right = min(max(cell.column for cell in cells), len(self._table.shown_columns()) - 1)
        area = Area(cells[0].row, cells[0].column, bottom, right)
        selection = self._selecting.selection
        if selection is not None and area != selection.areas[0] and bottom >= area.top and right >= area.left:
            self._selecting.set(type(selection).over(area), scrolls=False)


def block_of(data: QMimeData) -> Block:
    """Cells from this program, else text with tabs and lines, else a table of HTML."""
    if data.hasFormat(_OWN_FORMAT):
        return tuple(tuple(row) for row in json.loads(bytes(data.data(_OWN_FORMAT).data())))
    if data.hasText() and (data.text() or not data.hasHtml()):
        return read_block(data.text())
    return read_html(data.html()) if data.hasHtml() else ()
