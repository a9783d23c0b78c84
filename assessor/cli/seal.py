"""`seal` and `unseal`: a year's results made final, and opened again with a reason."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.opening import opened
from assessor.cli.verb import Verb, add_workbook_and_year
from assessor.domain.seal import grouped


def add_seal_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    _add_operator(parser)
    parser.add_argument("--accept-pending", action="store_true", help="有待评指标也定稿：这些单位只有暂估得分")


def add_unseal_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument("--reason", required=True, metavar="原因", help="解除定稿的原因，将印在以后的报告中")
    _add_operator(parser)


def run_seal(options: argparse.Namespace) -> int:
    from assessor.workbook.evidence_store import store_of
    from assessor.workbook.seal import seal_with_backup
    from assessor.workbook.seal_preview import preview_seal

    with opened(options, operator=options.operator) as workbook:
        for warning in preview_seal(workbook, options.year, store_of(workbook)).warnings:
            complain(f"提醒：{warning}")
        seal = seal_with_backup(workbook, options.year, accept_pending=options.accept_pending)
    say(f"{seal.year} 年度已定稿（第 {seal.number} 次），校验码：\n{grouped(seal.digest)}")
    return 0


def run_unseal(options: argparse.Namespace) -> int:
    from assessor.workbook.seal import unseal_with_backup

    with opened(options, operator=options.operator) as workbook:
        seal = unseal_with_backup(workbook, options.year, options.reason)
    say(f"{seal.year} 年度第 {seal.number} 次定稿已解除，回到{seal.stage_before.label}阶段")
    return 0


def _add_operator(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--operator", required=True, metavar="姓名", help="操作员姓名，记入修改历史和定稿记录")


SEAL = Verb("seal", "定稿一个年度：此后不能修改，并给出校验码", add_seal_arguments, run_seal)
UNSEAL = Verb("unseal", "解除一个年度的定稿，须写明原因", add_unseal_arguments, run_unseal)
