"""六、下一步建议: each proposal follows by a fixed rule from what the report has found."""

from __future__ import annotations

from assessor.domain.progress import Delivery
from assessor.domain.results import GroupResult
from assessor.domain.standing import due_forms
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Block, Body, Heading
from assessor.reports.overall.problems import heavy_losses, lagging_sections, missed_targets
from assessor.reports.wording import listed


def proposals_section(view: YearView) -> list[Block]:
    texts = [text for text in _proposals(view) if text]
    blocks: list[Block] = [Heading(1, "下一步建议")]
    blocks += [Body(f"{number}. {text}") for number, text in enumerate(texts, start=1)]
    return blocks


def _proposals(view: YearView) -> list[str]:
    return [
        _on_losses(view),
        _on_forms(view),
        _on_sections(view),
        _on_targets(view),
        _on_low_grades(view),
        _on_waiting(view),
        "将考核结果反馈被考核单位，作为改进下年度工作和参加有关综合考核的依据。"
        if view.year.collection_closed
        else "填报收集截止并完成评分后，重新出具正式考核结果报告。",
    ]


def _on_losses(view: YearView) -> str:
    titles = list(dict.fromkeys(loss.title for group in view.result.groups for loss in heavy_losses(group)))
    if not titles:
        return ""
    names = listed([f"“{title}”" for title in titles])
    return f"补齐失分较多的短板。对{names}等指标，由失分单位对照评分标准和考核依据逐项查找原因，明确整改措施和责任人。"


def _on_forms(view: YearView) -> str:
    forms = due_forms(view.facts)
    awaited = [form for form in forms if form.delivery in (Delivery.MISSING, Delivery.RETURNED)]
    late = [form for form in forms if form.delivery is Delivery.LATE]
    if not awaited and not late:
        return ""
    ask = f"对未报、退回待报的{len(awaited)}份填报表逐一督促补报；" if awaited else ""
    return f"严格填报时限和质量。{ask}下年度提前下达任务和填报表，按节点提醒，减少逾期和退回。"


def _on_sections(view: YearView) -> str:
    sections = lagging_sections(view)
    if not sections:
        return ""
    names = view.plan.unit_by_code
    items = []
    for progress in sections:
        leads = listed([names[code].short_name if code in names else code for code in progress.section.leads])
        items.append(f"{progress.section.title}由{leads}牵头" if leads else progress.section.title)
    return f"加快推进靠后的行动和工程。{'，'.join(items)}，会同责任单位按任务倒排进度，定期调度。"


def _on_targets(view: YearView) -> str:
    titles = [item.target.title for item in missed_targets(view)]
    silent = [item.target.title for item in view.targets if item.reached is None]
    text = f"对{listed([f'“{title}”' for title in titles])}分析差距，落实补救措施。" if titles else ""
    if silent:
        text += f"对{listed([f'“{title}”' for title in silent])}补充监测数据。"
    return f"紧盯方案确定的量化目标。{text}" if text else ""


def _on_low_grades(view: YearView) -> str:
    names = [name for group in view.result.groups for name in _lowest(group)]
    return f"加强对{listed(names)}的指导督促，由其针对失分事项制定整改措施并报送整改情况。" if names else ""


def _lowest(group: GroupResult) -> list[str]:
    worst = group.scheme.grades[-1].title
    return [unit.unit.short_name for unit in group.units if unit.grade == worst]


def _on_waiting(view: YearView) -> str:
    count = sum(1 for group in view.result.groups for unit in group.units if unit.provisional and not unit.exempt)
    return f"尽快完成评议、评分和认定。尚有{count}个单位存在待评指标，完成后重新计算得分。" if count else ""
