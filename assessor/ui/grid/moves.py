"""Where the keys go: one cell, a page, the edge of the data, the ends of a row or of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assessor.ui.grid.areas import Cell


class Move(Enum):
    UP = (-1, 0)
    DOWN = (1, 0)
    LEFT = (0, -1)
    RIGHT = (0, 1)
    PAGE_UP = "page_up"
    PAGE_DOWN = "page_down"
    ROW_START = "row_start"
    ROW_END = "row_end"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class Extent:
    """What can be moved in. ``page``: rows that are seen at once."""

    rows: int
    columns: int
    page: int
    filled_rows: Callable[[int], Callable[[int], bool]]
    """Column -> whether its cell in a row shows anything."""
    filled_columns: Callable[[int], Callable[[int], bool]]
    """Row -> whether its cell in a column does."""


def moved(cell: Cell, move: Move, extent: Extent, *, to_edge: bool = False) -> Cell:
    """``to_edge`` (Ctrl): to where data begin or end in that direction."""
    last = Cell(extent.rows - 1, extent.columns - 1)
    if move in _STEPS:
        rows, columns = _STEPS[move]
        if to_edge:
            return _edge(cell, rows, columns, extent)
        return _within(Cell(cell.row + rows, cell.column + columns), last)
    targets = {
        Move.PAGE_UP: Cell(cell.row - extent.page, cell.column),
        Move.PAGE_DOWN: Cell(cell.row + extent.page, cell.column),
        Move.ROW_START: Cell(cell.row, 0),
        Move.ROW_END: Cell(cell.row, last.column),
        Move.FIRST: Cell(0, 0),
        Move.LAST: last,
    }
    return _within(targets[move], last)


_STEPS = {move: move.value for move in (Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT)}


def _within(cell: Cell, last: Cell) -> Cell:
    return Cell(max(0, min(cell.row, last.row)), max(0, min(cell.column, last.column)))


def _edge(cell: Cell, rows: int, columns: int, extent: Extent) -> Cell:
    """As WPS and Excel: along filled cells to the last of them; else over empty cells to the next filled one."""
    if rows:
        is_filled = extent.filled_rows(cell.column)
        return Cell(_edge_along(is_filled, cell.row, rows, extent.rows), cell.column)
    return Cell(cell.row, _edge_along(extent.filled_columns(cell.row), cell.column, columns, extent.columns))


def _edge_along(is_filled: Callable[[int], bool], start: int, step: int, count: int) -> int:
    path = range(start + step, count if step > 0 else -1, step)
    if not path:
        return start
    if is_filled(start) and is_filled(path[0]):
        return next((place - step for place in path if not is_filled(place)), path[-1])
    return next(filter(is_filled, path), path[-1])
