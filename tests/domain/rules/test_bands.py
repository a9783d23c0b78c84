"""分档: examples by hand, every setting, every refusal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.bands import Band, Bands
from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.errors import SchemeError
from tests.domain.rules.leaf import SECOND_FORM, check_awaits_the_form, facts, filled, form, read, refusal, score

OPEN_DAYS = [
    {"bound": 300, "fraction": "1"},
    {"bound": 250, "fraction": "0.9"},
    {"bound": 200, "fraction": "0.7"},
]
STEPS = read(kind="bands", value="days", bands=OPEN_DAYS)
JOINED = read(kind="bands", value="days", bands=OPEN_DAYS, interpolate=True)


@pytest.mark.parametrize(
    ("days", "fraction", "words"),
    [
        (365, "1", "实际 365，达到 300 档 = 100.00%"),
        (300, "1", "实际 300，达到 300 档 = 100.00%"),
        ("299.99", "0.9", "实际 299.99，达到 250 档 = 90.00%"),
        (250, "0.9", "实际 250，达到 250 档 = 90.00%"),
        (200, "0.7", "实际 200，达到 200 档 = 70.00%"),
        (199, "0", "实际 199，未达到最低档 200，计 0.00%"),
        (-3, "0", "实际 -3，未达到最低档 200，计 0.00%"),
    ],
)
def test_the_first_band_whose_bound_is_reached(days: int | str, fraction: str, words: str) -> None:
    outcome = STEPS.evaluate(filled(days=days))
    assert (outcome.fraction, outcome.reasoning) == (Fraction(fraction), words)
    assert outcome.inputs == (LeafInput("days", str(days), SECOND_FORM),)


@pytest.mark.parametrize(
    ("days", "fraction"),
    [(400, "1"), (300, "1"), (275, "0.95"), (250, "0.9"), (210, "0.74"), (200, "0.7"), ("199.9", "0")],
)
def test_interpolation_joins_neighbouring_bounds(days: int | str, fraction: str) -> None:
    assert score(JOINED, filled(days=days)) == Fraction(fraction)


def test_interpolation_in_words() -> None:
    words = JOINED.evaluate(filled(days=210)).reasoning
    assert words == "实际 210，在 200 档（70.00%）与 250 档（90.00%）之间，按比例 = 74.00%"


def test_with_a_target_the_ratio_is_compared() -> None:
    bands = [{"bound": 1, "fraction": 1}, {"bound": "0.8", "fraction": "0.6"}]
    rule = read(kind="bands", value="done", target=60, bands=bands)
    outcome = rule.evaluate(filled(done=48))
    assert outcome.fraction == Fraction(3, 5)
    assert outcome.reasoning == "实际 48 / 目标 60 = 80.00%，达到 80.00% 档 = 60.00%"
    assert outcome.inputs[1] == LeafInput("目标值", "60", "考核细则")
    assert score(rule, filled(done=47)) == 0
    assert score(rule, filled(done=60)) == 1


def test_a_third_is_not_short_of_a_third() -> None:
    """The quotient is exact: 2/3 reaches a bound written as 0.6666 and not one of 0.6667."""
    for bound, expected in (("0.6666", 1), ("0.6667", 0)):
        rule = read(kind="bands", value="done", target=3, bands=[{"bound": bound, "fraction": 1}])
        assert score(rule, filled(done=2)) == expected


def test_the_target_may_be_a_figure_or_the_assignments() -> None:
    bands = [{"bound": "0.1", "fraction": 1}, {"bound": "0.05", "fraction": "0.6"}]
    by_figure = read(kind="bands", value="volunteers", target_figure="staff", bands=bands)
    assert score(by_figure, filled(volunteers=3, staff=50)) == Fraction(3, 5)
    assert by_figure.figures() == ("volunteers", "staff")
    assert by_figure.evaluate(filled(volunteers=3, staff=0)).state is LeafState.PENDING
    assigned = read(kind="bands", value="done", target_source="assignment", bands=bands)
    assert score(assigned, facts(submission=form(done=1), assigned_target=Decimal(10))) == 1
    assert assigned.evaluate(filled(done=1)).state is LeafState.PENDING


def test_what_is_awaited_is_not_zero() -> None:
    check_awaits_the_form(STEPS, "days")


def test_refusals_of_parameters() -> None:
    def refused(*bands: tuple[object, object]) -> str:
        return refusal(
            kind="bands", value="days", bands=[{"bound": bound, "fraction": fraction} for bound, fraction in bands]
        )

    assert "bound 应逐项减小，现 200 之后是 300" in refused((200, 1), (300, 1))
    assert "bound 应逐项减小，现 200 之后是 200" in refused((200, 1), (200, "0.5"))
    assert "fraction 不应越往后越高，现 0.5 之后是 0.6" in refused((300, "0.5"), (200, "0.6"))
    assert "fraction 应在 0 到 1 之间，现为 90" in refused((300, 90))
    assert "bands 一项也没有" in refused()
    assert "缺少“bands”" in refusal(kind="bands", value="days")
    assert "不认识的项目“to”" in refusal(kind="bands", value="days", bands=[{"bound": 1, "fraction": 1, "to": 3}])
    with pytest.raises(SchemeError):
        Bands("days", (Band(Decimal(1), Decimal(2)),))
    with pytest.raises(SchemeError):
        Bands("", (Band(Decimal(1), Decimal(1)),))


days = st.decimals(min_value=0, max_value=400, places=1)


@given(days, days, st.booleans())
def test_raising_the_value_never_lowers_the_fraction(one: Decimal, other: Decimal, interpolate: bool) -> None:
    rule = JOINED if interpolate else STEPS
    low, high = sorted((one, other))
    assert score(rule, filled(days=low)) <= score(rule, filled(days=high))
