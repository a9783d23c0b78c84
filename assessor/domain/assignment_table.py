"""The year's assignments as a table beside the plan's tree: by section and task, or by group and unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from assessor.domain.assignment import Assignment
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow, form_rows
from assessor.domain.plan import Role, Task
from assessor.domain.progress import TargetProgress, assignment_progress
from assessor.domain.rounding import round_half_up
from assessor.domain.submission import Submission
from assessor.domain.unit import Unit
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView


@dataclass(frozen=True)
class AssignmentRow:
    assignment: Assignment
    form: FormRow
    section: str
    """Code."""
    year_deadline: date
    requirement: str
    """What the year asks of the task; the same for all its units."""
    completion: Decimal | None
    """Of the target, in percent, at most 100, one decimal; None without a target."""

    @property
    def key(self) -> tuple[str, str]:
        return self.assignment.task, self.assignment.unit

    @property
    def deadline(self) -> date:
        return self.assignment.deadline or self.year_deadline

    @property
    def task_name(self) -> str:
        return self.form.form_title

    @property
    def unit_name(self) -> str:
        return self.form.unit.short_name


class PickKind(Enum):
    ALL = "all"
    SECTION = "section"
    TASK = "task"
    GROUP = "group"
    UNIT = "unit"


@dataclass(frozen=True)
class Pick:
    """What of the year's assignments is looked at."""

    kind: PickKind
    code: str = ""


WHOLE_YEAR = Pick(PickKind.ALL)


@dataclass(frozen=True)
class Branch:
    """An entry of the tree, with how many assignments are under it."""

    pick: Pick
    title: str
    count: int
    without_target: int
    """Of those that apply."""
    children: tuple[Branch, ...] = ()


def assignment_rows(view: YearView, today: date) -> tuple[AssignmentRow, ...]:
    """By task in the plan's order, then by unit in the registry's."""
    forms = {row.key: row for row in form_rows(view, today)}
    sections = {task.code: task.section for task in view.plan.tasks}
    rows = [
        AssignmentRow(
            assignment=item,
            form=forms[FormKey(item.unit, item.task)],
            section=sections[item.task],
            year_deadline=view.year.deadline,
            requirement=view.facts.requirements.get(item.task, ""),
            completion=_completion(item, view, unit.submissions.get(item.task)),
        )
        for group in view.facts.groups
        for unit in group.units
        for item in unit.assignments
    ]
    order = {code: place for place, code in enumerate(view.plan.task_by_code)}
    return tuple(sorted(rows, key=lambda row: order[row.assignment.task]))


def picked(rows: Iterable[AssignmentRow], pick: Pick) -> tuple[AssignmentRow, ...]:
    return tuple(row for row in rows if pick.kind is PickKind.ALL or _CODES[pick.kind](row) == pick.code)


def task_branches(view: YearView, rows: Sequence[AssignmentRow]) -> tuple[Branch, ...]:
    """The whole year, and in it every section with every task of the plan, assigned or not."""
    sections = tuple(
        _branch(
            Pick(PickKind.SECTION, section.code),
            f"{section.code} {section.title}",
            rows,
            tuple(_branch(Pick(PickKind.TASK, task.code), f"{task.code} {task.title}", rows) for task in section.tasks),
        )
        for section in view.plan.sections
    )
    return (_branch(WHOLE_YEAR, "全部任务", rows, sections),)


def unit_branches(view: YearView, rows: Sequence[AssignmentRow]) -> tuple[Branch, ...]:
    """The whole year, and in it every group with its units; a group that has no tasks at all is left out."""
    groups = tuple(
        _branch(
            Pick(PickKind.GROUP, group.group.code),
            group.group.title,
            rows,
            tuple(_branch(Pick(PickKind.UNIT, unit.unit.code), unit.unit.short_name, rows) for unit in group.units),
        )
        for group in view.facts.groups
        if any(unit.assignments for unit in group.units)
    )
    return (_branch(WHOLE_YEAR, "全部单位", rows, groups),)


def units_without(view: YearView, task: str) -> tuple[tuple[str, tuple[Unit, ...]], ...]:
    """Group titles with those of their units that do not have the task yet."""
    found = (
        (
            group.group.title,
            tuple(unit.unit for unit in group.units if all(item.task != task for item in unit.assignments)),
        )
        for group in view.facts.groups
    )
    return tuple((title, units) for title, units in found if units)


def tasks_without(view: YearView, unit: str) -> tuple[tuple[str, tuple[Task, ...]], ...]:
    """Section titles with those of their tasks that the unit does not have yet."""
    facts = [facts for group in view.facts.groups for facts in group.units if facts.unit.code == unit]
    has = {item.task for item in facts[0].assignments} if facts else set()
    found = (
        (f"{section.code} {section.title}", tuple(task for task in section.tasks if task.code not in has))
        for section in view.plan.sections
    )
    return tuple((title, tasks) for title, tasks in found if tasks)


def new_assignment(view: YearView, task: str, unit: str) -> Assignment:
    """With the role that the plan gives the unit, and the measure that the task's other units have."""
    found = view.plan.task_by_code[task]
    others = {
        item.measure
        for group in view.facts.groups
        for facts in group.units
        for item in facts.assignments
        if item.task == task and item.measure
    }
    role = view.plan.role(found, unit)
    return Assignment(task, unit, role, measure=others.pop() if len(others) == 1 else "")


def summary(rows: Sequence[AssignmentRow]) -> str:
    """How many, of how many units, how many without a target, and what the targets add up to in each measure."""
    units = len({row.assignment.unit for row in rows})
    applicable = [row for row in rows if not row.assignment.not_applicable]
    parts = [f"{len(rows)} 项任务分解，{units} 个单位"]
    leads = sum(row.assignment.role is Role.LEAD for row in rows)
    if leads:
        parts.append(f"牵头 {leads} 项")
    without = sum(row.assignment.target is None for row in applicable)
    if without:
        parts.append(f"未定目标值 {without} 项")
    left_out = len(rows) - len(applicable)
    if left_out:
        parts.append(f"不涉及 {left_out} 项")
    return "；".join(parts)


def target_sum(rows: Sequence[AssignmentRow]) -> str:
    """What the targets of one task add up to: ``目标值合计 300 人``; empty where measures differ or do not add up."""
    items = [row.assignment for row in rows if not row.assignment.not_applicable and row.assignment.target is not None]
    measures = {item.measure for item in items}
    if len(measures) != 1 or measures & {"%", "％", ""}:
        return ""
    total = sum((item.target for item in items if item.target is not None), Decimal(0))
    return f"目标值合计 {plain(total)} {measures.pop()}"


def target_words(item: TargetProgress) -> str:
    """A quantified target of the plan and how far it has come."""
    target = item.target
    asked = f"{target.title}：{target.kind.label} {plain(target.base)}{target.measure}"
    if target.stretch is not None:
        asked += f"（力争 {plain(target.stretch)}{target.measure}）"
    if item.reached is None:
        return f"{asked}，还没有监测值"
    return f"{asked}，截至 {item.year} 年 {plain(item.reached)}{target.measure}（{item.rate}%）"


def _completion(assignment: Assignment, view: YearView, submission: Submission | None) -> Decimal | None:
    share = assignment_progress(assignment, submission, view.year).completion
    return None if share is None else round_half_up(share * 100, 1)


_CODES: dict[PickKind, Callable[[AssignmentRow], str]] = {
    PickKind.SECTION: lambda row: row.section,
    PickKind.TASK: lambda row: row.assignment.task,
    PickKind.GROUP: lambda row: row.form.group.code,
    PickKind.UNIT: lambda row: row.assignment.unit,
}


def _branch(pick: Pick, title: str, rows: Sequence[AssignmentRow], children: tuple[Branch, ...] = ()) -> Branch:
    mine = picked(rows, pick)
    without = sum(row.assignment.target is None and not row.assignment.not_applicable for row in mine)
    return Branch(pick, title, len(mine), without, children)
