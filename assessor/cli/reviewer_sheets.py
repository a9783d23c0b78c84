"""`reviewer-sheets`, `import-marks`: sheets for the reviewers to fill in, and filled ones taken in."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, opened
from assessor.cli.verb import Verb, add_workbook_and_year, file_name
from assessor.errors import InputError
from assessor.work import Work


def _add_issue_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument("--out", type=file_name, required=True, metavar="文件夹", help="评分表写到哪个文件夹")


def _issue(options: argparse.Namespace) -> int:
    from assessor.exchange.reviewer_sheet import issue_sheets, sheets_of

    with opened(options, read_only=True) as workbook:
        sheets = sheets_of(workbook, options.year)
    for path in issue_sheets(sheets, options.out, Work()):
        say(f"已写成 {path}")
    return 0


def _add_import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument(
        "sheets", type=file_name, nargs="+", metavar="评分表", help="填好的评委评分表（.xlsx），可以多个"
    )
    parser.add_argument("--replace", action="store_true", help="与已有评分不同的，以评分表为准")


def _import(options: argparse.Namespace) -> int:
    from assessor.exchange.reviewer_sheet import import_sheets, read_sheets

    with opened(options) as workbook:
        batch = read_sheets(workbook, None, options.sheets, Work())
        outcome = batch.outcome
        for note in outcome.notes:
            complain(f"提醒：{note}")
        if outcome.faults:
            listed = "\n".join(map(str, outcome.faults))
            what = f"有 {len(outcome.faults)} 处问题，一个评分也没有导入：\n{listed}"
            raise InputError(what, remedy="请改正后再导入")
        if outcome.replaced and not options.replace:
            listed = "\n".join(item.words for item in outcome.replaced)
            what = f"有 {len(outcome.replaced)} 个评分与已有的不同，没有导入：\n{listed}"
            raise InputError(what, remedy="以评分表为准的，请加 --replace 再导入")
        import_sheets(workbook, batch, Work())
    say(f"已导入 {batch.year} 年度评委评分：{outcome.words}")
    return 0


ISSUE = Verb("reviewer-sheets", "给每位评委发一份评分表（.xlsx）", _add_issue_arguments, _issue)
IMPORT = Verb("import-marks", "导入填好的评委评分表", _add_import_arguments, _import)
