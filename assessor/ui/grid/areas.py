"""Rectangles of cells, and a selection made of them. Rows and columns are counted as they are shown, from 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple


class Cell(NamedTuple):
    row: int
    column: int


@dataclass(frozen=True)
class Area:
    """From ``top`` and ``left`` to ``bottom`` and ``right``, both included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def between(cls, one: Cell, other: Cell) -> Area:
        rows, columns = sorted((one.row, other.row)), sorted((one.column, other.column))
        return cls(rows[0], columns[0], rows[1], columns[1])

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    @property
    def size(self) -> int:
        return self.height * self.width

    def __contains__(self, cell: Cell) -> bool:
        return self.top <= cell.row <= self.bottom and self.left <= cell.column <= self.right

    def cells(self) -> Iterator[Cell]:
        """Row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield Cell(row, column)


@dataclass(frozen=True)
class Selection:
    """``active`` is where typing goes; ``corner`` is what Shift moves, opposite to the anchor of the last area."""

    areas: tuple[Area, ...]
    active: Cell
    corner: Cell

    @classmethod
    def of(cls, cell: Cell) -> Selection:
        return cls((Area.between(cell, cell),), cell, cell)

    @classmethod
    def over(cls, area: Area, active: Cell | None = None) -> Selection:
        start = active if active is not None and active in area else Cell(area.top, area.left)
        row = area.bottom if start.row == area.top else area.top
        column = area.right if start.column == area.left else area.left
        return cls((area,), start, Cell(row, column))

    @property
    def is_single(self) -> bool:
        return len(self.areas) == 1 and self.areas[0].size == 1

    @property
    def size(self) -> int:
        """Cells; those in two areas count twice."""
        return sum(area.size for area in self.areas)

    def extended(self, corner: Cell) -> Selection:
        """The last area, now from the active cell to ``corner``."""
        return replace(self, areas=(*self.areas[:-1], Area.between(self.active, corner)), corner=corner)

    def added(self, cell: Cell) -> Selection:
        """With one more area, which begins at ``cell``."""
        return Selection((*self.areas, Area.between(cell, cell)), cell, cell)

    def stepped(self, rows: int, columns: int) -> Selection:
        """The active cell one further within the selection: down its columns or along its rows, and round."""
        place = next((place for place, area in enumerate(self.areas) if self.active in area), 0)
        area = self.areas[place]
        step = rows or columns
        offset = _offset(area, self.active, by_column=bool(rows)) + step
        if not 0 <= offset < area.size:
            area = self.areas[(place + step) % len(self.areas)]
            offset = 0 if step > 0 else area.size - 1
        return replace(self, active=_cell_at(area, offset, by_column=bool(rows)))


def _offset(area: Area, cell: Cell, *, by_column: bool) -> int:
    row, column = cell.row - area.top, cell.column - area.left
    return column * area.height + row if by_column else row * area.width + column


def _cell_at(area: Area, offset: int, *, by_column: bool) -> Cell:
    if by_column:
        column, row = divmod(offset, area.height)
    else:
        row, column = divmod(offset, area.width)
    return Cell(area.top + row, area.left + column)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs (first, last) without a gap: 1 2 3 7 is 1-3, 7-7."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def by_rows(areas: Sequence[Area]) -> list[tuple[int, int, frozenset[int]]]:
    """Bands of rows (first, last) with the columns that are selected in all of them: no cell comes twice."""
    borders = sorted({area.top for area in areas} | {area.bottom + 1 for area in areas})
    bands = []
    for first, after in pairwise(borders):
        inside = [area for area in areas if area.top <= first and after - 1 <= area.bottom]
        columns = frozenset(column for area in inside for column in range(area.left, area.right + 1))
        if columns:
            bands.append((first, after - 1, columns))
    return bands
