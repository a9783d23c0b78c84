"""The engine from facts to totals: worked by hand for every setting of a scheme."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from assessor.domain.leaves import index_unit, leaf_facts
from assessor.domain.rules.rank import Rank, RankBand
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Ceiling, EntryKind, NotApplicablePolicy
from assessor.domain.scoring import ENGINE_VERSION, group_context, score_unit, score_year
from assessor.domain.submission import Blank
from tests.domain.builders import (
    CLOSED,
    OPEN,
    bonus,
    category,
    dec,
    deduction,
    group_facts,
    leaf,
    leaf_of,
    order_of,
    plain_scheme,
    ratio,
    scheme,
    score,
    score_group,
    score_one,
    three_categories,
    unit,
    year_facts,
)


def test_leaves_add_up_to_subtotals_and_these_to_the_total() -> None:
    result = score_one(three_categories(), unit(given={"1.1": "18.5", "1.2": "7.25", "2.1": 30, "3.1": "33.33"}))
    assert [item.subtotal for item in result.categories] == [dec("25.75"), dec("30.00"), dec("33.33")]
    assert [item.contribution for item in result.categories] == [dec("25.75"), dec("30.00"), dec("33.33")]
    assert (result.base, result.total) == (dec("89.08"), dec("89.08"))
    assert str(result.total) == "89.08"


@pytest.mark.parametrize(
    ("points", "actual", "printed"),
    [("5", "53.5", "2.68"), ("1", "12.5", "0.13"), ("0.08", "50", "0.04"), ("8", "95", "7.60")],
)
def test_a_leaf_is_rounded_half_up_to_the_schemes_decimals(points: str, actual: str, printed: str) -> None:
    rules = scheme(category("1", leaf("1.1", points, ratio("n", 100))))
    assert str(leaf_of(score_one(rules, unit(figures={"n": actual})), "1.1").score) == printed


def test_decimals_are_a_setting() -> None:
    rules = scheme(category("1", leaf("1.1", 100, ratio("n", 3))), decimals=1)
    assert str(score_one(rules, unit(figures={"n": 2})).total) == "66.7"


def test_full_marks_of_a_thousand() -> None:
    rules = scheme(category("1", leaf("1.1", 600)), category("2", leaf("2.1", 400)), full_marks=Decimal(1000))
    result = score_one(rules, unit(given={"1.1": 540}, not_applicable={"2.1": "无此职能"}))
    assert (result.categories[0].subtotal, result.base) == (dec("540.00"), dec("900.00"))


class TestCoverage:
    rules = scheme(category("1", leaf("1.1", "50"), leaf("1.2", "25")), category("2", leaf("2.1", "25")))

    def test_at_the_floor_a_unit_is_ranked(self) -> None:
        result = score_one(self.rules, unit(given={"1.1": 50}, not_applicable={"1.2": "无", "2.1": "无"}))
        assert (result.coverage, result.rank, result.unranked) == (dec("0.5000"), 1, "")

    def test_below_the_floor_it_is_scored_but_not_ranked(self) -> None:
        rules = replace(self.rules, min_coverage=dec("0.5001"))
        result = score_one(rules, unit(given={"1.1": 50}, not_applicable={"1.2": "无", "2.1": "无"}))
        assert (result.total, result.rank) == (dec("100.00"), None)
        assert result.unranked == "覆盖率 50.00%，低于 50.01%，不参与排名"

    @pytest.mark.parametrize("policy", list(NotApplicablePolicy))
    def test_the_floor_holds_under_every_policy(self, policy: NotApplicablePolicy) -> None:
        rules = replace(self.rules, not_applicable=policy)
        result = score_one(rules, unit(given={"1.2": 25}, not_applicable={"1.1": "无", "2.1": "无"}))
        assert (result.coverage, result.rank) == (dec("0.2500"), None)

    def test_a_unit_with_one_leaf_of_many_does_not_top_the_table(self) -> None:
        rules = scheme(category("1", *(leaf(f"1.{n}", 10) for n in range(1, 11))))
        busy = unit("busy", given={f"1.{n}": 9 for n in range(1, 11)})
        idle = unit("idle", given={"1.1": 10}, not_applicable={f"1.{n}": "无" for n in range(2, 11)})
        assert order_of(score_group(rules, idle, busy)) == [("busy", 1), ("idle", None)]


class TestTotal:
    kinds = MappingProxyType(
        {
            "bonuses": (EntryKind("B1", "表彰", dec(5)), EntryKind("B2", "创新", dec(3))),
            "deductions": (EntryKind("D1", "通报批评", dec(50)),),
        }
    )

    def test_bonus_and_deduction(self) -> None:
        facts = unit(given={"1.1": 50, "2.1": "38.1"}, events=(bonus("B1", 2), deduction("D1", 1)))
        result = score_one(plain_scheme(**self.kinds), facts)
        assert (result.base, result.bonus, result.deduction, result.total) == (
            dec("88.10"),
            dec("2.00"),
            dec("1.00"),
            dec("89.10"),
        )

    def test_the_ceiling_is_the_full_marks_by_default(self) -> None:
        facts = unit(given={"1.1": 60, "2.1": 39}, events=(bonus("B1", 4),))
        assert score_one(plain_scheme(**self.kinds), facts).total == dec("100.00")

    def test_the_ceiling_may_include_all_bonus_caps(self) -> None:
        rules = plain_scheme(**self.kinds, ceiling=Ceiling.WITH_BONUS)
        facts = unit(given={"1.1": 60, "2.1": 40}, events=(bonus("B1", 9), bonus("B2", 9, key="2")))
        assert score_one(rules, facts).total == dec("108.00")

    def test_the_total_is_never_below_zero(self) -> None:
        facts = unit(given={"1.1": 1, "2.1": 1}, events=(deduction("D1", 9),))
        assert score_one(plain_scheme(**self.kinds), facts).total == dec("0.00")


class TestPending:
    rules = scheme(category("1", leaf("1.1", 60, ratio("n", 100))), category("2", leaf("2.1", 40)))

    def test_what_is_awaited_is_provisional_until_collection_closes(self) -> None:
        facts = unit(given={"2.1": 40})
        awaited, closed = score_one(self.rules, facts, OPEN), score_one(self.rules, facts, CLOSED)
        assert (awaited.provisional, awaited.total, awaited.rank, awaited.grade) == (True, dec("40.00"), 1, None)
        assert leaf_of(awaited, "1.1").score is None
        assert (closed.provisional, closed.total, closed.grade) == (False, dec("40.00"), "不合格")
        assert leaf_of(closed, "1.1").score == dec("0.00")

    def test_the_office_is_awaited_even_after_closing(self) -> None:
        result = score_one(self.rules, unit(figures={"n": 100}))
        assert (result.provisional, result.total) == (True, dec("60.00"))

    def test_a_units_own_word_makes_nothing_inapplicable(self) -> None:
        result = score_one(self.rules, unit(given={"2.1": 40}, figures={"n": Blank.NOT_APPLICABLE}))
        assert (leaf_of(result, "1.1").state, result.provisional) == (LeafState.PENDING, True)

    def test_zero_empty_inapplicable_and_not_submitted_are_four_states(self) -> None:
        zero = unit("zero", given={"2.1": 40}, figures={"n": 0})
        empty = unit("empty", given={"2.1": 40}, figures={"n": Blank.EMPTY})
        ruled = unit("ruled", given={"2.1": 40}, figures={"n": Blank.EMPTY}, not_applicable={"1.1": "无此职能"})
        silent = unit("silent", given={"2.1": 40})
        group = score_group(replace(self.rules, min_coverage=dec(0)), zero, empty, ruled, silent)
        leaves = {item.unit.code: leaf_of(item, "1.1") for item in group.units}
        assert {code: item.state for code, item in leaves.items()} == {
            "zero": LeafState.SCORED,
            "empty": LeafState.EMPTY,
            "ruled": LeafState.NOT_APPLICABLE,
            "silent": LeafState.NOT_SUBMITTED,
        }
        assert len({item.sentence for item in leaves.values()}) == 4
        assert {code: item.score for code, item in leaves.items()} == {
            "zero": dec("0.00"),
            "empty": dec("0.00"),
            "ruled": None,
            "silent": dec("0.00"),
        }


class TestPeers:
    rules = scheme(
        category(
            "1", leaf("1.1", 100, Rank("n", (RankBand(1, dec(1)), RankBand(2, dec("0.8")), RankBand(9, dec("0.5")))))
        )
    )

    def test_places_are_counted_in_the_group(self) -> None:
        units = [unit(code, figures={"n": n}) for code, n in (("a", 5), ("b", 9), ("c", 5), ("d", 1))]
        assert order_of(score_group(self.rules, *units)) == [("b", 1), ("a", 2), ("c", 2), ("d", 4)]
        totals = {item.unit.code: item.total for item in score_group(self.rules, *units).units}
        assert totals == {"b": dec(100), "a": dec(80), "c": dec(80), "d": dec(50)}

    def test_only_other_units_are_awaited(self) -> None:
        group = group_facts(self.rules, unit("a", figures={"n": 5}), unit("b"))
        context = group_context(group, OPEN, {})
        awaited = [
            leaf_facts(index_unit(facts), self.rules.indicators[0], context).peers_awaited for facts in group.units
        ]
        assert awaited == [True, False]

    def test_an_awaited_peer_makes_the_place_provisional(self) -> None:
        group = score_group(self.rules, unit("a", figures={"n": 5}), unit("b"), year=OPEN)
        first, second = group.units
        assert (first.provisional, first.total, first.leaves[0].state) == (True, dec("100.00"), LeafState.PENDING)
        assert (second.leaves[0].score, second.total) == (None, dec("0.00"))

    def test_a_provisional_place_that_earns_nothing_is_still_known(self) -> None:
        rules = scheme(category("1", leaf("1.1", 100, Rank("n", (RankBand(1, dec(1)),)))))
        units = (unit("a", figures={"n": 5}), unit("b", figures={"n": 4}), unit("c"))
        results = {item.unit.code: item.leaves[0] for item in score_group(rules, *units, year=OPEN).units}
        assert (results["b"].score, results["c"].score) == (dec("0.00"), None)

    def test_exempt_and_inapplicable_units_are_not_among_the_peers(self) -> None:
        best = unit("a", figures={"n": 9}, exempt="新成立")
        ruled = unit("b", figures={"n": 8}, not_applicable={"1.1": "无"})
        group = score_group(self.rules, best, ruled, unit("c", figures={"n": 1}))
        assert group.units[0].unit.code == "c"
        assert group.units[0].total == dec("100.00")

    def test_after_closing_a_silent_peer_is_no_longer_awaited(self) -> None:
        first = score_group(self.rules, unit("a", figures={"n": 5}), unit("b")).units[0]
        assert (first.provisional, first.grade) == (False, "优秀")


class TestExempt:
    def test_an_exempt_unit_is_listed_last_without_score_rank_or_grade(self) -> None:
        facts = unit("exempt", given={"1.1": 60, "2.1": 40}, exempt="当年新成立")
        group = score_group(plain_scheme(), facts, unit("kexie", given={"1.1": 1, "2.1": 1}))
        assert order_of(group) == [("kexie", 1), ("exempt", None)]
        result = group.units[1]
        assert (result.total, result.grade, result.provisional) == (dec("0.00"), None, False)
        assert (result.sentence, result.unranked) == ("不参评：当年新成立", "不参评：当年新成立")
        assert [item.indicator.code for item in result.leaves] == ["1.1", "2.1"]

    def test_nothing_of_an_exempt_unit_is_awaited(self) -> None:
        assert score_one(plain_scheme(), unit(exempt="当年新成立"), OPEN).pending == ()


def test_one_units_rescoring_equals_the_years() -> None:
    facts = year_facts(plain_scheme(), unit("a", given={"1.1": 50, "2.1": 30}), unit("b", given={"1.1": 40, "2.1": 30}))
    group = facts.groups[0]
    context = group_context(group, facts.year, facts.task_titles)
    alone = score_unit(group.units[1], context)
    whole = score_group(plain_scheme(), *group.units).units[1]
    assert replace(whole, rank=None, grade=None, grade_sentence="") == alone


def test_a_result_names_the_engine() -> None:
    result = score(plain_scheme(), unit(given={"1.1": 1, "2.1": 1}))
    assert result.engine_version == ENGINE_VERSION
    assert result.find("kexie") is not None
    assert result.find("nobody") is None


def test_groups_are_scored_apart() -> None:
    facts = year_facts(plain_scheme(), unit("a", given={"1.1": 50, "2.1": 30}))
    other = replace(group_facts(plain_scheme(), unit("b", given={"1.1": 10, "2.1": 30})), group=facts.groups[0].group)
    result = score_year(replace(facts, groups=(*facts.groups, other)))
    assert [group.units[0].rank for group in result.groups] == [1, 1]
