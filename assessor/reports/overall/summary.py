"""二、总体情况: mean, median, extremes and grades of each group, completion, and the year before."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.progress import whole
from assessor.domain.results import GroupResult, UnitResult, YearResult
from assessor.domain.statistics import GroupSummary, assessed_units, summarize
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Block, Body, Column, Heading, Table
from assessor.reports.validity import is_provisional
from assessor.reports.wording import DASH, difference, listed, points, rate, text_width


def summary_section(view: YearView) -> list[Block]:
    blocks: list[Block] = [Heading(1, "总体情况")]
    blocks += [Body(group_text(group)) for group in view.result.groups]
    blocks[-1] = Body(f"{group_text(view.result.groups[-1])}各组别情况见表1。")
    blocks.append(summary_table(view.result))
    completion = _completion_text(view)
    if completion:
        blocks.append(Body(completion))
    if view.previous is not None and not is_provisional(view):
        blocks += [Body(text) for text in comparison_texts(view)]
    return blocks


def group_text(group: GroupResult) -> str:
    summary = summarize(group)
    exempt = f"，另有{summary.exempt}个不参评" if summary.exempt else ""
    head = f"{group.group.title}参加考核{summary.assessed}个{exempt}。"
    if summary.highest is None or summary.lowest is None:
        return head
    return (
        f"{head}平均分{points(summary.mean)}分，中位数{points(summary.median)}分；"
        f"最高{points(summary.highest)}分（{_names_at(group, summary.highest)}），"
        f"最低{points(summary.lowest)}分（{_names_at(group, summary.lowest)}）。{_grade_counts(summary)}"
    )


def _names_at(group: GroupResult, total: Decimal) -> str:
    return listed([unit.unit.short_name for unit in assessed_units(group) if unit.total == total], 4)


def _grade_counts(summary: GroupSummary) -> str:
    graded = sum(count for _title, count in summary.grades)
    if not graded:
        return "因得分尚为暂估，未评定等次。" if summary.provisional else ""
    items = "、".join(f"{title}{count}个" for title, count in summary.grades)
    rest = summary.assessed - graded
    return f"评定{items}" + (f"，暂未定等次{rest}个。" if rest else "。")


def summary_table(result: YearResult) -> Table:
    grades = list(dict.fromkeys(grade.title for group in result.groups for grade in group.scheme.grades))
    columns = (
        Column("组别", 18),
        Column("登记单位", 12, Align.RIGHT),
        Column("参评单位", 12, Align.RIGHT),
        Column("参与排名", 12, Align.RIGHT),
        Column("平均分", 14, Align.RIGHT),
        Column("中位数", 14, Align.RIGHT),
        Column("最高分", 14, Align.RIGHT),
        Column("最低分", 14, Align.RIGHT),
        *(Column(title, text_width(title), Align.RIGHT) for title in grades),
    )
    rows = tuple(_summary_row(group, grades) for group in result.groups)
    return Table("表1　各组别考核情况", columns, rows, note="单位：个、分")


def _summary_row(group: GroupResult, grades: list[str]) -> tuple[str, ...]:
    summary = summarize(group)
    counts = dict(summary.grades)
    return (
        group.group.title,
        str(summary.registered),
        str(summary.assessed),
        str(summary.ranked),
        points(summary.mean),
        points(summary.median),
        points(summary.highest),
        points(summary.lowest),
        *(str(counts[title]) if title in counts else DASH for title in grades),
    )


def _completion_text(view: YearView) -> str:
    sections = [section for section in view.sections if section.assigned]
    if not sections:
        return ""
    total = whole(sections)
    text = f"从任务落实看，各单位已报送任务填报{total.submitted}项，报送率{rate(total.submitted_rate)}"
    if total.completion is not None:
        known = sum(item.completion is not None for item in total.items)
        text += f"；设有量化目标的{known}项平均完成率{rate(total.completion)}"
    return f"{text}。"


def comparison_texts(view: YearView) -> list[str]:
    """One paragraph per group that both years have."""
    if view.previous is None:
        return []
    earlier = {group.group.code: group for group in view.previous.groups}
    return [
        _comparison(view, group, earlier[group.group.code], view.previous.year.year)
        for group in view.result.groups
        if group.group.code in earlier and assessed_units(group) and assessed_units(earlier[group.group.code])
    ]


def _comparison(view: YearView, now: GroupResult, before: GroupResult, year: int) -> str:
    mean_now, mean_before = summarize(now).mean, summarize(before).mean
    assert mean_now is not None and mean_before is not None
    change = difference(mean_now, mean_before) + ("" if mean_now == mean_before else "分")
    text = f"与{year}年度相比，{now.group.title}平均分{points(mean_now)}分，{change}（上年度{points(mean_before)}分）"
    moves = _moves(view, now)
    if moves:
        text += f"；名次上升较多的是{moves}"
    text += "。"
    if now.scheme.categories != before.scheme.categories:
        text += "两个年度的考核指标有调整，分数不完全可比。"
    if any(unit.provisional for unit in before.units):
        text += f"{year}年度部分得分仍为暂估。"
    return text


def _moves(view: YearView, now: GroupResult, limit: int = 3) -> str:
    """The units that rose most, with both ranks: a unit's own before, or that of the unit whose history it carries."""
    risen: list[tuple[int, UnitResult, int]] = []
    for unit in now.units:
        found = view.previous_of(unit.unit.code)
        rank = found[1].rank if found is not None and found[0].group == now.group else None
        if rank is not None and unit.rank is not None and unit.rank < rank:
            risen.append((rank - unit.rank, unit, rank))
    risen.sort(key=lambda item: -item[0])
    return "、".join(
        f"{unit.unit.short_name}（由第{rank}名升至第{unit.rank}名）" for _rise, unit, rank in risen[:limit]
    )
