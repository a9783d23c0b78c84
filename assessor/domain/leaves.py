"""Leaves (二级指标): from one unit's facts to the score of every indicator, and why.

What is decided here:

- A task-scope leaf counts the assignments that apply and whose weight is above 0; without any, it is not applicable.
- It is pending while any of them is, scored meanwhile over what is known with pending tasks counting nothing yet; it
  is 未报 or 未填 only when every one of them is.
- The last adjustment by date, then key, counts. It replaces the computed score and ends the leaf's being pending.
- An adjustment of a leaf that does not apply changes nothing (and the group's warnings say so).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from assessor.domain import trace
from assessor.domain.assignment import Assignment
from assessor.domain.exact import product
from assessor.domain.facts import Adjustment, Award, Event, EventKind, Mark, UnitFacts
from assessor.domain.plan import Role
from assessor.domain.results import LeafResult, TaskOutcome
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafFacts, LeafInput, LeafState, Outcome
from assessor.domain.scheme import Indicator, NotApplicablePolicy, Scheme, Scope
from assessor.domain.submission import Evidence, Submission
from assessor.domain.wording import plain
from assessor.domain.year import Year
from assessor.errors import AssessorError, InputError

_NOTHING = Fraction(0)
Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item", Mark, Event, Adjustment)

LeafKey = tuple[str, str | None]
"""An indicator and, where it is scored task by task, the task."""


@dataclass(frozen=True)
class Peers:
    """What a rule that compares units sees of the group: one indicator's known values, and who is awaited."""

    values: tuple[Decimal, ...]
    awaited: frozenset[str]


@dataclass(frozen=True)
class GroupContext:
    """What is the same for every unit of a group."""

    year: Year
    scheme: Scheme
    task_titles: Mapping[str, str]
    figure_titles: Mapping[str, str]
    role_factors: Mapping[Role, Decimal]
    peers: Mapping[str, Peers] = field(default_factory=dict)
    """By indicator, for rules that compare units."""


@dataclass(frozen=True)
class IndexedUnit:
    """A unit's facts by what they concern, in an order that does not depend on how they were stored."""

    facts: UnitFacts
    assignments: tuple[Assignment, ...]
    marks: Mapping[LeafKey, tuple[Mark, ...]]
    awards: Mapping[LeafKey, Award]
    occurrences: Mapping[LeafKey, tuple[Event, ...]]
    adjustments: Mapping[str, tuple[Adjustment, ...]]
    """By indicator."""

    @property
    def name(self) -> str:
        return self.facts.unit.short_name


def index_unit(facts: UnitFacts) -> IndexedUnit:
    occurrences = (event for event in facts.events if event.kind is EventKind.OCCURRENCE)
    return IndexedUnit(
        facts=facts,
        assignments=tuple(sorted(facts.assignments, key=lambda item: _natural(item.task))),
        marks=_grouped(
            ((mark.indicator, mark.task), (mark.panel, mark.reviewer, mark.value), mark) for mark in facts.marks
        ),
        awards={(award.indicator, award.task): award for award in facts.awards},
        occurrences=_grouped(
            ((event.code, event.task), (event.happened_on, event.key), event) for event in occurrences
        ),
        adjustments=_grouped((item.indicator, (item.decided_on, item.key), item) for item in facts.adjustments),
    )


def _natural(code: str) -> tuple[tuple[int, str], ...]:
    """Sorts A1.9 before A1.10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", code))


def _grouped(items: Iterable[tuple[Key, tuple[object, ...], Item]]) -> dict[Key, tuple[Item, ...]]:
    groups: dict[Key, list[tuple[tuple[object, ...], Item]]] = {}
    for key, order, item in items:
        groups.setdefault(key, []).append((order, item))
    return {key: tuple(item for _, item in sorted(group, key=lambda pair: pair[0])) for key, group in groups.items()}


def leaf_facts(
    unit: IndexedUnit, indicator: Indicator, context: GroupContext, assignment: Assignment | None = None
) -> LeafFacts:
    """What the indicator's rule may read: the task's form and what the office gave for the task where there is an
    assignment, else the unit's own form and what it gave for the unit. The self-score is always the unit's."""
    facts, year, code = unit.facts, context.year, indicator.code
    key = (code, assignment.task if assignment else None)
    peers = context.peers.get(code)
    return LeafFacts(
        indicator=code,
        points=indicator.points,
        decimals=context.scheme.decimals,
        collection_closed=year.collection_closed,
        deadline=(assignment.deadline if assignment else None) or year.deadline,
        submission=facts.submissions.get(assignment.task) if assignment else facts.form,
        assigned_target=assignment.target if assignment else None,
        assigned_deadline=bool(assignment and assignment.deadline),
        marks=unit.marks.get(key, ()),
        self_score=facts.self_scores.get(code),
        award=unit.awards.get(key),
        occurrences=unit.occurrences.get(key, ()),
        peers=peers.values if peers else (),
        peers_awaited=bool(peers and peers.awaited - {facts.unit.code}),
        figure_titles=context.figure_titles,
    )


def place_of(unit: UnitFacts, indicator: Indicator, task: str | None = None) -> str:
    task_note = f"（任务 {task}）" if task else ""
    return f"{unit.unit.short_name} {indicator.code} {indicator.title}{task_note}"


def counted_weight(assignment: Assignment, context: GroupContext) -> Decimal:
    """Task weight x role factor; 0 where the task does not apply to the unit."""
    if assignment.not_applicable:
        return Decimal(0)
    return assignment.weight * context.role_factors[assignment.role]


def inapplicable_reason(unit: IndexedUnit, indicator: Indicator, context: GroupContext) -> str:
    """Why the leaf does not apply to the unit; empty where it does."""
    ruled = unit.facts.not_applicable.get(indicator.code)
    if ruled:
        return ruled
    if indicator.scope is Scope.UNIT:
        return ""
    if not unit.assignments:
        return "本年度没有分解任务"
    if any(counted_weight(assignment, context) for assignment in unit.assignments):
        return ""
    reasons = dict.fromkeys(item.not_applicable for item in unit.assignments if item.not_applicable)
    return f"各项任务均不涉及（{'；'.join(reasons)}）" if reasons else "各项任务的权重均为 0"


def score_leaf(unit: IndexedUnit, indicator: Indicator, context: GroupContext) -> LeafResult:
    """Raises InputError or SchemeError naming the unit and the indicator where a fact cannot be scored."""
    reason = inapplicable_reason(unit, indicator, context)
    if reason:
        return _not_applicable(unit, indicator, context.scheme, reason)
    leaf = (
        _task_leaf(unit, indicator, context) if indicator.scope is Scope.TASK else _unit_leaf(unit, indicator, context)
    )
    adjustments = unit.adjustments.get(indicator.code)
    return _adjusted(leaf, adjustments, unit, context.scheme.decimals) if adjustments else leaf


def unread_leaf(unit: UnitFacts, indicator: Indicator, sentence: str) -> LeafResult:
    """A leaf of a unit that is not assessed: it has no score, whatever the policy."""
    return LeafResult(
        indicator=indicator,
        state=LeafState.NOT_APPLICABLE,
        computed=None,
        score=None,
        self_score=unit.self_scores.get(indicator.code),
        sentence=sentence,
    )


def _not_applicable(unit: IndexedUnit, indicator: Indicator, scheme: Scheme, reason: str) -> LeafResult:
    score = {
        NotApplicablePolicy.RESCALE: None,
        NotApplicablePolicy.FULL: round_half_up(indicator.points, scheme.decimals),
        NotApplicablePolicy.ZERO: round_half_up(0, scheme.decimals),
    }[scheme.not_applicable]
    sentence = trace.not_applicable_under(scheme.not_applicable, reason, score)
    return replace(unread_leaf(unit.facts, indicator, sentence), computed=score, score=score)


@contextmanager
def placed(unit: UnitFacts, indicator: Indicator, task: str | None = None) -> Iterator[None]:
    """A rule knows no unit: a complaint that names no place gets the unit, the indicator and the task."""
    try:
        yield
    except AssessorError as problem:
        problem.place = problem.place or place_of(unit, indicator, task)
        raise


def _unit_leaf(unit: IndexedUnit, indicator: Indicator, context: GroupContext) -> LeafResult:
    facts = leaf_facts(unit, indicator, context)
    with placed(unit.facts, indicator):
        outcome = indicator.rule.evaluate(facts)
    score = _rounded(indicator, outcome.fraction, context) if _is_known(outcome) else None
    return LeafResult(
        indicator=indicator,
        state=outcome.state,
        computed=score,
        score=score,
        self_score=facts.self_score,
        sentence=trace.unit_leaf(outcome, indicator.points, score),
        inputs=outcome.inputs,
        evidence=_evidence([facts.submission], indicator),
    )


def _task_leaf(unit: IndexedUnit, indicator: Indicator, context: GroupContext) -> LeafResult:
    tasks = tuple(_task_outcome(unit, indicator, assignment, context) for assignment in unit.assignments)
    counted = [task for task in tasks if task.weight]
    known = [task for task in counted if _is_known(task.outcome)]
    gained = sum((product(task.weight, task.outcome.fraction) for task in known), _NOTHING)
    fraction = gained / Fraction(sum((task.weight for task in counted), Decimal(0)))
    score = _rounded(indicator, fraction, context) if known else None
    state = _joint_state({task.outcome.state for task in counted})
    return LeafResult(
        indicator=indicator,
        state=state,
        computed=score,
        score=score,
        self_score=unit.facts.self_scores.get(indicator.code),
        sentence=trace.task_leaf(state, tasks, indicator.points, fraction, score),
        inputs=_inputs(counted),
        tasks=tasks,
        evidence=_evidence([unit.facts.submissions.get(task.task) for task in counted], indicator),
    )


def _task_outcome(
    unit: IndexedUnit, indicator: Indicator, assignment: Assignment, context: GroupContext
) -> TaskOutcome:
    title = context.task_titles.get(assignment.task, "")
    weight = counted_weight(assignment, context)
    if assignment.not_applicable:
        outcome = Outcome(LeafState.NOT_APPLICABLE, _NOTHING, f"不涉及：{assignment.not_applicable}")
    else:
        with placed(unit.facts, indicator, assignment.task):
            outcome = indicator.rule.evaluate(leaf_facts(unit, indicator, context, assignment))
    return TaskOutcome(assignment.task, title, assignment.role, weight, outcome)


def _joint_state(states: set[LeafState]) -> LeafState:
    if LeafState.PENDING in states:
        return LeafState.PENDING
    return states.pop() if len(states) == 1 else LeafState.SCORED


def _is_known(outcome: Outcome) -> bool:
    return outcome.state is not LeafState.PENDING or outcome.provisional


def _rounded(indicator: Indicator, fraction: Fraction, context: GroupContext) -> Decimal:
    return round_half_up(product(indicator.points, fraction), context.scheme.decimals)


def _inputs(tasks: Sequence[TaskOutcome]) -> tuple[LeafInput, ...]:
    return tuple(
        LeafInput(f"{task.task} {item.name}", item.value, item.source) for task in tasks for item in task.outcome.inputs
    )


def _evidence(submissions: Sequence[Submission | None], indicator: Indicator) -> tuple[Evidence, ...]:
    """Of the forms that count, what was handed in for this indicator or for the whole form, each once."""
    wanted = (None, indicator.code)
    items = [
        item
        for submission in submissions
        if submission and submission.counts
        for item in submission.evidence
        if item.indicator in wanted
    ]
    return tuple(dict.fromkeys(items)) if len(items) > 1 else tuple(items)


def _adjusted(leaf: LeafResult, adjustments: Sequence[Adjustment], unit: IndexedUnit, decimals: int) -> LeafResult:
    for adjustment in adjustments:
        _check_adjustment(adjustment, leaf.indicator, place_of(unit.facts, leaf.indicator), decimals)
    last = adjustments[-1]
    return replace(
        leaf,
        state=LeafState.SCORED,
        score=round_half_up(last.new, decimals),
        sentence=trace.adjusted(leaf.sentence, leaf.computed, adjustments, decimals),
        adjustment=last,
    )


def _check_adjustment(adjustment: Adjustment, indicator: Indicator, place: str, decimals: int) -> None:
    label, new = adjustment.kind.label, adjustment.new
    if not 0 <= new <= indicator.points:
        points = plain(indicator.points)
        raise InputError(
            f"{label}后的得分 {plain(new)} 超出 0 至 {points} 分",
            place=place,
            remedy=f"请改为 0 至 {points} 之间的分数",
        )
    if round_half_up(new, decimals) != new:
        raise InputError(
            f"{label}后的得分 {plain(new)} 多于 {decimals} 位小数",
            place=place,
            remedy=f"请保留 {decimals} 位小数",
        )
