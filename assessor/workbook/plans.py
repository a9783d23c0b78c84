"""The plan: registry of units, sections, tasks, targets, schedule and requirements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from decimal import Decimal

from assessor.domain.plan import Plan, Requirement, ScheduleItem, Section, SectionKind, Task
from assessor.domain.target import Target, TargetKind
from assessor.domain.unit import Group, Rename, Succession, SuccessionKind, Unit
from assessor.errors import PlanError, WorkbookError
from assessor.workbook.known import listed
from assessor.workbook.rows import Row, put_row, replace_rows
from assessor.workbook.values import decimal_text, optional_decimal, optional_decimal_text
from assessor.workbook.workbook import Edit, Reading


def save_plan(edit: Edit, plan: Plan) -> None:
    """Makes the workbook's plan this one. Raises PlanError where it names a unit, group or task that it does not have,
    WorkbookError where something it no longer has is in use, InputError where a code occurs twice."""
    _check_references(plan)
    put_row(edit, "plan", _plan_row(plan))
    tasks = [(position, task) for section in plan.sections for position, task in enumerate(section.tasks)]
    tables: list[tuple[str, list[Row]]] = [
        ("unit_group", [{"code": g.code, "position": at, "title": g.title} for at, g in enumerate(plan.groups)]),
        ("unit", [_unit_row(at, unit) for at, unit in enumerate(plan.units)]),
        ("unit_alias", [row for unit in plan.units for row in _listing("unit", unit.code, "alias", unit.aliases)]),
        ("unit_name", [row for unit in plan.units for row in _rename_rows(unit)]),
        ("succession", [_succession_row(item) for item in plan.successions]),
        ("section", [_section_row(at, section) for at, section in enumerate(plan.sections)]),
        ("section_lead", [row for item in plan.sections for row in _listing("section", item.code, "unit", item.leads)]),
        ("task", [_task_row(at, task) for at, task in tasks]),
        ("task_unit", [row for _, task in tasks for row in _listing("task", task.code, "unit", task.units)]),
        ("target", [_target_row(at, target) for at, target in enumerate(plan.targets)]),
        ("schedule_item", [_schedule_row(at, item) for at, item in enumerate(plan.schedule)]),
        ("requirement", [_requirement_row(at, item) for at, item in enumerate(plan.requirements)]),
    ]
    replace_rows(edit, tables, {})


def load_plan(source: Reading) -> Plan:
    """Raises WorkbookError where the workbook has no plan yet."""
    header = source.rows("SELECT * FROM plan")
    if not header:
        raise WorkbookError("工作簿中还没有实施方案", remedy="请先导入实施方案")
    row = header[0]
    return Plan(
        code=row["code"],
        title=row["title"],
        document_number=row["document_number"],
        issued=row["issued"],
        city=row["city"],
        office=row["office"],
        addressee=row["addressee"],
        first_year=row["first_year"],
        last_year=row["last_year"],
        groups=load_groups(source),
        units=load_units(source),
        sections=_load_sections(source),
        targets=tuple(map(_target, source.rows("SELECT * FROM target ORDER BY position"))),
        schedule=tuple(
            ScheduleItem(item["first_year"], item["last_year"], item["title"], item["text"])
            for item in source.rows("SELECT * FROM schedule_item ORDER BY position")
        ),
        requirements=tuple(
            Requirement(item["group_code"], item["title"], item["text"])
            for item in source.rows("SELECT * FROM requirement ORDER BY position")
        ),
        successions=load_successions(source),
    )


def load_groups(source: Reading) -> tuple[Group, ...]:
    """In the plan's order."""
    rows = source.rows("SELECT code, title FROM unit_group ORDER BY position")
    return tuple(Group(row["code"], row["title"]) for row in rows)


def load_units(source: Reading) -> tuple[Unit, ...]:
    """Every unit of the registry, in its order, whatever its years, under its first name."""
    aliases = _listings(source, "unit_alias", "unit", "alias")
    renames: dict[str, tuple[Rename, ...]] = {}
    for row in source.rows("SELECT * FROM unit_name ORDER BY unit, from_year"):
        rename = Rename(row["from_year"], row["name"], row["short_name"])
        renames[row["unit"]] = (*renames.get(row["unit"], ()), rename)
    return tuple(
        Unit(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            group=row["group_code"],
            aliases=aliases.get(row["code"], ()),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            successor=row["successor"],
            renames=renames.get(row["code"], ()),
        )
        for row in source.rows("SELECT * FROM unit ORDER BY position")
    )


def load_successions(source: Reading) -> tuple[Succession, ...]:
    """By year, then in the registry's order."""
    rows = source.rows(
        "SELECT succession.* FROM succession JOIN unit ON unit.code = succession.unit"
        " JOIN unit AS heir ON heir.code = succession.successor"
        " ORDER BY succession.from_year, unit.position, heir.position"
    )
    return tuple(
        Succession(row["unit"], row["successor"], row["from_year"], SuccessionKind(row["kind"]), row["note"])
        for row in rows
    )


def _load_sections(source: Reading) -> tuple[Section, ...]:
    leads = _listings(source, "section_lead", "section", "unit")
    units = _listings(source, "task_unit", "task", "unit")
    tasks: dict[str, list[Task]] = {}
    for row in source.rows("SELECT * FROM task ORDER BY section, position"):
        task = Task(
            row["code"], row["section"], row["number"], row["title"], row["summary"], units.get(row["code"], ())
        )
        tasks.setdefault(task.section, []).append(task)
    return tuple(
        Section(
            code=row["code"],
            kind=SectionKind(row["kind"]),
            title=row["title"],
            leads=leads.get(row["code"], ()),
            tasks=tuple(tasks.get(row["code"], ())),
        )
        for row in source.rows("SELECT * FROM section ORDER BY position")
    )


def _listings(source: Reading, table: str, owner: str, item: str) -> dict[str, tuple[str, ...]]:
    """Owner -> its items in order, of a table that lists items under an owner."""
    found: dict[str, list[str]] = {}
    for key, value in source.rows(f"SELECT {owner}, {item} FROM {table} ORDER BY {owner}, position"):
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _listing(owner: str, code: str, item: str, values: Iterable[str]) -> list[Row]:
    return [{owner: code, item: value, "position": at} for at, value in enumerate(values)]


def _check_references(plan: Plan) -> None:
    groups = {group.code for group in plan.groups}
    units = set(plan.unit_by_code)
    tasks = set(plan.task_by_code)
    for unit in plan.units:
        _require(unit.group, groups, "组别", f"单位 {unit.code}")
        if unit.successor is not None:
            _require(unit.successor, units, "单位", f"单位 {unit.code} 的承接单位")
    for item in plan.successions:
        for code in (item.unit, item.successor):
            _require(code, units, "单位", f"{item.from_year} 年的{item.kind.label}")
    for section in plan.sections:
        for code in section.leads:
            _require(code, units, "单位", f"{section.code} 的牵头部门")
        for task in section.tasks:
            if task.section != section.code:
                raise PlanError(
                    f"任务 {task.code} 写的是 {task.section}", place=section.code, remedy="请改成所在部分的代码"
                )
            for code in task.units:
                _require(code, units, "单位", f"任务 {task.code} 的责任单位")
    for target in plan.targets:
        if target.task is not None:
            _require(target.task, tasks, "任务", f"量化目标 {target.code}")
    for requirement in plan.requirements:
        _require(requirement.group, groups, "组别", f"要求“{requirement.title}”")


def _require(code: str, known: Iterable[str], what: str, place: str) -> None:
    if code not in known:
        raise PlanError(f"没有代码为“{code}”的{what}", place=place, remedy=f"可用的代码有：{listed(sorted(known))}")


def _plan_row(plan: Plan) -> Row:
    return {
        "id": 1,
        "code": plan.code,
        "title": plan.title,
        "document_number": plan.document_number,
        "issued": plan.issued,
        "city": plan.city,
        "office": plan.office,
        "addressee": plan.addressee,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
    }


def _unit_row(position: int, unit: Unit) -> Row:
    return {
        "code": unit.code,
        "position": position,
        "name": unit.name,
        "short_name": unit.short_name,
        "group_code": unit.group,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "successor": unit.successor,
    }


def _rename_rows(unit: Unit) -> list[Row]:
    return [
        {"unit": unit.code, "from_year": item.from_year, "name": item.name, "short_name": item.short_name}
        for item in unit.renames
    ]


def _succession_row(item: Succession) -> Row:
    return {
        "unit": item.unit,
        "successor": item.successor,
        "from_year": item.from_year,
        "kind": item.kind.value,
        "note": item.note,
    }


def _section_row(position: int, section: Section) -> Row:
    return {"code": section.code, "position": position, "kind": section.kind.value, "title": section.title}


def _task_row(position: int, task: Task) -> Row:
    return {
        "code": task.code,
        "position": position,
        "section": task.section,
        "number": task.number,
        "title": task.title,
        "summary": task.summary,
    }


def _target_row(position: int, target: Target) -> Row:
    place = f"量化目标 {target.code}"
    return {
        "code": target.code,
        "position": position,
        "title": target.title,
        "kind": target.kind.value,
        "measure": target.measure,
        "base": decimal_text(target.base, place),
        "stretch": optional_decimal_text(target.stretch, place),
        "task": target.task,
        "source": target.source,
    }


def _target(row: sqlite3.Row) -> Target:
    return Target(
        code=row["code"],
        title=row["title"],
        kind=TargetKind(row["kind"]),
        measure=row["measure"],
        base=Decimal(row["base"]),
        stretch=optional_decimal(row["stretch"]),
        task=row["task"],
        source=row["source"],
    )


def _schedule_row(position: int, item: ScheduleItem) -> Row:
    return {
        "position": position,
        "first_year": item.first_year,
        "last_year": item.last_year,
        "title": item.title,
        "text": item.text,
    }


def _requirement_row(position: int, item: Requirement) -> Row:
    return {"position": position, "group_code": item.group, "title": item.title, "text": item.text}
