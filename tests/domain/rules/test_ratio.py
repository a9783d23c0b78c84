"""完成率: examples by hand, every setting, every refusal."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.rules.ratio import Ratio
from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.domain.rules.target_source import TargetSource
from assessor.domain.submission import Blank, SubmissionState
from assessor.errors import InputError, SchemeError
from tests.domain.rules.leaf import SECOND_FORM, check_awaits_the_form, facts, filled, form, read, refusal, score

TRAINED = read(kind="ratio", actual="trained", target=300)


def test_actual_over_target_with_the_arithmetic_in_words() -> None:
    given_facts = replace(filled(trained=285), figure_titles={"trained": "培训人数"})
    outcome = TRAINED.evaluate(given_facts)
    assert outcome.fraction == Fraction(19, 20)
    assert outcome.reasoning == "实际 285 / 目标 300 = 95.00%"
    assert outcome.inputs == (
        LeafInput("培训人数", "285", SECOND_FORM),
        LeafInput("目标值", "300", "考核细则"),
    )


def test_more_than_the_target_counts_as_the_target() -> None:
    outcome = TRAINED.evaluate(filled(trained=330))
    assert outcome.fraction == 1
    assert outcome.reasoning == "实际 330 / 目标 300 = 110.00%，按 100.00% 计"


def test_zero_is_a_number_and_scores_nothing() -> None:
    outcome = TRAINED.evaluate(filled(trained=0))
    assert (outcome.state, outcome.fraction) == (LeafState.SCORED, 0)


def test_below_the_floor_nothing_is_given_and_at_the_floor_the_ratio() -> None:
    rule = read(kind="ratio", actual="trained", target=300, floor="0.6")
    assert score(rule, filled(trained=180)) == Fraction(3, 5)
    below = rule.evaluate(filled(trained="179.9"))
    assert below.fraction == 0
    assert below.reasoning == "实际 179.9 / 目标 300 = 59.97%，低于 60.00% 不得分，计 0.00%"


def test_lower_is_better_divides_the_other_way() -> None:
    rule = read(kind="ratio", actual="accidents", target=5, direction="lower")
    outcome = rule.evaluate(filled(accidents=8))
    assert outcome.fraction == Fraction(5, 8)
    assert outcome.reasoning == "目标 5 / 实际 8 = 62.50%"
    assert score(rule, filled(accidents=4)) == 1


def test_lower_is_better_and_none_at_all_is_the_best() -> None:
    rule = read(kind="ratio", actual="accidents", target=5, direction="lower", floor="0.5")
    outcome = rule.evaluate(filled(accidents=0))
    assert outcome.fraction == 1
    assert outcome.reasoning == "实际 0，目标 5（越低越好）= 100.00%"
    assert score(rule, filled(accidents=11)) == 0


def test_the_target_may_be_a_figure_of_the_same_form() -> None:
    rule = read(kind="ratio", actual="trained", target_figure="staff")
    assert score(rule, filled(trained=30, staff=40)) == Fraction(3, 4)
    assert rule.figures() == ("trained", "staff")
    assert rule.evaluate(filled(trained=30)).state is LeafState.PENDING
    assert rule.evaluate(filled(trained=30, closed=True)).state is LeafState.EMPTY


def test_a_figure_not_applicable_decides_over_one_left_empty() -> None:
    rule = read(kind="ratio", actual="trained", target_figure="staff")
    outcome = rule.evaluate(filled(staff=Blank.NOT_APPLICABLE, closed=True))
    assert outcome.state is LeafState.PENDING
    assert outcome.reasoning == "“staff”填不涉及，待考核办认定"


def test_the_target_may_be_the_assignments() -> None:
    rule = read(kind="ratio", actual="done", target_source="assignment")
    assigned = facts(submission=form(done=12), assigned_target=Decimal(16))
    assert score(rule, assigned) == Fraction(3, 4)
    unset = rule.evaluate(replace(assigned, assigned_target=None, collection_closed=True))
    assert (unset.state, unset.reasoning) == (LeafState.PENDING, "未下达目标值，待下达")


@pytest.mark.parametrize("kind", ["ratio", "bands"])
def test_what_never_came_is_zero_though_the_office_set_no_target(kind: str) -> None:
    if kind == "ratio":
        rule = read(kind=kind, actual="done", target_source="assignment")
    else:
        rule = read(kind=kind, value="done", target_source="assignment", bands=[{"bound": 1, "fraction": 1}])
    assert rule.evaluate(facts()).state is LeafState.PENDING
    assert rule.evaluate(facts(closed=True)).state is LeafState.NOT_SUBMITTED
    assert rule.evaluate(filled(closed=True)).state is LeafState.EMPTY
    assert rule.evaluate(filled(closed=True, done=Blank.NOT_APPLICABLE)).state is LeafState.PENDING


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("staff", [0, -5])
def test_a_target_of_zero_in_a_form_is_awaited_anew_and_never_divided_by(staff: int, closed: bool) -> None:
    """A unit's slip must not stop the scoring of everybody."""
    rule = read(kind="ratio", actual="trained", target_figure="staff")
    outcome = rule.evaluate(replace(filled(trained=3, staff=staff), collection_closed=closed))
    assert (outcome.state, outcome.fraction) == (LeafState.PENDING, 0)
    assert outcome.reasoning == f"“staff”作目标值应大于 0，现为 {staff}，待更正"
    assert outcome.inputs == (LeafInput("staff", str(staff), SECOND_FORM),)


def test_a_target_of_zero_that_the_office_set_is_refused() -> None:
    rule = read(kind="ratio", actual="trained", target_source="assignment")
    with pytest.raises(InputError, match="目标值应大于 0，现为 0（任务分解）"):
        rule.evaluate(facts(submission=form(trained=3), assigned_target=Decimal(0)))


def test_what_is_awaited_is_not_zero() -> None:
    check_awaits_the_form(TRAINED, "trained")


def test_a_returned_form_says_why_it_is_awaited() -> None:
    outcome = TRAINED.evaluate(facts(submission=form(SubmissionState.RETURNED, trained=300)))
    assert outcome.reasoning == "填报表已退回：缺名册，待报"
    assert outcome.inputs == (LeafInput("填报表", "已退回", SECOND_FORM),)


def test_refusals_of_parameters() -> None:
    assert "target 应大于 0，现为 0" in refusal(kind="ratio", actual="trained", target=0)
    assert "有且只有一个来源" in refusal(kind="ratio", actual="trained")
    assert "有且只有一个来源" in refusal(kind="ratio", actual="trained", target=3, target_figure="staff")
    assert "不认识的目标来源“plan”" in refusal(kind="ratio", actual="trained", target_source="plan")
    assert "floor 应在 0 到 1 之间，现为 60" in refusal(kind="ratio", actual="trained", target=3, floor=60)
    assert "不认识的方向“down”" in refusal(kind="ratio", actual="trained", target=3, direction="down")
    assert "缺少“actual”" in refusal(kind="ratio", target=3)
    assert "不认识的项目“bonus”" in refusal(kind="ratio", actual="trained", target=3, bonus=1)


def test_an_invalid_ratio_cannot_be_made_in_code_either() -> None:
    with pytest.raises(SchemeError):
        Ratio("trained", TargetSource(number=Decimal(-1)))
    with pytest.raises(SchemeError):
        Ratio(" ", TargetSource(number=Decimal(1)))
    with pytest.raises(SchemeError):
        TargetSource(figure="")


amounts = st.decimals(min_value=0, max_value=1000, places=2)


@given(amounts, amounts, st.decimals(min_value="0.01", max_value=1000, places=2), st.sampled_from([None, "0.6"]))
def test_raising_the_actual_never_lowers_the_fraction(
    one: Decimal, other: Decimal, target: Decimal, floor: str | None
) -> None:
    settings = {} if floor is None else {"floor": floor}
    low, high = sorted((one, other))
    higher = read(kind="ratio", actual="n", target=target, **settings)
    lower = read(kind="ratio", actual="n", target=target, direction="lower", **settings)
    assert score(higher, filled(n=low)) <= score(higher, filled(n=high))
    assert score(lower, filled(n=low)) >= score(lower, filled(n=high))
