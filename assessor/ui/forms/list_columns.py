"""The list of forms: a line for each form of each unit."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.domain.figure_table import figure_summary
from assessor.domain.form_table import FormRow, FormState
from assessor.domain.scheme import Figure
from assessor.ui.forms.state_look import fill_of, tone_of
from assessor.ui.grid.column import CellKind, Column

Asked = Mapping[tuple[str, bool], tuple[Figure, ...]]
"""Figures that a form asks for, by group and whether it is a task's."""


def list_columns(asked: Asked) -> tuple[Column[FormRow], ...]:
    return (
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.short_name, width=128, is_bold=True),
        Column("form", "填报表", CellKind.TEXT, lambda row: row.form_title, width=214),
        Column(
            "state",
            "状态",
            CellKind.TEXT,
            lambda row: row.state.label,
            sort_key=lambda row: list(FormState).index(row.state),
            width=84,
            tone=lambda row: tone_of(row.state),
            fill=lambda row: fill_of(row.state),
            tooltip=lambda row: row.state_text,
        ),
        Column("day", "报送日期", CellKind.DATE, _day, width=104, hint="最近一次报送的日期"),
        Column(
            "late",
            "逾期天数",
            CellKind.NUMBER,
            lambda row: str(row.days_late) if row.days_late else "",
            width=92,
            tone=lambda row: "bad" if row.submission is None else "warn",
            hint="首次报送比截止日晚几天；未报的算到今天",
        ),
        Column("times", "次数", CellKind.NUMBER, _times, width=70, hint="第几次报送"),
        Column("evidence", "佐证", CellKind.NUMBER, _evidence, width=70, hint="随表报送的佐证材料件数"),
        Column(
            "figures",
            "主要数据",
            CellKind.TEXT,
            lambda row: figure_summary(row, asked[row.group.code, bool(row.key.task)]),
            width=190,
        ),
        Column("reason", "退回理由、说明", CellKind.TEXT, _reason, width=260),
    )


def _day(row: FormRow) -> str:
    return row.submission.submitted_on.isoformat() if row.submission else ""


def _times(row: FormRow) -> str:
    return str(row.submission.revision) if row.submission else ""


def _evidence(row: FormRow) -> str:
    return str(len(row.submission.evidence)) if row.submission else ""


def _reason(row: FormRow) -> str:
    form = row.submission
    parts = (form.return_reason, form.note) if form else ()
    return "；".join(part.replace("\n", "；") for part in (row.not_applicable, *parts) if part)
