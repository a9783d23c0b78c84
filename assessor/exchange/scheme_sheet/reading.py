"""Reads a scheme's spreadsheet back; faults are told by sheet and cell, all at once."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assessor.domain.plan import Role
from assessor.domain.rules import RULES, read_rule
from assessor.domain.rules.params_text import read_params
from assessor.domain.rules.rule import Rule
from assessor.domain.scheme import (
    Category,
    Ceiling,
    EntryKind,
    Figure,
    Grade,
    Indicator,
    NotApplicablePolicy,
    Quota,
    QuotaRounding,
    QuotaTie,
    Scheme,
    Scope,
    VetoKind,
)
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError, os_reason
from assessor.exchange.scheme_sheet.layout import (
    BONUSES,
    DEDUCTIONS,
    FIGURES,
    GRADES,
    HEADER,
    INDICATORS,
    VETOES,
    Column,
    Kind,
    Sheet,
)

_MOST_BYTES = 20 * 1024 * 1024
_MOST_ROWS = 2000


@dataclass(frozen=True)
class SheetFault:
    sheet: str
    cell: str
    """E.g. F7; empty: the sheet as a whole."""
    what: str
    remedy: str

    @property
    def place(self) -> str:
        return f"{self.sheet} {self.cell}".strip()


@dataclass(frozen=True)
class SchemeSheet:
    scheme: Scheme | None
    """None: some cell could not be read."""
    faults: tuple[SheetFault, ...]


def read_scheme_sheet(path: Path) -> SchemeSheet:
    """Raises SchemeError where the file is no spreadsheet, or not of a scheme; faults of cells are returned."""
    book = _open(path)
    missing = [sheet.name for sheet in (HEADER, INDICATORS, GRADES) if sheet.name not in book.sheetnames]
    if missing:
        what = f"没有“{'”“'.join(missing)}”工作表"
        raise SchemeError(what, place=path.name, remedy="请用“导出细则表”得到的文件来改")
    return _Reader(book).read()


def _open(path: Path) -> Any:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    remedy = "请选择“导出细则表”得到的 .xlsx 文件；旧格式 .xls 请先另存为 .xlsx"
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SchemeError("文件太大，不是细则表", place=path.name, remedy=remedy)
        return openpyxl.load_workbook(path, data_only=True)
    except OSError as problem:
        raise SchemeError(
            f"无法读取（{os_reason(problem)}）", place=str(path), remedy="请检查文件和读取权限"
        ) from problem
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as problem:
        raise SchemeError("不是 .xlsx 表格，或文件已损坏", place=path.name, remedy=remedy) from problem


class _Reader:
    """Reads part by part and keeps what went wrong."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._faults: list[SheetFault] = []

    def read(self) -> SchemeSheet:
        header = self._header()
        categories = self._categories()
        figures = [self._figure(row) for row in self._rows(FIGURES)]
        grades = [self._grade(row) for row in self._rows(GRADES)]
        bonuses = [self._entry(row) for row in self._rows(BONUSES)]
        deductions = [self._entry(row) for row in self._rows(DEDUCTIONS)]
        vetoes = [self._veto(row) for row in self._rows(VETOES)]
        if self._faults:
            return SchemeSheet(None, tuple(self._faults))
        scheme = Scheme(
            code=header["code"],
            title=header["title"],
            group=header["group"],
            categories=categories,
            grades=tuple(grades),
            full_marks=header["full_marks"],
            decimals=int(header["decimals"]),
            not_applicable=NotApplicablePolicy(header["not_applicable"]),
            min_coverage=header["min_coverage"],
            ceiling=Ceiling(header["ceiling"]),
            tie_break=tuple(code.strip() for code in header["tie_break"].split("、") if code.strip()),
            quota=_quota(header),
            role_factors={role: factor for role in Role if (factor := header[f"role_{role.value}"]) is not None},
            bonuses=tuple(bonuses),
            deductions=tuple(deductions),
            vetoes=tuple(vetoes),
            figures=tuple(figures),
            is_default=header["is_default"] == "1",
            note=header["note"],
        )
        return SchemeSheet(scheme, ())

    def _header(self) -> dict[str, Any]:
        sheet = self._book[HEADER.name]
        found = {str(row[0].value or "").strip(): row[1] for row in sheet.iter_rows(min_col=1, max_col=2)}
        values = {}
        for column in HEADER.columns:
            cell = found.get(column.title)
            if cell is None and column.is_required:
                self._fault(HEADER.name, "", f"没有“{column.title}”这一行", "请补上这一行")
            values[column.key] = self._value(HEADER.name, cell, column)
        decimals = values["decimals"]
        if decimals is not None and decimals != decimals.to_integral_value():
            self._fault(HEADER.name, _place(found.get("小数位数")), "小数位数应为整数", "一般写 2")
        return values

    def _categories(self) -> tuple[Category, ...]:
        members: dict[str, list[Indicator]] = {}
        titles: dict[str, str] = {}
        code = ""
        for row in self._rows(INDICATORS):
            code = row.values["category"] or code
            if not code:
                self._fault(INDICATORS.name, row.place("category"), "没有一级指标代码", "请填写，例如 1")
            titles.setdefault(code, row.values["category_title"] or code)
            indicator = self._indicator(row)
            if indicator is not None:
                members.setdefault(code, []).append(indicator)
        return tuple(Category(code, titles[code], tuple(items)) for code, items in members.items())

    def _indicator(self, row: _Row) -> Indicator | None:
        values = row.values
        rule = self._rule(row)
        if rule is None or values["points"] is None:
            return None
        return Indicator(
            code=values["code"],
            title=values["title"],
            points=values["points"],
            rule=rule,
            scope=Scope(values["scope"]),
            content=values["content"],
            criterion=values["criterion"],
            proof=values["proof"],
        )

    def _rule(self, row: _Row) -> Rule | None:
        kind = row.values["kind"]
        if not kind:
            return None  # told already, by the cell
        try:
            table = {"kind": kind, **read_params(RULES[kind].form, row.values["params"])}
            return read_rule(TableReader(table, INDICATORS.name, SchemeError))
        except SchemeError as problem:
            self._fault(INDICATORS.name, row.place("params"), problem.what, problem.remedy)
            return None

    def _figure(self, row: _Row) -> Figure:
        values = row.values
        return Figure(values["code"], values["title"], values["measure"], Scope(values["scope"]))

    def _grade(self, row: _Row) -> Grade:
        return Grade(row.values["title"], row.values["minimum"], row.values["category_share"])

    def _entry(self, row: _Row) -> EntryKind:
        values = row.values
        return EntryKind(values["code"], values["title"], values["cap"], values["criterion"], values["proof"])

    def _veto(self, row: _Row) -> VetoKind:
        values = row.values
        return VetoKind(values["code"], values["title"], values["limit"], values["criterion"])

    def _rows(self, layout: Sheet) -> Iterator[_Row]:
        """Rows with something in them; columns are found by their heads, in any order."""
        if layout.name not in self._book.sheetnames:
            return
        sheet = self._book[layout.name]
        heads = {str(cell.value or "").strip(): place for place, cell in enumerate(sheet[1])}
        for column in layout.columns:
            if column.title not in heads and column.is_required:
                self._fault(layout.name, "", f"没有“{column.title}”这一列", "请补上这一列的标题")
        if any(column.is_required and column.title not in heads for column in layout.columns):
            return
        if sheet.max_row > _MOST_ROWS:
            self._fault(layout.name, "", f"有 {sheet.max_row} 行，太多了", "请删去多余的行")
            return
        for cells in sheet.iter_rows(min_row=2):
            if any(cell.value not in (None, "") for cell in cells):
                mine = {
                    column.key: cells[heads[column.title]] if column.title in heads else None
                    for column in layout.columns
                }
                values = {column.key: self._value(layout.name, mine[column.key], column) for column in layout.columns}
                yield _Row(mine, values)

    def _value(self, sheet: str, cell: Any, column: Column) -> Any:
        """Of the column's kind; an empty cell is its default, or None for numbers without one."""
        text = _text(cell)
        if not text:
            if column.is_required and cell is not None:
                self._fault(sheet, _place(cell), f"“{column.title}”没有填", "请填写")
            text = column.default
        if column.kind in (Kind.NUMBER, Kind.SHARE):
            return self._number(sheet, cell, column, text) if text else None
        if column.kind is Kind.CHOICE and text:
            return self._choice(sheet, cell, column, text)
        return text

    def _number(self, sheet: str, cell: Any, column: Column, text: str) -> Decimal | None:
        is_percent = column.kind is Kind.SHARE and text.endswith(("%", "％"))
        try:
            number = Decimal(text.rstrip("%％").strip())
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self._fault(sheet, _place(cell), f"“{column.title}”应为数字，现为“{text}”", "请写成数字，例如 5")
            return None
        return number / 100 if is_percent else number

    def _choice(self, sheet: str, cell: Any, column: Column, text: str) -> str:
        found = next((value for value, words in column.choices if text in (words, value)), None)
        if found is None:
            words = "、".join(words for _value, words in column.choices)
            self._fault(sheet, _place(cell), f"“{column.title}”没有“{text}”这一项", f"可写的有：{words}")
            return column.default
        return found

    def _fault(self, sheet: str, cell: str, what: str, remedy: str) -> None:
        self._faults.append(SheetFault(sheet, cell, what, remedy))


@dataclass(frozen=True)
class _Row:
    cells: dict[str, Any]
    values: dict[str, Any]

    def place(self, key: str) -> str:
        return _place(self.cells[key]) or _place(self.cells["code"])


def _quota(header: dict[str, Any]) -> Quota | None:
    share = header["quota_share"]
    if share is None:
        return None
    return Quota(share, QuotaRounding(header["quota_rounding"]), QuotaTie(header["quota_tie"]))


def _place(cell: Any) -> str:
    return str(cell.coordinate) if cell is not None else ""


def _text(cell: Any) -> str:
    """A cell as it was typed: a whole number without the point that a spreadsheet's binary number has."""
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()
