"""复核情况表: the objection period, appeals and objections with their decisions, adjustments, and who moved by them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assessor.domain.appeal import AppealState
from assessor.domain.appeal_table import adjustment_rows, appeal_rows, moved_units
from assessor.domain.review_list import review_items
from assessor.domain.year_view import YearView
from assessor.errors import InputError
from assessor.reports.blocks import Block, Body, Document, Fields, Heading, Signature, Table, closed
from assessor.reports.review.tables import adjustments_table, appeals_table, moved_table, second_scores_table
from assessor.reports.sealing import foot_line, seal_sentence, seal_texts
from assessor.reports.validity import SAMPLE_SENTENCE, running_head, subtitle
from assessor.reports.wording import day, numeral, period


def compose(view: YearView, signed_on: date) -> Document:
    """Raises InputError where the year has no unit."""
    if not any(group.units for group in view.result.groups):
        raise InputError("本年度没有考核单位，不能出复核情况表", remedy="请检查实施方案中各单位的组别和起止年份")
    body: list[Block] = [Body(_opening(view))]
    if view.is_sample:
        body.append(Body(SAMPLE_SENTENCE))
    tables = 0
    for number, (title, text, make) in enumerate(_sections(view), start=1):
        table = make(view, f"表{tables + 1}　{title}")
        body += [Heading(1, f"{numeral(number)}、{title}"), Body(text)]
        if table is not None:
            tables += 1
            body.append(table)
    body += [*map(Body, _seal_notes(view)), _signatures()]
    year = view.year.year
    return Document(
        title=(f"{view.plan.city}{year}年度全民科学素质工作考核", "复核情况表"),
        subtitle=subtitle(view),
        addressee="",
        blocks=closed(body, Signature(view.plan.office, signed_on)),
        subject=f"{year}年度全民科学素质工作考核复核情况",
        author=view.plan.office,
        keywords=("全民科学素质", "年度考核", "复核", str(year)),
        signed_on=signed_on,
        running_head=running_head(view),
        foot=foot_line(view),
        landscape=True,
    )


def _sections(view: YearView) -> list[tuple[str, str, Callable[[YearView, str], Table | None]]]:
    return [
        ("申诉和异议办理情况", _appeals_text(view), appeals_table),
        ("复核调整情况", _adjustments_text(view), adjustments_table),
        ("调整前后结果对照", _moved_text(view), moved_table),
        ("本单位复评情况", _seconds_text(view), second_scores_table),
    ]


def _opening(view: YearView) -> str:
    public = view.facts.review.publicity
    if public is None:
        shown = "本年度没有设定公示期。"
    elif public.days == 1:
        shown = f"考核结果公示期为{day(public.starts)}。"
    else:
        shown = f"考核结果公示期为{period(public.starts, public.ends)}，共{public.days}天。"
    items = review_items(view)
    done = sum(item.state.is_done for item in items)
    looked = f"复核共列出需要核对的事项{len(items)}项，已核{done}项。" if items else "复核没有列出需要核对的事项。"
    return f"{shown}{looked}{seal_sentence(view)}"


def _appeals_text(view: YearView) -> str:
    rows = appeal_rows(view)
    if not rows:
        return "没有收到申诉和异议。"
    kinds = {row.appeal.kind: 0 for row in rows}
    for row in rows:
        kinds[row.appeal.kind] += 1
    parts = "、".join(f"{kind.label}{count}件" for kind, count in kinds.items())
    states = [(state, sum(row.appeal.state is state for row in rows)) for state in AppealState]
    order = sorted(states, key=lambda item: item[0] is AppealState.OPEN)
    return f"共收到{parts}，其中{'、'.join(f'{state.label}{count}件' for state, count in order if count)}。"


def _adjustments_text(view: YearView) -> str:
    rows = adjustment_rows(view)
    if not rows:
        return "没有调整得分。"
    of_appeals = sum(row.appeal is not None for row in rows)
    appealed = f"，其中因采纳申诉、异议调整{of_appeals}项" if of_appeals else ""
    return f"共调整指标得分{len(rows)}项{appealed}。原填报、评分不作改动，调整另行记录。"


def _moved_text(view: YearView) -> str:
    moved = moved_units(view)
    if not moved:
        return "没有单位的总分、名次或等次因调整而改变。"
    grades = sum(item.before.grade != item.after.grade for item in moved)
    changed = f"，其中等次改变{grades}个" if grades else "，等次都没有改变"
    return f"{len(moved)}个单位的总分、名次或等次因调整而改变{changed}。"


def _seconds_text(view: YearView) -> str:
    if not view.facts.review.second_scores:
        return "没有登记复评得分。"
    return "领导小组办公室所在单位由考核办评分的指标，另请人复评，所得分数用于对照，不直接计入得分。"


def _signatures() -> Fields:
    return Fields((("复核人", ""), ("审核人", ""), ("负责人", "")), tall=True)


def _seal_notes(view: YearView) -> list[str]:
    """On seals that were undone and what is computed otherwise today; the digest itself stands at every page's foot."""
    texts = seal_texts(view)
    return texts[1:] if view.seal else texts
