"""`year`: a new year in a workbook, copied from one before or made of the plan."""

from __future__ import annotations

import argparse

from assessor.cli.console import say
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    parser.add_argument("--new", type=int, required=True, metavar="年度", help="要新建的年度，例如 2026")
    source = "从哪个年度复制；不写则复制此前最近的一个年度，没有时按实施方案和默认细则新建"
    parser.add_argument("--from", type=int, dest="source", metavar="年度", help=source)
    parser.add_argument("--operator", required=True, metavar="姓名", help="操作员姓名，记入修改历史")


def run(options: argparse.Namespace) -> int:
    from assessor.domain.year_copy import next_header, year_before
    from assessor.exchange.scheme_file import default_schemes
    from assessor.workbook.assignments import load_assignments
    from assessor.workbook.creation import add_year_from_plan
    from assessor.workbook.plans import load_plan
    from assessor.workbook.settings import load_settings
    from assessor.workbook.workbook import Workbook
    from assessor.workbook.year_copying import copy_year
    from assessor.workbook.years import list_years, load_year

    to = options.new
    with Workbook.open(options.file, operator=options.operator) as workbook:
        before = year_before(list_years(workbook), to)
        source = options.source or (before.year if before else None)
        with workbook.edit(f"新建 {to} 年度") as edit:
            if source is None:
                sample = load_settings(edit).is_sample
                add_year_from_plan(edit, load_plan(edit), default_schemes(), to, is_sample=sample)
            else:
                copy_year(edit, source, next_header(load_year(edit, source), to))
        parts = load_assignments(workbook, to)
    origin = f"{source} 年度" if source is not None else "实施方案"
    say(f"已从{origin}新建 {to} 年度：{len({part.unit for part in parts})} 个单位，{len(parts)} 项任务分解")
    return 0


VERB = Verb("year", "新建一个年度：复制以前的年度，或按实施方案", add_arguments, run)
