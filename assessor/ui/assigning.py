"""What the page of tasks does to the workbook: every deed is one edit of the session, named as the office would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assessor.domain.assignment_entry import AssignmentField
from assessor.ui.assignment_columns import REQUIREMENT

if TYPE_CHECKING:
    from assessor.domain.assignment import Assignment
    from assessor.domain.assignment_table import AssignmentRow
    from assessor.ui.background import Job
    from assessor.ui.grid.column import CellChange
    from assessor.ui.session import Session
    from assessor.workbook.workbook import Edit


def write_cells(session: Session, year: int, changes: Sequence[CellChange[AssignmentRow]]) -> Job:
    """Typed, pasted, filled or cleared cells, as one edit."""
    fields: dict[tuple[str, str], dict[AssignmentField, object]] = {}
    requirements: dict[str, str] = {}
    for change in changes:
        if change.column == REQUIREMENT:
            requirements[change.row.assignment.task] = str(change.value)
        else:
            fields.setdefault(change.row.key, {})[AssignmentField(change.column)] = change.value

    def write(edit: Edit) -> None:
        from assessor.workbook.assignments import change_assignments
        from assessor.workbook.requirements import save_requirement

        change_assignments(edit, year, fields)
        for task, text in requirements.items():
            save_requirement(edit, year, task, text)

    return session.change(_label(changes), write)


def save_requirement_of(session: Session, year: int, task: str, text: str) -> Job:
    def write(edit: Edit) -> None:
        from assessor.workbook.requirements import save_requirement

        save_requirement(edit, year, task, text)

    return session.change(f"修改 {task} 年度要求", write)


def assign(session: Session, year: int, items: Sequence[Assignment], what: str) -> Job:
    def write(edit: Edit) -> None:
        from assessor.workbook.assignments import save_assignments

        save_assignments(edit, year, items)

    return session.change(f"下达任务 {what}", write)


def assign_by_plan(session: Session, year: int) -> Job:
    """Whatever the plan asks of the year's units and they do not have yet."""

    def write(edit: Edit) -> None:
        from assessor.workbook.assignments import assign_from_plan
        from assessor.workbook.plans import load_plan

        assign_from_plan(edit, load_plan(edit), year)

    return session.change(f"按实施方案下达 {year} 年度任务", write)


def drop(session: Session, year: int, rows: Sequence[AssignmentRow]) -> Job:
    parts = [row.key for row in rows]

    def write(edit: Edit) -> None:
        from assessor.workbook.assignments import drop_assignments

        drop_assignments(edit, year, parts)

    first = rows[0]
    what = f"{first.unit_name} {first.assignment.task}" if len(rows) == 1 else f"{len(rows)} 项"
    return session.change(f"取消任务 {what}", write)


def bring_along(session: Session, year: int, task: str) -> Job:
    """From the latest earlier year; the Job brings how many assignments were added or changed."""

    def write(edit: Edit) -> int:
        from assessor.workbook.year_copying import copy_task

        return copy_task(edit, year, task)

    return session.change(f"沿用上年 {task}", write)


def _label(changes: Sequence[CellChange[AssignmentRow]]) -> str:
    first = changes[0]
    titles = {field.value: title for field, title in _TITLES.items()} | {REQUIREMENT: "年度要求"}
    columns = {change.column for change in changes}
    title = titles[first.column] if len(columns) == 1 else "任务分解"
    if len(changes) == 1:
        return f"修改 {first.row.unit_name} {first.row.assignment.task} {title}"
    return f"修改{title} {len(changes)} 处"


_TITLES = {
    AssignmentField.ROLE: "角色",
    AssignmentField.WEIGHT: "权重",
    AssignmentField.TARGET: "目标值",
    AssignmentField.MEASURE: "计量单位",
    AssignmentField.DEADLINE: "期限",
    AssignmentField.NOT_APPLICABLE: "不涉及",
}
