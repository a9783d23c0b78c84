"""Filters, order, values with counts, sums and finds, without a window."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.ui.grid.areas import Cell
from assessor.ui.grid.arrangement import Arrangement, Order, ValueFilter, arrange, natural_key, number_key
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.column_values import column_values, filter_of
from assessor.ui.grid.finding import find_cells, next_cell
from assessor.ui.grid.number_text import plain_number
from assessor.ui.grid.statistics import Summary, summarize

T = TypeVar("T")
Row = tuple[str, str]
COLUMNS = (
    Column[Row]("name", "单位", CellKind.TEXT, lambda row: row[0]),
    Column[Row]("mark", "得分", CellKind.NUMBER, lambda row: row[1]),
)
ROWS: list[Row] = [("市科协", "9.5"), ("丰城市", ""), ("樟树市", "100"), ("市科协", "暂 3"), ("袁州区", "10")]


def last(steps: Iterable[T]) -> T:
    return list(steps)[-1]


def test_numbers_sort_by_value_and_the_rest_comes_last_either_way() -> None:
    rising = last(arrange(ROWS, COLUMNS, Arrangement({}, Order("mark"))))
    falling = last(arrange(ROWS, COLUMNS, Arrangement({}, Order("mark", is_descending=True))))
    assert (rising, falling) == ([0, 4, 2, 1, 3], [2, 4, 0, 1, 3])


def test_chinese_sorts_by_sound_and_numbers_in_texts_by_value() -> None:
    assert sorted(["樟树市", "丰城市", "袁州区"], key=natural_key) == ["丰城市", "袁州区", "樟树市"]
    assert sorted(["任务10", "任务9", "b", "A"], key=natural_key) == ["A", "b", "任务9", "任务10"]


def test_filters_of_several_columns_all_hold() -> None:
    rules = {"name": ValueFilter(frozenset({"市科协", "丰城市"})), "mark": ValueFilter(frozenset({""}), True)}
    assert last(arrange(ROWS, COLUMNS, Arrangement(rules))) == [0, 3]


def test_a_filter_of_a_column_that_is_gone_is_nothing() -> None:
    rules = {"gone": ValueFilter(frozenset())}
    assert last(arrange(ROWS, COLUMNS, Arrangement(rules, Order("gone")))) == [0, 1, 2, 3, 4]


@given(st.lists(st.integers(-99, 99), max_size=40), st.booleans())
def test_the_order_is_stable_and_complete(marks: list[int], is_descending: bool) -> None:
    rows = [("甲", str(mark)) for mark in marks]
    places = last(arrange(rows, COLUMNS, Arrangement({}, Order("mark", is_descending))))
    assert places == sorted(range(len(rows)), key=lambda place: marks[place], reverse=is_descending)


def test_values_are_counted_past_the_other_filters() -> None:
    asked = Arrangement({"name": ValueFilter(frozenset({"市科协"})), "mark": ValueFilter(frozenset({"9.5"}))})
    assert last(column_values(ROWS, COLUMNS, asked, "mark")) == [("9.5", 1), ("暂 3", 1)]
    plain = Arrangement({})
    assert last(column_values(ROWS, COLUMNS, plain, "mark")) == [
        ("9.5", 1),
        ("10", 1),
        ("100", 1),
        ("暂 3", 1),
        ("", 1),
    ]


def test_a_value_typed_later_shows_where_few_were_taken_away() -> None:
    few_gone = filter_of({"a", "b"}, ["a", "b", "c"])
    few_kept = filter_of({"a"}, ["a", "b", "c"])
    assert few_gone is not None and few_kept is not None
    assert (few_gone.accepts("新"), few_gone.accepts("c")) == (True, False)
    assert (few_kept.accepts("新"), few_kept.accepts("a")) == (False, True)
    assert filter_of({"a"}, ["a"]) is None


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("８５。５", "85.5"),
        (" 1,234.50 ", "1234.50"),
        ("−3", "-3"),
        ("1,2", "1,2"),
        ("85.5 分", "85.5 分"),
        ("５％", "5%"),
    ],
)
def test_numbers_as_they_are_typed(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain


@pytest.mark.parametrize("text", ["", "—", "暂 3", "3 分", "NaN", "Infinity", "1e", "一"])
def test_what_is_no_number(text: str) -> None:
    assert number_key(text) is None


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=30))
def test_sum_and_mean_are_exact(numbers: list[Decimal]) -> None:
    found = last(summarize(["", "甲", *map(str, numbers)]))
    exact = sum(map(Fraction, numbers), Fraction(0))
    assert (found.numbers, found.filled, Fraction(found.total)) == (len(numbers), len(numbers) + 1, exact)
    assert found.mean is not None
    assert abs(Fraction(found.mean) - exact / len(numbers)) <= Fraction(1, 20000)


def test_a_summary_in_words() -> None:
    assert last(summarize(["90", "85.50", "", "甲"])).words == "计数 3  求和 175.5  平均 87.75"
    assert last(summarize(["0.1"] * 10)).words == "计数 10  求和 1  平均 0.1"
    assert last(summarize(["甲", "乙"])).words == "计数 2"
    assert last(summarize(["1"])).words == Summary().words == ""


def test_large_and_small_numbers_add_up_without_loss() -> None:
    assert last(summarize(["1" + "0" * 40, "0.01", "-1" + "0" * 40])).total == Decimal("0.01")


def test_finds_go_round() -> None:
    texts = [["任务A1", "x"], ["y", "任务a1"]]
    found = last(find_cells("a1", 2, 2, lambda row, column: texts[row][column]))
    assert found == [Cell(0, 0), Cell(1, 1)]
    assert next_cell(found, Cell(0, 0)) == 1
    assert next_cell(found, Cell(0, 0), counts_own=True) == 0
    assert next_cell(found, Cell(1, 1)) == 0
    assert next_cell(found, Cell(0, 0), is_back=True) == 1
    assert next_cell([], Cell(0, 0)) is None
    assert last(find_cells("", 2, 2, lambda _row, _column: "")) == []
