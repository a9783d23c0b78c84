"""What must always hold of the engine, over random schemes of real rules and random facts."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.domain.facts import EventKind, UnitFacts
from assessor.domain.grading import quota_places
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.checklist import Checklist
from assessor.domain.rules.deduct import Deduct
from assessor.domain.rules.direction import Direction
from assessor.domain.rules.ratio import Ratio
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import NotApplicablePolicy, QuotaTie, Scope
from assessor.domain.scoring import ceiling_of, score_year
from assessor.domain.submission import DONE, Blank
from tests.domain.builders import adjustment, worked_year
from tests.domain.strategies import Case, cases

many = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def result_of(case: Case) -> GroupResult:
    return score_year(case.facts).groups[0]


def by_code(case: Case) -> dict[str, UnitResult]:
    return {item.unit.code: item for item in result_of(case).units}


def total(numbers: Iterable[Decimal | None]) -> Decimal:
    return sum((number for number in numbers if number is not None), Decimal(0))


@many
@given(cases())
def test_printed_numbers_add_up(case: Case) -> None:
    for unit in result_of(case).units:
        for item in unit.categories:
            assert item.raw == total(leaf.score for leaf in item.leaves)
            if item.subtotal is not None and item.applicable_points == item.category.points:
                assert item.subtotal == item.raw
        assert unit.base == total(item.contribution for item in unit.categories)
        assert unit.bonus == total(e.counted for e in unit.entries if e.event.kind is EventKind.BONUS)
        assert unit.deduction == total(e.counted for e in unit.entries if e.event.kind is EventKind.DEDUCTION)
        summed = unit.base + unit.bonus - unit.deduction
        assert unit.total == max(Decimal(0), min(summed, ceiling_of(case.scheme)))


@many
@given(cases())
def test_every_number_has_the_schemes_decimals_and_lies_in_its_range(case: Case) -> None:
    places = case.scheme.decimals
    for unit in result_of(case).units:
        printed = [unit.base, unit.bonus, unit.deduction, unit.total, *(entry.counted for entry in unit.entries)]
        printed += [leaf.score for leaf in unit.leaves if leaf.score is not None]
        printed += [item.contribution for item in unit.categories if item.contribution is not None]
        assert all(number.as_tuple().exponent == -places for number in printed)
        for leaf in unit.leaves:
            assert leaf.score is None or 0 <= leaf.score <= round_half_up(leaf.indicator.points, places)
        assert 0 <= unit.total <= ceiling_of(case.scheme)
        assert 0 <= unit.coverage <= 1


@many
@given(cases())
def test_ranks_follow_the_printed_totals(case: Case) -> None:
    group = result_of(case)
    ranked = [unit for unit in group.units if unit.rank is not None]
    assert [unit.total for unit in ranked] == sorted((unit.total for unit in ranked), reverse=True)
    for unit in ranked:
        better = [other for other in ranked if other.rank is not None and other.rank < (unit.rank or 0)]
        assert unit.rank == len(better) + 1
        assert all(other.total >= unit.total for other in better)
        if not group.scheme.tie_break:
            assert all((other.rank == unit.rank) == (other.total == unit.total) for other in ranked)
    for unit in group.units:
        assert (unit.rank is None) == bool(unit.unranked)
        assert (unit.rank is None) == (bool(unit.exempt) or unit.coverage < group.scheme.min_coverage)


@many
@given(cases())
def test_grades_keep_to_thresholds_limits_and_the_quota(case: Case) -> None:
    group = result_of(case)
    titles = [grade.title for grade in group.scheme.grades]
    for unit in group.units:
        assert (unit.grade is None) == (bool(unit.exempt) or unit.provisional)
        assert unit.grade_sentence
        if unit.grade is not None:
            place = titles.index(unit.grade)
            assert unit.total >= group.scheme.grades[place].minimum
            assert all(place >= titles.index(veto.limit) for veto in unit.vetoes)
    top = [unit for unit in group.units if unit.grade == titles[0]]
    quota = group.scheme.quota
    if quota is not None:
        ranked = [unit for unit in group.units if unit.rank is not None]
        assert all(unit.rank is not None for unit in top)
        if quota.tie is QuotaTie.EXCLUDE:
            assert len(top) <= quota_places(quota, len(ranked))
        if top:
            worst = max(unit.rank or 0 for unit in top)
            above = [u for u in ranked if (u.rank or 0) < worst and u.total >= group.scheme.grades[0].minimum]
            assert all(unit.grade != titles[1] or unit.vetoes or _is_weak(unit, case) for unit in above)


def _is_weak(unit: UnitResult, case: Case) -> bool:
    share = case.scheme.grades[0].category_share
    return share is not None and any(
        item.subtotal is not None and item.subtotal < share * item.category.points for item in unit.categories
    )


@many
@given(cases())
def test_states_are_never_confused(case: Case) -> None:
    closed = case.facts.year.collection_closed
    results = by_code(case)
    for facts in case.units:
        result = results[facts.unit.code]
        if result.exempt:
            continue
        adjusted = {item.indicator for item in facts.adjustments}
        for leaf in result.leaves:
            if leaf.indicator.code in adjusted:
                assert leaf.state in (LeafState.SCORED, LeafState.NOT_APPLICABLE)
            elif leaf.indicator.code in facts.not_applicable:
                assert leaf.state is LeafState.NOT_APPLICABLE
            elif isinstance(leaf.indicator.rule, Ratio) and leaf.indicator.scope is Scope.UNIT:
                assert leaf.state is _expected(facts, leaf.indicator.rule.actual, closed)
        assert result.provisional == any(leaf.state is LeafState.PENDING for leaf in result.leaves)


def _expected(facts: UnitFacts, figure: str, closed: bool) -> LeafState:
    if facts.form is None or not facts.form.counts:
        return LeafState.NOT_SUBMITTED if closed else LeafState.PENDING
    value = facts.form.figure(figure)
    if isinstance(value, Decimal):
        return LeafState.SCORED
    if value is Blank.NOT_APPLICABLE:
        return LeafState.PENDING
    return LeafState.EMPTY if closed else LeafState.PENDING


@many
@given(cases(), st.sampled_from(NotApplicablePolicy))
def test_a_unit_to_which_nothing_applies_is_exempt(case: Case, policy: NotApplicablePolicy) -> None:
    nothing = {indicator.code: "无此职能" for indicator in case.scheme.indicators}
    units = (replace(case.units[0], not_applicable=nothing), *case.units[1:])
    result = by_code(case.with_scheme(replace(case.scheme, not_applicable=policy)).with_units(units))
    first = result[case.units[0].unit.code]
    assert first.exempt
    assert (first.total, first.rank, first.grade) == (0, None, None)


@many
@given(cases(peers=False))
def test_nothing_about_one_unit_changes_anothers_total(case: Case) -> None:
    together = by_code(case)
    for facts in case.units:
        alone = result_of(case.with_units((facts,))).units[0]
        other = together[facts.unit.code]
        neutral = {"rank": None, "grade": None, "grade_sentence": "", "unranked": ""}
        assert replace(alone, **neutral) == replace(other, **neutral)


@many
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_storage_changes_nothing(case: Case, chance: random.Random) -> None:
    shuffled = case.with_units(_shuffled(tuple(_stored_otherwise(facts, chance) for facts in case.units), chance))
    assert by_code(shuffled) == by_code(case)
    assert sorted(result_of(shuffled).warnings) == sorted(result_of(case).warnings)


def _shuffled(items: tuple[Any, ...], chance: random.Random) -> tuple[Any, ...]:
    return tuple(chance.sample(items, len(items)))


def _stored_otherwise(facts: UnitFacts, chance: random.Random) -> UnitFacts:
    def mixed(mapping: Any) -> dict[str, Any]:
        return dict(_shuffled(tuple(mapping.items()), chance))

    return replace(
        facts,
        assignments=_shuffled(facts.assignments, chance),
        submissions=mixed(facts.submissions),
        marks=_shuffled(facts.marks, chance),
        awards=_shuffled(facts.awards, chance),
        self_scores=mixed(facts.self_scores),
        not_applicable=mixed(facts.not_applicable),
        events=_shuffled(facts.events, chance),
        adjustments=_shuffled(facts.adjustments, chance),
    )


@many
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_indicators_changes_no_score_rank_or_grade(case: Case, chance: random.Random) -> None:
    categories = tuple(replace(item, indicators=_shuffled(item.indicators, chance)) for item in case.scheme.categories)
    mixed = by_code(case.with_scheme(replace(case.scheme, categories=_shuffled(categories, chance))))
    for code, result in by_code(case).items():
        other = mixed[code]
        assert (other.total, other.rank, other.grade, other.coverage) == (
            result.total,
            result.rank,
            result.grade,
            result.coverage,
        )
        assert {leaf.indicator.code: leaf for leaf in other.leaves} == {
            leaf.indicator.code: leaf for leaf in result.leaves
        }


@many
@given(cases(adjusted=False), st.data())
def test_raising_an_actual_or_a_mark_or_meeting_an_item_never_lowers_the_total(case: Case, data: st.DataObject) -> None:
    facts = data.draw(st.sampled_from(case.units))
    raised = data.draw(st.sampled_from(_raised(facts, case)))
    units = tuple(raised if item is facts else item for item in case.units)
    before, after = by_code(case)[facts.unit.code], by_code(case.with_units(units))[facts.unit.code]
    assert after.total >= before.total


def _raised(facts: UnitFacts, case: Case) -> list[UnitFacts]:
    """The unit with one thing done better, once for each; itself where there is nothing to raise."""
    found = [facts]
    if facts.form is not None:
        for leaf in case.scheme.indicators:
            rule = leaf.rule
            lower = isinstance(rule, Deduct) or (isinstance(rule, Ratio) and rule.direction is Direction.LOWER)
            if lower or leaf.scope is Scope.TASK:
                continue
            for name in rule.figures():
                value = facts.form.figure(name)
                if isinstance(value, Decimal):
                    more = Decimal(1) if isinstance(rule, Checklist) else value + 7
                    found.append(replace(facts, form=replace(facts.form, figures={**facts.form.figures, name: more})))
    for task, form in facts.submissions.items():
        done = form.figure(DONE)
        if isinstance(done, Decimal):
            raised = replace(form, figures={DONE: done + 11})
            found.append(replace(facts, submissions={**facts.submissions, task: raised}))
    for place, mark in enumerate(facts.marks):
        better = replace(mark, value=min(mark.value + 9, Decimal(100)))
        found.append(replace(facts, marks=(*facts.marks[:place], better, *facts.marks[place + 1 :])))
    return found


@many
@given(cases(adjusted=False), st.data())
def test_an_adjustment_replaces_one_leaf_and_no_other(case: Case, data: st.DataObject) -> None:
    facts = data.draw(st.sampled_from(case.units))
    indicator = data.draw(st.sampled_from(case.scheme.indicators))
    decided = replace(facts, adjustments=(adjustment(indicator.code, 0, 0),))
    before = by_code(case)[facts.unit.code]
    after = by_code(case.with_units(tuple(decided if item is facts else item for item in case.units)))
    for old, new in zip(before.leaves, after[facts.unit.code].leaves, strict=True):
        if old.indicator is indicator and old.state is not LeafState.NOT_APPLICABLE:
            assert (new.score, new.state, new.computed) == (0, LeafState.SCORED, old.computed)
        else:
            assert new == old


@many
@given(cases())
def test_closing_collection_leaves_only_the_office_awaited(case: Case) -> None:
    facts = replace(case.facts, year=replace(case.facts.year, collection_closed=True))
    for unit in score_year(facts).groups[0].units:
        for leaf in unit.pending:
            owed = [task.outcome for task in leaf.tasks if task.outcome.state is LeafState.PENDING]
            words = leaf.sentence + "".join(outcome.reasoning for outcome in owed)
            assert any(word in words for word in ("考核办", "评分", "待下达", "其余单位待报"))


@many
@given(cases())
def test_scoring_twice_gives_the_same_bytes(case: Case) -> None:
    assert repr(score_year(case.facts)).encode() == repr(score_year(case.facts)).encode()


SAME_BYTES = """
import hashlib
from tests.domain.builders import worked_year
from assessor.domain.scoring import score_year
print(hashlib.sha256(repr(score_year(worked_year())).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_every_process_gives_the_same_bytes(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAME_BYTES],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(repr(score_year(worked_year())).encode()).hexdigest()
