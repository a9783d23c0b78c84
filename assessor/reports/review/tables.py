"""The tables of 复核情况表, each None where it has no row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.appeal_table import AdjustmentRow, AppealRow, adjustment_rows, appeal_rows, moved_units
from assessor.domain.results import UnitResult
from assessor.domain.wording import signed
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Column, Table
from assessor.reports.wording import DASH, day, padded

_NUMBER = Column("序号", 10, Align.CENTER)
_POINTS = "单位：分"


def appeals_table(view: YearView, caption: str) -> Table | None:
    columns = (
        Column("单位", 22),
        Column("类别", 20, Align.CENTER),
        Column("提出人和日期", 29),
        Column("指标", 22),
        Column("诉求", 38),
        Column("处理", 15, Align.CENTER),
        Column("处理意见", 39),
        Column("原得分", 15, Align.RIGHT),
        Column("现得分", 15, Align.RIGHT),
        Column("决定人和日期", 36),
    )
    return _numbered([_appeal(row) for row in appeal_rows(view)], columns, caption, _POINTS)


def adjustments_table(view: YearView, caption: str) -> Table | None:
    columns = (
        Column("单位", 26),
        Column("指标", 34),
        Column("类别", 20, Align.CENTER),
        Column("原得分", 16, Align.RIGHT),
        Column("现得分", 16, Align.RIGHT),
        Column("增减", 16, Align.RIGHT),
        Column("理由", 68),
        Column("决定人和日期", 40),
    )
    return _numbered([_adjustment(row) for row in adjustment_rows(view)], columns, caption, _POINTS)


def moved_table(view: YearView, caption: str) -> Table | None:
    columns = (
        Column("单位", 40),
        Column("原总分", 24, Align.RIGHT),
        Column("现总分", 24, Align.RIGHT),
        Column("增减", 24, Align.RIGHT),
        Column("原名次", 22, Align.RIGHT),
        Column("现名次", 22, Align.RIGHT),
        Column("原等次", 30, Align.CENTER),
        Column("现等次", 30, Align.CENTER),
    )
    rows = [
        (
            item.after.unit.short_name,
            f"{item.before.total:f}",
            f"{item.after.total:f}",
            signed(item.after.total - item.before.total),
            item.before.rank_text,
            item.after.rank_text,
            _grade(item.before),
            _grade(item.after),
        )
        for item in moved_units(view)
    ]
    return _numbered(rows, columns, caption, _POINTS)


def second_scores_table(view: YearView, caption: str) -> Table | None:
    columns = (
        Column("单位", 34),
        Column("指标", 50),
        Column("分值", 18, Align.RIGHT),
        Column("考核得分", 24, Align.RIGHT),
        Column("复评得分", 24, Align.RIGHT),
        Column("相差", 20, Align.RIGHT),
        Column("复评人", 46),
        Column("说明", 30),
    )
    return _numbered(_seconds(view), columns, caption, _POINTS)


def _seconds(view: YearView) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for (code, indicator), second in view.facts.review.second_scores.items():
        found = view.result.find(code)
        if found is None:
            continue
        group, unit = found
        decimals = group.scheme.decimals
        leaf = next((item for item in unit.leaves if item.indicator.code == indicator), None)
        if leaf is not None:
            apart = DASH if leaf.score is None else signed(leaf.score - second.points)
            rows.append(
                (
                    unit.unit.short_name,
                    leaf.indicator.title,
                    padded(leaf.indicator.points, 0),
                    padded(leaf.score, decimals),
                    padded(second.points, decimals),
                    apart,
                    second.scorer,
                    second.note or DASH,
                )
            )
    return rows


def _appeal(row: AppealRow) -> tuple[str, ...]:
    appeal, decimals = row.appeal, row.group.scheme.decimals
    decided = f"{appeal.decided_by}\n{day(appeal.decided_on)}" if appeal.decided_on else DASH
    outside = "\n（公示期外）" if row.is_outside else ""
    return (
        row.unit.unit.short_name,
        appeal.kind.label,
        f"{appeal.filed_by}\n{day(appeal.filed_on)}{outside}",
        row.title,
        appeal.claim,
        appeal.state.label,
        appeal.decision or DASH,
        padded(row.before, decimals),
        padded(row.after if row.after is not None else _unchanged(row), decimals),
        decided,
    )


def _unchanged(row: AppealRow) -> Decimal | None:
    """Of an appeal that changed nothing, the score as it stays; nothing while it is open."""
    return None if row.appeal.is_open else row.before


def _adjustment(row: AdjustmentRow) -> tuple[str, ...]:
    change, decimals = row.adjustment, row.group.scheme.decimals
    replaced = "" if row.holds else "（未计入：该指标不涉及，或已有更晚的调整）"
    return (
        row.unit.unit.short_name,
        row.leaf.indicator.title,
        change.kind.label,
        padded(change.old, decimals),
        padded(change.new, decimals),
        signed(change.new - change.old),
        f"{change.reason}{replaced}",
        f"{change.decided_by}\n{day(change.decided_on)}",
    )


def _grade(unit: UnitResult) -> str:
    return unit.grade or DASH


def _numbered(rows: Sequence[tuple[str, ...]], columns: tuple[Column, ...], caption: str, note: str) -> Table | None:
    if not rows:
        return None
    counted = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    return Table(caption, (_NUMBER, *columns), counted, note=note, dense=True)
