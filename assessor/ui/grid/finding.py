"""Which cells hold the words that are looked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from assessor.ui.grid.areas import Cell

_STEP = 200
"""Rows."""


def find_cells(words: str, rows: int, columns: int, text: Callable[[int, int], str]) -> Iterator[list[Cell]]:
    """Row by row; yields the growing list of cells now and then. Case does not matter."""
    wanted, found = words.casefold(), list[Cell]()
    for row in range(rows if wanted else 0):
        for column in range(columns):
            if wanted in text(row, column).casefold():
                found.append(Cell(row, column))
        if row % _STEP == _STEP - 1:
            yield found
    yield found


def next_cell(found: list[Cell], after: Cell, *, is_back: bool = False, counts_own: bool = False) -> int | None:
    """Place in ``found`` of the next one in reading order, after the last the first. None: nothing was found."""
    if not found:
        return None
    if is_back:
        return (bisect_left(found, after) - 1) % len(found)
    return (bisect_left(found, after) if counts_own else bisect_right(found, after)) % len(found)
