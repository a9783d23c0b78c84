"""`restore`: a backup takes the place of the workbook, whose file is kept; with ``--list``, what backups there are."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, another_password, with_password
from assessor.cli.text_table import format_table
from assessor.cli.verb import Verb, file_name
from assessor.errors import InputError, WrongPasswordError

if TYPE_CHECKING:
    from assessor.workbook.restore import Restored


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    parser.add_argument("backup", type=file_name, nargs="?", metavar="备份", help="备份文件，或备份文件夹中的文件名")
    add_password(parser, "读一行作为工作簿的密码；备份的密码与它不同时再读一行")
    parser.add_argument("--list", action="store_true", help="列出这个工作簿的备份，不恢复")
    parser.add_argument("--operator", metavar="姓名", help="操作员姓名，记入修改历史")


def run(options: argparse.Namespace) -> int:
    if options.list:
        return _list(options.file)
    if options.backup is None:
        raise InputError("没有写明用哪个备份", place="restore", remedy="请写出备份文件，或用 --list 列出已有的备份")
    restored = with_password(options, lambda password: _restore(options, password))
    say(f"已恢复 {options.file}")
    if restored.kept is not None:
        what = "原来的文件已备份到" if restored.was_sound else "原来的文件已损坏，原样保存在"
        say(f"{what} {restored.kept}")
    return 0


def _restore(options: argparse.Namespace, password: str | None) -> Restored:
    """Asks for another password where the backup has one of its own."""
    from assessor.workbook.restore import restore
    from assessor.workbook.workbook import OPERATOR

    backup, operator = _found(options.file, options.backup), options.operator or OPERATOR
    try:
        return restore(options.file, backup, password=password, operator=operator)
    except WrongPasswordError as problem:
        own = another_password(options, "备份当时的密码：") if problem.place == str(backup) else None
        if own is None:
            raise
    return restore(options.file, backup, password=password, backup_password=own, operator=operator)


def _list(path: Path) -> int:
    from assessor.workbook.backup_list import list_backups
    from assessor.workbook.evidence_source import size_text

    backups = list_backups(path)
    if not backups:
        complain(f"{path} 还没有备份")
        return 0
    rows = [
        (
            backup.at.strftime("%Y-%m-%d %H:%M:%S"),
            backup.reason.value + ("" if backup.is_readable else "（不能用）"),
            backup.label,
            size_text(backup.size),
            str(backup.path),
        )
        for backup in backups
    ]
    say(format_table(("时间", "原因", "说明", "大小", "文件"), rows, left=(0, 1, 2, 4)))
    return 0


def _found(workbook: Path, backup: Path) -> Path:
    """A bare name is looked for among the workbook's backups, too."""
    if backup.exists() or backup.name != str(backup):
        return backup
    from assessor.workbook.backup_list import list_backups

    return next((known.path for known in list_backups(workbook) if known.path.name == backup.name), backup)


VERB = Verb("restore", "用备份恢复工作簿，现在的文件会保留", add_arguments, run)
