"""`history`: who changed what and when, newest first, as a table to read or as JSON with every cell."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from assessor.cli.console import say
from assessor.cli.opening import add_password, opened
from assessor.cli.text_table import format_table
from assessor.cli.verb import Verb, file_name, signing_date
from assessor.errors import InputError

if TYPE_CHECKING:
    from assessor.workbook.history_list import HistoryEntry, HistoryQuery
    from assessor.workbook.row_words import Names
    from assessor.workbook.workbook import Workbook

_LIMIT = 50
_NAMED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument("--year", type=int, metavar="年度", help="只看这个年度的数据")
    parser.add_argument("--unit", metavar="单位", help="只看这个单位：代码、全称或简称")
    parser.add_argument("--operator", metavar="操作员", help="只看这个人的修改")
    parser.add_argument("--from", dest="first_day", type=signing_date, metavar="日期", help="从这一天起")
    parser.add_argument("--to", dest="last_day", type=signing_date, metavar="日期", help="到这一天止")
    parser.add_argument("--limit", type=_count, default=_LIMIT, metavar="次数", help=f"最多列出几次修改，默认 {_LIMIT}")
    parser.add_argument("--json", action="store_true", help="输出 JSON，含每项数据的原值和新值")


def run(options: argparse.Namespace) -> int:
    from assessor.work import Work
    from assessor.workbook.history_lines import history_lines
    from assessor.workbook.history_list import HistoryQuery, list_entries
    from assessor.workbook.row_words import load_names

    with opened(options, read_only=True) as workbook:
        query = HistoryQuery(
            year=options.year,
            unit=_unit_code(workbook, options.unit),
            operator=options.operator,
            first_day=options.first_day,
            last_day=options.last_day,
        )
        if options.json:
            lines = [asdict(line) for line in history_lines(workbook, query, Work(), limit=options.limit)]
            say(json.dumps(lines, ensure_ascii=False, indent=1))
        else:
            entries = list_entries(workbook, query, limit=options.limit)
            say(describe(entries, load_names(workbook), _more(workbook, query, entries)))
    return 0


def describe(entries: tuple[HistoryEntry, ...], names: Names, has_more: bool) -> str:
    from assessor.workbook.history_lines import status_of, time_words

    if not entries:
        return "没有符合条件的修改"
    head = ("序号", "时间", "操作员", "修改", "范围", "单位", "行数", "状态")
    rows = [
        (
            str(entry.record.number),
            time_words(entry),
            entry.record.operator,
            entry.record.label,
            "、".join(area.value for area in entry.areas),
            _units(entry, names),
            str(entry.rows),
            status_of(entry),
        )
        for entry in entries
    ]
    table = format_table(head, rows, left=(1, 2, 3, 4, 5, 7))
    return f"{table}\n还有更早的修改，用 --limit 多列一些" if has_more else table


def _units(entry: HistoryEntry, names: Names) -> str:
    named = "、".join(names.units.get(code, code) for code in entry.units[:_NAMED])
    return f"{named}等 {len(entry.units)} 个单位" if len(entry.units) > _NAMED else named


def _more(workbook: Workbook, query: HistoryQuery, entries: tuple[HistoryEntry, ...]) -> bool:
    from assessor.workbook.history_list import list_entries

    return bool(entries) and bool(list_entries(workbook, query, limit=1, before=entries[-1].record.number))


def _unit_code(workbook: Workbook, text: str | None) -> str | None:
    """Raises InputError where the workbook never had such a unit."""
    from assessor.workbook.plans import load_units

    if text is None:
        return None
    for unit in load_units(workbook):
        if text in (unit.code, *unit.names):
            return unit.code
    raise InputError(f"工作簿里没有单位“{text}”", remedy="请写单位的代码、全称或简称")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是正整数")
    return int(text)


VERB = Verb("history", "列出修改历史：谁、何时、改了什么", add_arguments, run)
