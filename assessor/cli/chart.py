"""`chart`: one chart of a year as PNG, SVG or PDF."""

from __future__ import annotations

import argparse

from assessor.cli.console import say
from assessor.cli.opening import opened
from assessor.cli.verb import Verb, add_workbook_and_year, file_name
from assessor.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from assessor.charts import CHARTS

    add_workbook_and_year(parser)
    kinds = "，".join(f"{chart.kind} {chart.title}" for chart in CHARTS.values())
    parser.add_argument("--kind", required=True, choices=tuple(CHARTS), help=f"图的种类：{kinds}")
    parser.add_argument("--group", metavar="组别", help="考核组别的名称或代码；分组的图不写则为第一组")
    parser.add_argument("--out", type=file_name, required=True, metavar="图片文件", help="以 .png、.svg 或 .pdf 结尾")


def run(options: argparse.Namespace) -> int:
    from assessor.charts import CHARTS, draw_chart, save_chart
    from assessor.workbook.views import load_view

    chart = CHARTS[options.kind]
    if options.group and not chart.by_group:
        raise InputError(f"{chart.title}不分组别", place="--group", remedy="请去掉 --group")
    with opened(options, read_only=True) as workbook:
        view = load_view(workbook, options.year)
    group = None
    if chart.by_group:
        groups = {name: item.group for item in view.result.groups for name in (item.group.code, item.group.title)}
        wanted = options.group or next(iter(groups))
        if wanted not in groups:
            known = "、".join(item.group.title for item in view.result.groups)
            raise InputError(f"没有“{wanted}”这个组别", place="--group", remedy=f"可用的组别：{known}")
        group = groups[wanted].code
    save_chart(draw_chart(options.kind, view, group=group), options.out)
    say(f"已写 {options.out}")
    return 0


VERB = Verb("chart", "把一个年度的图写成图片", add_arguments, run)
