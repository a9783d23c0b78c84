"""`sheet`: a year as a spreadsheet whose formulas compute every score anew."""

from __future__ import annotations

import argparse

from assessor.cli.console import say
from assessor.cli.opening import opened
from assessor.cli.verb import Verb, add_workbook_and_year, file_name
from assessor.work import Work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument("--out", type=file_name, required=True, metavar="文件", help="计分表文件（.xlsx）")


def run(options: argparse.Namespace) -> int:
    from assessor.exchange.score_sheet import write_score_sheet
    from assessor.workbook.views import load_view

    with opened(options, read_only=True) as workbook:
        view = load_view(workbook, options.year)
    write_score_sheet(view, options.out, Work())
    say(f"已写成 {options.out}")
    return 0


VERB = Verb("sheet", "导出带公式的计分表（.xlsx），改动数据即重算", add_arguments, run)
