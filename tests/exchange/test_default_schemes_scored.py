"""The shipped schemes through the engine: what is full, zero, vetoed or not applicable comes out as expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.facts import Award, UnitFacts
from assessor.domain.results import UnitResult
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Levels
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Scheme, Scope
from assessor.exchange.scheme_file import default_schemes
from tests.domain.builders import CLOSED, OPEN, assignment, form_of, leaf_of, mark, occurrence, score_one, unit, veto

DEFAULTS = default_schemes()
MEMBER, COUNTY = DEFAULTS
both = pytest.mark.parametrize("scheme", DEFAULTS, ids=["member", "county"])
TASK = "A1.1"
MUCH = 100
"""Enough for any target; for the quotas and head-counts that are targets themselves it makes 100 %."""


def answers(scheme: Scheme, amount: int, scope: Scope) -> dict[str, int]:
    """Every figure at ``amount``, ticks at 1 or 0, and what serves as a target at 100."""
    values = {}
    for figure in scheme.figures:
        if figure.scope is scope:
            tick = figure.measure == "是/否"
            target = figure.code in ("staff", "counsellors_quota", "farmers_quota")
            values[figure.code] = min(amount, 1) if tick else MUCH if target else amount
    return values


def trial(scheme: Scheme, amount: int) -> UnitFacts:
    """A unit that does everything fully (``amount`` MUCH) or nothing at all (0), judged accordingly."""
    points = {item.code: item.points for item in scheme.indicators if isinstance(item.rule, Direct) and amount}
    awards = {
        item.code: Award(item.code, "核定", points=points.get(item.code, Decimal(0)))
        for item in scheme.indicators
        if isinstance(item.rule, Direct)
    }
    for item in scheme.indicators:
        if isinstance(item.rule, Levels):
            level = item.rule.levels[0 if amount else -1]
            awards[item.code] = Award(item.code, "核定", level=level.title, percentage=Decimal(min(amount, 100)))
    judged = [item.code for item in scheme.indicators if isinstance(item.rule, Judgement)]
    handed_in = date(2024, 11, 28) if amount else date(2025, 6, 1)
    task_form = form_of("kexie", answers(scheme, amount, Scope.TASK), task=TASK, handed_in=handed_in)
    facts = unit(
        marks=tuple(mark(code, name, amount) for code in judged for name in "甲乙丙"),
        awards=tuple(awards.values()),
        events=() if amount else tuple(occurrence(code, 9, key=code) for code in deducting(scheme)),
        form=form_of("kexie", answers(scheme, amount, Scope.UNIT), handed_in=handed_in),
    )
    if scheme is MEMBER:
        return replace(facts, assignments=(assignment(TASK),), submissions={TASK: task_form})
    return facts


def deducting(scheme: Scheme) -> list[str]:
    return [item.code for item in scheme.indicators if item.rule.kind == "deduct"]


def scored(scheme: Scheme, facts: UnitFacts) -> UnitResult:
    return score_one(scheme, facts, CLOSED)


@both
def test_everything_full_is_full_marks_and_the_top_grade(scheme: Scheme) -> None:
    result = scored(scheme, trial(scheme, MUCH))
    assert [leaf.indicator.code for leaf in result.leaves if leaf.score != leaf.indicator.points] == []
    assert result.total == scheme.full_marks
    assert not result.provisional


def test_everything_zero_is_zero() -> None:
    assert scored(MEMBER, trial(MEMBER, 0)).total == 0


def test_a_county_alone_in_its_group_is_first_even_with_nothing() -> None:
    result = scored(COUNTY, trial(COUNTY, 0))
    left = {leaf.indicator.code: leaf.score for leaf in result.leaves if leaf.score}
    assert left == {"5.2": 4}
    assert result.grade == "不合格"


@both
def test_everything_not_applicable_is_exempt(scheme: Scheme) -> None:
    ruled = {indicator.code: "无此职能" for indicator in scheme.indicators}
    result = scored(scheme, replace(trial(scheme, MUCH), not_applicable=ruled))
    assert result.exempt
    assert result.rank is None


@both
def test_a_veto_limits_the_grade_and_leaves_the_score(scheme: Scheme) -> None:
    for kind in scheme.vetoes:
        result = scored(scheme, replace(trial(scheme, MUCH), events=(veto(kind.code),)))
        assert (result.total, result.grade) == (100, kind.limit)


@both
def test_before_anything_came_in_the_forms_and_the_office_are_awaited(scheme: Scheme) -> None:
    facts = replace(unit(), assignments=(assignment(TASK),) if scheme is MEMBER else ())
    result = score_one(scheme, facts, OPEN)
    pending = {leaf.indicator.code for leaf in result.leaves if leaf.state is LeafState.PENDING}
    assert pending == set(scheme.indicator_by_code) - set(deducting(scheme))
    assert result.provisional


def test_a_member_by_hand() -> None:
    facts = trial(MEMBER, MUCH)
    assert facts.form is not None
    figures = {**facts.form.figures, "meetings": Decimal(1), "info_items": Decimal(3), "volunteers": Decimal(7)}
    figures |= {"funding": Decimal("3.2"), "staff_trained": Decimal(29)}
    late = form_of("kexie", {"done": 66, "process_proof": 0, "result_proof": 1}, task=TASK, handed_in=date(2024, 12, 2))
    result = scored(MEMBER, replace(facts, form=replace(facts.form, figures=figures), submissions={TASK: late}))
    scores = {leaf.indicator.code: leaf.score for leaf in result.leaves if leaf.score != leaf.indicator.points}
    assert {code: str(value) for code, value in scores.items()} == {
        "1.3": "1.80",  # one meeting of two
        "2.1": "18.48",  # 28 x 66 / 100
        "2.2": "7.20",  # two days late
        "2.3": "4.80",  # results without preparation
        "3.3": "3.00",  # three items of four
        "4.1": "2.40",  # 3.2 (10,000 yuan)
        "4.2": "1.80",  # 7 of 100 staff
        "4.3": "0.00",  # 29 of 100 staff, below the floor
    }
    assert str(result.total) == "78.48"  # 100 - 1.2 - 9.52 - 1.8 - 3.2 - 1 - 0.6 - 1.2 - 3
    assert leaf_of(result, "3.3").sentence == "实际 3 / 目标 4 = 75.00%，4 分 × 75.00% = 3.00 分"
