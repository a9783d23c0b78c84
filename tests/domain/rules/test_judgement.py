"""评议: examples by hand, every setting, every refusal."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.facts import Mark
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.panel import Panel
from assessor.domain.rules.rule import LeafInput, LeafState, Rule
from assessor.errors import InputError, SchemeError
from tests.domain.rules.leaf import facts, marked, read, refusal, score


def panel(code: str = "expert", title: str = "评委组", **settings: Any) -> dict[str, Any]:
    return {"code": code, "title": title, **settings}


def rule_of(*panels: dict[str, Any]) -> Rule:
    return read(kind="judgement", panels=list(panels))


EXPERTS = rule_of(panel(), panel("self", "自评组"))


def test_the_mean_of_the_panel_and_the_self_mark_only_shown() -> None:
    outcome = EXPERTS.evaluate(marked(86, 88, 91, self_score=Decimal("7.2")))
    assert outcome.fraction == Fraction(53, 60)
    assert outcome.reasoning == "评委组 平均(86, 88, 91) = 88.33，自评组 90（权重 0），加权 88.33%"
    assert outcome.inputs == (
        LeafInput("评委组", "86", "评委 A"),
        LeafInput("评委组", "88", "评委 B"),
        LeafInput("评委组", "91", "评委 C"),
        LeafInput("自评组", "7.2 分", "自评"),
    )


def test_without_a_self_mark_of_no_weight_nothing_is_awaited() -> None:
    outcome = EXPERTS.evaluate(marked(90))
    assert outcome.state is LeafState.SCORED
    assert outcome.reasoning == "评委组 90，自评组 未自评（权重 0），加权 90.00%"


def test_a_missing_self_mark_of_no_weight_is_never_called_a_zero() -> None:
    outcome = EXPERTS.evaluate(marked(90, closed=True))
    assert outcome.reasoning == "评委组 90，自评组 未自评（权重 0），加权 90.00%"


def test_the_median() -> None:
    rule = rule_of(panel(method="median"))
    assert score(rule, marked(60, 90, 88)) == Fraction(88, 100)
    assert score(rule, marked(60, 90, 88, 89)) == Fraction(885, 1000)
    assert rule.evaluate(marked(60, 90, 88)).reasoning == "评委组 中位数(60, 90, 88) = 88，加权 88.00%"


def test_the_mean_without_extremes_where_there_are_enough_marks() -> None:
    rule = rule_of(panel(method="trimmed", trim=1, trim_from=5))
    assert score(rule, marked(60, 86, 88, 90, 100)) == Fraction(88, 100)
    words = rule.evaluate(marked(60, 86, 88, 90, 100)).reasoning
    assert words == "评委组 去掉最高、最低各 1 个后平均(60, 86, 88, 90, 100) = 88，加权 88.00%"
    assert score(rule, marked(60, 86, 88, 90)) == Fraction(81, 100)


def test_more_than_one_extreme_may_be_left_out_and_the_default_needs_one_mark_left() -> None:
    rule = rule_of(panel(method="trimmed", trim=2))
    assert score(rule, marked(0, 1, 80, 99, 100)) == Fraction(80, 100)
    assert score(rule, marked(0, 1, 80, 99)) == Fraction(45, 100)
    assert score(rule_of(panel(method="trimmed")), marked(0, 80, 99)) == Fraction(80, 100)


def test_panels_are_weighted() -> None:
    rule = rule_of(panel(weight=7), panel("public", "群众代表", weight=2), panel("self", "自评组", weight=1))
    given_facts = marked(90, 80, self_score=Decimal(8))
    given_facts = replace(given_facts, marks=(*given_facts.marks, Mark("1.1", "丁", "public", Decimal(70))))
    outcome = rule.evaluate(given_facts)
    assert outcome.fraction == Fraction(835, 1000)  # (7 x 85 + 2 x 70 + 1 x 100) / 10
    assert outcome.reasoning == ("评委组 平均(90, 80) = 85（权重 7），群众代表 70（权重 2），自评组 100，加权 83.50%")


def test_reviewers_are_awaited_even_after_closing() -> None:
    for closed in (False, True):
        outcome = EXPERTS.evaluate(facts(closed=closed, self_score=Decimal(8)))
        assert (outcome.state, outcome.fraction) == (LeafState.PENDING, 0)
        assert outcome.reasoning == "评委组 未评，自评组 100（权重 0），待评委组评分"


def test_a_weighted_self_mark_is_awaited_until_closing_and_then_counts_nothing() -> None:
    rule = rule_of(panel(weight=9), panel("self", "自评组", weight=1))
    assert rule.evaluate(marked(90)).state is LeafState.PENDING
    outcome = rule.evaluate(marked(90, closed=True))
    assert outcome.fraction == Fraction(81, 100)
    assert outcome.reasoning == "评委组 90（权重 9），自评组 未自评，计 0，加权 81.00%"


def test_the_order_of_marks_changes_nothing() -> None:
    given_facts = marked(86, 88, 91)
    turned = replace(given_facts, marks=given_facts.marks[::-1])
    assert EXPERTS.evaluate(turned) == EXPERTS.evaluate(given_facts)


@pytest.mark.parametrize("value", ["-0.1", "100.1"])
def test_a_mark_outside_0_to_100_is_refused(value: str) -> None:
    with pytest.raises(InputError, match="评委 A：评分应在 0 到 100 之间，现为"):
        EXPERTS.evaluate(marked(value))


@pytest.mark.parametrize("value", ["-1", "8.01"])
def test_a_self_mark_outside_the_points_is_refused(value: str) -> None:
    with pytest.raises(InputError, match="自评组：自评分应在 0 到 8 分之间，现为"):
        EXPERTS.evaluate(marked(90, self_score=Decimal(value)))


def test_marks_of_an_unknown_panel_or_twice_by_one_reviewer_are_refused() -> None:
    with pytest.raises(InputError, match="细则没有评委组“public”"):
        EXPERTS.evaluate(marked(90, panel="public"))
    twice = (Mark("1.1", "甲", "expert", Decimal(80)), Mark("1.1", "甲", "expert", Decimal(90)))
    with pytest.raises(InputError, match="评委 甲：同一评委评了不止一次"):
        EXPERTS.evaluate(facts(marks=twice))


def test_refusals_of_parameters() -> None:
    def refused(*panels: dict[str, Any]) -> str:
        return refusal(kind="judgement", panels=list(panels))

    assert "panels 一项也没有" in refused()
    assert "weight 都是 0" in refused(panel("self", "自评组"))
    assert "weight -1 小于 0" in refused(panel(weight=-1))
    assert "“expert”出现了不止一次" in refused(panel(), panel())
    assert "不认识的合成方法“mode”" in refused(panel(method="mode"))
    assert "trim 0 小于 1" in refused(panel(trim=0))
    assert "trim_from 4 太小" in refused(panel(trim=2, trim_from=4))
    assert "第1个 [[panels]]" in refused(panel(trim=2, trim_from=4))
    assert "不认识的项目“size”" in refused(panel(size=3))
    with pytest.raises(SchemeError):
        Judgement(())
    with pytest.raises(SchemeError):
        Panel("expert", "评委组", Decimal(-1))


marks = st.integers(0, 100)


@given(
    st.lists(marks, min_size=1, max_size=7), st.integers(0, 6), marks, st.sampled_from(["mean", "median", "trimmed"])
)
def test_raising_a_mark_never_lowers_the_fraction(values: list[int], which: int, raised: int, method: str) -> None:
    rule = rule_of(panel(method=method))
    which %= len(values)
    higher = [*values[:which], max(values[which], raised), *values[which + 1 :]]
    assert score(rule, marked(*values)) <= score(rule, marked(*higher))


def test_the_fact_behind_a_mark_stands_with_its_source() -> None:
    given = replace(marked(86), marks=(Mark("1.1", "张三", "expert", Decimal(99), fact="获全国表彰"),))
    assert EXPERTS.evaluate(given).inputs[0] == LeafInput("评委组", "99", "评委 张三（获全国表彰）")


def recused(*places: int, **marks: Any) -> Any:
    """Marks A, B, C of 60, 80, 90, of which those at ``places`` are of reviewers from the unit itself."""
    leaf = marked(60, 80, 90, **marks)
    marks_of = tuple(replace(mark, is_recused=place in places) for place, mark in enumerate(leaf.marks))
    return replace(leaf, marks=marks_of)


@pytest.mark.parametrize("method", ["mean", "median", "trimmed"])
def test_a_reviewer_from_the_unit_itself_does_not_count_whatever_the_method(method: str) -> None:
    rule = rule_of(panel(method=method))
    outcome = rule.evaluate(recused(0))
    assert outcome.fraction == Fraction(85, 100)
    assert "(80, 90) = 85（回避 1 人）" in outcome.reasoning
    assert [(item.value, item.source) for item in outcome.inputs] == [
        ("60", "评委 A（本单位，回避不计）"),
        ("80", "评委 B"),
        ("90", "评委 C"),
    ]


def test_a_fact_stands_beside_what_is_said_of_the_unit() -> None:
    leaf = recused(0)
    leaf = replace(leaf, marks=(replace(leaf.marks[0], fact="未开展"), *leaf.marks[1:]))
    assert EXPERTS.evaluate(leaf).inputs[0].source == "评委 A（未开展；本单位，回避不计）"


def test_where_only_the_units_own_reviewers_have_marked_the_panel_is_awaited() -> None:
    outcome = EXPERTS.evaluate(recused(0, 1, 2, closed=True))
    assert outcome.state is LeafState.PENDING
    assert outcome.reasoning.startswith("评委组 未评（回避 3 人）")
    assert len(outcome.inputs) == 3


@given(st.permutations([0, 1, 2]), st.sets(st.integers(0, 2), max_size=2))
def test_no_order_of_marks_changes_who_is_left_out(order: list[int], own: set[int]) -> None:
    leaf = recused(*own)
    shuffled = replace(leaf, marks=tuple(leaf.marks[place] for place in order))
    assert EXPERTS.evaluate(shuffled) == EXPERTS.evaluate(leaf)
