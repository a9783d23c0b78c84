"""The opening of the report and 一、考核组织情况: basis, period, who is assessed, what was handed in."""

from __future__ import annotations

from assessor.domain.progress import Delivery
from assessor.domain.results import GroupResult
from assessor.domain.standing import due_forms
from assessor.domain.statistics import summarize
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Block, Body, Heading
from assessor.reports.sealing import seal_sentence, seal_texts
from assessor.reports.validity import (
    SAMPLE_SENTENCE,
    is_provisional,
    provisional_sentence,
    scheme_name,
    waiting_units,
)
from assessor.reports.wording import amount, day, period


def opening(view: YearView) -> list[Block]:
    plan, year = view.plan, view.year
    counts = [(group.group.title, summarize(group)) for group in view.result.groups]
    assessed = sum(summary.assessed for _title, summary in counts)
    parts = "、".join(f"{title}{summary.assessed}个" for title, summary in counts)
    number = f"（{plan.document_number}）" if plan.document_number else ""
    text = (
        f"根据《{plan.title}》{number}要求，{plan.office}组织开展了{year.year}年度全民科学素质工作考核，"
        f"考核期为{period(year.starts, year.ends)}，共考核{assessed}个单位，其中{parts}。现将考核结果报告如下。"
    )
    blocks: list[Block] = [Body(text)]
    if view.is_sample:
        blocks.append(Body(SAMPLE_SENTENCE))
    if is_provisional(view):
        blocks.append(Body(provisional_sentence(year, len(waiting_units(view.result)))))
    return blocks


def organisation_section(view: YearView) -> list[Block]:
    blocks: list[Block] = [
        Body(f"{_scheme_text(view)}{seal_sentence(view)}"),
        Body(_submission_text(view)),
    ]
    entries = _entries_text(view)
    blocks += map(Body, seal_texts(view))
    return [Heading(1, "考核组织情况"), *blocks, *([Body(entries)] if entries else [])]


def _scheme_text(view: YearView) -> str:
    clauses = [_group_clause(group) for group in view.result.groups]
    return f"考核按组别分别计分、排名和评定等次。{'；'.join(clauses)}。"


def _group_clause(group: GroupResult) -> str:
    scheme = group.scheme
    return (
        f"{group.group.title}依据{scheme_name(group)}，满分{amount(scheme.full_marks)}分，"
        f"设一级指标{len(scheme.categories)}项、二级指标{len(scheme.indicators)}项"
    )


def _submission_text(view: YearView) -> str:
    assigned = sum(section.assigned for section in view.sections)
    text = f"填报截止日期为{day(view.year.deadline)}。"
    if assigned:
        counted = {kind: sum(section.count(kind) for section in view.sections) for kind in Delivery}
        text += f"全年下达任务填报{assigned}项（次），" + "、".join(
            f"{kind.label}{counted[kind]}项" for kind in Delivery
        )
        accepted = sum(section.accepted for section in view.sections)
        text += f"，其中已审核{accepted}项。"
        left_out = sum(section.not_applicable for section in view.sections)
        if left_out:
            text += f"另有{left_out}项经认定不涉及，不计入。"
    forms = [form for form in due_forms(view.facts) if form.task is None]
    handed_in = sum(form.is_handed_in for form in forms)
    return f"{text}单位年度填报表应报{len(forms)}份，已报{handed_in}份。" if forms else text


def _entries_text(view: YearView) -> str:
    units = [unit for group in view.result.groups for unit in group.units]
    bonuses = sum(1 for unit in units if unit.bonus)
    deductions = sum(1 for unit in units if unit.deduction)
    vetoes = sum(1 for unit in units if unit.vetoes)
    adjusted = sum(1 for unit in units for leaf in unit.leaves if leaf.adjustment)
    parts = []
    if bonuses:
        parts.append(f"{bonuses}个单位获得加分")
    if deductions:
        parts.append(f"{deductions}个单位被扣分")
    if vetoes:
        parts.append(f"{vetoes}个单位因一票否决限定等次")
    if adjusted:
        parts.append(f"经复核或申诉调整指标得分{adjusted}项")
    return f"考核中，{'，'.join(parts)}。" if parts else ""
