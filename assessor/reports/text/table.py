"""Ruled tables that break over pages anywhere: repeated head, cut rows, merged categories named again."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from assessor.reports.text.cell import CellText
from assessor.reports.text.style import CAPTION, CELL, GRID_PITCH, HEAD_CELL, Align, TextStyle


class RuledTable(Flowable):  # type: ignore[misc]
    """What ``ruled_table`` makes: one flowable with its caption, to be appended to the story."""


def ruled_table(
    head_rows: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str | CellText]],
    col_widths: Sequence[float],
    *,
    caption: str = "",
    note: str = "",
    aligns: Sequence[Align] | None = None,
    merge_columns: int = 0,
    head_spans: Sequence[tuple[int, int, int, int]] = (),
    cell_style: TextStyle = CELL,
    head_style: TextStyle = HEAD_CELL,
    caption_style: TextStyle = CAPTION,
    snap: float | None = GRID_PITCH,
) -> RuledTable:
    """A table ``col_widths`` points wide; append it to the story (it splits itself, never a LayoutError).

    ``note`` stands right above the box (单位：分). ``aligns`` gives each column's alignment (left by default).
    Equal neighbours in the first ``merge_columns`` columns become one cell. A row with a single cell spans all
    columns. ``head_spans`` are (row, column, rows, columns) of merged head cells. ``snap`` rounds the height up to
    whole lines of the grid.
    """
    raise NotImplementedError
