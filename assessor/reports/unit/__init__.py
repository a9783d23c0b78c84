"""考核结果反馈单: one unit's result with its full score sheet, to be checked, signed for, or objected to."""

from __future__ import annotations

from datetime import date

from assessor.domain.bridge_table import bridge_of
from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.year_view import YearView
from assessor.reports.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Body,
    Document,
    Fields,
    Heading,
    Signature,
    Table,
    closed,
)
from assessor.reports.sealing import foot_line, seal_sentence, seal_texts
from assessor.reports.unit.headline import category_table, headline
from assessor.reports.unit.score_sheet import entry_texts, lost_leaves, score_table, task_table
from assessor.reports.validity import SAMPLE_SENTENCE, running_head, scheme_name
from assessor.reports.wording import amount, numeral, points, sentence


def compose(view: YearView, unit: str, signed_on: date) -> Document:
    """Raises InputError where the year does not have the unit."""
    group, result = view.assessed_unit(unit)
    sheets = [] if result.exempt else _sheets(view, group, result)
    body: list[Block] = [Body(_opening(view, group, result)), *headline(group, result)]
    if not result.exempt:
        body += _sections(view, group, result)
    body += map(Body, seal_texts(view, unit))
    body.append(Body(_objection(view, result)))
    titles = tuple("".join(start.title) for start, _table in sheets)
    letter = closed(body, AttachmentList(titles), Signature(view.plan.office, signed_on))
    year = view.year.year
    return Document(
        title=(f"{view.plan.city}{year}年度全民科学素质工作", "考核结果反馈单"),
        subtitle="（暂估，非正式结果）" if _is_provisional(view, result) else "",
        addressee=result.unit.name,
        blocks=(*letter, _receipt(result), *(block for sheet in sheets for block in sheet)),
        subject=f"{result.unit.name}{year}年度全民科学素质工作考核结果",
        author=view.plan.office,
        keywords=("全民科学素质", "年度考核", str(year), result.unit.short_name),
        signed_on=signed_on,
        running_head=running_head(view),
        foot=foot_line(view),
    )


def _is_provisional(view: YearView, result: UnitResult) -> bool:
    return result.provisional or not view.year.collection_closed


def _opening(view: YearView, group: GroupResult, result: UnitResult) -> str:
    year = view.year
    text = (
        f"依据{scheme_name(group)}，现将你单位（{group.group.title}组）"
        f"{year.year}年度全民科学素质工作考核结果反馈如下。{seal_sentence(view)}"
    )
    if view.is_sample:
        text += SAMPLE_SENTENCE
    if _is_provisional(view, result):
        reason = f"{len(result.pending)}项指标待评" if result.pending else "填报收集尚未截止"
        text += f"截至成文之日，{reason}，所列得分为已知部分的暂估，不作为正式考核结果。"
    return text


def _sections(view: YearView, group: GroupResult, result: UnitResult) -> list[Block]:
    parts: list[tuple[str, list[Block]]] = []
    if view.previous is not None:
        parts.append(("与上年相比", [Body(_comparison(view, result))]))
    entries = entry_texts(result, group.scheme.decimals)
    if entries:
        parts.append(("加扣分、一票否决和复核调整", [*_numbered(entries)]))
    lost = lost_leaves(result)
    if lost:
        items = "；".join(
            f"{leaf.indicator.title}（{amount(leaf.indicator.points)}分）得{points(leaf.score)}分" for leaf in lost
        )
        parts.append(("失分较多的指标", [Body(f"按失分由多到少依次为：{items}。")]))
    parts.append(("核对和异议", []))
    blocks: list[Block] = [category_table(group, result)]
    for number, (title, content) in enumerate(parts, start=1):
        blocks += [Heading(1, f"{numeral(number)}、{title}"), *content]
    return blocks


def _comparison(view: YearView, result: UnitResult) -> str:
    """Why the total is another than last year's, or why that cannot be said."""
    row = bridge_of(view, result.unit.code)
    if row.bridge is None:
        return f"{row.reason}，不与上年比较。"
    meaning = (
        "工作成效是两年相同的指标上得分比例和加扣分的变化，细则变化是分值、指标或评分规则的调整，"
        "承担范围是任务和指标由不涉及变为涉及或相反；三项相加即总分之差。"
    )
    return f"{sentence(row.sentence)}{meaning}"


def _numbered(texts: list[str]) -> list[Body]:
    return [Body(f"{number}. {text}" if len(texts) > 1 else text) for number, text in enumerate(texts, start=1)]


def _objection(view: YearView, result: UnitResult) -> str:
    check = "" if result.exempt else "请核对所列结果和附件中的得分依据。"
    us = "我办" if view.plan.office.endswith("办公室") else "我单位"
    return f"{check}如有异议，请在规定期限内向{us}书面提出，写明指标和理由，并附佐证材料。"


def _receipt(result: UnitResult) -> Fields:
    return Fields(
        (
            ("单位（盖章）", ""),
            ("核对意见", "□ 无异议　□ 有异议"),
            ("填报人", ""),
            ("联系电话", ""),
            ("单位负责人", ""),
            ("签收日期", "　　年　　月　　日"),
        ),
        rows=(2, 2, 2),
        caption=f"签收回执（{result.unit.name}）",
        tall=True,
    )


def _sheets(view: YearView, group: GroupResult, result: UnitResult) -> list[tuple[Attachment, Table]]:
    name = f"{result.unit.name}{view.year.year}年度"
    facts = next(item for part in view.facts.groups for item in part.units if item.unit.code == result.unit.code)
    tables = [("评分表", score_table(group, result, facts, f"表2　{name}评分表"))]
    tasks = task_table(result, facts, f"表3　{name}任务评分明细")
    if tasks is not None:
        tables.append(("任务评分明细", tasks))
    return [
        (Attachment(f"附件{number}" if len(tables) > 1 else "附件", (title,), landscape=True), table)
        for number, (title, table) in enumerate(tables, start=1)
    ]
