"""Assignments (任务分解): which unit answers for which task in a year."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assessor.domain.assignment import Assignment
from assessor.domain.assignment_entry import AssignmentField, with_values
from assessor.domain.lineage import plan_in_year
from assessor.domain.plan import Plan, Role
from assessor.errors import InputError, WorkbookError
from assessor.workbook.known import KnownUnit, require_task, require_unit, require_year
from assessor.workbook.rows import Row, among_units, put_row, put_rows, remove_row
from assessor.workbook.values import date_text, decimal_text, optional_date, optional_decimal, optional_decimal_text
from assessor.workbook.workbook import Edit, Reading

_USES = {
    "填报表": "SELECT 1 FROM submission WHERE year = ? AND unit = ? AND form = ?",
    "评委评分": "SELECT 1 FROM mark WHERE year = ? AND unit = ? AND task = ?",
    "考核办评分": "SELECT 1 FROM award WHERE year = ? AND unit = ? AND task = ?",
    "扣分情形": "SELECT 1 FROM event WHERE year = ? AND unit = ? AND task = ?",
}
"""What keeps a task from being taken back, by its title."""


def assign_from_plan(edit: Edit, plan: Plan, year: int) -> None:
    """Assigns every task to its responsible units; what is assigned already stays as the office has set it.

    A unit that is not valid in the year hands its part to its successor, who leads where either of them leads; without
    a successor its part lapses (``lineage.plan_in_year``).
    """
    require_year(edit, year)
    present = {(item.task, item.unit) for item in load_assignments(edit, year)}
    present_plan = plan_in_year(plan, year)
    parts = (
        Assignment(task.code, unit, present_plan.role(task, unit)) for task in present_plan.tasks for unit in task.units
    )
    put_rows(edit, "assignment", [_row(year, part, "") for part in parts if (part.task, part.unit) not in present])


def save_assignment(edit: Edit, year: int, assignment: Assignment) -> None:
    """Raises InputError where task or unit is unknown, the weight is negative, or the target is not above 0."""
    unit = require_unit(edit, year, assignment.unit)
    place = unit.place(assignment.task)
    require_task(edit, assignment.task, place)
    row = _row(year, assignment, place)
    if assignment.weight < 0:
        raise InputError("任务权重小于 0", place=place, remedy="请填写 0 或正数")
    if assignment.target is not None and assignment.target <= 0:
        raise InputError("目标值应大于 0", place=place, remedy="请填写正数；没有目标值时留空")
    put_row(edit, "assignment", row)


def save_assignments(edit: Edit, year: int, assignments: Iterable[Assignment]) -> None:
    """As ``save_assignment``, for each."""
    for assignment in assignments:
        save_assignment(edit, year, assignment)


def change_assignments(
    edit: Edit, year: int, changes: Mapping[tuple[str, str], Mapping[AssignmentField, object]]
) -> None:
    """Changes single fields of assignments as they are stored now; keys: task and unit each.

    Raises InputError as ``save_assignment``, and where a unit does not have the task any longer.
    """
    present = {(item.task, item.unit): item for item in load_assignments(edit, year)}
    for key, values in changes.items():
        if key not in present:
            raise InputError("这项任务已不在该单位名下", place=f"{year} 年度 {' '.join(key)}", remedy="请刷新后再试")
        save_assignment(edit, year, with_values(present[key], values))


def drop_assignments(edit: Edit, year: int, parts: Iterable[tuple[str, str]]) -> None:
    """Takes tasks back from units; ``parts``: task and unit each. Raises WorkbookError where the unit has handed in a
    form for the task or was marked on it, InputError where it does not have the task."""
    for task, unit in parts:
        known = require_unit(edit, year, unit)
        key: Row = {"year": year, "task": task, "unit": unit}
        if not edit.rows("SELECT 1 FROM assignment WHERE year = ? AND task = ? AND unit = ?", (year, task, unit)):
            raise InputError("这项任务没有下达给该单位", place=known.place(task), remedy="请刷新后再试")
        _refuse_in_use(edit, known, task)
        remove_row(edit, "assignment", key)


def load_assignments(source: Reading, year: int, units: Sequence[str] | None = None) -> tuple[Assignment, ...]:
    """By task in the plan's order, then by unit in the registry's; of ``units``, None: of all."""
    where, chosen = among_units(units, "assignment.unit")
    rows = source.rows(
        "SELECT assignment.* FROM assignment JOIN task ON task.code = assignment.task"
        " JOIN section ON section.code = task.section JOIN unit ON unit.code = assignment.unit"
        f" WHERE year = ?{where} ORDER BY section.position, task.position, unit.position",
        (year, *chosen),
    )
    return tuple(map(_assignment, rows))


def _refuse_in_use(edit: Edit, unit: KnownUnit, task: str) -> None:
    for title, sql in _USES.items():
        if edit.rows(f"{sql} LIMIT 1", (unit.year, unit.code, task)):
            remedy = "请改在“不涉及”一栏写明原因：不再计分，已有的内容都保留"
            raise WorkbookError(f"这项任务已有{title}，不能取消", place=unit.place(task), remedy=remedy)


def _row(year: int, assignment: Assignment, place: str) -> Row:
    return {
        "year": year,
        "task": assignment.task,
        "unit": assignment.unit,
        "role": assignment.role.value,
        "weight": decimal_text(assignment.weight, place),
        "target": optional_decimal_text(assignment.target, place),
        "measure": assignment.measure,
        "deadline": date_text(assignment.deadline),
        "not_applicable": assignment.not_applicable,
    }


def _assignment(row: sqlite3.Row) -> Assignment:
    return Assignment(
        task=row["task"],
        unit=row["unit"],
        role=Role(row["role"]),
        weight=Decimal(row["weight"]),
        target=optional_decimal(row["target"]),
        measure=row["measure"],
        deadline=optional_date(row["deadline"]),
        not_applicable=row["not_applicable"],
    )
