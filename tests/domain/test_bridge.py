"""The bridge between two years: three parts that add up to the printed difference, each for its own reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.bridge import Bridge, YearSide, bridge
from assessor.domain.facts import Event, EventKind
from assessor.domain.results import UnitResult
from assessor.domain.scheme import EntryKind, Scheme
from tests.domain.builders import (
    IN_TIME,
    category,
    leaf,
    plain_scheme,
    ratio,
    scheme,
    score_one,
    three_categories,
    unit,
)

PRIZE = EntryKind("prize", "表彰", Decimal(5))


def side(of: Scheme, given_points: dict[str, str], **facts: object) -> YearSide:
    return YearSide(of, scored(of, given_points, **facts))


def scored(of: Scheme, given_points: dict[str, str], **facts: object) -> UnitResult:
    return score_one(of, unit(given=given_points, **facts))  # type: ignore[arg-type]


def made(before: YearSide, after: YearSide) -> Bridge:
    found = bridge(before, after)
    assert found is not None
    return found


def parts(found: Bridge) -> tuple[str, str, str]:
    return str(found.performance), str(found.scheme), str(found.membership)


def test_the_same_year_twice_moves_nothing() -> None:
    same = side(three_categories(), {"1.1": "18", "1.2": "7.5", "2.1": "25", "3.1": "31.27"})
    assert parts(made(same, same)) == ("0.00", "0.00", "0.00")


def test_better_work_under_the_same_scheme_is_performance_alone() -> None:
    before = side(plain_scheme(), {"1.1": "48", "2.1": "30"})
    after = side(plain_scheme(), {"1.1": "54", "2.1": "28"})
    assert parts(made(before, after)) == ("4.00", "0.00", "0.00")


def test_other_points_for_the_same_work_are_the_schemes_doing() -> None:
    # 80 % of 60 and 50 % of 40 are 48 + 20 = 68; of 30 and 70 they are 24 + 35 = 59.
    other = scheme(category("1", leaf("1.1", 30)), category("2", leaf("2.1", 70)))
    before, after = side(plain_scheme(), {"1.1": "48", "2.1": "20"}), side(other, {"1.1": "24", "2.1": "35"})
    assert parts(made(before, after)) == ("0.00", "-9.00", "0.00")


def test_a_leaf_that_no_longer_applies_is_membership() -> None:
    # 48 + 20 = 68; without 1.1 the 50 % of 2.1 stand for the whole: 50.
    before = side(plain_scheme(), {"1.1": "48", "2.1": "20"})
    after = side(plain_scheme(), {"2.1": "20"}, not_applicable={"1.1": "职能划出"})
    assert parts(made(before, after)) == ("0.00", "0.00", "-18.00")
    assert parts(made(after, before)) == ("0.00", "0.00", "18.00")


def test_all_at_once_by_hand() -> None:
    """2023: 1.1 40/60, 2.1 30/40 -> 70. 2024: points 50, 30, new 3.1 20: 1.1 45, 2.1 24, 3.1 10, bonus 2 -> 81.

    Same work by the new points, without 3.1: 40/60 x 50 = 33.33, 30/40 x 30 = 22.50, 55.83 of 80 -> 69.79 of 100:
    scheme -0.21. This year's work: 69 of 80 -> 86.25, and 2 -> 88.25: performance 18.46. With 3.1: 79 + 2 = 81: scheme
    -7.25. Together scheme -7.46.
    """
    new = scheme(
        category("1", leaf("1.1", 50)), category("2", leaf("2.1", 30)), category("3", leaf("3.1", 20)), bonuses=(PRIZE,)
    )
    before = side(plain_scheme(), {"1.1": "40", "2.1": "30"})
    prize = Event("1", EventKind.BONUS, "prize", IN_TIME, "科普日", "表彰", Decimal(2))
    after = side(new, {"1.1": "45", "2.1": "24", "3.1": "10"}, events=(prize,))
    found = made(before, after)
    assert parts(found) == ("18.46", "-7.46", "0.00")
    assert found.sentence == "总分 70.00 → 81.00，+11.00 分：工作成效 +18.46，细则变化 -7.46，承担范围 0.00"


def test_a_leaf_whose_rule_changed_went_and_came_with_the_schemes() -> None:
    changed = scheme(category("1", leaf("1.1", 60, ratio("n", 10))), category("2", leaf("2.1", 40)))
    after = YearSide(changed, score_one(changed, unit(given={"2.1": "20"}, figures={"n": 10})))
    found = made(side(plain_scheme(), {"1.1": "30", "2.1": "20"}), after)
    assert parts(found) == ("0.00", "30.00", "0.00")  # 50 -> 2.1 alone 50 -> with all of 1.1 80


def test_an_exempt_or_provisional_year_cannot_be_compared() -> None:
    known = side(plain_scheme(), {"1.1": "48", "2.1": "20"})
    assert bridge(known, side(plain_scheme(), {"1.1": "48"})) is None
    assert bridge(side(plain_scheme(), {}, exempt="当年新设"), known) is None


POINTS = st.lists(st.integers(1, 40), min_size=1, max_size=6)
SHARES = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=6, max_size=6)


@settings(max_examples=100)
@given(POINTS, POINTS, SHARES, SHARES, st.integers(0, 2))
def test_the_parts_always_add_up_to_the_printed_difference(
    old: list[int], new: list[int], first: list[int | None], second: list[int | None], decimals: int
) -> None:
    before, after = made_side(old, first, decimals), made_side(new, second, decimals)
    found = bridge(before, after)
    if before.unit.exempt or after.unit.exempt:
        assert found is None
        return
    assert found is not None
    assert found.performance + found.scheme + found.membership == after.unit.total - before.unit.total
    if old == new:
        assert found.scheme == 0
        if [share is None for share in first[: len(old)]] == [share is None for share in second[: len(new)]]:
            assert found.membership == 0


def made_side(points: list[int], shares: list[int | None], decimals: int) -> YearSide:
    """Indicator n of ``points[n]``, of which the unit gets ``shares[n]`` percent, or which does not apply (None)."""
    leaves = [leaf(f"{place % 2 + 1}.{place}", value) for place, value in enumerate(points)]
    categories = [category(code, *own) for code in "12" if (own := [item for item in leaves if item.code[0] == code])]
    of = replace(scheme(*categories), full_marks=Decimal(sum(points)), decimals=decimals)
    pairs = list(zip(leaves, shares, strict=False))
    given_points = {item.code: str(round(item.points * share / 100, 0)) for item, share in pairs if share is not None}
    absent = {item.code: "不涉及" for item, share in pairs if share is None}
    return side(of, given_points, not_applicable=absent)
