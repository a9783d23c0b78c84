"""A year copied forward: what the year to come asks of whom, and who takes over from whom.

Kept are roles, weights, targets, measures and deadlines, a year (or more) later. Every status is left behind: that a
task did not apply to a unit was last year's decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessor.domain.assignment import Assignment, join
from assessor.domain.lineage import plan_in_year, takers
from assessor.domain.plan import Plan
from assessor.domain.year import Stage, Year


@dataclass(frozen=True)
class Handover:
    """A part of a unit that is no longer one of the year's."""

    task: str
    unit: str
    heirs: tuple[str, ...]
    """Several where the unit was split; none: nobody takes over, the part lapses."""
    is_joined: bool = False
    """An heir has the task already: both parts are one now."""


@dataclass(frozen=True)
class YearCopy:
    header: Year
    assignments: tuple[Assignment, ...]
    handovers: tuple[Handover, ...]
    joined: tuple[Assignment, ...]
    """Parts that the plan gives to units which the year before did not have; among ``assignments``."""
    ruled_out: int
    """Assignments that did not apply in the year before, and are asked again."""


def year_before(years: Iterable[Year], to: int) -> Year | None:
    """The latest year before ``to``, which it is copied from unless the office chooses another; None: there is none."""
    return max((year for year in years if year.year < to), key=lambda year: year.year, default=None)


def years_to_add(years: Sequence[Year], plan: Plan | None, today: date) -> tuple[int, ...]:
    """Those that the workbook does not have: of the plan's period, about ``today``, and after its last year."""
    present = {year.year for year in years}
    wanted = set(range(plan.first_year, plan.last_year + 1)) if plan else set()
    wanted |= {today.year, today.year + 1}
    if present:
        wanted.add(max(present) + 1)
    return tuple(sorted(wanted - present))


def suggested_year(years: Sequence[Year], offered: Sequence[int]) -> int:
    """The one after the last there is, else the first that is offered."""
    following = max((year.year for year in years), default=0) + 1
    return following if following in offered else offered[0]


def next_header(source: Year, to: int) -> Year:
    """The header of year ``to`` as ``source`` suggests it: the same days of the year, at its first stage."""
    step = to - source.year
    return Year(
        year=to,
        starts=moved(source.starts, step),
        ends=moved(source.ends, step),
        deadline=moved(source.deadline, step),
        stage=Stage.ASSIGN,
        is_sample=source.is_sample,
    )


def moved(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def copy_assignments(plan: Plan, source: Year, assignments: Sequence[Assignment], to: int) -> YearCopy:
    """``plan`` as it was issued; ``assignments``: of ``source``, in whatever order. Where a unit was split, its target
    is not: the office divides it anew."""
    step = to - source.year
    fresh = [_fresh(assignment, step) for assignment in assignments]
    parts = {(item.task, item.unit): item for item in fresh if plan.unit_by_code[item.unit].is_valid_in(to)}
    handovers = []
    for item in sorted(fresh, key=_order(plan)):
        if plan.unit_by_code[item.unit].is_valid_in(to):
            continue
        heirs = takers(plan, item.unit, plan.task_by_code[item.task].units, to)
        owned = [heir for heir in heirs if (item.task, heir) in parts]
        handovers.append(Handover(item.task, item.unit, heirs, bool(owned)))
        part = item if len(heirs) == 1 else replace(item, target=None)
        for heir in heirs:
            own = parts.get((item.task, heir))
            parts[item.task, heir] = join(part, own) if own else replace(part, unit=heir)
    joined = tuple(_newcomers(plan, source.year, to, parts))
    kept = sorted((*parts.values(), *joined), key=_order(plan))
    ruled_out = sum(bool(item.not_applicable) for item in assignments)
    return YearCopy(next_header(source, to), tuple(kept), tuple(handovers), joined, ruled_out)


def _fresh(assignment: Assignment, step: int) -> Assignment:
    deadline = moved(assignment.deadline, step) if assignment.deadline else None
    return replace(assignment, deadline=deadline, not_applicable="")


def _newcomers(plan: Plan, source: int, to: int, taken: Iterable[tuple[str, str]]) -> Iterable[Assignment]:
    """The plan's parts of units that were not there in the source year."""
    known = set(taken)
    new = {unit.code for unit in plan.units if unit.is_valid_in(to) and not unit.is_valid_in(source)}
    later = plan_in_year(plan, to)
    for task in later.tasks:
        for unit in task.units:
            if unit in new and unit in plan.task_by_code[task.code].units and (task.code, unit) not in known:
                yield Assignment(task.code, unit, later.role(task, unit))


def _order(plan: Plan) -> Callable[[Assignment], tuple[int, int]]:
    tasks = {code: place for place, code in enumerate(plan.task_by_code)}
    units = {code: place for place, code in enumerate(plan.unit_by_code)}
    return lambda item: (tasks[item.task], units[item.unit])
