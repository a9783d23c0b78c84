"""`rehearse`: a year's facts scored by another scheme, beside what they are scored by."""

from __future__ import annotations

import argparse
import json

from assessor.cli.console import complain, say
from assessor.cli.opening import opened
from assessor.cli.text_table import format_table
from assessor.cli.verb import Verb, add_workbook_and_year, file_name
from assessor.domain import rehearsal_words as words
from assessor.domain.rehearsal import Decisive, Rehearsal, UnitMove
from assessor.domain.wording import percent_text
from assessor.errors import SchemeError

_MOST_DECISIVE = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument(
        "--scheme", type=file_name, required=True, metavar="细则", help="试算用的细则文件（.toml 或 .xlsx）"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON，含每个单位各指标的变化")


def run(options: argparse.Namespace) -> int:
    from assessor.domain.rehearsal import rehearse
    from assessor.domain.scheme_check import check_scheme
    from assessor.exchange.rehearsal_json import rehearsal_as_json
    from assessor.exchange.scheme_intake import take_in
    from assessor.workbook.facts import load_facts

    intake = take_in(options.scheme)
    if intake.scheme is None:
        first = intake.faults[0]
        place = f"{options.scheme.name} {first.place}"
        remedy = f"{first.remedy}；全部错误用 scheme-check 列出"
        raise SchemeError(first.what, place=place, remedy=remedy)
    with opened(options, read_only=True) as workbook:
        facts = load_facts(workbook, options.year)
    found = rehearse(facts, intake.scheme)
    faults = len(check_scheme(intake.scheme).faults)
    if faults:
        complain(f"提醒：{options.scheme.name} 有 {faults} 个错误，试算结果只供参考；用 scheme-check 列出")
    if options.json:
        say(json.dumps(rehearsal_as_json(options.year, found), ensure_ascii=False, indent=1))
    else:
        say(describe(found, options.year, is_sample=facts.year.is_sample))
    return 0


def describe(found: Rehearsal, year: int, *, is_sample: bool) -> str:
    title = f"{year} 年度 {found.after.group.title} 试算{'（示例数据）' if is_sample else ''}"
    heading = f"{title}\n现行《{found.before.scheme.title}》，试算《{found.after.scheme.title}》"
    head = ["单位", "现行总分", "试算总分", "增减", "现名次", "试算名次", "升降", "现等次", "试算等次", "来自"]
    table = format_table(head, [_row(move) for move in found.units], left=(0, 7, 8, 9))
    decisive = [item for item in found.decisive if item.after or item.before][:_MOST_DECISIVE]
    shares = format_table(["起决定作用的指标", "现行", "试算"], [_share(item) for item in decisive], left=(0,))
    parts = [heading, table, shares if decisive else "", words.summary_text(found) + words.left_out_text(found)]
    return "\n\n".join(filter(None, parts))


def _row(move: UnitMove) -> list[str]:
    before, after = move.before, move.after
    return [
        move.unit.short_name,
        words.total_text(before),
        words.total_text(after),
        words.gain_text(move),
        before.rank_text,
        after.rank_text,
        words.rank_text(move),
        words.grade_text(before),
        words.grade_text(after),
        words.causes_text(move),
    ]


def _share(item: Decisive) -> list[str]:
    shares = [words.NONE if share is None else percent_text(share) for share in (item.before, item.after)]
    return [f"{item.indicator.code} {item.indicator.title}", *shares]


VERB = Verb("rehearse", "试算：用另一份细则给一个年度计分，比较总分、名次和等次", add_arguments, run)
