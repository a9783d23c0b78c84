"""Reads a reviewer's sheet that came back; what cannot be read is told by sheet and cell, all at once."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assessor.domain.mark_import import FilledMark, FilledSheet, SheetFault
from assessor.domain.mark_sheets import SheetIdentity
from assessor.errors import os_reason
from assessor.exchange.reviewer_sheet.layout import FORMAT, IDENTITY, IDENTITY_KEYS, MARKS, Head

_MOST_BYTES = 20 * 1024 * 1024
_MOST_ROWS = 5000
_HEAD_ROWS = 20
"""The headings are looked for in so many rows: lines may have been put above them."""
_ISSUED = "请用“发放评分表”得到的文件填写，保存为 .xlsx 后再导入"


def read_reviewer_sheet(path: Path) -> tuple[FilledSheet | None, tuple[SheetFault, ...]]:
    """The sheet, None where it is none; and what is wrong with it. Raises nothing for a bad file: many are read at
    once, and all that is wrong is told together."""

    def refused(what: str, remedy: str = _ISSUED, sheet: str = "") -> tuple[None, tuple[SheetFault, ...]]:
        return None, (SheetFault(path.name, sheet, "", what, remedy),)

    book = _open(path)
    if isinstance(book, str):
        return refused(book)
    try:
        identity = _identity(book)
        if identity is None:
            return refused("不是本程序发出的评委评分表，或标识已被删去")
        if MARKS not in book.sheetnames:
            return refused(f"没有“{MARKS}”工作表")
        page = book[MARKS]
        if page.max_row > _MOST_ROWS:
            return refused(f"有 {page.max_row} 行，太多了", "请删去多余的行", MARKS)
        heads = _heads(page)
        missing = [head.value.split("\n")[0] for head in Head if head in _NEEDED and head not in heads[1]]
        if missing:
            return refused(f"没有“{'”“'.join(missing)}”这一列", "请恢复这一列的标题，或在新发的表上填写", MARKS)
        return _Reader(path.name, page, heads).read(identity)
    finally:
        book.close()


_NEEDED = frozenset({Head.MARK, Head.FACT, Head.UNIT_CODE, Head.INDICATOR_CODE, Head.TASK_CODE})


def _open(path: Path) -> Any:
    """The book, or why there is none."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if path.stat().st_size > _MOST_BYTES:
            return "文件太大，不是评委评分表"
        return openpyxl.load_workbook(path, data_only=True)
    except OSError as problem:
        return f"无法读取（{os_reason(problem)}）"
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        return "不是 .xlsx 表格，或文件已损坏"


def _identity(book: Any) -> SheetIdentity | None:
    if IDENTITY not in book.sheetnames:
        return None
    rows = book[IDENTITY].iter_rows(min_col=1, max_col=2, max_row=len(IDENTITY_KEYS), values_only=True)
    found = {str(key or ""): str(value or "") for key, value in rows}
    if found.get("format") != FORMAT or not found.get("year", "").isdigit():
        return None
    return SheetIdentity(
        workbook=found.get("workbook", ""),
        year=int(found["year"]),
        panel=found.get("panel", ""),
        reviewer=found.get("reviewer", ""),
        schemes=found.get("schemes", ""),
    )


def _heads(page: Any) -> tuple[int, dict[Head, int]]:
    """The row of the headings and their columns, wherever these were moved."""
    titles = {_plain_head(head.value): head for head in Head}
    best: tuple[int, dict[Head, int]] = (0, {})
    for cells in page.iter_rows(max_row=_HEAD_ROWS):
        found = {}
        for cell in cells:
            head = titles.get(_plain_head(str(cell.value or "")))
            if head is not None:
                found[head] = cell.column - 1
        if len(found) > len(best[1]):
            best = (cells[0].row, found)
    return best


def _plain_head(text: str) -> str:
    return "".join(text.split())


class _Reader:
    """Reads line by line and keeps what went wrong."""

    def __init__(self, file: str, page: Any, heads: tuple[int, Mapping[Head, int]]) -> None:
        self._file = file
        self._page = page
        self._first, self._columns = heads[0] + 1, heads[1]
        self._faults: list[SheetFault] = []

    def read(self, identity: SheetIdentity) -> tuple[FilledSheet, tuple[SheetFault, ...]]:
        marks: list[FilledMark] = []
        seen: dict[object, str] = {}
        for cells in self._page.iter_rows(min_row=self._first):
            mark = self._mark(cells)
            if mark is None:
                continue
            if mark.key in seen:
                what = f"与 {seen[mark.key]} 是同一项"
                self._fault(mark.cell, what, "这一行可能是复制出来的，请删去多余的一行")
                continue
            seen[mark.key] = mark.cell
            marks.append(mark)
        return FilledSheet(self._file, MARKS, identity, tuple(marks)), tuple(self._faults)

    def _mark(self, cells: Any) -> FilledMark | None:
        unit, indicator, task = (
            _text(self._cell(cells, head)) for head in (Head.UNIT_CODE, Head.INDICATOR_CODE, Head.TASK_CODE)
        )
        cell = self._cell(cells, Head.MARK)
        text, fact = _text(cell), _text(self._cell(cells, Head.FACT))
        if not unit or not indicator:
            if text:
                remedy = "请填在发放时已有的行里；这一行可能是后加的"
                self._fault(cell.coordinate, "这一行没有单位和指标的代码", remedy)
            return None
        value = self._value(cell, text)
        if value is None and fact and not text:
            place = self._cell(cells, Head.FACT).coordinate
            self._fault(place, "写了事实依据而没有评分", "请填写评分，或清空事实依据")
        return FilledMark((unit, indicator, task or None), cell.coordinate, value, fact)

    def _value(self, cell: Any, text: str) -> Decimal | None:
        if not text:
            return None
        try:
            value = Decimal(_half_width(text).removesuffix("分").strip())
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self._fault(cell.coordinate, f"评分应为数字，现为“{text}”", "请填写 0 到 100 之间的数；不评的留空")
            return None
        if not 0 <= value <= 100:
            self._fault(cell.coordinate, f"评分应在 0 到 100 之间，现为 {text}", "请按百分制填写")
            return None
        return value

    def _cell(self, cells: Any, head: Head) -> Any:
        return cells[self._columns[head]]

    def _fault(self, cell: str, what: str, remedy: str) -> None:
        self._faults.append(SheetFault(self._file, MARKS, cell, what, remedy))


def _half_width(text: str) -> str:
    return text.translate({ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("。"): "."})


def _text(cell: Any) -> str:
    """As it was typed: a spreadsheet's binary number in its shortest digits."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).replace("_x000D_", "").strip()
