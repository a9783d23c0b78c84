"""`password`: sets, changes or removes the password of a workbook, its evidence and its backups."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, ask, can_ask, read_password
from assessor.cli.verb import Verb, file_name
from assessor.errors import InputError, MachineError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--set", dest="what", action="store_const", const="set", help="给没有密码的工作簿设置密码")
    what.add_argument("--change", dest="what", action="store_const", const="change", help="更改密码")
    what.add_argument("--remove", dest="what", action="store_const", const="remove", help="解除密码")
    add_password(parser, "读密码：--set 一行新密码，--change 两行（原密码、新密码），--remove 一行原密码")
    parser.add_argument("--operator", metavar="姓名", help="操作员姓名，记入修改历史")


def run(options: argparse.Namespace) -> int:
    from assessor.workbook.driver import require_installed
    from assessor.workbook.password import NO_RECOVERY, change_password, remove_password, set_password
    from assessor.workbook.workbook import OPERATOR

    require_installed()
    path, operator = options.file, options.operator or OPERATOR
    if options.what == "set":
        complain(f"提醒：{NO_RECOVERY}")
        made, done = set_password(path, _new(options), operator=operator), "已设置密码"
    elif options.what == "change":
        old = _present(options)
        complain(f"提醒：{NO_RECOVERY}")
        made, done = change_password(path, old, _new(options), operator=operator), "已更改密码"
    else:
        made, done = remove_password(path, _present(options), operator=operator), "已解除密码"
    say(f"{done}：{path}，连同 {made.backups} 个备份和 {made.evidence} 个佐证文件")
    for item in made.left:
        complain(f"提醒：没有转换，保持原样：{item}")
    return 0


def _present(options: argparse.Namespace) -> str:
    return read_password() if options.password_stdin else _asked("原密码：")


def _new(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return read_password()
    new = _asked("新密码：")
    if new != _asked("再输入一次新密码："):
        raise InputError("两次输入的新密码不一样，没有改动", remedy="请重新运行命令")
    return new


def _asked(prompt: str) -> str:
    if not can_ask():
        raise MachineError("这里不能询问密码（标准输入不是终端）", remedy="请加 --password-stdin，从标准输入送入密码")
    return ask(prompt)


VERB = Verb("password", "设置、更改或解除工作簿的密码，备份和佐证文件一起转换", add_arguments, run)
