"""四、任务进展: actions and projects, and the plan's quantified targets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.plan import SectionKind
from assessor.domain.progress import Delivery, SectionProgress, percent, whole
from assessor.domain.standing import TargetStanding, target_standing
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Align, Block, Body, Chart, Column, Heading, Table
from assessor.reports.wording import listed, numeral, quantity, rate


def progress_section(view: YearView, first_table: int, first_chart: int) -> list[Block]:
    """``first_table`` and ``first_chart`` are the numbers that its first table and chart bear."""
    blocks: list[Block] = [Heading(1, "任务和目标进展")]
    parts: list[list[Block]] = []
    if any(section.assigned for section in view.sections):
        parts.append(
            [
                Heading(2, "提升行动和重点工程"),
                Body(f"{sections_text(view.sections)}各项情况见表{first_table}、图{first_chart}。"),
                sections_table(view.sections, f"表{first_table}　提升行动和重点工程任务填报情况"),
                Chart("sections", f"图{first_chart}　提升行动和重点工程任务填报和完成情况"),
            ]
        )
        first_table += 1
    if view.targets:
        parts.append(
            [
                Heading(2, "量化目标"),
                Body(f"{targets_text(view)}各项目标进展见表{first_table}。"),
                targets_table(view, f"表{first_table}　量化目标进展情况"),
            ]
        )
    for number, part in enumerate(parts, start=1):
        heading = part[0]
        assert isinstance(heading, Heading)
        blocks += [Heading(2, f"（{numeral(number)}）{heading.text}"), *part[1:]]
    return blocks if parts else []


def sections_text(sections: Sequence[SectionProgress]) -> str:
    known = [section for section in sections if section.completion is not None]
    kinds = "，".join(
        _kind_clause(sections, kind) for kind in SectionKind if any(s.section.kind is kind for s in sections)
    )
    if not known:
        return f"{kinds}。"
    best = sorted(known, key=lambda section: -(section.completion or Decimal(0)))[:3]
    names = "、".join(f"{section.section.title}（{rate(section.completion)}）" for section in best)
    return f"{kinds}。按任务完成率看，进展较好的有{names}。"


def _kind_clause(sections: Sequence[SectionProgress], kind: SectionKind) -> str:
    mine = [section for section in sections if section.section.kind is kind]
    assigned = sum(section.assigned for section in mine)
    submitted = sum(section.submitted for section in mine)
    return f"{len(mine)}项{kind.label}应报{assigned}项，已报{submitted}项，报送率{rate(percent(submitted, assigned))}"


def sections_table(sections: Sequence[SectionProgress], caption: str) -> Table:
    columns = (
        Column("类别", 17.2, Align.CENTER),
        Column("行动或工程", 62),
        Column("应报", 10, Align.RIGHT),
        Column("按时", 10, Align.RIGHT),
        Column("逾期", 10, Align.RIGHT),
        Column("退回", 10, Align.RIGHT),
        Column("未报", 10, Align.RIGHT),
        Column("报送率", 14, Align.RIGHT),
        Column("完成率", 14, Align.RIGHT),
    )
    rows = [
        (
            section.section.kind.label,
            section.section.title,
            str(section.assigned),
            *(str(section.count(kind)) for kind in Delivery),
            rate(section.submitted_rate),
            rate(section.completion),
        )
        for section in sections
    ]
    total = whole(sections)
    counts = (str(total.count(kind)) for kind in Delivery)
    rows.append(("合计", "", str(total.assigned), *counts, rate(total.submitted_rate), rate(total.completion)))
    remark = (
        "报送率为已报（含逾期）占应报的比重；完成率为设有量化目标的任务完成率的平均数，未报的按零计，超额的按100%计。"
    )
    return Table(caption, columns, tuple(rows), note="单位：项、%", remarks=(remark,), merge=1)


def targets_text(view: YearView) -> str:
    targets = view.targets
    met = [item for item in targets if item.is_met]
    behind = [item for item in targets if target_standing(item, view) is TargetStanding.MISSED]
    silent = [item for item in targets if item.reached is None]
    text = f"方案确定的{len(targets)}项量化目标中，已达到{len(met)}项"
    if behind:
        text += f"，未达到{len(behind)}项（{listed([item.target.title for item in behind])}）"
    going = len(targets) - len(met) - len(behind) - len(silent)
    if going:
        text += f"，推进中{going}项"
    if silent:
        text += f"，暂无监测数据{len(silent)}项（{listed([item.target.title for item in silent])}）"
    return f"{text}。"


def targets_table(view: YearView, caption: str) -> Table:
    targets = view.targets
    columns = (
        Column("目标", 46),
        Column("要求", 20, Align.CENTER),
        Column("确保", 20, Align.RIGHT),
        Column("力争", 16, Align.RIGHT),
        Column("实际", 20, Align.RIGHT),
        Column("完成率", 16, Align.RIGHT),
        Column("是否达到", 18, Align.CENTER),
    )
    observed = [item for item in targets if item.observations]
    all_sample = bool(observed) and all(item.is_sample for item in observed)
    rows = tuple(
        (
            item.target.title + ("（示例）" if item.is_sample and not all_sample else ""),
            item.target.kind.label,
            quantity(item.target.base, item.target.measure),
            quantity(item.target.stretch, item.target.measure),
            quantity(item.reached, item.target.measure),
            rate(item.rate),
            target_standing(item, view).label,
        )
        for item in targets
    )
    remark = "每年完成的目标列当年数，期内累计的列累计数，期末达到的列最近一次数；完成率为实际占确保目标的比重。"
    if all_sample:
        remark += "实际数均为示例数据。"
    return Table(caption, columns, rows, remarks=(remark,))
