"""Ruled tables that break over pages anywhere: repeated head, cut rows, merged categories named again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from assessor.reports.text.line import set_text
from assessor.reports.text.paragraph import draw_lines
from assessor.reports.text.runs import Segments
from assessor.reports.text.style import CAPTION, CELL, HEAD_CELL, MM, Align, TextStyle
from assessor.reports.text.table_drawing import draw_rows
from assessor.reports.text.table_layout import PADDING_X, Cell, Row, heights, take_rows

CONTINUED = "（续）"
_CUT_ABOVE = 225 * MM / 3
"""Points: a row higher than a third of the type area is cut between its lines, a lower one never."""
_FIRST_ROWS = 3
"""A caption and head stay with so many rows, unless those are high."""
_MERGED_LINES = 12
"""A longer text in a merging column is a cell of its own, so that it can be cut."""


def ruled_table(
    head_rows: Sequence[Sequence[Segments]],
    rows: Sequence[Sequence[Segments]],
    col_widths: Sequence[float],
    *,
    caption: str = "",
    note: str = "",
    aligns: Sequence[Align] | None = None,
    merge_columns: int = 0,
    cell_style: TextStyle = CELL,
    head_style: TextStyle = HEAD_CELL,
    caption_style: TextStyle = CAPTION,
) -> RuledTable:
    """A table ``col_widths`` points wide; append it to the story (it splits itself, never a LayoutError).

    ``note`` stands right above the box (单位：分). ``aligns`` gives each column's alignment (left by default). Equal
    neighbours in the first ``merge_columns`` columns become one cell, whose text is repeated on the next page. A row
    with a single cell spans all columns and stays with the next row. Raises ValueError for a row that has neither one
    cell nor as many as there are columns.
    """
    builder = _Builder(tuple(col_widths), cell_style, tuple(aligns or [Align.LEFT] * len(col_widths)))
    return RuledTable(
        builder.widths,
        builder.head(head_rows, head_style),
        [builder.row(row, number, merge_columns, head_style) for number, row in enumerate(rows)],
        (caption, caption_style),
        (note, replace(cell_style, align=Align.RIGHT)),
    )


class RuledTable(Flowable):  # type: ignore[misc]
    """What ``ruled_table`` makes: one flowable with its caption."""

    def __init__(
        self,
        widths: tuple[float, ...],
        head: list[Row],
        rows: list[Row],
        caption: tuple[str, TextStyle],
        note: tuple[str, TextStyle],
        *,
        continued: bool = False,
    ) -> None:
        super().__init__()
        self._widths, self._head, self._rows = widths, head, rows
        self._caption, self._note = caption, note
        self._continued = continued
        self.hAlign = "CENTER"
        self.width = sum(widths)
        self._above = [
            (set_text(text, style, self.width), style) for text, style in self._labels(caption, note) if text
        ]

    def _labels(self, caption: tuple[str, TextStyle], note: tuple[str, TextStyle]) -> list[tuple[str, TextStyle]]:
        text, style = caption
        return [(text + CONTINUED if text and self._continued else text, style), note]

    @property
    def is_continued(self) -> bool:
        """Whether it is the rest of a table that began on an earlier page."""
        return self._continued

    @property
    def _top(self) -> float:
        """The height of what stands above the rows."""
        above = sum(len(lines) * style.leading for lines, style in self._above)
        return above + sum(row.height for row in self._head)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.height = self._top + sum(heights(self._rows))
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        room = available_height - self._top
        fresh = bool(getattr(getattr(self, "_frame", None), "_atTop", False))
        if not self._continued and not fresh and room < min(sum(heights(self._rows[:_FIRST_ROWS])), _CUT_ABOVE):
            return []
        taken, rest = take_rows(self._rows, room, _CUT_ABOVE)
        if not taken and fresh:
            taken, rest = take_rows(self._rows, room, 0.0)
        if not taken:
            return []
        first = self._part(taken, continued=self._continued)
        return [first, self._part(rest, continued=True)] if rest else [first]

    def _part(self, rows: list[Row], *, continued: bool) -> RuledTable:
        return RuledTable(self._widths, self._head, rows, self._caption, self._note, continued=continued)

    def draw(self) -> None:
        top = self.height
        for lines, style in self._above:
            draw_lines(self.canv, lines, style, top)
            top -= len(lines) * style.leading
        draw_rows(self.canv, self._head, self._rows, self._widths, top)


class _Builder:
    """Sets the cells of one table: knows its columns and styles."""

    def __init__(self, widths: tuple[float, ...], style: TextStyle, aligns: tuple[Align, ...]) -> None:
        if len(aligns) != len(widths):
            raise ValueError(f"{len(aligns)} alignments for {len(widths)} columns")
        self.widths = widths
        self._style = style
        self._styles = [replace(style, align=align) for align in aligns]

    def head(self, rows: Sequence[Sequence[Segments]], style: TextStyle) -> list[Row]:
        cells = [tuple(self._cell(text, column, style) for column, text in enumerate(row)) for row in rows]
        return [Row(row, max(cell.height for cell in row)) for row in cells]

    def row(self, texts: Sequence[Segments], number: int, merging: int, head_style: TextStyle) -> Row:
        columns = len(self.widths)
        if len(texts) == 1 and columns > 1:
            style = replace(self._style, slot=head_style.slot, align=Align.LEFT)
            cell = self._cell(texts[0], 0, style, columns)
            return Row((cell,), cell.height, heading=True)
        if len(texts) != columns:
            raise ValueError(f"row {number} has {len(texts)} cells, the table {columns} columns")
        cells = tuple(self._cell(text, column, self._styles[column]) for column, text in enumerate(texts))
        merged = _merged_columns(cells, merging)
        keys = tuple(_plain(text) for text in texts[:merged])
        own = cells[merged:] or cells
        height = max(cell.height for cell in own)
        return Row(cells, height, keys, self._again(texts, merged, height))

    def _again(self, texts: Sequence[Segments], column: int, height: float) -> Cell | None:
        """Only for rows that may be cut: their first cell of its own, marked （续）."""
        if height <= _CUT_ABOVE or column >= len(texts) - 1:
            return None
        text = _plain(texts[column])
        return self._cell(text + CONTINUED, column, self._styles[column]) if text else None

    def _cell(self, text: Segments, column: int, style: TextStyle, columns: int = 1) -> Cell:
        width = sum(self.widths[column : column + columns]) - 2 * PADDING_X
        return Cell(column, columns, tuple(set_text(text, style, width)), style.leading, style.size)


def _plain(text: Segments) -> str:
    return text if isinstance(text, str) else "".join(part for _slot, part in text)


def _merged_columns(cells: Sequence[Cell], merging: int) -> int:
    for column in range(merging):
        if len(cells[column].lines) > _MERGED_LINES:
            return column
    return merging
