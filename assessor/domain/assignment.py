"""An assignment (任务分解): one task asked of one unit in one year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assessor.domain.plan import Role

_SHARE = "%"


@dataclass(frozen=True)
class Assignment:
    task: str
    unit: str
    role: Role
    weight: Decimal = Decimal(1)
    target: Decimal | None = None
    """What the year asks, in ``measure``; None until the office has set it."""
    measure: str = ""
    deadline: date | None = None
    """None: the year's deadline."""
    not_applicable: str = ""
    """The office's reason why the task does not apply to the unit this year; empty: it applies."""


def join(mine: Assignment, twin: Assignment) -> Assignment:
    """One assignment of two of the same task, for the unit of ``twin``: a lead leads, amounts of one measure add
    up, shares do not; the greater weight and the deadline of ``twin`` hold; it applies where either does."""
    target, measure = _joined_target(mine, twin)
    return replace(
        twin,
        role=Role.LEAD if Role.LEAD in (mine.role, twin.role) else twin.role,
        weight=max(mine.weight, twin.weight),
        target=target,
        measure=measure,
        not_applicable=twin.not_applicable if mine.not_applicable else "",
    )


def _joined_target(mine: Assignment, twin: Assignment) -> tuple[Decimal | None, str]:
    """With its measure: of the one that applies, or has a target; the sum where both have amounts of one measure."""
    ours = mine.target if twin.not_applicable or not mine.not_applicable else None
    theirs = twin.target if mine.not_applicable or not twin.not_applicable else None
    if ours is None:
        return theirs, twin.measure or mine.measure
    if theirs is None:
        return ours, mine.measure or twin.measure
    is_amount = mine.measure == twin.measure != _SHARE
    return (ours + theirs if is_amount else theirs), twin.measure
