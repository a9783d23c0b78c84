"""The command line: no verb opens the window, a verb does one thing and answers with an exit code.

Exit codes: 0 done; 1 the input or the machine does not allow it (the message says what, where and what to do);
2 the command was not understood; 130 interrupted by Ctrl+C.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from assessor.cli import (
    backup,
    chart,
    check,
    convert,
    history,
    new,
    pack,
    password,
    rehearse,
    report,
    restore,
    reviewer_sheets,
    sample,
    scheme,
    score,
    seal,
    sheet,
    unpack,
    verify,
    window,
    year,
)
from assessor.cli.console import complain, speak_utf8
from assessor.cli.parser import ChineseParser
from assessor.cli.verb import Verb
from assessor.errors import AssessorError

INTERRUPTED = 130
"""As a shell has it."""
VERBS: tuple[Verb, ...] = (
    new.VERB,
    year.VERB,
    sample.VERB,
    score.VERB,
    report.VERB,
    chart.VERB,
    sheet.VERB,
    reviewer_sheets.ISSUE,
    reviewer_sheets.IMPORT,
    scheme.EXPORT,
    scheme.CHECK,
    rehearse.VERB,
    convert.VERB,
    pack.VERB,
    unpack.VERB,
    history.VERB,
    seal.SEAL,
    seal.UNSEAL,
    verify.VERB,
    backup.VERB,
    restore.VERB,
    check.VERB,
    password.VERB,
)


def main(arguments: Sequence[str]) -> int:
    speak_utf8()
    try:
        options = _build_parser().parse_args(_open_by_default(arguments))
        return int(options.run(options))
    except AssessorError as problem:
        complain(problem)
        return problem.exit_code
    except KeyboardInterrupt:
        complain("已中断，没有写完的文件已撤回")
        return INTERRUPTED


def _build_parser() -> argparse.ArgumentParser:
    parser = ChineseParser(
        prog="main.py",
        description="全民科学素质工作年度考核工作簿。不带命令时打开窗口。",
        epilog="退出码：0 完成；1 输入或环境有问题（已说明原因和处理办法）；2 命令写法有误；130 按 Ctrl+C 中断。",
    )
    parser.set_defaults(run=window.run, file=None)
    verbs = parser.add_subparsers(title="命令", metavar="命令")
    for verb in VERBS:
        command = verbs.add_parser(verb.name, help=verb.summary, description=verb.summary)
        verb.add_arguments(command)
        command.set_defaults(run=verb.run)
    opening = verbs.add_parser("open", help="打开窗口和指定的工作簿", description="打开窗口和指定的工作簿")
    window.add_arguments(opening)
    opening.set_defaults(run=window.run)
    return parser


def _open_by_default(arguments: Sequence[str]) -> list[str]:
    """A file's icon hands over its path alone."""
    named_file = len(arguments) == 1 and arguments[0].lower().endswith(".assess")
    return ["open", *arguments] if named_file else list(arguments)
