"""`year`: a new year in a workbook, copied from one before or made of the plan."""

from __future__ import annotations

import argparse

from assessor.cli.console import say
from assessor.cli.opening import add_password, opened
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument("--new", type=int, required=True, metavar="年度", help="要新建的年度，例如 2026")
    source = "从哪个年度复制；不写则复制此前最近的一个年度，没有时按实施方案和默认细则新建"
    parser.add_argument("--from", type=int, dest="source", metavar="年度", help=source)
    parser.add_argument("--operator", required=True, metavar="姓名", help="操作员姓名，记入修改历史")


def run(options: argparse.Namespace) -> int:
    from assessor.domain.year_copy import year_before
    from assessor.exchange.scheme_file import default_schemes
    from assessor.workbook.assignments import load_assignments
    from assessor.workbook.new_year import make_year, suggested_header
    from assessor.workbook.years import list_years

    to = options.new
    with opened(options, operator=options.operator) as workbook:
        before = year_before(list_years(workbook), to)
        source = options.source or (before.year if before else None)
        with workbook.edit(f"新建 {to} 年度") as edit:
            make_year(edit, suggested_header(edit, to, source), source, default_schemes())
        parts = load_assignments(workbook, to)
    origin = f"{source} 年度" if source is not None else "实施方案"
    say(f"已从{origin}新建 {to} 年度：{len({part.unit for part in parts})} 个单位，{len(parts)} 项任务分解")
    return 0


VERB = Verb("year", "新建一个年度：复制以前的年度，或按实施方案", add_arguments, run)
