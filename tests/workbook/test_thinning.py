"""Which backups stay: the policy of docs/backups.md, and that thinning twice, often or later never loses more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessor.workbook.backup_names import Reason
from assessor.workbook.thinning import ALL, DAILY, KEPT_FOR_EVER, NEWEST, WEEKLY, kept

NOW = datetime(2026, 11, 24, 10, 32)  # noqa: DTZ001 - wall-clock time
SPAN = timedelta(days=500)


@dataclass(frozen=True)
class Made:
    at: datetime
    reason: Reason = Reason.AUTOMATIC


times = st.integers(0, int(SPAN.total_seconds())).map(lambda seconds: NOW - timedelta(seconds=seconds))
sets = st.lists(st.builds(Made, times, st.sampled_from(Reason)), max_size=80, unique_by=lambda made: made.at)


def thinned(made: list[Made], now: datetime = NOW) -> list[Made]:
    return kept(made, now)


@given(sets)
def test_thinning_twice_removes_no_more(made: list[Made]) -> None:
    once = thinned(made)
    assert thinned(once) == once
    assert once == sorted((item for item in made if item in once), key=lambda item: item.at)


@given(sets.filter(bool))
def test_newest_and_oldest_stay(made: list[Made]) -> None:
    ordered = sorted(made, key=lambda item: item.at)
    assert {ordered[0], *ordered[-NEWEST:]} <= set(thinned(made))


@given(sets, st.integers(0, 400))
def test_what_is_removed_would_not_be_kept_later(made: list[Made], days: int) -> None:
    assert set(thinned(made, NOW + timedelta(days=days))) <= set(thinned(made))


@given(sets, sets)
def test_thinning_in_between_changes_nothing(before: list[Made], after: list[Made]) -> None:
    later = [Made(item.at + SPAN + timedelta(seconds=1), item.reason) for item in after]
    end = NOW + SPAN + timedelta(days=1)
    assert thinned([*thinned(before), *later], end) == thinned([*before, *later], end)


@given(sets)
def test_what_is_recent_or_deliberate_stays(made: list[Made]) -> None:
    stays = {item for item in made if NOW - item.at <= ALL or item.reason in KEPT_FOR_EVER}
    assert stays <= set(thinned(made))


@given(sets)
def test_every_day_week_and_month_keeps_its_last(made: list[Made]) -> None:
    result = set(thinned(made))
    for item in made:
        later = [other for other in made if other.at > item.at]
        age = NOW - item.at
        if age <= DAILY and not any(other.at.date() == item.at.date() for other in later):
            assert item in result
        if age <= WEEKLY and not any(other.at.isocalendar()[:2] == item.at.isocalendar()[:2] for other in later):
            assert item in result
        if not any((other.at.year, other.at.month) == (item.at.year, item.at.month) for other in later):
            assert item in result


def test_four_hundred_days_leave_few() -> None:
    """Six backups on each working day, thinned after each as the program does."""
    present: list[Made] = []
    day = datetime(2025, 10, 1, 9, 0)  # noqa: DTZ001 - wall-clock time
    for number in range(400):
        now = day + timedelta(days=number)
        for hour in range(6) if now.weekday() < 5 else ():
            at = now + timedelta(hours=hour, minutes=number % 60)
            present = thinned([*present, Made(at)], at)
    ages = [(present[-1].at - item.at).days for item in present]
    assert len(present) <= 70
    assert sum(age <= 1 for age in ages) == 12
    assert 20 <= sum(2 <= age <= 30 for age in ages) <= 23  # working days
    assert sum(31 <= age <= 182 for age in ages) <= 22 + 5  # weeks, and ends of months within them
    assert max(ages) >= 396


def test_a_clock_set_back_removes_nothing_that_it_puts_in_the_future() -> None:
    future = [Made(NOW + timedelta(days=40, minutes=minute)) for minute in range(20)]
    assert thinned([*future, Made(NOW)]) == [Made(NOW), *future]


def test_nothing_is_thinned_to_nothing() -> None:
    assert thinned([]) == []
