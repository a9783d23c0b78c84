"""三、考核结果: ranks and grades, one table and one chart per group."""

from __future__ import annotations

from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.scheme import Category
from assessor.domain.wording import percent_text
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Block, Body, Chart, Column, Heading, Table
from assessor.reports.validity import standing_of
from assessor.reports.wording import DASH, amount, category_points, listed, numeral, points, sentence, text_width

_DENSE_LIMIT = 156 * 10.5 / 9
"""Millimetres: columns of at most this natural width fit an upright page in the smaller print of dense tables."""


def ranking_section(view: YearView) -> list[Block]:
    blocks: list[Block] = [Heading(1, "考核结果")]
    several = len(view.result.groups) > 1
    for number, group in enumerate(view.result.groups, start=1):
        if several:
            blocks.append(Heading(2, f"（{numeral(number)}）{group.group.title}"))
        blocks.append(Body(f"{grades_text(group)}各单位得分和等次见表{number + 1}、图{number}。"))
        blocks.append(ranking_table(group, f"表{number + 1}　{group.group.title}考核结果", wide=fits_upright(group)))
        blocks.append(Chart("ranking", f"图{number}　{group.group.title}总分排名", group.group.code))
    return blocks


def grades_text(group: GroupResult) -> str:
    """Which units got which grade; grades that would only repeat the table are counted, not listed."""
    best, worst = group.scheme.grades[0].title, group.scheme.grades[-1].title
    parts = []
    for grade in group.scheme.grades:
        names = [unit.unit.short_name for unit in group.units if unit.grade == grade.title]
        if not names:
            continue
        is_named = grade.title in (best, worst) or len(names) <= 5
        parts.append(f"{grade.title}{len(names)}个" + (f"（{listed(names)}）" if is_named else ""))
    ungraded = [unit.unit.short_name for unit in group.units if unit.grade is None and not unit.exempt]
    if ungraded:
        parts.append(f"暂未定等次{len(ungraded)}个" + (f"（{listed(ungraded)}）" if len(ungraded) <= 5 else ""))
    exempt = [unit.unit.short_name for unit in group.units if unit.exempt]
    if exempt:
        parts.append(f"不参评{len(exempt)}个（{listed(exempt)}）")
    return sentence(f"按总分由高到低排列，{group.group.title}的考核等次为：{'；'.join(parts)}")


def fits_upright(group: GroupResult) -> bool:
    """Whether the table with a column per category is readable on an upright page."""
    return sum(column.width for column in _columns(group, wide=True)) <= _DENSE_LIMIT


def ranking_table(group: GroupResult, caption: str, *, wide: bool) -> Table:
    """``wide`` adds a column per category."""
    columns = _columns(group, wide=wide)
    return Table(
        caption=caption,
        columns=columns,
        rows=tuple(_row(unit, group, wide=wide) for unit in group.units),
        note="单位：分",
        remarks=_remarks(group, wide=wide),
        dense=sum(column.width for column in columns) > 156,
    )


def _columns(group: GroupResult, *, wide: bool) -> tuple[Column, ...]:
    categories = group.scheme.categories if wide else ()
    full = round_half_up(group.scheme.full_marks, group.scheme.decimals)
    total = text_width(points(full))
    name = min(text_width("八个字的单位名称"), max(text_width(unit.unit.short_name) for unit in group.units))
    grade = max(text_width(title) for title in ("等次", "不参评", *(grade.title for grade in group.scheme.grades)))
    return (
        Column("名次", text_width("名次"), Align.CENTER),
        Column("单位", name),
        *(_category_column(category, group.scheme.decimals) for category in categories),
        Column("基础分", total, Align.RIGHT),
        Column("加分", text_width("00.00"), Align.RIGHT),
        Column("扣分", text_width("00.00"), Align.RIGHT),
        Column("总分", total, Align.RIGHT),
        Column("等次", grade, Align.CENTER),
    )


def _category_column(category: Category, decimals: int) -> Column:
    numbers = text_width(points(round_half_up(category.points, decimals)))
    heading = text_width("字" * min(4, (len(category.title) + 1) // 2))
    return Column(f"{category.title}\n{amount(category.points)}分", max(numbers, heading), Align.RIGHT)


def _row(unit: UnitResult, group: GroupResult, *, wide: bool) -> tuple[str, ...]:
    name = unit.unit.short_name
    if unit.exempt:
        blanks = [DASH] * (4 + (len(group.scheme.categories) if wide else 0))
        return (DASH, name, *blanks, standing_of(unit))
    return (
        DASH if unit.rank is None else str(unit.rank),
        name,
        *(category_points(category) for category in (unit.categories if wide else ())),
        points(unit.base),
        points(unit.bonus),
        points(unit.deduction),
        points(unit.total),
        unit.grade or standing_of(unit) or DASH,
    )


def _remarks(group: GroupResult, *, wide: bool) -> tuple[str, ...]:
    """What the table's reader must know of units that are rescaled, provisional, unranked or exempt."""
    remarks = [_totals_remark(group, wide=wide)]
    rescaled = [unit for unit in group.units if not unit.exempt and unit.coverage < 1]
    if rescaled:
        items = "、".join(f"{unit.unit.short_name}{percent_text(unit.coverage)}" for unit in rescaled)
        remarks.append(f"有缺项的单位及覆盖率：{items}；其余单位覆盖率为100.00%。")
    waiting = [unit for unit in group.units if unit.provisional and not unit.exempt]
    if waiting:
        items = listed([f"{unit.unit.short_name}{len(unit.pending)}项" for unit in waiting], 12)
        remarks.append(f"得分为暂估的单位及待评指标：{items}。")
    for unit in group.units:
        if unit.exempt:
            remarks.append(f"{unit.unit.short_name}不参评：{sentence(unit.exempt)}")
        elif unit.rank is None and not unit.provisional:
            remarks.append(f"{unit.unit.short_name}：{sentence(unit.unranked)}")
    vetoed = [unit.unit.short_name for unit in group.units if unit.vetoes]
    if vetoed:
        remarks.append(f"一票否决限定等次：{listed(vetoed)}，总分照列。")
    return tuple(remarks)


def _totals_remark(group: GroupResult, *, wide: bool) -> str:
    head = "指标名称下为该项满分；" if wide else ""
    full = amount(group.scheme.full_marks)
    return f"{head}基础分满分{full}分，总分＝基础分＋加分－扣分，以细则规定的上下限为限。"
