"""`new`: a workbook from a plan, with the default schemes to edit."""

from __future__ import annotations

import argparse

from assessor.cli.console import complain, say
from assessor.cli.verb import Verb, file_name
from assessor.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=file_name, metavar="新工作簿", help="要新建的工作簿文件（.assess），不能已存在")
    parser.add_argument("--plan", required=True, metavar="方案", help="随附方案的名称（如 yichun-2021-2025）或方案文件")
    parser.add_argument(
        "--year", type=int, action="append", metavar="年度", help="要建立的年度，可写多次；不写则建方案的第一个考核年度"
    )


def run(options: argparse.Namespace) -> int:
    from assessor.exchange.plan_file import find_plan, load_plan
    from assessor.exchange.scheme_file import default_schemes
    from assessor.workbook.creation import create_from_plan

    loaded = load_plan(find_plan(options.plan))
    plan = loaded.plan
    years = sorted(set(options.year or [plan.first_year]))
    for year in years:
        if not plan.first_year <= year <= plan.last_year:
            raise InputError(
                f"方案没有 {year} 年度",
                place=f"--year {year}",
                remedy=f"请写 {plan.first_year} 到 {plan.last_year} 之间的年度",
            )
    for warning in loaded.warnings:
        complain(f"提醒：{warning}")
    with create_from_plan(options.out, plan, default_schemes(), years=years):
        pass
    names = "、".join(str(year) for year in years)
    say(f"已新建 {options.out}：{len(plan.units)} 个单位，{len(plan.tasks)} 项任务，年度 {names}")
    say("细则为默认细则，使用前请按本地办法修改。")
    return 0


VERB = Verb("new", "按实施方案新建工作簿", add_arguments, run)
