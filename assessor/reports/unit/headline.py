"""The first page of the feedback sheet: total, rank, grade, coverage, and the categories beside the group's means."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assessor.domain.results import CategoryResult, GroupResult, UnitResult
from assessor.domain.statistics import assessed_units, mean, summarize
from assessor.domain.wording import percent_text
from assessor.reports.blocks import Align, Block, Body, Column, Fields, Table
from assessor.reports.validity import standing_of
from assessor.reports.wording import DASH, amount, category_points, points, sentence


def headline(group: GroupResult, unit: UnitResult) -> list[Block]:
    if unit.exempt:
        return [Body(f"你单位本年度不参评：{sentence(unit.exempt)}")]
    summary = summarize(group)
    rank = DASH if unit.rank is None else f"{unit.rank}／{summary.ranked}"
    provisional = "（暂估）" if unit.provisional else ""
    box = Fields(
        (
            (f"总分{provisional}", points(unit.total)),
            (f"组内名次{provisional}", rank),
            ("等次", unit.grade or standing_of(unit) or DASH),
            ("覆盖率", percent_text(unit.coverage)),
        ),
        large=True,
    )
    texts = [unit.unranked, unit.grade_sentence]
    return [box, *(Body(sentence(text)) for text in texts if text)]


def category_table(group: GroupResult, unit: UnitResult) -> Table:
    columns = (
        Column("一级指标", 40),
        Column("分值", 16, Align.RIGHT),
        Column("其中适用", 18, Align.RIGHT),
        Column("各项得分之和", 22, Align.RIGHT),
        Column("计入基础分", 20, Align.RIGHT),
        Column("组内平均", 20, Align.RIGHT),
        Column("高于平均", 20, Align.RIGHT),
    )
    rows = [_category_row(group, category) for category in unit.categories]
    rows += [
        _sum_row("基础分", group, unit, lambda result: result.base),
        _sum_row("加分", group, unit, lambda result: result.bonus),
        _sum_row("扣分", group, unit, lambda result: result.deduction),
        _sum_row("总分", group, unit, lambda result: result.total),
    ]
    remarks = [f"{category.category.title}：{sentence(category.sentence)}" for category in _rescaled(unit)]
    if any(item.contribution is None for other in assessed_units(group) for item in other.categories):
        remarks.append("一级指标全部不涉及的单位不计入该项的组内平均。")
    return Table("表1　各项得分和组内平均（单位：分）", columns, tuple(rows), remarks=tuple(remarks))


def _category_row(group: GroupResult, category: CategoryResult) -> tuple[str, ...]:
    code = category.category.code
    contributions = [
        item.contribution
        for unit in assessed_units(group)
        for item in unit.categories
        if item.category.code == code and item.contribution is not None and not item.is_awaited
    ]
    average = mean(contributions, group.scheme.decimals)
    return (
        category.category.title,
        amount(category.category.points),
        amount(category.applicable_points),
        category_points(category) if category.is_awaited else points(category.raw),
        category_points(category),
        points(average),
        _above(None if category.is_awaited else category.contribution, average),
    )


def _sum_row(
    title: str, group: GroupResult, unit: UnitResult, value: Callable[[UnitResult], Decimal]
) -> tuple[str, ...]:
    average = mean([value(result) for result in assessed_units(group)], group.scheme.decimals)
    full = amount(group.scheme.full_marks) if title == "基础分" else ""
    return (title, full, "", "", points(value(unit)), points(average), _above(value(unit), average))


def _above(value: Decimal | None, average: Decimal | None) -> str:
    if value is None or average is None:
        return DASH
    return f"{value - average:+f}" if value != average else "0"


def _rescaled(unit: UnitResult) -> list[CategoryResult]:
    return [item for item in unit.categories if item.contribution != item.raw]
