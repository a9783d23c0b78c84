"""考核结果折算表: what the year's results are in the city's overall assessment, to be handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assessor.domain.conversion import Conversion
from assessor.domain.conversion_table import HEADINGS, GroupConversion, converted_groups, converted_texts
from assessor.domain.year_view import YearView
from assessor.reports import ReportLog, write_document
from assessor.reports.blocks import Align, Block, Body, Column, Document, Heading, Signature, Table, closed
from assessor.reports.sealing import foot_line, seal_sentence
from assessor.reports.validity import SAMPLE_SENTENCE, running_head, scheme_name, subtitle
from assessor.reports.wording import numeral, sentence
from assessor.work import Work

_TARGET = "全市高质量发展综合绩效考核"


def write_conversion(
    view: YearView, conversions: Mapping[str, Conversion], path: Path, *, signed_on: date, work: Work
) -> ReportLog:
    """``conversions``: by group. Raises InputError where they do not fit, and as ``write_document``."""
    return write_document(compose(view, conversions, signed_on), path, work)


def compose(view: YearView, conversions: Mapping[str, Conversion], signed_on: date) -> Document:
    """Raises InputError where settings do not fit a scheme."""
    year = view.year.year
    groups = converted_groups(view, conversions)
    body: list[Block] = [Body(_opening(view))]
    for number, group in enumerate(groups, start=1):
        title = group.group.group.title
        if len(groups) > 1:
            body.append(Heading(1, f"{numeral(number)}、{title}"))
        body += [Body(_basis(group)), _table(group, f"表{number}　{title}折算结果")]
    return Document(
        title=(f"{view.plan.city}{year}年度全民科学素质工作", "考核结果折算表"),
        subtitle=subtitle(view),
        addressee="",
        blocks=closed(body, Signature(view.plan.office, signed_on)),
        subject=f"{year}年度全民科学素质工作考核结果折算",
        author=view.plan.office,
        keywords=("全民科学素质", "年度考核", "折算", str(year)),
        signed_on=signed_on,
        running_head=running_head(view),
        foot=foot_line(view),
    )


def _opening(view: YearView) -> str:
    sample = SAMPLE_SENTENCE if view.is_sample else ""
    return (
        f"现将{view.year.year}年度全民科学素质工作考核结果折算为{_TARGET}得分，报送如下。{seal_sentence(view)}{sample}"
    )


def _basis(group: GroupConversion) -> str:
    left = sum(item.points is None for item in group.units)
    rest = f"{left}个单位不折算，原因见表。" if left else ""
    return f"总分依据{scheme_name(group.group)}计算。{sentence(group.sentence)}{rest}"


def _table(group: GroupConversion, caption: str) -> Table:
    columns = (
        Column("序号", 12, Align.CENTER),
        Column(HEADINGS[1], 32),
        Column(HEADINGS[2], 15, Align.RIGHT),
        Column(HEADINGS[3], 13, Align.RIGHT),
        Column(HEADINGS[4], 15, Align.CENTER),
        Column(HEADINGS[5], 16, Align.RIGHT),
        Column(HEADINGS[6], 53),
    )
    rows = tuple(
        (str(number), *converted_texts(item, group.group)[1:]) for number, item in enumerate(group.units, start=1)
    )
    return Table(caption, columns, rows, note="单位：分")
