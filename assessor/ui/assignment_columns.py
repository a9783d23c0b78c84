"""The columns of the assignments' grid, and which of them are shown beside which entry of the tree."""

from __future__ import annotations

from assessor.domain.assignment_entry import (
    ROLE_LABELS,
    AssignmentField,
    read_deadline,
    read_goal,
    read_role,
    read_weight,
)
from assessor.domain.assignment_table import AssignmentRow, PickKind
from assessor.domain.form_table import FormState
from assessor.domain.wording import plain
from assessor.ui.grid.column import CellEdit, CellKind, Column

REQUIREMENT = "requirement"
"""Key of the column that is no field of an assignment, but of its task."""

_TONES = {FormState.OVERDUE: "bad", FormState.RETURNED: "warn", FormState.ACCEPTED: "good"}


def _target(row: AssignmentRow) -> str:
    target = row.assignment.target
    return "" if target is None else plain(target)


def _role(row: AssignmentRow) -> str:
    return row.assignment.role.label


def _weight(row: AssignmentRow) -> str:
    return plain(row.assignment.weight)


def _own_deadline(row: AssignmentRow) -> str:
    deadline = row.assignment.deadline
    return deadline.isoformat() if deadline else ""


_TASK = Column[AssignmentRow]("task", "任务", CellKind.TEXT, lambda row: row.task_name, width=260)
_UNIT = Column[AssignmentRow](
    "unit", "单位", CellKind.TEXT, lambda row: row.unit_name, is_bold=True, tooltip=lambda row: row.form.unit.name,
    width=130,
)  # fmt: skip
_ROLE = Column[AssignmentRow](
    AssignmentField.ROLE.value,
    "角色",
    CellKind.CHOICE,
    _role,
    edit=CellEdit(_role, lambda _row, text: read_role(text), choices=lambda _row: ROLE_LABELS),
    width=66,
)
_WEIGHT = Column[AssignmentRow](
    AssignmentField.WEIGHT.value,
    "权重",
    CellKind.NUMBER,
    _weight,
    edit=CellEdit(_weight, lambda _row, text: read_weight(text)),
    width=60,
)
_TARGET = Column[AssignmentRow](
    AssignmentField.TARGET.value,
    "目标值",
    CellKind.NUMBER,
    _target,
    sort_key=lambda row: row.assignment.target,
    edit=CellEdit(_target, lambda row, text: read_goal(text, row.assignment.measure)),
    fill=lambda row: "warn_soft" if row.assignment.target is None and not row.assignment.not_applicable else "",
    width=90,
)
_MEASURE = Column[AssignmentRow](
    AssignmentField.MEASURE.value,
    "计量单位",
    CellKind.TEXT,
    lambda row: row.assignment.measure,
    edit=CellEdit(lambda row: row.assignment.measure, lambda _row, text: text.strip()),
    width=84,
)
_DEADLINE = Column[AssignmentRow](
    AssignmentField.DEADLINE.value,
    "期限",
    CellKind.DATE,
    lambda row: row.deadline.isoformat(),
    edit=CellEdit(_own_deadline, lambda row, text: read_deadline(text, row.year_deadline)),
    tone=lambda row: "" if row.assignment.deadline else "faint",
    tooltip=lambda row: "" if row.assignment.deadline else "随年度的报送期限；填写日期则单独规定",
    width=106,
)
_NOT_APPLICABLE = Column[AssignmentRow](
    AssignmentField.NOT_APPLICABLE.value,
    "不涉及（写明原因）",
    CellKind.TEXT,
    lambda row: row.assignment.not_applicable,
    edit=CellEdit(lambda row: row.assignment.not_applicable, lambda _row, text: text.strip()),
    tone=lambda _row: "warn",
    width=160,
)
_STATE = Column[AssignmentRow](
    "state",
    "填报",
    CellKind.TEXT,
    lambda row: row.form.state.label,
    tone=lambda row: _TONES.get(row.form.state, "muted"),
    tooltip=lambda row: row.form.state_text,
    width=80,
)
_COMPLETION = Column[AssignmentRow](
    "completion",
    "完成率\n%",
    CellKind.NUMBER,
    lambda row: "" if row.completion is None else str(row.completion),
    sort_key=lambda row: row.completion,
    tone=lambda _row: "muted",
    width=70,
)
_REQUIREMENT = Column[AssignmentRow](
    REQUIREMENT,
    "年度要求（同一任务共用）",
    CellKind.LONG_TEXT,
    lambda row: row.requirement,
    edit=CellEdit(lambda row: row.requirement, lambda _row, text: text.strip()),
    width=200,
)

_COMMON = (_ROLE, _WEIGHT, _TARGET, _MEASURE, _DEADLINE, _STATE, _COMPLETION, _NOT_APPLICABLE)


def columns_for(kind: PickKind) -> tuple[Column[AssignmentRow], ...]:
    """What the entry of the tree says itself is no column; a task's requirement stands above its table."""
    if kind is PickKind.TASK:
        return (_UNIT, *_COMMON)
    if kind is PickKind.UNIT:
        return (_TASK, *_COMMON, _REQUIREMENT)
    if kind is PickKind.GROUP:
        return (_UNIT, _TASK, *_COMMON, _REQUIREMENT)
    return (_TASK, _UNIT, *_COMMON, _REQUIREMENT)
