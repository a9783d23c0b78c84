"""Facts that name what the scheme or the plan does not have: refused or, where harmless, warned of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from assessor.domain.facts import EventKind, UnitFacts
from assessor.domain.leaves import place_of
from assessor.domain.results import UnitResult
from assessor.domain.rules.rule import LeafState, OfficeInput
from assessor.domain.scheme import Indicator, Scheme, Scope
from assessor.errors import InputError


@dataclass(frozen=True)
class PassedOver:
    """A fact that counts for nothing, and why; the indicator (code) it was meant for, where there is one."""

    text: str
    indicator: str | None = None


def check_facts(facts: UnitFacts, scheme: Scheme) -> None:
    """Raises InputError where a fact names what the scheme does not have or the unit was not assigned, where it is not
    of the kind that the indicator's rule takes, or where assignments are unsound. The complaint does not depend on the
    order of storage."""
    _check_indicators(facts, scheme)
    _check_assignments(facts)
    assigned = {assignment.task for assignment in facts.assignments}
    for given, code, task in sorted(set(_office_inputs(facts)), key=_in_order):
        indicator = scheme.indicator_by_code[code]
        check_office_input(given, indicator, task, assigned, place_of(facts, indicator, task))
    _check_awards_once(facts, scheme)
    for event in sorted(facts.events, key=lambda event: event.key):
        if event.kind is not EventKind.OCCURRENCE and event.task is not None:
            refuse_task_of(event.kind, f"{facts.unit.short_name} {event.reason}（任务 {event.task}）")


def check_office_input(
    given: OfficeInput, indicator: Indicator, task: str | None, assigned: Container[str], place: str
) -> None:
    """Raises InputError at ``place`` where the indicator's rule does not take what was given, where there is a task
    and the indicator is scored for the unit as a whole, or the other way round, or where the task is not among the
    ``assigned`` ones."""
    rule, label = indicator.rule, given.label
    if given not in rule.office_inputs():
        remedy = f"请核对指标代码，或删去这条{label}"
        raise InputError(f"这个指标按“{rule.label}”评分，不用{label}", place=place, remedy=remedy)
    if indicator.scope is Scope.UNIT:
        if task is not None:
            raise InputError(f"这个指标按单位评分，{label}不能写任务", place=place, remedy="请删去任务代码")
    elif task is None:
        raise InputError(f"这个指标逐项任务评分，{label}没有写任务", place=place, remedy="请写明是哪项任务")
    elif task not in assigned:
        remedy = f"请改用分解给该单位的任务，或删去这条{label}"
        raise InputError(f"任务 {task} 没有分解给该单位（{label}）", place=place, remedy=remedy)


def refuse_task_of(kind: EventKind, place: str) -> NoReturn:
    """Raises InputError: events of this kind are of the unit as a whole."""
    raise InputError(f"{kind.label}针对单位，不能写任务", place=place, remedy="请删去任务代码")


def _check_indicators(facts: UnitFacts, scheme: Scheme) -> None:
    for what, code in _named_indicators(facts):
        if code not in scheme.indicator_by_code:
            raise InputError(
                f"细则中没有代码为“{code}”的指标（{what}）",
                place=f"{facts.unit.short_name} {code}",
                remedy="请改用细则中的指标代码，或删去这条记录",
            )


def _named_indicators(facts: UnitFacts) -> Iterator[tuple[str, str]]:
    """What names an indicator, and the code; sorted."""
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        (OfficeInput.MARKS.label, (mark.indicator for mark in facts.marks)),
        (OfficeInput.AWARD.label, (award.indicator for award in facts.awards)),
        ("自评分", facts.self_scores),
        ("不涉及认定", facts.not_applicable),
        ("复核调整", (adjustment.indicator for adjustment in facts.adjustments)),
        (EventKind.OCCURRENCE.label, (event.code for event in facts.events if event.kind is EventKind.OCCURRENCE)),
    )
    return ((what, code) for what, codes in kinds for code in sorted(set(codes)))


def _check_assignments(facts: UnitFacts) -> None:
    seen: set[str] = set()
    for assignment in sorted(facts.assignments, key=lambda assignment: assignment.task):
        place = f"{facts.unit.short_name} 任务 {assignment.task}"
        if assignment.task in seen:
            raise InputError("同一任务分解了不止一次", place=place, remedy="请只保留一条任务分解")
        if assignment.weight < 0:
            raise InputError(f"任务权重 {assignment.weight} 小于 0", place=place, remedy="请填写 0 或正数")
        seen.add(assignment.task)


def _office_inputs(facts: UnitFacts) -> Iterator[tuple[OfficeInput, str, str | None]]:
    """What the office gave, on which indicator, for which task."""
    yield from ((OfficeInput.MARKS, mark.indicator, mark.task) for mark in facts.marks)
    yield from ((OfficeInput.AWARD, award.indicator, award.task) for award in facts.awards)
    for event in facts.events:
        if event.kind is EventKind.OCCURRENCE:
            yield OfficeInput.OCCURRENCES, event.code, event.task


def _in_order(item: tuple[OfficeInput, str, str | None]) -> tuple[str, str, str]:
    given, code, task = item
    return code, task or "", given.value


def _check_awards_once(facts: UnitFacts, scheme: Scheme) -> None:
    counts = Counter((award.indicator, award.task) for award in facts.awards)
    twice = sorted((code, task or "") for (code, task), count in counts.items() if count > 1)
    if twice:
        code, task = twice[0]
        place = place_of(facts, scheme.indicator_by_code[code], task)
        raise InputError("考核办评分不止一个", place=place, remedy="请只保留一个")


def fact_warnings(facts: UnitFacts, result: UnitResult) -> tuple[str, ...]:
    """Facts that were passed over because nothing in the unit's assessment reads them, with the unit's name."""
    return tuple(f"{facts.unit.short_name} {item.text}" for item in passed_over(facts, result))


def passed_over(facts: UnitFacts, result: UnitResult) -> tuple[PassedOver, ...]:
    """The same, one by one: adjustments by indicator, then forms by task."""
    decided = {item.indicator for item in facts.adjustments}
    adjusted = sorted(
        leaf.indicator.code
        for leaf in (result.leaves if decided else ())
        if leaf.state is LeafState.NOT_APPLICABLE and leaf.indicator.code in decided
    )
    assigned = {assignment.task for assignment in facts.assignments}
    return (
        *(PassedOver(f"{code}：不涉及的指标，复核调整没有采用", code) for code in adjusted),
        *(
            PassedOver(f"任务 {task}：没有分解给该单位，填报表不计分")
            for task in sorted(set(facts.submissions) - assigned)
        ),
    )
