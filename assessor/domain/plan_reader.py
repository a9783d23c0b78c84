"""Reads a plan (实施方案) from the table of a plan file, checks it, and says what is odd but harmless.

The format is described in docs/plan-format.md. Units are named in sections and tasks as the office writes them (short
name, full name or alias) and become codes here; tasks and sections get their codes from kind and number (``A1.6``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from assessor.domain.plan import Plan, Requirement, ScheduleItem, Section, SectionKind, Task
from assessor.domain.registry_reader import Registry, read_code, read_registry, read_year
from assessor.domain.table_reader import TableReader
from assessor.domain.target import Target, TargetKind

_PREFIX = {SectionKind.ACTION: "A", SectionKind.PROJECT: "P"}
_Choice = TypeVar("_Choice", SectionKind, TargetKind)


def read_plan(table: TableReader) -> tuple[Plan, tuple[str, ...]]:
    """The plan and the warnings about it. Raises the table's error: what is wrong, where, and how to mend it."""
    warnings: list[str] = []
    registry = read_registry(table)
    sections = _read_sections(table, registry, warnings)
    first_year, last_year = _read_span(table, "第一个考核年度")
    plan = Plan(
        code=read_code(table),
        title=table.text("title"),
        document_number=table.text("document_number", ""),
        issued=_read_date(table, "issued"),
        city=table.text("city"),
        office=table.text("office"),
        addressee=table.text("addressee"),
        first_year=first_year,
        last_year=last_year,
        groups=registry.groups,
        units=registry.units,
        sections=sections,
        targets=_read_targets(table, sections),
        schedule=tuple(_read_schedule_item(item) for item in table.tables("schedule", required=False)),
        requirements=tuple(_read_requirement(item, registry) for item in table.tables("requirement", required=False)),
        successions=registry.successions,
    )
    table.finish()
    warnings += [*_idle_leads(plan), *_idle_units(plan), *_units_out_of_time(plan)]
    return plan, tuple(warnings)


def _read_sections(table: TableReader, registry: Registry, warnings: list[str]) -> tuple[Section, ...]:
    """Kinds in the order in which the file brings them, sections of a kind by their number."""
    items = [(item, _read_choice(item, "kind", SectionKind), item.integer("order")) for item in table.tables("section")]
    if not items:
        raise table.fail("没有行动或工程", "请至少写一节 [[section]]")
    kinds = list(dict.fromkeys(kind for _item, kind, _order in items))
    sections: list[Section] = []
    for kind in kinds:
        mine = [(order, item) for item, its_kind, order in items if its_kind is kind]
        for order, item in _in_order(mine, "order", kind.label):
            sections.append(_read_section(item, kind, order, registry, warnings))
    return tuple(sections)


def _read_section(
    table: TableReader, kind: SectionKind, order: int, registry: Registry, warnings: list[str]
) -> Section:
    code = f"{_PREFIX[kind]}{order}"
    title = table.text("title")
    leads = _read_units(table, "leads", f"{code}“{title}”的牵头部门", registry, warnings)
    items = [(item.integer("number"), item) for item in table.tables("task")]
    if not items:
        raise table.fail(f"“{title}”没有任务", "请至少写一节 [[section.task]]", key="task")
    tasks = tuple(
        _read_task(item, code, number, registry, warnings) for number, item in _in_order(items, "number", "任务")
    )
    table.finish()
    return Section(code=code, kind=kind, title=title, leads=leads, tasks=tasks)


def _read_task(table: TableReader, section: str, number: int, registry: Registry, warnings: list[str]) -> Task:
    code = f"{section}.{number}"
    title = table.text("title")
    task = Task(
        code=code,
        section=section,
        number=number,
        title=title,
        summary=table.text("summary", ""),
        units=_read_units(table, "units", f"任务 {code}“{title}”的责任单位", registry, warnings),
    )
    table.finish()
    return task


def _read_units(table: TableReader, key: str, whose: str, registry: Registry, warnings: list[str]) -> tuple[str, ...]:
    """Codes in the order written, each once; a unit that is written twice is a warning."""
    names = table.texts(key)
    if not names:
        raise table.fail("一个单位也没有写", '请至少写一个单位，例如 ["市科协"]', key=key)
    units = [registry.unit(name, table, key) for name in names]
    for unit, times in Counter(units).items():
        if times > 1:
            warnings.append(f"{whose}中，“{unit.short_name}”写了 {times} 次，只计 1 次")
    return tuple(dict.fromkeys(unit.code for unit in units))


def _in_order(items: Sequence[tuple[int, TableReader]], key: str, what: str) -> list[tuple[int, TableReader]]:
    """By number; raises where the numbers are not 1, 2, 3, … each once."""
    ordered = sorted(items, key=lambda item: item[0])
    for expected, (number, table) in enumerate(ordered, start=1):
        if number < expected:
            raise table.fail(f"{what}序号 {number} 重复或小于 1", "序号从 1 开始，每个只用一次", key=key)
        if number > expected:
            raise table.fail(
                f"{what}序号缺 {expected}，直接到了 {number}", f"请补上第 {expected} 项，或改正序号", key=key
            )
    return ordered


def _read_targets(table: TableReader, sections: tuple[Section, ...]) -> tuple[Target, ...]:
    tasks = {task.code for section in sections for task in section.tasks}
    targets: dict[str, Target] = {}
    for item in table.tables("target", required=False):
        target = _read_target(item)
        if target.code in targets:
            raise item.fail(f"目标代码“{target.code}”重复", "每个目标的代码都要不同", key="code")
        if target.task is not None and target.task not in tasks:
            raise item.fail(f"没有任务 {target.task}", "请写成 A1.6 的样子：A 行动、P 工程，再写序号", key="task")
        targets[target.code] = target
    return tuple(targets.values())


def _read_target(table: TableReader) -> Target:
    target = Target(
        code=read_code(table),
        title=table.text("title"),
        kind=_read_choice(table, "kind", TargetKind),
        measure=table.text("measure"),
        base=table.decimal("base"),
        stretch=table.optional_decimal("stretch"),
        task=table.text("task", "") or None,
        source=table.text("source", ""),
    )
    table.finish()
    if target.base <= 0:
        raise table.fail(f"目标值 {target.base} 不大于 0", "请写大于 0 的目标值", key="base")
    if target.stretch is not None and target.base > target.stretch:
        raise table.fail(
            f"确保值 {target.base} 高于力争值 {target.stretch}", "请核对：base 是确保值，stretch 是力争值", key="base"
        )
    return target


def _read_schedule_item(table: TableReader) -> ScheduleItem:
    first_year, last_year = _read_span(table, "起始年份")
    item = ScheduleItem(first_year, last_year, title=table.text("title"), text=table.text("text"))
    table.finish()
    return item


def _read_requirement(table: TableReader, registry: Registry) -> Requirement:
    group = registry.group(table.text("group"), table)
    requirement = Requirement(group=group.code, title=table.text("title"), text=table.text("text"))
    table.finish()
    return requirement


def _read_span(table: TableReader, what: str) -> tuple[int, int]:
    first, last = read_year(table, "first_year"), read_year(table, "last_year")
    if first > last:
        raise table.fail(f"{what} {first} 晚于最后年度 {last}", "请核对 first_year 和 last_year", key="first_year")
    return first, last


def _read_date(table: TableReader, key: str) -> str:
    text = table.text(key)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise table.fail(f"“{text}”不是日期", "请写成 2022-05-30 的样子", key=key) from None


def _read_choice(table: TableReader, key: str, choices: type[_Choice]) -> _Choice:
    """An enum's member by its Chinese label or its English value."""
    text = table.text(key)
    members: list[_Choice] = list(choices)
    for member in members:
        if text in (member.label, member.value):
            return member
    known = "、".join(member.label for member in members)
    raise table.fail(f"不认识“{text}”", f"可以写：{known}", key=key)


def _idle_leads(plan: Plan) -> list[str]:
    found = []
    for section in plan.sections:
        for lead in section.leads:
            if not any(lead in task.units for task in section.tasks):
                name = plan.unit_by_code[lead].short_name
                found.append(f"{section.code}“{section.title}”的牵头部门“{name}”不是其中任何任务的责任单位")
    return found


def _idle_units(plan: Plan) -> list[str]:
    """Units without a task in a group whose other units have some; a group without any has its own requirements."""
    busy = {unit for task in plan.tasks for unit in task.units}
    groups = {plan.unit_by_code[unit].group for unit in busy}
    return [f"“{unit.short_name}”没有任何任务" for unit in plan.units if unit.group in groups and unit.code not in busy]


def _units_out_of_time(plan: Plan) -> list[str]:
    years = range(plan.first_year, plan.last_year + 1)
    return [
        f"“{unit.short_name}”在 {plan.first_year}—{plan.last_year} 年间都不参加考核，请核对 valid_from、valid_to"
        for unit in plan.units
        if not any(unit.is_valid_in(year) for year in years)
    ]
