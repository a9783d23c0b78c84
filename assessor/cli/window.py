"""Opens the window."""

from __future__ import annotations

import argparse

from assessor.cli.verb import file_name
from assessor.machine import check_window_possible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=file_name,
        nargs="?",
        metavar="工作簿",
        help="工作簿文件；不写则打开上次的工作簿，第一次使用时可选择示例或新建",
    )


def run(options: argparse.Namespace) -> int:
    check_window_possible()
    from assessor.ui.app import run as run_window

    return run_window(options.file)
