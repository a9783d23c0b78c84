"""As wide as the texts of a column, so that as many columns as can be are seen at once."""

from __future__ import annotations

from typing import Any

from assessor.ui import theme
from assessor.ui.grid.column import CellKind
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.table import GridTable

_MEASURED = 200
"""Rows."""
_CELL_MARGIN = 24
_TITLE_MARGIN = 38
"""Room for the button of the column's menu, too."""
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
    lines = sorted({line for text in texts for line in text.split("\n")}, key=len)[-20:]
    widest = max((theme.text_width(line, bold=column.is_bold) for line in lines), default=0)
    title = max(theme.text_width(line) for line in column.title.split("\n"))
    return max(_NARROWEST, min(max(widest + _CELL_MARGIN, title + _TITLE_MARGIN), _WIDEST))
