"""`scheme`: a year's scheme as a file. `scheme-check`: everything that is wrong with a scheme file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assessor.cli.console import say
from assessor.cli.opening import opened
from assessor.cli.verb import Verb, add_workbook_and_year, file_name
from assessor.errors import InputError

if TYPE_CHECKING:
    from assessor.domain.scheme import Scheme
    from assessor.workbook.workbook import Workbook


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument("--group", metavar="组别", help="考核组别的代码或名称；只有一个组别时可以不写")
    parser.add_argument("--out", type=file_name, required=True, metavar="文件", help="细则文件（.toml 或 .xlsx）")


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="细则文件", help="细则文件（.toml 或 .xlsx）")


def run_export(options: argparse.Namespace) -> int:
    from assessor.exchange.scheme_output import write_scheme

    with opened(options, read_only=True) as workbook:
        scheme = _scheme(workbook, options.year, options.group)
    write_scheme(scheme, options.out)
    say(f"《{scheme.title}》已写成 {options.out}")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Prints every fault and warning, each with its place; 1 where there is a fault."""
    from assessor.domain.scheme_check import check_scheme
    from assessor.domain.scheme_place import place_words
    from assessor.exchange.scheme_intake import take_in

    intake = take_in(options.file)
    if intake.scheme is None:
        for fault in intake.faults:
            say(f"读不出 {fault.place}：{fault.what}\n    {fault.remedy}")
        say(f"{options.file.name}：有 {len(intake.faults)} 处读不出，请先改正")
        return 1
    check = check_scheme(intake.scheme)
    for item in check.findings:
        say(f"{item.severity.label} {place_words(item.part, item.code)}：{item.what}\n    {item.remedy}")
    for trial in check.trials:
        words = "符合" if trial.is_as_expected else "不符"
        say(f"试评 {trial.title}：应为{trial.expected}，实为{trial.found}，{words}")
    faults = len(check.faults)
    verdict = "可以使用" if check.is_usable else "改正错误后才能开始评分"
    say(f"《{intake.scheme.title}》：错误 {faults} 个，提醒 {len(check.findings) - faults} 个；{verdict}")
    return 0 if check.is_usable else 1


def _scheme(workbook: Workbook, year: int, name: str | None) -> Scheme:
    from assessor.workbook.plans import load_plan
    from assessor.workbook.schemes import load_scheme

    groups = load_plan(workbook).groups
    found = [group for group in groups if name in (group.code, group.title) or (name is None and len(groups) == 1)]
    if not found:
        what = f"没有考核组别“{name}”" if name else "有不止一个考核组别"
        known = "、".join(f"{group.code}（{group.title}）" for group in groups)
        raise InputError(what, remedy=f"请用 --group 写明，可写的有：{known}")
    return load_scheme(workbook, year, found[0].code)


EXPORT = Verb("scheme", "把一个年度的考核细则写成文件（.toml 或 .xlsx）", add_export_arguments, run_export)
CHECK = Verb("scheme-check", "校验一份细则文件：列出全部错误、提醒和试评", add_check_arguments, run_check)
