"""`convert`: a year's results as points of the city's overall assessment, as a table or on paper."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from assessor.cli.console import say
from assessor.cli.opening import opened
from assessor.cli.verb import Verb, add_workbook_and_year, file_name, signing_date
from assessor.work import Work

if TYPE_CHECKING:
    from assessor.domain.conversion_table import GroupConversion
    from assessor.exchange.table_file import Cell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workbook_and_year(parser)
    parser.add_argument("--out", type=file_name, required=True, metavar="文件", help="以 .xlsx、.csv 或 .pdf 结尾")
    parser.add_argument("--date", type=signing_date, metavar="日期", help="PDF 的成文日期，如 2025-01-15；不写则为今天")


def run(options: argparse.Namespace) -> int:
    from assessor.domain.conversion_table import HEADINGS, converted_groups
    from assessor.exchange.table_file import write_table
    from assessor.reports.conversion import write_conversion
    from assessor.workbook.conversions import load_conversions
    from assessor.workbook.views import load_view

    with opened(options, read_only=True) as workbook:
        view = load_view(workbook, options.year)
        conversions = load_conversions(workbook, options.year)
    groups = converted_groups(view, conversions)
    if options.out.suffix.casefold() == ".pdf":
        signed_on = options.date or date.today()  # noqa: DTZ011 - the office's own calendar day
        write_conversion(view, conversions, options.out, signed_on=signed_on, work=Work())
    else:
        rows = [row for group in groups for row in _rows(group)]
        title = f"{view.year.year}年度折算{'（示例数据）' if view.is_sample else ''}"
        write_table(options.out, title, HEADINGS, rows, Work())
    for group in groups:
        say(f"{group.group.group.title}：{group.sentence}")
    say(f"已写 {options.out}")
    return 0


def _rows(group: GroupConversion) -> list[list[Cell]]:
    """Totals, ranks and points as numbers; what stands in their place as text."""
    from assessor.domain.conversion_table import converted_texts

    rows: list[list[Cell]] = []
    for item in group.units:
        cells: list[Cell] = list(converted_texts(item, group.group))
        unit = item.result
        if not unit.exempt:
            cells[2] = unit.total
        if unit.rank is not None and not unit.provisional:
            cells[3] = Decimal(unit.rank)
        if item.points is not None:
            cells[5] = item.points
        rows.append(cells)
    return rows


VERB = Verb("convert", "把一个年度的得分折算成全市综合考核的分数（.xlsx 或 PDF）", add_arguments, run)
