"""Subtotals and contributions under every policy for what does not apply, worked by hand."""

from __future__ import annotations

import pytest

from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import NotApplicablePolicy
from tests.domain.builders import (
    category,
    dec,
    leaf_of,
    plain_scheme,
    scheme,
    score_one,
    task_leaf,
    three_categories,
    unit,
)


class TestNotApplicable:
    def test_rescaling_within_a_category_uses_its_applicable_points(self) -> None:
        facts = unit(given={"1.1": "13.33", "2.1": 30, "3.1": 40}, not_applicable={"1.2": "无此职能"})
        first = score_one(three_categories(), facts).categories[0]
        # 13.33 x 30 / 20 = 19.995 -> 20.00
        assert (first.raw, first.applicable_points, first.subtotal) == (dec("13.33"), dec(20), dec("20.00"))

    def test_a_category_of_which_nothing_applies_is_left_out_and_the_rest_brought_to_full_marks(self) -> None:
        facts = unit(given={"1.1": 20, "1.2": 5, "3.1": 36}, not_applicable={"2.1": "无此职能"})
        result = score_one(three_categories(), facts)
        # 25 x 100 / 70 = 35.714..., 36 x 100 / 70 = 51.428...
        assert [item.subtotal for item in result.categories] == [dec("25.00"), None, dec("36.00")]
        assert [item.contribution for item in result.categories] == [dec("35.71"), None, dec("51.43")]
        assert (result.base, result.coverage) == (dec("87.14"), dec("0.7000"))

    def test_both_rescalings_round_one_after_the_other(self) -> None:
        facts = unit(given={"1.1": "13.33", "3.1": 40}, not_applicable={"1.2": "无", "2.1": "无"})
        first = score_one(three_categories(), facts).categories[0]
        assert (first.subtotal, first.contribution) == (dec("20.00"), dec("28.57"))

    def test_full_gives_the_leafs_points(self) -> None:
        rules = three_categories(not_applicable=NotApplicablePolicy.FULL)
        facts = unit(given={"1.1": 10, "3.1": 40}, not_applicable={"1.2": "无", "2.1": "无"})
        result = score_one(rules, facts)
        assert [item.subtotal for item in result.categories] == [dec("20.00"), dec("30.00"), dec("40.00")]
        assert leaf_of(result, "1.2").score == dec("10.00")
        assert (result.total, result.coverage) == (dec("90.00"), dec("0.6000"))

    def test_zero_gives_nothing(self) -> None:
        rules = three_categories(not_applicable=NotApplicablePolicy.ZERO)
        facts = unit(given={"1.1": 10, "3.1": 40}, not_applicable={"1.2": "无", "2.1": "无"})
        result = score_one(rules, facts)
        assert [item.subtotal for item in result.categories] == [dec("10.00"), dec("0.00"), dec("40.00")]
        assert leaf_of(result, "1.2").state is LeafState.NOT_APPLICABLE
        assert (result.total, result.coverage) == (dec("50.00"), dec("0.6000"))

    def test_an_empty_reason_is_no_ruling(self) -> None:
        result = score_one(
            three_categories(), unit(given={"1.1": 10, "1.2": 0, "2.1": 0, "3.1": 0}, not_applicable={"1.1": ""})
        )
        assert leaf_of(result, "1.1").state is LeafState.SCORED

    @pytest.mark.parametrize("policy", list(NotApplicablePolicy))
    def test_a_unit_to_which_nothing_applies_is_exempt_under_every_policy(self, policy: NotApplicablePolicy) -> None:
        facts = unit(not_applicable={"1.1": "无此职能", "2.1": "无此职能"}, events=())
        result = score_one(plain_scheme(not_applicable=policy), facts)
        assert result.exempt == "全部指标不涉及"
        assert (result.total, result.rank, result.grade) == (dec("0.00"), None, None)
        assert [item.score for item in result.leaves] == [None, None]
        assert [item.subtotal for item in result.categories] == [None, None]

    def test_a_unit_without_tasks_is_exempt_where_every_leaf_is_of_tasks(self) -> None:
        result = score_one(scheme(category("1", task_leaf("1.1", 100))), unit())
        assert (result.exempt, result.leaves[0].sentence) == ("全部指标不涉及", "不涉及：本年度没有分解任务")


def test_a_category_of_which_nothing_is_known_shows_no_zero() -> None:
    """A zero that was given, one that is awaited, and one that does not apply are three."""
    facts = unit(given={"1.1": 0}, not_applicable={"2.1": "无此职能"})
    result = score_one(three_categories(), facts)
    assert [item.contribution_text for item in result.categories] == ["0.00", "不涉及", "待评"]
    assert [item.is_awaited for item in result.categories] == [False, False, True]
    assert result.categories[2].sentence == "待评"
    nothing = score_one(three_categories(), unit(not_applicable={"2.1": "无此职能"})).categories[0]
    assert (nothing.sentence, nothing.contribution_text) == ("2 项指标均待评", "待评")
    assert result.total == dec("0.00")


def test_points_given_for_what_does_not_apply_are_shown_while_the_rest_is_awaited() -> None:
    rules = three_categories(not_applicable=NotApplicablePolicy.FULL)
    first = score_one(rules, unit(not_applicable={"1.2": "无此职能"})).categories[0]
    assert first.contribution_text == str(first.raw) != "0.00"
