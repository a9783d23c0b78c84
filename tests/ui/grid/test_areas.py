"""Selections as rectangles: extending, going round, bands of rows, and where the keys go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.ui.grid.areas import Area, Cell, Selection, by_rows, runs
from assessor.ui.grid.moves import Extent, Move, moved
from assessor.ui.grid.paste_plan import Placed, cells_of, plan_fill, plan_paste

CELLS = st.builds(Cell, st.integers(0, 6), st.integers(0, 6))
AREAS = st.builds(Area.between, CELLS, CELLS)


def test_shift_extends_from_the_active_cell() -> None:
    selection = Selection.of(Cell(3, 3)).extended(Cell(1, 5)).extended(Cell(4, 2))
    assert (selection.areas, selection.active) == ((Area(3, 2, 4, 3),), Cell(3, 3))


@given(AREAS, st.sampled_from([(1, 0), (0, 1), (-1, 0), (0, -1)]))
def test_going_round_visits_every_cell_once(area: Area, step: tuple[int, int]) -> None:
    selection = Selection.over(area)
    seen = set()
    for _ in range(area.size):
        selection = selection.stepped(*step)
        seen.add(selection.active)
    assert (seen, selection.active) == (set(area.cells()), Cell(area.top, area.left))


@given(st.lists(AREAS, min_size=1, max_size=4))
def test_areas_that_overlap_give_every_cell_once(areas: list[Area]) -> None:
    cells = list(cells_of(areas))
    assert len(cells) == len(set(cells))
    assert set(cells) == {cell for area in areas for cell in area.cells()}
    assert cells == sorted(cells)


def test_bands_of_rows_and_runs() -> None:
    assert by_rows([Area(0, 0, 2, 0), Area(1, 2, 1, 2)]) == [
        (0, 0, frozenset({0})),
        (1, 1, frozenset({0, 2})),
        (2, 2, frozenset({0})),
    ]
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]


FILLED = ["x..xx.", "xxx.x.", "......"]


def extent() -> Extent:
    return Extent(
        3,
        6,
        2,
        lambda column: lambda row: FILLED[row][column] == "x",
        lambda row: lambda column: FILLED[row][column] == "x",
    )


@pytest.mark.parametrize(
    ("start", "move", "to_edge", "end"),
    [
        ((0, 0), Move.RIGHT, False, (0, 1)),
        ((0, 0), Move.LEFT, False, (0, 0)),
        ((0, 0), Move.RIGHT, True, (0, 3)),
        ((0, 3), Move.RIGHT, True, (0, 4)),
        ((0, 4), Move.RIGHT, True, (0, 5)),
        ((1, 0), Move.RIGHT, True, (1, 2)),
        ((0, 5), Move.LEFT, True, (0, 4)),
        ((0, 0), Move.DOWN, True, (1, 0)),
        ((1, 0), Move.DOWN, True, (2, 0)),
        ((2, 0), Move.DOWN, True, (2, 0)),
        ((2, 2), Move.PAGE_UP, False, (0, 2)),
        ((1, 1), Move.PAGE_DOWN, False, (2, 1)),
        ((1, 1), Move.ROW_START, False, (1, 0)),
        ((1, 1), Move.ROW_END, False, (1, 5)),
        ((1, 1), Move.FIRST, True, (0, 0)),
        ((1, 1), Move.LAST, True, (2, 5)),
    ],
)
def test_where_keys_go(start: tuple[int, int], move: Move, to_edge: bool, end: tuple[int, int]) -> None:
    assert moved(Cell(*start), move, extent(), to_edge=to_edge) == Cell(*end)


def placed(*cells: tuple[int, int, str]) -> list[Placed]:
    return [Placed(Cell(row, column), text) for row, column, text in cells]


def test_a_block_is_repeated_over_a_selection_that_it_divides() -> None:
    block = (("a", "b"),)
    assert plan_paste(block, [Area(0, 0, 1, 1)]) == placed((0, 0, "a"), (0, 1, "b"), (1, 0, "a"), (1, 1, "b"))
    assert plan_paste(block, [Area(5, 1, 5, 1)]) == placed((5, 1, "a"), (5, 2, "b"))
    assert plan_paste(block, [Area(0, 0, 0, 2)]) == placed((0, 0, "a"), (0, 1, "b"))


def test_one_value_goes_into_every_area() -> None:
    assert plan_paste((("a",),), [Area(0, 0, 0, 0), Area(2, 2, 3, 2)]) == placed((0, 0, "a"), (2, 2, "a"), (3, 2, "a"))


def test_nothing_is_pasted_from_nothing() -> None:
    assert plan_paste((), [Area(0, 0, 0, 0)]) == []


def test_a_single_row_is_filled_from_the_one_above() -> None:
    assert plan_fill([Area(1, 0, 1, 0)]) == [(Cell(0, 0), Cell(1, 0))]
    assert plan_fill([Area(0, 0, 0, 0)]) == []
    assert plan_fill([Area(0, 0, 2, 0)]) == [(Cell(0, 0), Cell(1, 0)), (Cell(0, 0), Cell(2, 0))]
