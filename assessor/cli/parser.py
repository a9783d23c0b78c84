"""The argument parser, speaking Chinese: usage, titles, and what is wrong with a command."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from assessor.cli.console import complain, say

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (\S+): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)", r"\1 没有 \2 这个选项，可选：\3"),
    (r"argument (\S+): invalid int value: (.*)", r"\1 应为整数，现为 \2"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 后面不带值，现为 \2"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 不明确，可以是：\2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """Subparsers are of this class too."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, **settings)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Exits with 2 after naming the fault and the way to the help."""
        complain(f"命令写法有误：{translate(message)}")
        complain(f"处理办法：{self.format_usage().strip()}\n详细说明：{self.prog} --help")
        sys.exit(2)

    def _print_message(self, message: str, file: object = None) -> None:
        say(message.rstrip("\n"))


def translate(message: str) -> str:
    for pattern, chinese in _MESSAGES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(chinese)
    return message
