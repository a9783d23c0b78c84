"""States of a registry for tests: four units, five tasks in two sections, a sealed year and two open ones."""

from __future__ import annotations

from dataclasses import replace

from assessor.domain.assignment import Assignment
from assessor.domain.lineage import plan_in_year
from assessor.domain.plan import Plan, Section, SectionKind, Task
from assessor.domain.registry_change import Record, RegistryChange, RegistryState, Request, YearHoldings
from assessor.domain.unit import Group, Unit
from tests.domain.plans import small_plan

SEALED, OPEN, NEXT = 2023, 2024, 2025
GROUPS = frozenset({"member", "county"})


def unit(code: str, **settings: object) -> Unit:
    return replace(Unit(code, f"宜春市{code}局", f"市{code}局", "member"), **settings)  # type: ignore[arg-type]


def plan() -> Plan:
    tasks = {"A1": ("A1.1", "A1.2", "A1.3"), "P1": ("P1.1", "P1.2")}
    listed = {
        "A1.1": ("jia", "yi"),
        "A1.2": ("jia",),
        "A1.3": ("yi", "bing"),
        "P1.1": ("bing", "jia"),
        "P1.2": ("yi",),
    }
    sections = tuple(
        Section(code, kind, f"第{code}部分", leads, tuple(_task(task, code, listed[task]) for task in tasks[code]))
        for code, kind, leads in (("A1", SectionKind.ACTION, ("jia",)), ("P1", SectionKind.PROJECT, ("yi", "bing")))
    )
    units = (unit("jia"), unit("yi"), unit("bing"), unit("ding", group="county"))
    groups = (Group("member", "成员单位"), Group("county", "县市区"))
    return replace(small_plan(), groups=groups, units=units, sections=sections)


def _task(code: str, section: str, units: tuple[str, ...]) -> Task:
    return Task(code, section, int(code[-1]), f"任务{code}", "", units)


def assignments(given: Plan, year: int) -> tuple[Assignment, ...]:
    read = plan_in_year(given, year)
    return tuple(Assignment(task.code, code, read.role(task, code)) for task in read.tasks for code in task.units)


def state(*records: tuple[int, Record]) -> RegistryState:
    """``records``: with the year that each is of."""
    given = plan()
    years = tuple(
        YearHoldings(
            year, year == SEALED, GROUPS, assignments(given, year), tuple(item for of, item in records if of == year)
        )
        for year in (SEALED, OPEN, NEXT)
    )
    return RegistryState(given, years)


def made(before: RegistryState, request: Request) -> RegistryState:
    """The state after the change, as the workbook would have it."""
    change = request(before)
    change.require_allowed()
    return RegistryState(change.plan, tuple(_year_after(item, change) for item in before.years))


def _year_after(item: YearHoldings, change: RegistryChange) -> YearHoldings:
    kept = {(assignment.task, assignment.unit): assignment for assignment in item.assignments}
    for move in change.moves:
        if move.year == item.year:
            del kept[move.before.task, move.before.unit]
            kept[move.after.task, move.after.unit] = move.after
    return replace(item, assignments=tuple(kept.values()))
