"""The forms of a year as tables: every form of every unit with its state, and the matrix of units and tasks.

Which form is handed in, late or missing is decided in ``progress`` and ``standing``; here it is only put together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from assessor.domain.facts import GroupFacts, UnitFacts
from assessor.domain.form_claims import open_claims
from assessor.domain.form_flow import OWN_FORM, FormKey
from assessor.domain.progress import Delivery
from assessor.domain.standing import DueForm, due_forms, has_yearly_form
from assessor.domain.submission import Submission, SubmissionState
from assessor.domain.unit import Group, Unit
from assessor.domain.year import Year
from assessor.domain.year_view import YearView


class FormState(Enum):
    """Where a form stands, for the eye: each has a colour and a word."""

    MISSING = "missing"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOT_APPLICABLE = "not_applicable"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        return {
            "missing": "未报",
            "overdue": "逾期未报",
            "submitted": "待审",
            "returned": "已退回",
            "accepted": "已审",
            "not_applicable": "不涉及",
            "exempt": "不参评",
        }[self.value]

    @property
    def short(self) -> str:
        """In a narrow cell."""
        return {"overdue": "逾期", "returned": "退回", "exempt": "不评"}.get(self.value, self.label)


_OF_SUBMISSION = {
    SubmissionState.SUBMITTED: FormState.SUBMITTED,
    SubmissionState.RETURNED: FormState.RETURNED,
    SubmissionState.ACCEPTED: FormState.ACCEPTED,
}


@dataclass(frozen=True)
class FormRow:
    """One form that a unit was given, whether it owes it or not."""

    key: FormKey
    unit: Unit
    group: Group
    title: str
    """Of the task, or 年度填报表."""
    state: FormState
    submission: Submission | None
    deadline: date
    days_late: int
    """Calendar days: of what came, from the deadline to the first handing in; of what is awaited, to today. 0: none."""
    target: Decimal | None = None
    measure: str = ""
    not_applicable: str = ""
    """The office's reason why it does not apply, or why the unit is exempt."""
    has_claim: bool = False
    """The unit answered 不涉及 to what an indicator waits for, and the office has not settled it."""

    @property
    def is_late(self) -> bool:
        """Handed in, after its deadline (逾期报送)."""
        return self.submission is not None and self.days_late > 0

    @property
    def is_due(self) -> bool:
        return self.state not in (FormState.NOT_APPLICABLE, FormState.EXEMPT)

    @property
    def form_title(self) -> str:
        return f"{self.key.task} {self.title}" if self.key.task else self.title

    @property
    def place(self) -> str:
        return f"{self.unit.short_name} {self.form_title}"

    @property
    def state_text(self) -> str:
        """The state in words, with lateness: ``已审（逾期 8 天）``."""
        late = f"{'已逾期' if self.submission is None else '逾期'} {self.days_late} 天" if self.days_late else ""
        remarks = [late, "“不涉及”待认定" if self.has_claim else ""]
        words = "，".join(remark for remark in remarks if remark)
        return f"{self.state.label}（{words}）" if words else self.state.label


@dataclass(frozen=True)
class MatrixColumn:
    task: str
    """Empty: the units' own yearly form."""
    title: str
    section: str
    handed_in: int
    due: int


@dataclass(frozen=True)
class MatrixRow:
    unit: Unit
    group: Group
    cells: tuple[FormRow | None, ...]
    """One for each column; None: not assigned."""
    handed_in: int
    due: int


@dataclass(frozen=True)
class FormMatrix:
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


def form_rows(view: YearView, today: date) -> tuple[FormRow, ...]:
    """By unit in the registry's order; its own form first, then its tasks in the plan's order."""
    due = {FormKey(form.unit.code, form.task or ""): form for form in due_forms(view.facts)}
    return tuple(
        row
        for group in view.facts.groups
        for unit in group.units
        for row in _with_claims(_rows_of(unit, group, due, view, today), unit, group)
    )


def form_matrix(view: YearView, rows: Sequence[FormRow]) -> FormMatrix:
    """Columns: the own form, where any unit has one, then the tasks that are assigned, in the plan's order."""
    by_key = {row.key: row for row in rows}
    tasks = _columns(view, rows)
    lines = []
    for group in view.facts.groups:
        for unit in group.units:
            cells = tuple(by_key.get(FormKey(unit.unit.code, task)) for task, _title, _section in tasks)
            handed_in, due = _count([cell for cell in cells if cell])
            lines.append(MatrixRow(unit.unit, group.group, cells, handed_in, due))
    columns = []
    for place, (task, title, section) in enumerate(tasks):
        handed_in, due = _count([cell for line in lines if (cell := line.cells[place])])
        columns.append(MatrixColumn(task, title, section, handed_in, due))
    return FormMatrix(tuple(columns), tuple(lines))


def count_states(rows: Sequence[FormRow]) -> Mapping[FormState, int]:
    """How many forms are in each state that any is in."""
    counts = {state: sum(row.state is state for row in rows) for state in FormState}
    return {state: count for state, count in counts.items() if count}


def _count(rows: Sequence[FormRow]) -> tuple[int, int]:
    due = [row for row in rows if row.is_due]
    waiting = (FormState.MISSING, FormState.OVERDUE, FormState.RETURNED)
    return sum(row.state not in waiting for row in due), len(due)


def _columns(view: YearView, rows: Sequence[FormRow]) -> list[tuple[str, str, str]]:
    used = {row.key.task for row in rows}
    columns = [("", OWN_FORM, "")] if "" in used else []
    for section in view.plan.sections:
        columns += [(task.code, task.title, section.title) for task in section.tasks if task.code in used]
    return columns


def _with_claims(rows: Sequence[FormRow], unit: UnitFacts, group: GroupFacts) -> Sequence[FormRow]:
    claimed = {claim.key for claim in open_claims(unit, group)}
    return [replace(row, has_claim=True) if row.key in claimed else row for row in rows] if claimed else rows


def _rows_of(
    unit: UnitFacts, group: GroupFacts, due: Mapping[FormKey, DueForm], view: YearView, today: date
) -> list[FormRow]:
    year = view.year
    rows = []
    if has_yearly_form(group.scheme):
        key = FormKey(unit.unit.code)
        state = FormState.EXEMPT if unit.exempt else _state(due[key], year.deadline, today)
        days = _days_late(unit.form, year.deadline, year, today) if key in due else 0
        rows.append(
            FormRow(
                key, unit.unit, group.group, OWN_FORM, state, unit.form, year.deadline, days, not_applicable=unit.exempt
            )
        )
    for assignment in unit.assignments:
        key = FormKey(unit.unit.code, assignment.task)
        deadline = assignment.deadline or year.deadline
        submission = unit.submissions.get(assignment.task)
        if key in due:
            state, days = _state(due[key], deadline, today), _days_late(submission, deadline, year, today)
        else:
            state, days = FormState.EXEMPT if unit.exempt else FormState.NOT_APPLICABLE, 0
        rows.append(
            FormRow(
                key=key,
                unit=unit.unit,
                group=group.group,
                title=view.facts.task_titles.get(assignment.task, assignment.task),
                state=state,
                submission=submission,
                deadline=deadline,
                days_late=days,
                target=assignment.target,
                measure=assignment.measure,
                not_applicable=unit.exempt or assignment.not_applicable,
            )
        )
    return rows


def _state(form: DueForm, deadline: date, today: date) -> FormState:
    if form.delivery is Delivery.MISSING or form.submission is None:
        return FormState.OVERDUE if today > deadline else FormState.MISSING
    return _OF_SUBMISSION[form.submission.state]


def _days_late(submission: Submission | None, deadline: date, year: Year, today: date) -> int:
    """What never came before collection was closed is late for ever: it has no days."""
    if submission is not None:
        return max(0, (submission.first_submitted_on - deadline).days)
    return 0 if year.collection_closed else max(0, (today - deadline).days)
