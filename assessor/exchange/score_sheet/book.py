"""The whole book: its sheets in order, and what connects them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from assessor.domain.facts import GroupFacts
from assessor.domain.results import GroupResult
from assessor.domain.scoring import ENGINE_VERSION, group_context
from assessor.domain.seal import grouped
from assessor.domain.year_view import YearView
from assessor.exchange.score_sheet.checks import write_checks
from assessor.exchange.score_sheet.events import write_events
from assessor.exchange.score_sheet.forms import write_forms
from assessor.exchange.score_sheet.leaves import leaf_layout, write_leaves
from assessor.exchange.score_sheet.peers import comparing, peer_spans, write_peers
from assessor.exchange.score_sheet.tables import Styles, Table
from assessor.exchange.score_sheet.units import UnitTable, write_units
from assessor.work import Work

_CLOSED_ROW = 9
_FORBIDDEN = "[]:*?/\\'"
_LONGEST = 31
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes for the same year


def make_book(view: YearView, stream: BytesIO, work: Work) -> None:
    from xlsxwriter import Workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, options)
    book.set_properties({"title": f"{view.year.year} 年度计分表", "created": _MADE})
    book.set_calc_mode("auto")
    styles = Styles(book)
    about = Table("说明", book.add_worksheet("说明"), styles)
    checks = Table("核对", book.add_worksheet("核对"), styles)
    _write_about(about, view)
    closed = about.at(_CLOSED_ROW, 1)
    results = {group.group.code: group for group in view.result.groups}
    groups = [group for group in view.facts.groups if group.units]
    done = []
    for place, facts in enumerate(groups):
        work.step(place / len(groups), f"写入{facts.group.title}")
        result = results[facts.group.code]
        done.append((_write_group(book, styles, view, (facts, result), closed), result))
    write_checks(checks, done)
    checks.sheet.activate()
    book.close()


def _write_group(
    book: Any, styles: Styles, view: YearView, group: tuple[GroupFacts, GroupResult], closed: str
) -> UnitTable:
    facts, result = group
    names = {kind: _sheet_name(facts.group.title, kind) for kind in ("汇总", "明细", "填报", "加减分")}
    tables = {kind: Table(name, book.add_worksheet(name), styles) for kind, name in names.items()}
    titles = dict(view.facts.task_titles)
    forms = write_forms(tables["填报"], facts, view.year, titles, closed)
    events = write_events(tables["加减分"], facts)
    leaves = leaf_layout(tables["明细"], facts, forms, events, closed, peer_spans(facts, forms))
    units = UnitTable(tables["汇总"], facts, leaves, events)
    context = group_context(facts, view.year, titles)
    exempt = {unit.unit.code: units.exempt_cells(unit.unit.code) for unit in facts.units}
    write_leaves(leaves, facts, result, context, exempt)
    write_units(units, result)
    conditions = {
        (unit.unit.code, indicator.code): f'OR({exempt[unit.unit.code][0]}<>"",'
        f'{leaves.reason(unit.unit.code, indicator.code)}<>"")'
        for unit in facts.units
        for indicator in comparing(facts)
    }
    write_peers(facts, forms, view.year, conditions)
    return units


def _write_about(table: Table, view: YearView) -> None:
    seal = view.seal
    lines = [
        f"{view.plan.title}",
        f"{view.year.year} 年度计分表" + ("（示例数据，填报和评分都是虚构的）" if view.is_sample else ""),
        "本表把每一分的算法写成公式。改动黄色单元格，得分、名次和等次随之变化；改动只在本表，不影响工作簿。",
        "“核对”表列出公式结果与程序结果之差，改动以前全部为 0。",
        "“填报”“加减分”“明细”三类表是输入，“汇总”表是结果。数字 0、空白、“不涉及”、“未报”各有各的意思。",
        "公式只用 Excel 2007、WPS 表格和 LibreOffice 都有的函数。",
        f"计分程序版本 {ENGINE_VERSION}；"
        + (f"本年度已定稿，校验码 {grouped(seal.digest)}" if seal else "本年度未定稿"),
    ]
    table.put(0, 0, lines[0], "title")
    for row, line in enumerate(lines[1:], start=1):
        table.sheet.write_string(row, 0, line)
    table.put(_CLOSED_ROW, 0, "收集已截止（1 是，0 否）")
    table.put(_CLOSED_ROW, 1, int(view.year.collection_closed), "input")
    table.sheet.set_column(0, 0, 30)


def _sheet_name(group: str, kind: str) -> str:
    clean = "".join(sign for sign in group if sign not in _FORBIDDEN)
    return f"{clean[: _LONGEST - len(kind)]}{kind}"
