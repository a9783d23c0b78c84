"""核对: what the formulas come to beside what the program computed; every difference is 0 until an input is changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.rules.formula import quoted
from assessor.domain.rules.rule import LeafState
from assessor.domain.wording import plain
from assessor.exchange.score_sheet.tables import Table, here
from assessor.exchange.score_sheet.units import (
    BASE,
    BONUS,
    COVERAGE,
    DEDUCTION,
    GRADE,
    RANK,
    TOTAL,
    UnitTable,
)

_HEADS = (
    *("组别", "单位", "总分（程序）", "总分（本表）", "总分差", "各项差合计"),
    *("名次（程序）", "名次（本表）", "名次差", "等次（程序）", "等次（本表）", "等次不同"),
)
_HEAD_ROW = 3


def write_checks(table: Table, groups: list[tuple[UnitTable, GroupResult]]) -> None:
    table.put(0, 0, "核对：用本表公式重算的结果与程序结果相比", "title")
    table.heads(_HEAD_ROW, _HEADS)
    row = _HEAD_ROW
    for layout, result in groups:
        for unit in result.units:
            row += 1
            _write_unit(table, row, layout, unit)
    table.put(1, 0, "差异合计", "strong")
    parts = [f"SUMPRODUCT(ABS({here(_HEAD_ROW + 1, column)}:{here(row, column)}))" for column in (4, 5, 8, 11)]
    table.compute(1, 1, "+".join(parts), 0, "strong")
    table.put(1, 2, "改动黄色单元格以前应为 0")
    more = {"type": "cell", "criteria": "!=", "value": 0, "format": table.styles["bad"]}
    for column in (4, 5, 8, 11):
        table.sheet.conditional_format(_HEAD_ROW + 1, column, row, column, more)
    table.sheet.conditional_format(1, 1, 1, 1, more)
    table.sheet.freeze_panes(_HEAD_ROW + 1, 2)
    table.sheet.set_column(0, len(_HEADS) - 1, 12)
    table.sheet.set_column(1, 1, 18)


def _write_unit(table: Table, row: int, layout: UnitTable, unit: UnitResult) -> None:
    at = layout.row(unit.unit.code)

    def cell(column: int) -> str:
        return layout.table.at(at, column)

    table.put(row, 0, layout.group.group.title)
    table.put(row, 1, unit.unit.short_name)
    total = None if unit.exempt else unit.total
    table.put(row, 2, "不参评" if total is None else total, "score")
    table.compute(row, 3, cell(TOTAL), "不参评" if total is None else total, "score")
    table.compute(row, 4, _difference(here(row, 3), total, "不参评"), 0)
    table.compute(row, 5, "+".join(_parts(layout, at, unit)), 0)
    table.put(row, 6, unit.rank)
    table.compute(row, 7, cell(RANK), unit.rank if unit.rank is not None else "")
    table.compute(row, 8, _difference(here(row, 7), None if unit.rank is None else Decimal(unit.rank), ""), 0)
    table.put(row, 9, unit.grade)
    table.compute(row, 10, cell(GRADE), unit.grade or "")
    table.compute(row, 11, f"IF({here(row, 10)}={quoted(unit.grade or '')},0,1)", 0)


def _parts(layout: UnitTable, row: int, unit: UnitResult) -> Iterator[str]:
    """What adds up the differences of leaves, subtotals and sums; text that is another counts 1."""

    def cell(column: int) -> str:
        return layout.table.at(row, column)

    for place, leaf in enumerate(unit.leaves):
        word = "不参评" if unit.exempt else "不涉及" if leaf.state is LeafState.NOT_APPLICABLE else "待评"
        yield _size(cell(layout.leaf(place)), None if unit.exempt else leaf.score, word)
    for place, item in enumerate(unit.categories):
        yield _size(cell(layout.category(place, 2)), item.subtotal, "不涉及")
        yield _size(cell(layout.category(place, 3)), item.contribution, "不涉及")
    for column, value in (
        (BASE, unit.base),
        (BONUS, unit.bonus),
        (DEDUCTION, unit.deduction),
        (COVERAGE, unit.coverage),
    ):
        yield _size(cell(column), value, "")


def _difference(cell: str, value: Decimal | None, word: str) -> str:
    if value is None:
        return f"IF({cell}={quoted(word)},0,1)"
    return f"IF(ISNUMBER({cell}),ROUND({cell}-{plain(value)},9),1)"


def _size(cell: str, value: Decimal | None, word: str) -> str:
    return _difference(cell, value, word) if value is None else f"ABS({_difference(cell, value, word)})"
