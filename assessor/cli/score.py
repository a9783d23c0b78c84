"""`score`: a year's results as a table to read or as JSON with every leaf, its inputs and its sentence."""

from __future__ import annotations

import argparse
import json

from assessor.cli.console import complain, say
from assessor.cli.opening import opened
from assessor.cli.text_table import format_table
from assessor.cli.verb import Verb, add_workbook_and_year
from assessor.domain.results import GroupResult, UnitResult, YearResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON，含每项得分的依据和来源")


def run(options: argparse.Namespace) -> int:
    from assessor.exchange.score_json import year_as_json
    from assessor.workbook.views import load_view

    with opened(options, read_only=True) as workbook:
        view = load_view(workbook, options.year)
    result = view.result
    if view.recomputed:
        complain(f"提醒：以现行计分程序重算，有 {len(view.recomputed)} 处与定稿结果不同；所列为定稿结果")
    if options.json:
        say(json.dumps(year_as_json(result), ensure_ascii=False, indent=1))
    else:
        say(describe(result))
    return 0


def describe(result: YearResult) -> str:
    title = f"{result.year.year} 年度考核得分"
    notes = ["（示例数据）"] if result.year.is_sample else []
    notes += [] if result.year.collection_closed else ["（收集未截止，暂估）"]
    return "\n\n".join([title + "".join(notes), *(_describe_group(group) for group in result.groups)])


def _describe_group(group: GroupResult) -> str:
    categories = group.scheme.categories
    head = ["名次", "单位", *(category.title for category in categories)]
    head += ["基础分", "加分", "扣分", "总分", "等次", "说明"]
    lines = [group.group.title, format_table(head, [_row(unit) for unit in group.units], left=(1, len(head) - 1))]
    return "\n".join([*lines, *(f"提醒：{warning}" for warning in group.warnings)])


def _row(unit: UnitResult) -> list[str]:
    if unit.exempt:
        blank = ["-"] * (len(unit.categories) + 5)
        return ["-", unit.unit.short_name, *blank, f"不参评：{unit.exempt}"]
    parts = [item.contribution_text for item in unit.categories]
    remarks = [f"暂估，{len(unit.pending)} 项待评"] if unit.provisional else []
    remarks += [unit.unranked] if unit.unranked else []
    remarks += [veto.title for veto in unit.vetoes]
    return [
        str(unit.rank or "-"),
        unit.unit.short_name,
        *parts,
        str(unit.base),
        str(unit.bonus),
        str(unit.deduction),
        str(unit.total),
        unit.grade or "-",
        "；".join(remarks),
    ]


VERB = Verb("score", "计算一个年度的得分、名次和等次", add_arguments, run)
