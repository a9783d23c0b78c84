"""The columns of the tables of reviewers, of who marks what, and of what a sheet's import comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assessor.domain.duty_table import DutyRow
from assessor.domain.mark_import import Replacement, SheetFault
from assessor.domain.reviewer_table import ReviewerRow
from assessor.domain.unit import Unit
from assessor.domain.unit_names import find_unit
from assessor.domain.wording import plain, signed
from assessor.ui.grid.column import CHECKED, CellEdit, CellKind, Column

HOME = "home"
_LENIENT = Decimal(5)
"""From how many marks on a reviewer's leaning is coloured."""


def reviewer_columns(units: Sequence[Unit]) -> tuple[Column[ReviewerRow], ...]:
    """``units``: that a reviewer may come from."""

    def number(key: str, title: str, value: Callable[[ReviewerRow], Decimal | None], hint: str) -> Column[ReviewerRow]:
        return Column(key, title, CellKind.NUMBER, lambda row: _text(value(row)), value, hint=hint)

    return (
        Column("name", "评委", CellKind.TEXT, lambda row: row.name, is_bold=True, width=130),
        Column("panel", "评委组", CellKind.TEXT, lambda row: row.panel.title, width=84),
        Column(
            HOME,
            "所在单位\n（回避）",
            CellKind.CHOICE,
            _home,
            edit=CellEdit(
                start=_home,
                parse=lambda _row, text: find_unit(units, text).code if text.strip() else None,
                choices=lambda _row: ("", *(unit.short_name for unit in units)),
            ),
            width=120,
            hint="他对这个单位的评分不计",
        ),
        Column(
            "duties", "分工", CellKind.TEXT, lambda row: "全部" if row.duties is None else f"{row.duties} 项", width=80
        ),
        Column("expected", "应评", CellKind.NUMBER, lambda row: str(row.expected)),
        Column("done", "已评", CellKind.NUMBER, lambda row: str(row.done)),
        Column(
            "pending",
            "待评",
            CellKind.NUMBER,
            lambda row: str(row.pending),
            tone=lambda row: "warn" if row.pending else "good",
            is_bold=True,
        ),
        Column("recused", "回避\n不计", CellKind.NUMBER, lambda row: str(row.recused) if row.recused else "", width=64),
        Column("shared", "与他人\n同评", CellKind.NUMBER, lambda row: str(row.shared), hint="同组其他评委也评过的"),
        Column(
            "leniency",
            "宽严",
            CellKind.NUMBER,
            lambda row: "" if row.leniency is None else signed(row.leniency),
            lambda row: row.leniency,
            tone=lambda row: "warn" if row.leniency is not None and abs(row.leniency) >= _LENIENT else "",
            hint="在同评的各项上，比同组其他评委平均高（＋）或低（－）多少",
        ),
        number("distance", "平均\n相差", lambda row: row.distance, "在同评的各项上，与同组其他评委平均相差多少"),
        number("mean", "平均", lambda row: row.mean, "计入的评分的平均"),
        number("spread", "离散", lambda row: row.spread, "计入的评分的标准差"),
    )


def duty_columns(names: Sequence[str]) -> tuple[Column[DutyRow], ...]:
    """A column of boxes for each reviewer."""
    return (
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit.short_name, is_bold=True, width=150),
        Column(
            "indicator", "指标", CellKind.TEXT, lambda row: f"{row.indicator.code} {row.indicator.title}", width=210
        ),
        *map(_ticks, names),
        Column("count", "评委数", CellKind.NUMBER, lambda row: str(len(row.ticked)), tone=_count_tone),
    )


def fault_columns() -> tuple[Column[SheetFault], ...]:
    return (
        Column("file", "文件", CellKind.TEXT, lambda row: row.file, width=230),
        Column("sheet", "工作表", CellKind.TEXT, lambda row: row.sheet, width=84),
        Column("cell", "单元格", CellKind.TEXT, lambda row: row.cell, width=84),
        Column("what", "问题", CellKind.TEXT, lambda row: row.what, width=230, tone=lambda _row: "bad"),
        Column("remedy", "处理办法", CellKind.TEXT, lambda row: row.remedy, width=240),
    )


def replacement_columns() -> tuple[Column[Replacement], ...]:
    return (
        Column("reviewer", "评委", CellKind.TEXT, lambda row: row.reviewer, is_bold=True, width=130),
        Column("unit", "单位", CellKind.TEXT, lambda row: row.unit, width=140),
        Column("indicator", "指标", CellKind.TEXT, lambda row: row.indicator, width=200),
        Column("old", "现有评分", CellKind.TEXT, lambda row: row.old, width=150, tone=lambda _row: "muted"),
        Column("new", "评分表上", CellKind.TEXT, lambda row: row.new, width=150, tone=lambda _row: "warn"),
    )


def _ticks(name: str) -> Column[DutyRow]:
    def text(row: DutyRow) -> str:
        return CHECKED if name in row.ticked else ""

    edit = CellEdit[DutyRow](
        start=text,
        parse=lambda _row, typed: bool(typed.strip()),
        refusal=lambda row: f"{name}来自这个单位，应当回避" if name in row.recused else "",
    )
    return Column(
        f"tick:{name}",
        name,
        CellKind.CHECK,
        text,
        edit=edit,
        fill=lambda row: "raised" if name in row.recused else "",
        tooltip=lambda row: "来自这个单位，应当回避" if name in row.recused else "",
    )


def _count_tone(row: DutyRow) -> str:
    return "" if row.ticked else "bad"


def _home(row: ReviewerRow) -> str:
    return row.unit.short_name if row.unit else ""


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value) if value == value.to_integral_value() else f"{value:f}"
