"""Bonus, deduction and veto entries: sharing, the same matter once at its highest, caps, and their order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from assessor.domain.facts import Event, EventKind
from assessor.domain.results import UnitResult
from assessor.domain.scheme import EntryKind, VetoKind
from assessor.errors import InputError, SchemeError
from tests.domain.builders import bonus, dec, deduction, event, plain_scheme, score_one, unit, veto

RULES = plain_scheme(
    bonuses=(EntryKind("B1", "表彰", dec(5)), EntryKind("B2", "创新", dec(3))),
    deductions=(EntryKind("D1", "通报批评", dec(4)),),
    vetoes=(VetoKind("V1", "弄虚作假", "合格"), VetoKind("V2", "重大事故", "不合格")),
)


def scored(*events: Event) -> UnitResult:
    return score_one(RULES, unit(given={"1.1": 50, "2.1": 30}, events=events))


def counted(*events: Event) -> list[tuple[str, Decimal]]:
    return [(entry.event.key, entry.counted) for entry in scored(*events).entries]


def test_an_achievement_of_several_units_gives_each_its_share() -> None:
    assert counted(bonus("B1", 2, shared_by=3)) == [("1", dec("0.67"))]


def test_entries_add_up_to_the_printed_bonus_and_deduction() -> None:
    result = scored(bonus("B1", 2, shared_by=3), bonus("B2", 1, shared_by=3, key="2"), deduction("D1", "1.5"))
    assert (result.bonus, result.deduction, result.total) == (dec("1.00"), dec("1.50"), dec("79.50"))


class TestSameMatter:
    def test_it_counts_once_at_the_highest_across_kinds(self) -> None:
        low = bonus("B1", 1, key="a", matter="全国先进")
        high = bonus("B2", 2, key="b", matter="全国先进", happened_on=date(2024, 9, 1))
        assert counted(low, high) == [("a", dec("0.00")), ("b", dec("2.00"))]

    def test_the_share_is_compared_not_the_whole(self) -> None:
        shared = bonus("B1", 4, key="a", matter="全国先进", shared_by=4)
        alone = bonus("B1", 2, key="b", matter="全国先进")
        assert counted(shared, alone) == [("a", dec("0.00")), ("b", dec("2.00"))]

    def test_among_equals_the_earliest_counts_then_the_first_by_key(self) -> None:
        later = bonus("B1", 2, key="a", matter="全国先进", happened_on=date(2024, 9, 1))
        second = bonus("B1", 2, key="c", matter="全国先进")
        first = bonus("B1", 2, key="b", matter="全国先进")
        assert counted(later, second, first) == [("b", dec("2.00")), ("c", dec("0.00")), ("a", dec("0.00"))]

    def test_white_space_does_not_tell_matters_apart(self) -> None:
        assert scored(bonus("B1", 2, matter="全国 先进"), bonus("B1", 1, key="2", matter="全国先进 ")).bonus == dec(2)

    def test_entries_without_a_matter_stand_for_themselves(self) -> None:
        assert scored(bonus("B1", 2), bonus("B1", 1, key="2")).bonus == dec("3.00")

    def test_a_bonus_and_a_deduction_over_the_same_matter_both_count(self) -> None:
        result = scored(bonus("B1", 2, matter="科普日"), deduction("D1", 1, key="2", matter="科普日"))
        assert (result.bonus, result.deduction) == (dec("2.00"), dec("1.00"))

    def test_the_entry_that_does_not_count_says_why(self) -> None:
        result = scored(bonus("B1", 1, key="a", matter="全国先进"), bonus("B1", 2, key="b", matter="全国先进"))
        assert result.entries[0].sentence == (
            "表彰：示例事由，加 1.00 分；与“全国先进”为同一事项，就高计入另一条（示例事由，2024-06-01），本条不重复计分"
        )


class TestCaps:
    def test_what_exceeds_the_cap_is_cut_in_the_order_of_dates(self) -> None:
        late = bonus("B1", 4, key="a", happened_on=date(2024, 8, 1))
        early = bonus("B1", 3, key="b")
        last = bonus("B1", 1, key="c", happened_on=date(2024, 9, 1))
        for order in permutations((late, early, last)):
            assert counted(*order) == [("b", dec("3.00")), ("a", dec("2.00")), ("c", dec("0.00"))]

    def test_the_cut_is_visible(self) -> None:
        entry = scored(bonus("B1", 3, key="a"), bonus("B1", 4, key="b")).entries[1]
        assert entry.sentence == "表彰：示例事由，加 4.00 分；本类上限 5 分，此前已计 3.00 分，本条计 2.00 分"

    def test_every_kind_has_its_own_cap(self) -> None:
        assert scored(bonus("B1", 9), bonus("B2", 9, key="2")).bonus == dec("8.00")

    def test_deductions_have_caps_too(self) -> None:
        assert scored(deduction("D1", 3), deduction("D1", 3, key="2")).deduction == dec("4.00")

    def test_a_repeated_matter_uses_up_no_cap(self) -> None:
        repeated = bonus("B1", 3, key="a", matter="全国先进")
        highest = bonus("B1", 4, key="b", matter="全国先进")
        other = bonus("B1", 1, key="c")
        assert scored(repeated, highest, other).bonus == dec("5.00")


class TestVetoes:
    def test_they_are_listed_by_date_with_their_limits(self) -> None:
        vetoes = scored(veto("V2", key="b", happened_on=date(2024, 7, 1)), veto("V1", key="a")).vetoes
        assert [(item.title, item.limit) for item in vetoes] == [("弄虚作假", "合格"), ("重大事故", "不合格")]
        assert vetoes[0].sentence == "弄虚作假：示例事由（2024-06-01），等次不高于合格"

    def test_they_leave_the_score_alone(self) -> None:
        assert scored(veto("V2")).total == scored().total

    def test_a_limit_that_is_no_grade_is_a_fault_of_the_scheme(self) -> None:
        rules = plain_scheme(vetoes=(VetoKind("V1", "弄虚作假", "及格"),))
        with pytest.raises(SchemeError, match="及格"):
            score_one(rules, unit())


@pytest.mark.parametrize("kind", [EventKind.BONUS, EventKind.DEDUCTION, EventKind.VETO])
def test_an_unknown_code_is_refused_with_the_known_ones(kind: EventKind) -> None:
    with pytest.raises(InputError) as problem:
        scored(event(kind, "X9", 1))
    assert problem.value.place == "市kexie X9"
    assert "1" in problem.value.remedy


@pytest.mark.parametrize("settings", [{"points": dec(-1)}, {"shared_by": 0}])
def test_negative_points_and_nobodys_shares_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(InputError) as problem:
        scored(event(EventKind.BONUS, "B1", **settings))
    assert problem.value.place == "市kexie B1 表彰"
