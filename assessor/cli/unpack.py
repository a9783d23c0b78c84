"""`unpack`: a workbook and its evidence out of a pack, after checking all of it."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, with_password
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=file_name, metavar="包", help="pack 或“导出完整工作簿”所写的包（.assess.zip）")
    add_password(parser)
    parser.add_argument("out", type=file_name, metavar="新工作簿", help="要写的工作簿（.assess），不能已存在")


def run(options: argparse.Namespace) -> int:
    from assessor.exchange.pack import unpack
    from assessor.work import Work

    unpacked = with_password(options, lambda word: unpack(options.pack, options.out, Work(), password=word))
    if unpacked.missing:
        complain(f"提醒：打包时就缺少 {unpacked.missing} 个佐证文件，可用 check 命令查看")
    say(f"已解开 {unpacked.path}：工作簿和 {unpacked.files} 个佐证文件，全部核对无误")
    return 0


VERB = Verb("unpack", "核对并解开一个包", add_arguments, run)
