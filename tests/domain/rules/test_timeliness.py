"""时效: examples by hand, every setting, every refusal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.rule import LeafInput
from assessor.domain.rules.timeliness import Timeliness
from assessor.errors import SchemeError
from tests.domain.rules.leaf import DEADLINE, check_awaits_the_form, facts, form, read, refusal, score

TENTH = read(kind="timeliness", per_day="0.1")
FROM_LAST = read(kind="timeliness", per_day="0.1", count_from="last")


def test_on_the_last_day_is_on_time() -> None:
    outcome = TENTH.evaluate(facts(submission=form(first=DEADLINE)))
    assert outcome.fraction == 1
    assert outcome.reasoning == "首次报送 2024-11-30，截止 2024-11-30，按时 = 100.00%"


def test_every_calendar_day_late_costs() -> None:
    outcome = TENTH.evaluate(facts(submission=form(first=date(2024, 12, 3))))
    assert outcome.fraction == Fraction(7, 10)
    assert outcome.reasoning == ("首次报送 2024-12-03，截止 2024-11-30，逾期 3 天 × 每天 10.00% = 扣 30.00%，计 70.00%")
    assert outcome.inputs == (
        LeafInput("首次报送日期", "2024-12-03", "填报表（第1次，2024-12-03）"),
        LeafInput("截止日期", "2024-11-30", "年度安排"),
    )


def test_one_day_late_is_late() -> None:
    assert score(TENTH, facts(submission=form(first=date(2024, 12, 1)))) == Fraction(9, 10)


def test_never_below_nothing() -> None:
    assert score(TENTH, facts(submission=form(first=date(2024, 12, 31)))) == 0


def test_the_first_hand_in_counts_or_by_setting_the_last() -> None:
    corrected = facts(submission=form(first=date(2024, 11, 29), last=date(2024, 12, 5)))
    assert score(TENTH, corrected) == 1
    assert score(FROM_LAST, corrected) == Fraction(1, 2)
    outcome = FROM_LAST.evaluate(corrected)
    assert outcome.inputs[0] == LeafInput("最近报送日期", "2024-12-05", "填报表（第2次，2024-12-05）")


def test_what_is_awaited_is_not_zero() -> None:
    check_awaits_the_form(TENTH, None)
    assert TENTH.figures() == ()


def test_refusals_of_parameters() -> None:
    assert "per_day 应大于 0，现为 0" in refusal(kind="timeliness", per_day=0)
    assert "per_day 应在 0 到 1 之间，现为 10" in refusal(kind="timeliness", per_day=10)
    assert "不认识的报送日期取法“second”" in refusal(kind="timeliness", per_day="0.1", count_from="second")
    assert "缺少“per_day”" in refusal(kind="timeliness")
    with pytest.raises(SchemeError):
        Timeliness(Decimal(0))


@given(st.integers(-5, 20), st.integers(-5, 20))
def test_coming_later_never_raises_the_fraction(one: int, other: int) -> None:
    early, late = sorted((one, other))
    scores = [score(TENTH, facts(submission=form(first=DEADLINE + timedelta(days=days)))) for days in (early, late)]
    assert scores[0] >= scores[1]
