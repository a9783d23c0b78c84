"""A scheme that goes out as .toml or .xlsx comes back the same; faults of a sheet are told by cell."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_comparison import Change, compare_schemes
from assessor.domain.scheme_reader import read_scheme, scheme_table
from assessor.domain.scheme_soundness import unsound_parts
from assessor.domain.table_reader import TableReader
from assessor.domain.toml_text import toml_text
from assessor.errors import OutputError, SchemeError
from assessor.exchange.scheme_file import default_schemes
from assessor.exchange.scheme_sheet import SchemeSheet, read_scheme_sheet, write_scheme_sheet
from tests.domain import strategies

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)
prose = st.lists(words, max_size=3).map(lambda lines: "\n".join(filter(None, lines)))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Sound schemes with any words."""
    rules = draw(strategies.schemes(peers=True))
    categories = tuple(
        replace(
            category,
            title=draw(words) or "类",
            indicators=tuple(
                replace(
                    item,
                    title=draw(words) or "项",
                    content=draw(prose),
                    criterion=draw(prose),
                    proof=draw(prose),
                )
                for item in category.indicators
            ),
        )
        for category in rules.categories
    )
    quota = replace(rules.quota, share=Decimal("0.3333")) if rules.quota else None
    return replace(
        rules, categories=categories, quota=quota, decimals=2, note=draw(prose), is_default=draw(st.booleans())
    )


def from_toml(scheme: Scheme) -> Scheme:
    table = tomllib.loads(toml_text(scheme_table(scheme)), parse_float=Decimal)
    return read_scheme(TableReader(table, "细则.toml", SchemeError))


def from_sheet(scheme: Scheme, path: Path) -> Scheme | None:
    write_scheme_sheet(scheme, path)
    sheet = read_scheme_sheet(path)
    assert sheet.faults == ()
    return sheet.scheme


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(schemes().filter(lambda scheme: not any(unsound_parts(scheme))))
def test_a_scheme_comes_back_the_same_from_both(tmp_path: Path, scheme: Scheme) -> None:
    assert from_toml(scheme) == scheme
    assert from_sheet(scheme, tmp_path / "细则.xlsx") == scheme


def test_the_default_schemes_come_back_the_same(tmp_path: Path) -> None:
    for scheme in default_schemes():
        assert from_toml(scheme) == scheme
        assert from_sheet(scheme, tmp_path / "细则.xlsx") == scheme


def edited(path: Path, change: Callable[[Any], object]) -> SchemeSheet:
    write_scheme_sheet(default_schemes()[0], path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read_scheme_sheet(path)


def test_what_an_office_changes_in_its_spreadsheet_arrives(tmp_path: Path) -> None:
    """A point typed as a number, a code typed as a number, a category left empty below its first row, a new row."""

    def change(book: Any) -> None:
        sheet = book["指标"]
        sheet["E2"] = 3.5
        sheet["C3"] = 1.2
        sheet["A3"] = sheet["B3"] = None
        sheet.insert_rows(4)
        for column, value in zip("CDEGK", ("1.25", "新增指标", "0.5", "直接评分", "现场查看"), strict=True):
            sheet[f"{column}4"] = value
        book["总则"]["B10"] = "25%"

    sheet = edited(tmp_path / "细则.xlsx", change)
    assert sheet.faults == ()
    assert sheet.scheme is not None
    items = compare_schemes(default_schemes()[0], sheet.scheme)
    changed = {(item.code, item.change, item.differing) for item in items if item.change is not Change.SAME}
    assert ("1.1", Change.CHANGED, ("分值",)) in changed
    assert any(code == "1.25" and change is Change.ADDED for code, change, _differing in changed)
    assert ("", Change.CHANGED, ("优秀名额",)) in changed
    assert [item.code for item in sheet.scheme.categories[0].indicators][:3] == ["1.1", "1.2", "1.25"]


FAULTS: list[tuple[str, str, object, str, str]] = [
    ("指标", "E2", "很多", "指标 E2", "“分值”应为数字，现为“很多”"),
    ("指标", "E2", None, "指标 E2", "“分值”没有填"),
    ("指标", "C2", "", "指标 C2", "“代码”没有填"),
    ("指标", "F2", "按处室", "指标 F2", "“范围”没有“按处室”这一项"),
    ("指标", "G2", "打分", "指标 G2", "“评分规则”没有“打分”这一项"),
    ("指标", "H2", "项：1", "指标 H2", "有 1 列，应有 3 列"),
    ("指标", "H2", "", "指标 H2", "缺少“items”"),
    ("指标", "C1", "编码", "指标", "没有“代码”这一列"),
    ("等次", "B2", "九十", "等次 B2", "“最低分”应为数字"),
    ("加分", "C2", None, "加分 C2", "“上限”没有填"),
    ("总则", "B5", 1.5, "总则 B5", "小数位数应为整数"),
    ("总则", "A1", "代号", "总则", "没有“细则代码”这一行"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "place", "what"), FAULTS)
def test_a_fault_is_told_by_its_cell(
    tmp_path: Path, sheet: str, cell: str, value: object, place: str, what: str
) -> None:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    found = edited(tmp_path / "细则.xlsx", change)
    assert found.scheme is None
    assert any(fault.place == place and what in fault.what and fault.remedy for fault in found.faults), found.faults


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["指标"]["E2"] = "甲"
        book["指标"]["E5"] = "乙"
        book["等次"]["B3"] = "丙"

    assert [fault.place for fault in edited(tmp_path / "细则.xlsx", change).faults] == ["指标 E2", "指标 E5", "等次 B3"]


def test_what_is_no_scheme_sheet_is_refused(tmp_path: Path) -> None:
    other, text = tmp_path / "别的.xlsx", tmp_path / "文字.xlsx"
    openpyxl.Workbook().save(other)
    text.write_text("不是表格", "utf-8")
    for path, words in (
        (other, "没有“总则”“指标”“等次”工作表"),
        (text, "不是 .xlsx 表格"),
        (tmp_path / "无.xlsx", "无法读取"),
    ):
        with pytest.raises(SchemeError, match=words) as caught:
            read_scheme_sheet(path)
        assert caught.value.remedy
    with pytest.raises(OutputError, match=r"只能写成 \.xlsx"):
        write_scheme_sheet(default_schemes()[0], tmp_path / "细则.xls")
