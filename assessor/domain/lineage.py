"""What becomes of units from year to year: who answers for a unit's part in a year, and whose history a unit goes on.

The plan is a document and stays as it was issued; ``plan_in_year`` reads it as a year has it: under the year's names, a
unit that is gone replaced by those that took over from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assessor.domain.plan import Plan, Section, Task
from assessor.domain.results import GroupResult, UnitResult, YearResult
from assessor.domain.unit import SuccessionKind, Unit


def plan_in_year(plan: Plan, year: int) -> Plan:
    """Units under the year's names; sections and tasks name only units that are valid in the year, each once."""
    named = replace(plan, units=tuple(unit.in_year(year) for unit in plan.units))
    return replace(named, sections=tuple(_section_in(plan, section, year) for section in plan.sections))


def heir(plan: Plan, code: str, year: int) -> str | None:
    """The unit that carries on the unit's history in the year: itself while it is valid, then its successor, and so
    on. None before its first year, and where nobody took over."""
    seen: set[str] = set()
    unit = plan.unit_by_code[code]
    while not unit.is_valid_in(year):
        seen.add(unit.code)
        is_over = unit.valid_to is not None and unit.valid_to < year
        if not is_over or unit.successor is None or unit.successor in seen:
            return None
        unit = plan.unit_by_code[unit.successor]
    return unit.code


def predecessor(units: Iterable[Unit], code: str, year: int) -> str:
    """The unit of the year before that the unit's results of ``year`` are compared with: itself, or for a unit that is
    new the one whose history it carries. Itself, too, where it carries on several: none of them is comparable."""
    registry = tuple(units)
    mine = next((unit for unit in registry if unit.code == code), None)
    if mine is None or mine.is_valid_in(year - 1):
        return code
    ended = [unit.code for unit in registry if unit.successor == code and unit.valid_to == year - 1]
    return ended[0] if len(ended) == 1 else code


def result_before(plan: Plan, before: YearResult, code: str) -> tuple[GroupResult, UnitResult] | None:
    """Group and result, in the year ``before``, of the unit whose history the unit carries; None: there is none."""
    return before.find(predecessor(plan.units, code, before.year.year + 1))


def takers(plan: Plan, code: str, listed: Sequence[str], year: int) -> tuple[str, ...]:
    """Who has the unit's part in a year where a section or task lists these units: those that split off from it and
    are listed themselves; else the unit or who carries on its history."""
    return tuple(dict.fromkeys(_takers(plan, code, listed, (0, year), frozenset())))


def units_in_year(plan: Plan, listed: Sequence[str], year: int) -> tuple[str, ...]:
    """The units that have the parts of those that are listed, each once, in their order."""
    return tuple(dict.fromkeys(taker for code in listed for taker in takers(plan, code, listed, year)))


def _takers(
    plan: Plan, code: str, listed: Sequence[str], years: tuple[int, int], seen: frozenset[str]
) -> Iterator[str]:
    """``years``: since when the unit has had the part, and the year that is asked for. What a unit took over after a
    split stays with it."""
    since, year = years
    unit = plan.unit_by_code[code]
    following = [
        (item.successor, item.from_year)
        for item in plan.successions
        if item.unit == code and item.kind is SuccessionKind.SPLIT and since <= item.from_year <= year
        if item.successor in listed
    ]
    if not following and unit.is_valid_in(year):
        yield code
    elif not following and unit.valid_to is not None and unit.valid_to < year and unit.successor is not None:
        following = [(unit.successor, unit.valid_to + 1)]
    for successor, start in following:
        if successor not in seen:
            yield from _takers(plan, successor, listed, (start, year), seen | {code})


def _section_in(plan: Plan, section: Section, year: int) -> Section:
    """A lead is not given up by a split: who splits off leads where the section lists it, too."""
    leads = dict.fromkeys(taker for code in section.leads if (taker := heir(plan, code, year)) is not None)
    return replace(section, leads=tuple(leads), tasks=tuple(_task_in(plan, task, year) for task in section.tasks))


def _task_in(plan: Plan, task: Task, year: int) -> Task:
    return replace(task, units=units_in_year(plan, task.units, year))
