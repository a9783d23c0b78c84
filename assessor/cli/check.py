"""`check`: everything that is wrong with a workbook, and where; with ``--salvage``, saves what is readable of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, with_password
from assessor.cli.verb import Verb, file_name

WRONG = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument(
        "--salvage", type=file_name, metavar="新工作簿", help="把读得出的数据抢救到这个新文件，原文件不动"
    )


def run(options: argparse.Namespace) -> int:
    """0 where nothing is wrong, else 1; of a salvage, 0 where nothing is missing or uncertain."""
    if options.salvage:
        return with_password(options, lambda password: _salvage(options.file, options.salvage, password))
    return with_password(options, lambda password: _check(options.file, password))


def _check(path: Path, password: str | None) -> int:
    from assessor.workbook.check import check_workbook

    report = check_workbook(path, password)
    for finding in report.findings:
        place = f"{finding.place}：" if finding.place else ""
        say(f"{finding.kind.label}：{place}{finding.what}")
        if finding.remedy:
            say(f"  处理办法：{finding.remedy}")
    if report.findings:
        complain(f"{path} 有 {len(report.findings)} 个问题")
        return WRONG
    counts = report.counts
    say(
        f"{path} 没有发现问题：数据 {counts.rows} 行，修改历史 {counts.edits} 次，"
        f"定稿 {counts.seals} 次，佐证文件 {counts.files} 个"
    )
    return 0


def _salvage(path: Path, new: Path, password: str | None) -> int:
    from assessor.workbook.salvage import salvage

    result = salvage(path, new, password=password)
    for item in result.items:
        say(str(item))
    say(f"已写 {new}：数据 {result.rows} 行，修改历史 {result.edits} 次")
    if result.edits_lost != 0:
        lost = "有一部分" if result.edits_lost is None else f"有 {result.edits_lost} 次"
        complain(f"提醒：修改历史{lost}没有带入")
    if not result.is_complete:
        complain("提醒：有数据没有找回，或可能不是最新的，见上")
        return WRONG
    return 0


VERB = Verb("check", "检查工作簿：文件、数据、修改历史、定稿和佐证文件", add_arguments, run)
