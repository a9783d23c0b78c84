"""`pack`: a workbook with its evidence in one file, to hand on or to keep."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.opening import add_password, opened
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument(
        "out", type=file_name, nargs="?", metavar="包", help="要写的包（.assess.zip）；不写则放在工作簿旁边"
    )
    parser.add_argument("--allow-missing", action="store_true", help="有佐证文件缺失或被改动时也导出，并在清单中列出")


def run(options: argparse.Namespace) -> int:
    from assessor.exchange.pack import default_pack_path, pack
    from assessor.work import Work

    out = options.out or default_pack_path(options.file)
    with opened(options, read_only=True) as workbook:
        packed = pack(workbook, out, Work(), allow_missing=options.allow_missing)
    for item in packed.missing:
        complain(f"提醒：包中没有 {item.place}的“{item.file.name}”")
    say(f"已导出 {packed.path}：工作簿和 {packed.files} 个佐证文件")
    return 0


VERB = Verb("pack", "把工作簿和佐证文件打成一个包", add_arguments, run)
