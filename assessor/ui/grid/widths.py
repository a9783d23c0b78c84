"""As wide as the texts of a column, so that as many columns as can be are seen at once."""

from __future__ import annotations

import heapq
from collections.abc import Collection
from typing import Any

from assessor.ui import theme
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.table import GridTable

_MEASURED = 200
"""Rows."""
_CELL_MARGIN = 22
_TITLE_MARGIN = 34
"""Room for the button of the column's menu, too."""
_LONGEST = 4
_NARROWEST, _WIDEST = 48, 420
_TYPICAL = {CellKind.DATE: "2025-12-31", CellKind.LONG_TEXT: "说明" * 8, CellKind.TEXT: "单位名称"}
"""Texts that a column that is still empty will hold."""


def fit_columns(table: GridTable, model: RowModel[Any]) -> None:
    """Every column that the user has not made as wide as he wants it; what room is left goes to the last text."""
    for number in range(len(model.columns)):
        if number not in table.own_widths:
            table.set_width(number, fitting_width(model, number))
    table.set_roomy([number for number, column in enumerate(model.columns) if column.kind in _ROOMY])


_ROOMY = (CellKind.TEXT, CellKind.LONG_TEXT)


def widen_columns(table: GridTable, model: RowModel[Any], first: int, last: int) -> None:
    """Columns in which a text of these rows would be cut off, unless their width is the user's or the page's."""
    for number, column in enumerate(model.columns):
        if column.width is None and number not in table.own_widths:
            width = _width(column, {model.shown_text(place, number) for place in range(first, last + 1)})
            if width > table.natural_width(number):
                table.set_width(number, width)
                table.spread()


def fitting_width(model: RowModel[Any], number: int) -> int:
    """Logical pixels at a zoom of 100 %."""
    column = model.columns[number]
    if column.width is not None:
        return column.width
    rows = min(_MEASURED, model.rowCount())
    texts = {model.shown_text(place, number) for place in range(rows)}
    if column.edit is not None:
        texts.add(_TYPICAL.get(column.kind, ""))
        texts.update(column.edit.choices(model.row_at_place(0)) if rows else ())
    title = max(theme.text_width(line) for line in column.title.split("\n"))
    return max(_NARROWEST, _width(column, texts), min(title + _TITLE_MARGIN, _WIDEST))


def _width(column: Column[Any], texts: Collection[str]) -> int:
    """Only the longest are measured: measuring is dear."""
    lines = {line for text in texts for line in text.split("\n")}
    longest = heapq.nlargest(_LONGEST, lines, key=_signs)
    widest = max((theme.text_width(line, bold=column.is_bold) for line in longest), default=0)
    return min(widest + _CELL_MARGIN, _WIDEST)


def _signs(line: str) -> int:
    """Roughly, in halves of a Chinese sign."""
    return len(line.encode("gb18030", "replace"))
