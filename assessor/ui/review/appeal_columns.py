"""The columns of appeals and objections, and of adjustments."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.appeal import AppealState
from assessor.domain.appeal_table import AdjustmentRow, AppealRow
from assessor.domain.wording import signed
from assessor.ui.grid.column import CellKind, Column

_TONES = {AppealState.OPEN: "bad", AppealState.UPHELD: "good", AppealState.REJECTED: "muted"}


def appeal_columns() -> tuple[Column[AppealRow], ...]:
    return (
        Column("key", "编号", CellKind.TEXT, lambda row: row.appeal.key, tone=lambda _row: "muted", width=76),
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.unit.short_name, is_bold=True, width=100),
        Column("kind", "类别", CellKind.TEXT, lambda row: row.appeal.kind.label, width=76),
        Column("state", "处理", CellKind.TEXT, lambda row: row.appeal.state.label, tone=_tone, is_bold=True, width=76),
        Column("indicator", "指标", CellKind.TEXT, _indicator, width=120),
        Column("claim", "诉求", CellKind.TEXT, lambda row: row.appeal.claim, width=200),
        Column("before", "原得分", CellKind.NUMBER, lambda row: _points(row.before), width=84),
        Column("after", "现得分", CellKind.NUMBER, lambda row: _points(row.after), is_bold=True, width=84),
        Column("decision", "处理意见", CellKind.TEXT, lambda row: row.appeal.decision, width=200),
        Column(
            "filed_on",
            "提出日期",
            CellKind.DATE,
            lambda row: row.appeal.filed_on.isoformat(),
            tone=lambda row: "warn" if row.is_outside else "",
            tooltip=lambda row: "在公示期外提出" if row.is_outside else "",
            width=96,
        ),
        Column("filed_by", "提出人", CellKind.TEXT, lambda row: row.appeal.filed_by, width=110),
        Column("decided_on", "决定日期", CellKind.DATE, _decided_on, width=96),
        Column("decided_by", "决定人", CellKind.TEXT, lambda row: row.appeal.decided_by, width=120),
    )


def adjustment_columns() -> tuple[Column[AdjustmentRow], ...]:
    return (
        Column("key", "编号", CellKind.TEXT, lambda row: row.adjustment.key, tone=lambda _row: "muted", width=76),
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.unit.short_name, is_bold=True, width=110),
        Column(
            "indicator",
            "指标",
            CellKind.TEXT,
            lambda row: f"{row.leaf.indicator.code} {row.leaf.indicator.title}",
            width=150,
        ),
        Column("kind", "类别", CellKind.TEXT, lambda row: row.adjustment.kind.label, width=80),
        Column("old", "原得分", CellKind.NUMBER, lambda row: _points(row.adjustment.old), width=84),
        Column("new", "现得分", CellKind.NUMBER, lambda row: _points(row.adjustment.new), is_bold=True, width=84),
        Column(
            "change",
            "增减",
            CellKind.NUMBER,
            lambda row: signed(row.adjustment.new - row.adjustment.old),
            lambda row: row.adjustment.new - row.adjustment.old,
            width=76,
        ),
        Column(
            "holds",
            "计入",
            CellKind.TEXT,
            lambda row: "是" if row.holds else "否",
            tone=lambda row: "" if row.holds else "warn",
            tooltip=lambda row: "" if row.holds else "该指标不涉及，或已有更晚的调整",
            width=70,
        ),
        Column("reason", "理由", CellKind.TEXT, lambda row: row.adjustment.reason, width=260),
        Column("appeal", "由申诉", CellKind.TEXT, lambda row: row.appeal.key if row.appeal else "", width=76),
        Column("decided_on", "日期", CellKind.DATE, lambda row: row.adjustment.decided_on.isoformat(), width=96),
        Column("decided_by", "决定人", CellKind.TEXT, lambda row: row.adjustment.decided_by, width=140),
        Column("total", "总分", CellKind.NUMBER, lambda row: f"{row.unit.total:f}", width=76),
        Column("rank", "名次", CellKind.NUMBER, lambda row: row.unit.rank_text, lambda row: row.unit.rank, width=72),
    )


def _tone(row: AppealRow) -> str:
    return _TONES[row.appeal.state]


def _indicator(row: AppealRow) -> str:
    return f"{row.leaf.indicator.code} {row.leaf.indicator.title}" if row.leaf else row.title


def _points(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _decided_on(row: AppealRow) -> str:
    return row.appeal.decided_on.isoformat() if row.appeal.decided_on else ""
