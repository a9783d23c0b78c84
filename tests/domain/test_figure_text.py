from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.figure_text import figure_text, how_to_type, read_figure_text, typed_text
from assessor.domain.scheme import Figure, Scope
from assessor.domain.submission import Blank
from assessor.errors import InputError

PEOPLE = Figure("trained", "培训人数", "人次", Scope.UNIT)
TICK = Figure("named", "明确联络员", "是/否", Scope.UNIT)
RATE = Figure("rate", "增长率", "%", Scope.UNIT)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", Decimal(0)),
        ("", Blank.EMPTY),
        ("  ", Blank.EMPTY),
        ("未填", Blank.EMPTY),
        ("不涉及", Blank.NOT_APPLICABLE),
        ("/", Blank.NOT_APPLICABLE),
        ("／", Blank.NOT_APPLICABLE),
        ("未报", Blank.NOT_SUBMITTED),
        ("1,234.50", Decimal("1234.50")),
        ("１２", Decimal(12)),
        ("12。5", Decimal("12.5")),
        ("300人次", Decimal(300)),
        ("300 人次", Decimal(300)),
        (".5", Decimal("0.5")),
    ],
)
def test_numbers_and_the_three_blanks_are_read_apart(typed: str, value: Decimal | Blank) -> None:
    read = read_figure_text(PEOPLE, typed)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("typed", ["-", "—", "无", "约300", "1,23", "1e3", "三百", "-3", "300人"])
def test_what_could_mean_several_things_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_figure_text(PEOPLE, typed)
    assert refusal.value.place == "培训人数"
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("typed", "value"),
    [("是", 1), ("√", 1), ("1", 1), ("否", 0), ("0", 0), ("×", 0), ("", Blank.EMPTY), ("/", Blank.NOT_APPLICABLE)],
)
def test_a_tick_is_yes_or_no_or_a_blank(typed: str, value: int | Blank) -> None:
    assert read_figure_text(TICK, typed) == value


def test_a_tick_is_no_other_number() -> None:
    with pytest.raises(InputError, match="不是“是”或“否”"):
        read_figure_text(TICK, "2")


def test_a_rate_may_fall() -> None:
    assert read_figure_text(RATE, "-3.5%") == Decimal("-3.5")


def test_what_is_shown_is_read_back_as_it_was() -> None:
    for blank in Blank:
        assert read_figure_text(PEOPLE, figure_text(PEOPLE, blank)) is blank
        assert read_figure_text(TICK, typed_text(TICK, blank)) is blank
    assert figure_text(TICK, Decimal(1)) == "是"
    assert figure_text(TICK, Decimal(0)) == "否"
    assert typed_text(PEOPLE, Blank.EMPTY) == ""
    assert "不涉及" in how_to_type(PEOPLE)
    assert "是" in how_to_type(TICK)


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=3))
def test_any_number_survives_showing_and_reading(value: Decimal) -> None:
    assert read_figure_text(PEOPLE, figure_text(PEOPLE, value)) == value
