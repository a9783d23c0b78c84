"""Where the cells of a block go: one value into every selected cell, a block repeated over a selection that it divides
evenly, else the block once, from the first selected cell on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.ui.grid.areas import Area, Cell, by_rows
from assessor.ui.grid.block import Block


@dataclass(frozen=True)
class Placed:
    cell: Cell
    text: str


def plan_paste(block: Block, areas: Sequence[Area]) -> list[Placed]:
    """Cells may lie beyond the table; whoever writes them says so."""
    if not block or not block[0]:
        return []
    if len(block) == 1 and len(block[0]) == 1:
        return [Placed(cell, block[0][0]) for cell in cells_of(areas)]
    first = areas[0]
    if len(areas) == 1 and first.height % len(block) == 0 and first.width % len(block[0]) == 0:
        target = first
    else:
        top, left = min(area.top for area in areas), min(area.left for area in areas)
        target = Area(top, left, top + len(block) - 1, left + len(block[0]) - 1)
    return [Placed(cell, _repeated(block, cell.row - target.top, cell.column - target.left)) for cell in target.cells()]


def plan_fill(areas: Sequence[Area]) -> list[tuple[Cell, Cell]]:
    """Ctrl+D: the first row of each area into those below it; an area of one row takes the cell above. (from, to)."""
    pairs: list[tuple[Cell, Cell]] = []
    for area in areas:
        source = area.top if area.height > 1 else area.top - 1
        if source < 0:
            continue
        below = [cell for cell in area.cells() if cell.row != source]
        pairs.extend((Cell(source, cell.column), cell) for cell in below)
    return pairs


def cells_of(areas: Sequence[Area]) -> Iterator[Cell]:
    """Every selected cell once, row by row."""
    for first, last, columns in by_rows(areas):
        ordered = sorted(columns)
        for row in range(first, last + 1):
            for column in ordered:
                yield Cell(row, column)


def _repeated(block: Block, row: int, column: int) -> str:
    return block[row % len(block)][column % len(block[0])]
