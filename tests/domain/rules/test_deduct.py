"""逐次扣分: examples by hand, both sources, every refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.facts import Event, EventKind
from assessor.domain.rules.deduct import Deduct
from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.errors import InputError, SchemeError
from tests.domain.rules.leaf import SECOND_FORM, check_awaits_the_form, facts, filled, read, refusal, score

LATE_FIXES = read(kind="deduct", per="0.5")
ERRORS = read(kind="deduct", per=1, figure="errors")


def occurrence(key: str, times: int, on: date = date(2024, 6, 3)) -> Event:
    return Event(key, EventKind.OCCURRENCE, "1.1", on, "督查", f"第{key}次督查未整改", occurrences=times)


def test_every_recorded_occurrence_costs() -> None:
    outcome = LATE_FIXES.evaluate(facts(points=2, occurrences=(occurrence("2", 1), occurrence("1", 2))))
    assert outcome.fraction == Fraction(1, 4)
    assert outcome.reasoning == "扣分情形 3 次 × 每次 0.5 分 = 扣 1.5 分，余 0.5 / 2 = 25.00%"
    assert outcome.inputs == (
        LeafInput("第1次督查未整改", "2 次", "扣分情形（2024-06-03）"),
        LeafInput("第2次督查未整改", "1 次", "扣分情形（2024-06-03）"),
    )


def test_no_event_is_no_occurrence_and_scored() -> None:
    outcome = LATE_FIXES.evaluate(facts(points=2))
    assert (outcome.state, outcome.fraction) == (LeafState.SCORED, 1)
    assert outcome.reasoning == "扣分情形 0 次，不扣分 = 100.00%"


def test_until_nothing_is_left() -> None:
    outcome = LATE_FIXES.evaluate(facts(points=2, occurrences=(occurrence("1", 5),)))
    assert outcome.fraction == 0
    assert outcome.reasoning == "扣分情形 5 次 × 每次 0.5 分 = 扣 2.5 分，扣完为止，余 0 / 2 = 0.00%"


def test_a_figure_of_the_form_may_be_counted_instead() -> None:
    outcome = ERRORS.evaluate(filled(points=4, errors=1))
    assert outcome.fraction == Fraction(3, 4)
    assert outcome.inputs == (LeafInput("errors", "1", SECOND_FORM),)
    assert ERRORS.figures() == ("errors",)
    assert score(ERRORS, filled(errors=0)) == 1
    check_awaits_the_form(ERRORS, "errors")


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(InputError, match="errors：-2 小于 0"):
        ERRORS.evaluate(filled(errors=-2))
    with pytest.raises(InputError, match="扣分情形的次数 -1 小于 0"):
        LATE_FIXES.evaluate(facts(occurrences=(occurrence("1", -1),)))


def test_refusals_of_parameters() -> None:
    assert "per 应大于 0，现为 0" in refusal(kind="deduct", per=0)
    assert "缺少“per”" in refusal(kind="deduct", figure="errors")
    assert "不能为空" in refusal(kind="deduct", per=1, figure="")
    with pytest.raises(SchemeError):
        Deduct(Decimal(0))
    with pytest.raises(SchemeError):
        Deduct(Decimal(1), " ")


@given(st.integers(0, 20), st.integers(0, 20))
def test_more_occurrences_never_raise_the_fraction(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert score(ERRORS, filled(errors=low)) >= score(ERRORS, filled(errors=high))
