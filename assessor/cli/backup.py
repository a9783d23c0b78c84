"""`backup`: one backup of a workbook, checked in full, also while the window has it open."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, with_password
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument("--to", type=file_name, metavar="文件夹", help="放备份的文件夹；不写则放在设定的备份文件夹")
    parser.add_argument("--label", default="", metavar="说明", help="写进文件名的几个字，例如 初评后")


def run(options: argparse.Namespace) -> int:
    from assessor.errors import OutputError
    from assessor.workbook.backup import backup_workbook
    from assessor.workbook.backup_names import Reason
    from assessor.workbook.evidence_source import size_text

    if options.to is not None and not options.to.is_dir():
        raise OutputError("文件夹不存在", place=str(options.to), remedy="请先新建这个文件夹，或换一个已有的文件夹")
    made = with_password(
        options,
        lambda password: backup_workbook(
            options.file, Reason.MANUAL, options.label, folder=options.to, password=password
        ),
    )
    if made is not None:
        if made.note:
            complain(f"提醒：{made.note}")
        say(f"已备份并检查：{made.path}（{size_text(made.size)}）")
    return 0


VERB = Verb("backup", "备份工作簿，并检查备份", add_arguments, run)
