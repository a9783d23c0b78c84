"""A real workbook for the window's tests: the shipped plan, two years, and forms of every kind in the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from assessor.domain.assignment import Assignment
from assessor.domain.facts import Award, Event, EventKind, Mark
from assessor.domain.plan import Plan
from assessor.domain.rules.levels import Levels
from assessor.domain.scheme import Figure, Scheme, Scope
from assessor.domain.submission import DONE, Blank, Evidence, FigureValue, Submission, SubmissionState
from assessor.domain.year import Stage
from assessor.exchange.plan_file import find_plan, load_plan
from assessor.exchange.scheme_file import default_schemes
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.creation import create_from_plan
from assessor.workbook.events import save_event
from assessor.workbook.marks import save_award, save_mark
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.years import load_year, save_year

FIRST, SECOND = 2022, 2023
MISSING = "tongjiju"
"""The unit that hands in nothing in the first year."""
_DUE = date(2022, 12, 10)
_LATE = date(2022, 12, 18)


def write_workbook(path: Path) -> None:
    plan = load_plan(find_plan("yichun-2021-2025")).plan
    schemes = default_schemes()
    with create_from_plan(path, plan, schemes, years=(FIRST, SECOND), sample=True) as workbook:
        _fill(workbook, plan, {scheme.group: scheme for scheme in schemes})


def _fill(workbook: Workbook, plan: Plan, schemes: dict[str, Scheme]) -> None:
    assignments = load_assignments(workbook, FIRST)
    with workbook.edit("录入示例") as edit:
        year = replace(load_year(workbook, FIRST), stage=Stage.COLLECT)
        save_year(edit, year)
        for assignment in assignments:
            save_assignment(edit, FIRST, replace(assignment, target=Decimal(100), measure="人次"))
        for submission in _submissions(plan, schemes, assignments):
            save_submission(edit, FIRST, submission)
        _office_facts(edit, plan, schemes)


def _submissions(plan: Plan, schemes: dict[str, Scheme], assignments: tuple[Assignment, ...]) -> Iterator[Submission]:
    places = {unit.code: place for place, unit in enumerate(plan.units)}
    for number, assignment in enumerate(assignments):
        if assignment.unit != MISSING and number % 9:
            figures = _figures(schemes["member"], Scope.TASK, number)
            yield _form(assignment.unit, assignment.task, number, figures)
    for unit in plan.units:
        if unit.code != MISSING:
            place = places[unit.code]
            yield _form(unit.code, None, place, _figures(schemes[unit.group], Scope.UNIT, place))


def _form(unit: str, task: str | None, number: int, figures: dict[str, FigureValue]) -> Submission:
    states = {3: SubmissionState.RETURNED, 5: SubmissionState.SUBMITTED}
    handed_in = _LATE if number % 7 == 6 else _DUE
    state = states.get(number % 12, SubmissionState.ACCEPTED)
    reason = "缺少佐证材料" if state is SubmissionState.RETURNED else ""
    proof = (Evidence("工作总结"), Evidence("会议记录", date(2022, 3, 8)))
    return Submission(unit, task, 1, state, handed_in, handed_in, figures, return_reason=reason, evidence=proof)


def _figures(scheme: Scheme, scope: Scope, number: int) -> dict[str, FigureValue]:
    declared = [figure for figure in scheme.figures if figure.scope is scope]
    values: dict[str, FigureValue] = {}
    for place, figure in enumerate(declared):
        values[figure.code] = _value(figure, number + place)
    if number % 13 == 4 and declared:
        values[declared[-1].code] = Blank.NOT_APPLICABLE
    return values


def _value(figure: Figure, number: int) -> Decimal:
    if figure.code == DONE:
        return Decimal(70 + number * 7 % 45)
    if figure.measure == "是/否":
        return Decimal(0 if number % 6 == 0 else 1)
    return Decimal(2 + number % 5)


def _office_facts(edit: Edit, plan: Plan, schemes: dict[str, Scheme]) -> None:
    for place, unit in enumerate(plan.units):
        for indicator in schemes[unit.group].indicators:
            kind = indicator.rule.kind
            if kind == "judgement" and place % 8:
                for reviewer in range(1, 6):
                    value = Decimal(70 + (place * 3 + reviewer * 5) % 28)
                    save_mark(edit, FIRST, unit.code, Mark(indicator.code, f"评委{reviewer}", "expert", value))
            elif kind == "direct":
                given = indicator.points * (70 + place % 30) / 100
                save_award(edit, FIRST, unit.code, Award(indicator.code, "资料核定", points=given))
            elif isinstance(indicator.rule, Levels):
                level = indicator.rule.levels[place % 2].title
                save_award(edit, FIRST, unit.code, Award(indicator.code, "资料核定", level=level))
    scheme = schemes["member"]
    happened = date(2022, 6, 1)
    award = Event("1", EventKind.BONUS, scheme.bonuses[0].code, happened, "全国科普日", "受到表彰", Decimal(2))
    save_event(edit, FIRST, "kexie", award)
    falsified = Event("2", EventKind.VETO, scheme.vetoes[0].code, happened, "填报数据", "查实虚报")
    save_event(edit, FIRST, "caizhengju", falsified)
