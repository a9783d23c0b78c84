"""How a verb comes by the password of the workbook that it opens: asked at the terminal, or a line of standard input.

Never from the command line itself, which other users of the machine can see and the shell remembers.
"""

from __future__ import annotations

import argparse
import getpass
import io
import locale
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from assessor.errors import InputError, PasswordNeededError

if TYPE_CHECKING:
    from assessor.workbook.workbook import Workbook

T = TypeVar("T")

_PRESENT = "工作簿的密码："


def add_password(parser: argparse.ArgumentParser, lines: str = "读一行作为工作簿的密码") -> None:
    parser.add_argument(
        "--password-stdin", action="store_true", help=f"从标准输入{lines}；不写则在需要时询问，输入时不显示"
    )


def opened(options: argparse.Namespace, **how: Any) -> Workbook:
    """``Workbook.open`` of the verb's file. Raises what that does."""
    from assessor.workbook.workbook import Workbook

    return with_password(options, lambda password: Workbook.open(options.file, password=password, **how))


def with_password(options: argparse.Namespace, function: Callable[[str | None], T]) -> T:
    """Calls ``function`` with the password that was handed over, or with None and, where it turns out that there is a
    password, once more with the one that the user types."""
    if options.password_stdin:
        return function(read_password())
    try:
        return function(None)
    except PasswordNeededError:
        if not can_ask():
            raise
    return function(ask(_PRESENT))


def another_password(options: argparse.Namespace, prompt: str) -> str | None:
    """For another file than the verb's own; None where there is none to be had."""
    if options.password_stdin:
        return _next_password() or None
    return ask(prompt) if can_ask() else None


def can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def ask(prompt: str) -> str:
    """Raises InputError where nothing was typed."""
    try:
        typed = getpass.getpass(prompt)
    except EOFError:
        typed = ""
    if not typed:
        raise InputError("没有输入密码", remedy="请重新运行命令，输入密码")
    return typed


def read_password() -> str:
    """The next line of standard input. Raises InputError where there is none."""
    line = _next_password()
    if not line:
        remedy = "请用管道或重定向送入密码，一个密码一行，例如 … --password-stdin < 密码文件"
        raise InputError("标准输入中没有密码", remedy=remedy)
    return line


def _next_password() -> str:
    return _next_line().rstrip("\r\n").removeprefix("\ufeff")


def _next_line() -> str:
    if sys.stdin is None:
        return ""
    if not isinstance(sys.stdin, io.TextIOWrapper):
        return str(sys.stdin.readline())
    line: bytes = sys.stdin.buffer.readline()
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:  # of a console with another code page
        return line.decode(locale.getpreferredencoding(False), "surrogateescape")
