"""直接评分: examples by hand, every refusal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.errors import InputError
from tests.domain.rules.leaf import awarded, facts, read, refusal, score

OFFICE = read(kind="direct")


def test_points_given_over_points() -> None:
    outcome = OFFICE.evaluate(awarded(points=Decimal("7.0")))
    assert outcome.fraction == Fraction(7, 8)
    assert outcome.reasoning == "考核办（现场核查）评 7 / 8 = 87.50%"
    assert outcome.inputs == (LeafInput("考核办评分", "7 分", "考核办（现场核查）"),)


def test_nothing_and_everything() -> None:
    assert score(OFFICE, awarded(points=Decimal(0))) == 0
    assert score(OFFICE, awarded(points=Decimal(8))) == 1


@pytest.mark.parametrize("points", ["-0.01", "8.01"])
def test_points_outside_the_leafs_are_refused(points: str) -> None:
    with pytest.raises(InputError, match="考核办评分：评分应在 0 到 8 分之间，现为"):
        OFFICE.evaluate(awarded(points=Decimal(points)))


def test_an_award_without_points_is_refused() -> None:
    with pytest.raises(InputError, match="现为未填"):
        OFFICE.evaluate(awarded(level="优秀"))


def test_the_office_is_awaited_even_after_closing() -> None:
    for closed in (False, True):
        outcome = OFFICE.evaluate(facts(closed=closed))
        assert (outcome.state, outcome.fraction, outcome.reasoning) == (LeafState.PENDING, 0, "待考核办评分")


def test_refusals_of_parameters() -> None:
    assert "不认识的项目“points”" in refusal(kind="direct", points=3)


points = st.decimals(min_value=0, max_value=8, places=2)


@given(points, points)
def test_giving_more_never_lowers_the_fraction(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert score(OFFICE, awarded(points=low)) <= score(OFFICE, awarded(points=high))
