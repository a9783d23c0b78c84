"""A ruled table as data: cells set in lines, rows with heights, and where rows are parted between pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessor.reports.text.line import SetLine

PADDING_X = 3.0
PADDING_Y = 2.5
"""Points between a cell's rules and its text."""
KEPT_LINES = 2
"""A row is cut only where at least so many lines of the cut cell stay on either page."""
KEPT_ROWS = 3
"""So many rows at least go over to the last page together."""
_EPSILON = 0.01


@dataclass(frozen=True)
class Cell:
    """A cell's set lines, ``leading`` points each, over ``columns`` columns."""

    column: int
    columns: int
    lines: tuple[SetLine, ...]
    leading: float
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading + 2 * PADDING_Y


@dataclass(frozen=True)
class Row:
    """``keys``: what must be equal to the row above for the first cells to merge with its cells, column by column.

    ``again``: the cell that names the row again, marked （续）, where it goes on over a page end.
    ``heading``: a row over all columns that belongs to the rows below it.
    """

    cells: tuple[Cell, ...]
    height: float
    keys: tuple[str, ...] = ()
    again: Cell | None = None
    heading: bool = False


@dataclass(frozen=True)
class Group:
    """Rows ``first`` to ``end`` of a page whose cells in one merging column are a single cell."""

    column: int
    first: int
    end: int


def groups(rows: Sequence[Row]) -> Iterator[Group]:
    """The merged cells of the rows that stand on one page, inner columns first; single cells too."""
    for column in reversed(range(max((len(row.keys) for row in rows), default=0))):
        first = 0
        for index in range(1, len(rows) + 1):
            if index == len(rows) or rows[index].keys[: column + 1] != rows[first].keys[: column + 1]:
                if len(rows[first].keys) > column:
                    yield Group(column, first, index)
                first = index


def heights(rows: Sequence[Row]) -> list[float]:
    """Of each row on its page; the last row of a merged cell grows where the cell's text needs it."""
    result = [row.height for row in rows]
    for group in groups(rows):
        needed = rows[group.first].cells[group.column].height
        result[group.end - 1] += max(0.0, needed - sum(result[group.first : group.end]))
    return result


def take_rows(rows: Sequence[Row], room: float, cut_above: float) -> tuple[list[Row], list[Row]]:
    """The rows that fit in ``room`` points, and the rest. Only a row higher than ``cut_above`` is cut between lines;
    others go to the next page whole. A heading does not stay behind alone, and
    a last row or two does not go over alone.
    """
    count = _fitting(rows, room)
    if count == len(rows):
        return list(rows), []
    taken, rest = list(rows[:count]), list(rows[count:])
    if rest[0].height > cut_above:
        cut = cut_row(rest[0], room - sum(heights(taken)))
        if cut is not None and sum(heights([*taken, cut[0]])) <= room + _EPSILON:
            return [*taken, cut[0]], [cut[1], *rest[1:]]
    while len(rest) < KEPT_ROWS and len(taken) > KEPT_ROWS:
        rest.insert(0, taken.pop())
    while taken and taken[-1].heading:
        rest.insert(0, taken.pop())
    return taken, rest


def _fitting(rows: Sequence[Row], room: float) -> int:
    count, used = 0, 0.0
    while count < len(rows) and used + rows[count].height <= room + _EPSILON:
        used += rows[count].height
        count += 1
    while count and sum(heights(rows[:count])) > room + _EPSILON:
        count -= 1
    return count


def cut_row(row: Row, room: float) -> tuple[Row, Row] | None:
    """The part of the row that fits in ``room``, and its rest; None where too few lines would stand on either page."""
    upper: list[Cell] = []
    lower: list[Cell] = []
    for cell in row.cells[len(row.keys) :] or row.cells:
        fitting = int((room - 2 * PADDING_Y + _EPSILON) / cell.leading)
        if len(cell.lines) > fitting:
            fitting = min(fitting, len(cell.lines) - KEPT_LINES)
            if fitting < KEPT_LINES:
                return None
        upper.append(replace(cell, lines=cell.lines[:fitting]))
        lower.append(_continuation(row, cell, fitting))
    merged = row.cells[: len(row.cells) - len(upper)]
    return (
        replace(row, cells=(*merged, *upper), height=max(cell.height for cell in upper)),
        replace(row, cells=(*merged, *lower), height=max(cell.height for cell in lower)),
    )


def _continuation(row: Row, cell: Cell, shown: int) -> Cell:
    if row.again is not None and cell.column == row.again.column and shown >= len(cell.lines):
        return row.again
    return replace(cell, lines=cell.lines[shown:])
