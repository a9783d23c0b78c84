"""`report`: one PDF document of a year."""

from __future__ import annotations

import argparse
from datetime import date

from assessor.cli.console import say
from assessor.cli.opening import opened
from assessor.cli.verb import Verb, add_workbook_and_year, file_name, signing_date
from assessor.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from assessor.reports import REPORTS

    add_workbook_and_year(parser)
    kinds = "，".join(f"{report.kind} {report.title}" for report in REPORTS.values())
    parser.add_argument("--kind", required=True, choices=tuple(REPORTS), help=f"文件种类：{kinds}")
    parser.add_argument("--unit", metavar="单位", help="单位名称或简称；反馈单（unit）必填")
    parser.add_argument("--out", type=file_name, required=True, metavar="PDF文件", help="要写的 PDF 文件")
    parser.add_argument("--date", type=signing_date, metavar="日期", help="成文日期，如 2025-01-15；不写则为今天")
    parser.add_argument("--with-robustness", action="store_true", help="考核结果报告附上名次稳健性分析")


def run(options: argparse.Namespace) -> int:
    from assessor.domain.unit_names import find_unit
    from assessor.reports import REPORTS, write_report
    from assessor.work import Work
    from assessor.workbook.views import load_view

    report = REPORTS[options.kind]
    if report.needs_unit and not options.unit:
        raise InputError(f"{report.title}要写明单位", place="--unit", remedy="请写明，例如 --unit 市教体局")
    if options.unit and not report.needs_unit:
        raise InputError(f"{report.title}不分单位", place="--unit", remedy="请去掉 --unit")
    if options.with_robustness and report.compose_with_robustness is None:
        what = f"{report.title}没有稳健性附件"
        raise InputError(what, place="--with-robustness", remedy="请去掉 --with-robustness")
    with opened(options, read_only=True) as workbook:
        view = load_view(workbook, options.year)
    unit = find_unit(view.plan.units, options.unit).code if options.unit else None
    signed_on = options.date or date.today()  # noqa: DTZ011 - the office's own calendar day
    log = write_report(
        options.kind,
        view,
        options.out,
        unit=unit,
        signed_on=signed_on,
        with_robustness=options.with_robustness,
        work=Work(),
    )
    say(f"已写 {options.out}：{log.pages} 页，字体 {'、'.join(log.faces)}")
    if log.missing:
        say(f"提醒：这些字没有字形，未能印出：{'、'.join(log.missing)}")
    return 0


VERB = Verb("report", "把一个年度的考核文件写成 PDF", add_arguments, run)
