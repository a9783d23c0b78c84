"""填报: what a group's units handed in, a row for each form, and how the rules read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.assignment import Assignment
from assessor.domain.facts import GroupFacts, UnitFacts
from assessor.domain.leaves import index_unit
from assessor.domain.rules.formula import AWAITED, NOTHING
from assessor.domain.scheme import Figure, Scope
from assessor.domain.submission import Blank, FigureValue, Submission, SubmissionState
from assessor.domain.year import Year
from assessor.exchange.score_sheet.tables import Table, Value, here

OWN_FORM = "年度填报表"
_HEADS = (
    *("单位", "填报表", "任务名称", "状态", "首次报送", "最近报送", "截止日期"),
    *("责任", "任务权重", "责任系数", "不涉及的理由", "目标值"),
)
UNIT, FORM, TITLE, STATE, FIRST, LAST, DEADLINE, ROLE, WEIGHT, FACTOR, ABSENT, TARGET = range(len(_HEADS))
_FIGURES = len(_HEADS)
_HEAD_ROW = 1
_COUNTED = frozenset({SubmissionState.SUBMITTED, SubmissionState.ACCEPTED})


@dataclass(frozen=True)
class FormTable:
    """Where a group's forms stand."""

    table: Table
    rows: dict[tuple[str, str | None], int]
    """Unit and task (None: its own form) -> row."""
    readings: dict[str, int]
    """Figure -> column of its reading."""
    form_reading: int
    counted_weight: int

    @property
    def last_row(self) -> int:
        return max(self.rows.values(), default=_HEAD_ROW)


def write_forms(table: Table, group: GroupFacts, year: Year, titles: dict[str, str], closed: str) -> FormTable:
    """``closed``: the cell that says whether collection is closed."""
    figures = group.scheme.figures
    form_reading = _FIGURES + len(figures)
    readings = {figure.code: form_reading + 1 + place for place, figure in enumerate(figures)}
    counted_weight = form_reading + 1 + len(figures)
    table.put(0, 0, f"{group.group.title}填报数据（黄色单元格可以改；0、空、“不涉及”、“未报”各有各的意思）", "title")
    table.heads(_HEAD_ROW, [*_HEADS, *(_figure_title(figure) for figure in figures), "表的读数"])
    table.heads(_HEAD_ROW, [*(f"读数：{figure.title}" for figure in figures), "计入权重"], form_reading + 1)
    layout = FormTable(table, {}, readings, form_reading, counted_weight)
    for unit, task in _forms(group):
        row = _HEAD_ROW + 1 + len(layout.rows)
        layout.rows[unit.unit.code, task.task if task else None] = row
        _write_row(layout, row, (unit, task), group, (year, titles, closed))
    table.sheet.freeze_panes(_HEAD_ROW + 1, 2)
    table.sheet.set_row(_HEAD_ROW, 45)
    table.sheet.set_column(0, counted_weight, 11)
    table.sheet.set_column(TITLE, TITLE, 24)
    table.sheet.set_column(form_reading, counted_weight, 9, None, {"level": 1})
    return layout


def _forms(group: GroupFacts) -> Iterator[tuple[UnitFacts, Assignment | None]]:
    for unit in group.units:
        yield unit, None
        for assignment in index_unit(unit).assignments:
            yield unit, assignment


def _write_row(
    layout: FormTable,
    row: int,
    form: tuple[UnitFacts, Assignment | None],
    group: GroupFacts,
    around: tuple[Year, dict[str, str], str],
) -> None:
    (unit, task), (year, titles, closed), table = form, around, layout.table
    submission = unit.submissions.get(task.task) if task else unit.form
    table.put(row, UNIT, unit.unit.short_name)
    table.put(row, FORM, task.task if task else OWN_FORM)
    table.put(row, TITLE, titles.get(task.task, "") if task else "")
    table.put(row, STATE, submission.state.label if submission else Blank.NOT_SUBMITTED.label, "input")
    table.put(row, FIRST, submission.first_submitted_on if submission else None, "input")
    table.put(row, LAST, submission.submitted_on if submission else None, "input")
    table.put(row, DEADLINE, (task.deadline if task else None) or year.deadline, "input")
    if task:
        _write_assignment(layout, row, task, group.scheme.role_factors.get(task.role, Decimal(1)))
    _write_reading(layout, row, submission, year, closed)
    for place, figure in enumerate(group.scheme.figures):
        if (figure.scope is Scope.TASK) == (task is not None):
            _write_figure(layout, row, _FIGURES + place, figure, submission, year, closed)


def _write_assignment(layout: FormTable, row: int, task: Assignment, factor: Decimal) -> None:
    table = layout.table
    table.put(row, ROLE, task.role.label)
    table.put(row, WEIGHT, task.weight, "input")
    table.put(row, FACTOR, factor, "input")
    table.put(row, ABSENT, task.not_applicable, "input")
    table.put(row, TARGET, task.target, "input")
    counted = Decimal(0) if task.not_applicable else task.weight * factor
    expression = f'IF({here(row, ABSENT)}<>"",0,{here(row, WEIGHT)}*{here(row, FACTOR)})'
    table.compute(row, layout.counted_weight, expression, counted)


def _write_reading(layout: FormTable, row: int, submission: Submission | None, year: Year, closed: str) -> None:
    state = here(row, STATE)
    counts = ",".join(f'{state}="{item.label}"' for item in SubmissionState if item in _COUNTED)
    expression = f'IF(OR({counts}),"",IF({closed}=1,"{NOTHING}","{AWAITED}"))'
    layout.table.compute(row, layout.form_reading, expression, form_reading(submission, year))


def _write_figure(
    layout: FormTable,
    row: int,
    column: int,
    figure: Figure,
    submission: Submission | None,
    year: Year,
    closed: str,
) -> None:
    value = submission.figure(figure.code) if submission else None
    shown: Value = value if isinstance(value, Decimal) else None if value in (None, Blank.EMPTY) else value.label
    layout.table.put(row, column, shown, "input")
    cell, form = here(row, column), here(row, layout.form_reading)
    silence = f'IF({cell}="{Blank.NOT_APPLICABLE.label}","{AWAITED}",IF({closed}=1,"{NOTHING}","{AWAITED}"))'
    expression = f'IF({form}<>"",{form},IF(ISNUMBER({cell}),{cell},{silence}))'
    layout.table.compute(row, layout.readings[figure.code], expression, figure_reading(submission, value, year))


def form_reading(submission: Submission | None, year: Year) -> str:
    if submission is not None and submission.counts:
        return ""
    return NOTHING if year.collection_closed else AWAITED


def figure_reading(submission: Submission | None, value: FigureValue | None, year: Year) -> Value:
    form = form_reading(submission, year)
    if form:
        return form
    if isinstance(value, Decimal):
        return value
    return NOTHING if year.collection_closed and value is not Blank.NOT_APPLICABLE else AWAITED


def _figure_title(figure: Figure) -> str:
    return f"{figure.title}（{figure.measure}）" if figure.measure else figure.title
