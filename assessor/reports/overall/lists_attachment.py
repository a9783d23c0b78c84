"""附件 lists: bonuses, deductions and vetoes; adjustments after review; forms that are not in."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.domain.progress import Delivery
from assessor.domain.results import LeafResult, UnitResult
from assessor.domain.standing import due_forms
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Column, Table
from assessor.reports.wording import DASH, day, padded, points


def entries_table(view: YearView, caption: str) -> Table | None:
    """None where there is no entry and no veto."""
    rows = [row for unit in _units(view) for row in _entry_rows(unit)]
    columns = (
        Column("序号", 10, Align.CENTER),
        Column("单位", 24.5),
        Column("类别", 17, Align.CENTER),
        Column("事项", 42),
        Column("计分", 12, Align.RIGHT),
        Column("计分说明", 50.5),
    )
    return _numbered(rows, columns, caption, "单位：分")


def _entry_rows(unit: UnitResult) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            unit.unit.short_name,
            entry.event.kind.label,
            f"{entry.title}：{entry.event.matter}（{day(entry.event.happened_on)}）",
            points(entry.counted),
            entry.sentence,
        )
        for entry in unit.entries
    ]
    rows += [
        (
            unit.unit.short_name,
            "一票否决",
            f"{veto.title}：{veto.event.matter}（{day(veto.event.happened_on)}）",
            DASH,
            veto.sentence,
        )
        for veto in unit.vetoes
    ]
    return rows


def adjustments_table(view: YearView, caption: str) -> Table | None:
    """None where nothing was adjusted."""
    rows = [
        row
        for group in view.result.groups
        for unit in group.units
        for leaf in unit.leaves
        for row in _adjustment_rows(unit, leaf, group.scheme.decimals)
    ]
    columns = (
        Column("序号", 10, Align.CENTER),
        Column("单位", 22),
        Column("指标", 25),
        Column("类别", 17.5, Align.CENTER),
        Column("原得分", 13.5, Align.RIGHT),
        Column("现得分", 13.5, Align.RIGHT),
        Column("理由", 30.5),
        Column("决定人和日期", 24),
    )
    return _numbered(rows, columns, caption, "单位：分")


def _adjustment_rows(unit: UnitResult, leaf: LeafResult, decimals: int) -> list[tuple[str, ...]]:
    change = leaf.adjustment
    if change is None:
        return []
    return [
        (
            unit.unit.short_name,
            leaf.indicator.title,
            change.kind.label,
            padded(change.old, decimals),
            points(leaf.score),
            change.reason,
            f"{change.decided_by}，{day(change.decided_on)}",
        )
    ]


def awaited_table(view: YearView, caption: str) -> Table | None:
    """Forms that are missing or returned; None where every form is in."""
    rows = [
        (form.unit.short_name, f"{form.task}　{form.title}" if form.task else form.title, form.delivery.label)
        for form in due_forms(view.facts)
        if form.delivery in (Delivery.MISSING, Delivery.RETURNED)
    ]
    columns = (
        Column("序号", 12, Align.CENTER),
        Column("单位", 34),
        Column("任务或填报表", 85),
        Column("情况", 25, Align.CENTER),
    )
    return _numbered(rows, columns, caption, "")


def _numbered(rows: Sequence[tuple[str, ...]], columns: tuple[Column, ...], caption: str, note: str) -> Table | None:
    if not rows:
        return None
    counted = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    return Table(caption, columns, counted, note=note)


def _units(view: YearView) -> list[UnitResult]:
    return [unit for group in view.result.groups for unit in group.units]
