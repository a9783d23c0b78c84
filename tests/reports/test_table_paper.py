"""A table on paper: which way the page lies, how the columns share it, what is left out and said."""

from __future__ import annotations

from datetime import date

from assessor.reports.blocks import Align, Body, Table
from assessor.reports.table_paper import MOST_ROWS, PaperTable, compose

DAY = date(2025, 12, 8)


def table_of(paper: PaperTable) -> tuple[str, Table]:
    body, table = compose(paper, DAY).blocks
    assert isinstance(body, Body) and isinstance(table, Table)
    return body.text, table


def test_a_narrow_table_stands_upright_with_its_numbers_to_the_right() -> None:
    paper = PaperTable("得分", ("单位", "得分"), frozenset({1}), (("市科协", "90.50"),), "按筛选条件列出，")
    text, table = table_of(paper)
    assert text == "按筛选条件列出，共1行，2025年12月8日打印。"
    assert [column.align for column in table.columns] == [Align.LEFT, Align.RIGHT]
    assert not compose(paper, DAY).landscape


def test_long_texts_share_what_the_numbers_leave() -> None:
    columns = ("得分", "说明", "备注")
    paper = PaperTable("得分", columns, frozenset({0}), (("100.00%", "长" * 60, "较长" * 9),) * 3)
    _text, table = table_of(paper)
    assert compose(paper, DAY).landscape
    assert [round(column.width) for column in table.columns] == [10, 43, 39]
    crowded = PaperTable("得分", ("得分", *["说明"] * 6), frozenset({0}), (("100.00%", *["长" * 60] * 6),))
    _text, table = table_of(crowded)
    assert table.columns[0].width == 10
    assert round(sum(column.width for column in table.columns)) == 140


def test_of_very_many_rows_the_first_are_printed_and_all_are_counted() -> None:
    paper = PaperTable("得分", ("单位",), frozenset(), (("市科协",),) * (MOST_ROWS + 1))
    text, table = table_of(paper)
    assert len(table.rows) == MOST_ROWS
    assert text.startswith(f"共{MOST_ROWS + 1}行")
    assert f"只印前{MOST_ROWS}行" in text
