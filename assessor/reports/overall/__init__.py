"""考核结果报告: the year's assessment report to the leading group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from assessor.domain.year_view import YearView
from assessor.errors import InputError
from assessor.reports.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Chart,
    Document,
    Heading,
    Signature,
    Table,
    closed,
)
from assessor.reports.overall.lists_attachment import adjustments_table, awaited_table, entries_table
from assessor.reports.overall.opening import opening, organisation_section
from assessor.reports.overall.problems import problems_section
from assessor.reports.overall.progress import progress_section
from assessor.reports.overall.proposals import proposals_section
from assessor.reports.overall.ranking import fits_upright, ranking_section, ranking_table
from assessor.reports.overall.robustness_attachment import TITLE as ROBUSTNESS_TITLE
from assessor.reports.overall.robustness_attachment import robustness_attachment
from assessor.reports.overall.rules_attachment import rules_attachment
from assessor.reports.overall.summary import summary_section
from assessor.reports.sealing import foot_line
from assessor.reports.validity import running_head, subtitle
from assessor.reports.wording import numeral


def compose(view: YearView, signed_on: date, *, with_robustness: bool = False) -> Document:
    """``with_robustness``: with the attachment that analyses how firm the ranking is. Raises InputError where the year
    has no unit to report on."""
    if not all(group.units for group in view.result.groups) or not view.result.groups:
        empty = "、".join(group.group.title for group in view.result.groups if not group.units) or "本年度"
        raise InputError(f"{empty}没有考核单位，不能出考核结果报告", remedy="请检查实施方案中各单位的组别和起止年份")
    groups = len(view.result.groups)
    body = _numbered(
        (
            *opening(view),
            *organisation_section(view),
            *summary_section(view),
            *ranking_section(view),
            *progress_section(view, first_table=groups + 2, first_chart=groups + 1),
            *problems_section(view),
            *proposals_section(view),
        )
    )
    found = _attachments(view, first_table=1 + _count(body, Table))
    if with_robustness:
        table = 1 + _count(body, Table) + sum(_count(content, Table) for _title, _landscape, content in found)
        analysis = robustness_attachment(view, table, 1 + _count(body, Chart))
        found += [(ROBUSTNESS_TITLE, False, analysis)] if analysis else []
    attachments = [
        (Attachment(f"附件{number}", (title,), landscape), content)
        for number, (title, landscape, content) in enumerate(found, start=1)
    ]
    titles = tuple("".join(start.title) for start, _content in attachments)
    report = closed(body, AttachmentList(titles), Signature(view.plan.office, signed_on))
    pages: list[Block] = [block for start, content in attachments for block in (start, *content)]
    year = view.year.year
    return Document(
        title=(f"{view.plan.city}{year}年度全民科学素质工作", "考核结果报告"),
        subtitle=subtitle(view),
        addressee=view.plan.addressee,
        blocks=(*report, *pages),
        subject=f"{year}年度全民科学素质工作考核结果",
        author=view.plan.office,
        keywords=("全民科学素质", "年度考核", str(year), *(group.group.title for group in view.result.groups)),
        signed_on=signed_on,
        running_head=running_head(view),
        foot=foot_line(view),
    )


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Headings of the first level get their numbers, whichever sections a year has."""
    numbers = count(1)
    return [
        replace(block, text=f"{numeral(next(numbers))}、{block.text}")
        if isinstance(block, Heading) and block.level == 1
        else block
        for block in blocks
    ]


def _count(blocks: Sequence[Block], kind: type[Table] | type[Chart]) -> int:
    return sum(isinstance(block, kind) for block in blocks)


def _attachments(view: YearView, first_table: int) -> list[tuple[str, bool, list[Block]]]:
    """Those that have something to say: title, whether it is landscape, what it says."""
    found: list[tuple[str, bool, list[Block]]] = []
    table = first_table
    crowded = [group for group in view.result.groups if not fits_upright(group)]
    if crowded:
        tables: list[Block] = [
            ranking_table(group, f"表{number}　{group.group.title}得分汇总", wide=True)
            for number, group in enumerate(crowded, start=table)
        ]
        found.append(("得分汇总表", True, tables))
        table += len(crowded)
    found.append(("计分规则与取整约定", False, rules_attachment(view, table)))
    table += len(view.result.groups)
    lists: tuple[tuple[str, str, Callable[[YearView, str], Table | None]], ...] = (
        ("加扣分与一票否决清单", "加分、扣分和一票否决事项", entries_table),
        ("复核调整清单", "经复核、申诉调整的得分", adjustments_table),
        ("未报和退回待报清单", "未报和退回待报的填报表", awaited_table),
    )
    for title, caption, make in lists:
        block = make(view, f"表{table}　{caption}")
        if block is not None:
            found.append((title, False, [block]))
            table += 1
    return found
