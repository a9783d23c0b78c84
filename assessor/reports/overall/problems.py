"""五、存在问题: the indicators that lost most, forms not in, sections and targets that lag, deductions and vetoes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.progress import Delivery, SectionProgress, TargetProgress
from assessor.domain.results import GroupResult
from assessor.domain.standing import DueForm, TargetStanding, due_forms, target_standing
from assessor.domain.statistics import IndicatorLoss, indicator_losses
from assessor.domain.year_view import YearView
from assessor.reports.blocks import Block, Body, Heading
from assessor.reports.wording import amount, listed, numeral, points, quantity, rate

LOSS_FLOOR = Decimal(10)
"""Percent: indicators that lost less are not called a problem."""
COMPLETION_FLOOR = Decimal(80)
"""Percent: sections below it are called behind."""
NAMED = 3


def problems_section(view: YearView) -> list[Block]:
    found = [
        ("部分考核指标失分较多", losses_text(view.result.groups)),
        ("部分填报不按时、不完整", forms_text(due_forms(view.facts))),
        ("部分行动和工程推进较慢", sections_text(lagging_sections(view))),
        ("部分量化目标尚未达到", targets_text(missed_targets(view))),
        (_events_title(view.result.groups), events_text(view.result.groups)),
    ]
    blocks: list[Block] = [Heading(1, "存在问题")]
    present = [(title, text) for title, text in found if text]
    for number, (title, text) in enumerate(present, start=1):
        blocks += [Heading(2, f"（{numeral(number)}）{title}"), Body(text)]
    if not present:
        blocks.append(Body("从本年度考核数据看，各项指标失分率均低于一成，填报和任务均按要求完成。"))
    return blocks


def heavy_losses(group: GroupResult) -> tuple[IndicatorLoss, ...]:
    """The indicators of a group that lost most, at least ``LOSS_FLOOR`` percent of their points."""
    return tuple(loss for loss in indicator_losses(group) if loss.loss_rate >= LOSS_FLOOR)[:NAMED]


def lagging_sections(view: YearView) -> tuple[SectionProgress, ...]:
    """Sections whose completion is below ``COMPLETION_FLOOR`` percent, lowest first."""
    known = [section for section in view.sections if section.completion is not None]
    behind = [section for section in known if (section.completion or Decimal(0)) < COMPLETION_FLOOR]
    return tuple(sorted(behind, key=lambda section: section.completion or Decimal(0)))[:NAMED]


def missed_targets(view: YearView) -> tuple[TargetProgress, ...]:
    return tuple(item for item in view.targets if target_standing(item, view) is TargetStanding.MISSED)


def losses_text(groups: Sequence[GroupResult]) -> str:
    clauses = []
    for group in groups:
        losses = heavy_losses(group)
        if losses:
            items = "、".join(
                f"“{loss.title}”（满分{amount(loss.points)}分，平均得{points(loss.mean_score)}分，失分率{rate(loss.loss_rate)}）"
                for loss in losses
            )
            clauses.append(f"{group.group.title}失分率较高的指标有{items}")
    return f"{'；'.join(clauses)}。" if clauses else ""


def forms_text(forms: Sequence[DueForm]) -> str:
    clauses = []
    for kind in (Delivery.MISSING, Delivery.RETURNED, Delivery.LATE):
        mine = [form for form in forms if form.delivery is kind]
        if mine:
            clauses.append(f"{kind.label}{len(mine)}份，涉及{_most(mine)}")
    return f"在应报的{len(forms)}份填报表中，{'；'.join(clauses)}。" if clauses else ""


def _most(forms: Sequence[DueForm]) -> str:
    """How many units, and those with most such forms."""
    counts: dict[str, int] = {}
    for form in forms:
        counts[form.unit.short_name] = counts.get(form.unit.short_name, 0) + 1
    ordered = sorted(counts, key=lambda name: -counts[name])
    if len(ordered) <= NAMED:
        return listed([f"{name}（{counts[name]}份）" for name in ordered])
    return f"{len(ordered)}个单位，其中较多的是" + listed([f"{name}（{counts[name]}份）" for name in ordered[:NAMED]])


def sections_text(sections: Sequence[SectionProgress]) -> str:
    if not sections:
        return ""
    items = listed([f"{section.section.title}（{rate(section.completion)}）" for section in sections])
    return f"任务完成率低于{amount(COMPLETION_FLOOR)}%、相对靠后的是{items}。"


def targets_text(targets: Sequence[TargetProgress]) -> str:
    items = [
        f"{item.target.title}要求{item.target.kind.label}{quantity(item.target.base, item.target.measure)}，"
        f"实际{quantity(item.reached, item.target.measure)}，完成率{rate(item.rate)}"
        for item in targets
    ]
    return f"{'；'.join(items)}。" if items else ""


def _events_title(groups: Sequence[GroupResult]) -> str:
    units = [unit for group in groups for unit in group.units]
    kinds = [
        word
        for word, found in (("扣分", any(u.deduction for u in units)), ("一票否决", any(u.vetoes for u in units)))
        if found
    ]
    return f"存在{'和'.join(kinds)}情形"


def events_text(groups: Sequence[GroupResult]) -> str:
    units = [unit for group in groups for unit in group.units]
    deducted = [f"{unit.unit.short_name}（扣{points(unit.deduction)}分）" for unit in units if unit.deduction]
    vetoed = [f"{unit.unit.short_name}（{unit.vetoes[0].title}）" for unit in units if unit.vetoes]
    clauses = []
    if deducted:
        clauses.append(f"被扣分的有{listed(deducted)}")
    if vetoed:
        clauses.append(f"因一票否决限定等次的有{listed(vetoed)}")
    return f"{'；'.join(clauses)}。详见附件所列清单。" if clauses else ""
