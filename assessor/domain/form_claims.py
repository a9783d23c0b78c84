"""不涉及 as units claim it on their forms: what an indicator waits for until the office has accepted or refused it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.domain.facts import GroupFacts, UnitFacts
from assessor.domain.form_flow import FormKey
from assessor.domain.scheme import Figure, Indicator, Scope
from assessor.domain.submission import Blank, Submission


@dataclass(frozen=True)
class Claim:
    """A figure that a unit answered 不涉及."""

    key: FormKey
    figure: Figure
    indicators: tuple[Indicator, ...]
    """That wait for the figure. Accepted, they do not apply to the unit; of a task's form, the task does not."""


def open_claims(unit: UnitFacts, group: GroupFacts) -> tuple[Claim, ...]:
    """Own form first, then by task; none of an exempt unit, of a returned form, or of what the office has settled."""
    if unit.exempt:
        return ()
    settled = {assignment.task for assignment in unit.assignments if assignment.not_applicable}
    claims = list(_claims_of(unit.form, Scope.UNIT, unit, group))
    for task, submission in unit.submissions.items():
        if task not in settled:
            claims += _claims_of(submission, Scope.TASK, unit, group)
    return tuple(claims)


def _claims_of(submission: Submission | None, scope: Scope, unit: UnitFacts, group: GroupFacts) -> Iterator[Claim]:
    if submission is None or not submission.counts:
        return
    known = {figure.code: figure for figure in group.scheme.figures}
    for code, value in submission.figures.items():
        if value is not Blank.NOT_APPLICABLE:
            continue
        waiting = tuple(
            indicator
            for indicator in group.scheme.indicators
            if indicator.scope is scope
            and indicator.code not in unit.not_applicable
            and code in indicator.rule.figures()
        )
        if waiting:
            figure = known.get(code, Figure(code, code, "", scope))
            yield Claim(FormKey(unit.unit.code, submission.task or ""), figure, waiting)
