"""`sample`: the sample workbook, made anew. Its submissions are made up and say so."""

from __future__ import annotations

import argparse

from assessor.cli.console import say
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=file_name, metavar="新工作簿", help="要新建的示例工作簿文件（.assess），不能已存在")


def run(options: argparse.Namespace) -> int:
    from sample_db.make_sample import build_sample

    build_sample(options.out)
    say(f"已生成示例工作簿 {options.out}（填报内容均为示例数据）")
    return 0


VERB = Verb("sample", "生成示例工作簿", add_arguments, run)
