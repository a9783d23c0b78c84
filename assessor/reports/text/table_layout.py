"""A ruled table as data: cells set in lines, rows with heights, and where it is cut between pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessor.reports.text.line import SetLine

PADDING_X = 3.0
PADDING_Y = 2.5
"""Points between a cell's rules and its text."""
KEPT_LINES = 2
"""A row is cut only where at least so many lines stay on either page."""
CONTINUED = "（续）"


@dataclass(frozen=True)
class Cell:
    """A cell's set lines, ``leading`` points each; it covers ``columns`` columns and ``rows`` rows of the head."""

    column: int
    columns: int
    lines: tuple[SetLine, ...]
    leading: float
    size: float
    rows: int = 1
    shaded: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading + 2 * PADDING_Y


@dataclass(frozen=True)
class Row:
    """``keys``: the texts of the merging columns (for a cell that goes on from the row above, equal to that row's).

    ``joined``: belongs to the row above, of which it is the rest: no rule between them where they meet on one page.
    """

    cells: tuple[Cell, ...]
    height: float
    keys: tuple[str, ...] = ()


def row_height(cells: Sequence[Cell]) -> float:
    return max((cell.height / cell.rows for cell in cells), default=0.0)


def take_rows(rows: Sequence[Row], room: float, whole_page: float) -> tuple[list[Row], list[Row]]:
    """The rows that fit in ``room`` points, and the rest. A row is cut by lines only if it is higher than a third of
    ``whole_page``; lower ones go to the next page whole.
    """
    taken: list[Row] = []
    for number, row in enumerate(rows):
        if row.height <= room:
            taken.append(row)
            room -= row.height
            continue
        rest = list(rows[number:])
        if row.height > whole_page / 3 or not taken:
            cut = cut_row(row, room)
            if cut is not None:
                taken.append(cut[0])
                rest[0] = cut[1]
        return taken, rest
    return taken, []


def cut_row(row: Row, room: float) -> tuple[Row, Row] | None:
    """The row's part that fits in ``room`` and its rest; None where too few lines would stand on either page."""
    upper: list[Cell] = []
    lower: list[Cell] = []
    moved = 0
    for cell in row.cells:
        fitting = int((room - 2 * PADDING_Y + 0.01) / cell.leading)
        if len(cell.lines) <= fitting:
            upper.append(cell)
            lower.append(replace(cell, lines=()))
            continue
        fitting = min(fitting, len(cell.lines) - KEPT_LINES)
        if fitting < KEPT_LINES:
            return None
        moved += len(cell.lines) - fitting
        upper.append(replace(cell, lines=cell.lines[:fitting]))
        lower.append(replace(cell, lines=cell.lines[fitting:]))
    if not moved:
        return None
    return (
        replace(row, cells=tuple(upper), height=row_height(upper)),
        replace(row, cells=tuple(lower), height=row_height(lower)),
    )
