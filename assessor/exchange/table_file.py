"""A table as a file for Excel or WPS. Text stays text: nothing in it ever becomes a formula. Decimals are numbers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from assessor.errors import OutputError
from assessor.output import check_target, write_file
from assessor.work import Work

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS = 1_048_575
"""Of a sheet, without its head."""
_LONGEST = 32_767
"""Characters in a cell of a sheet."""
_CUT = "…（过长，已截断）"
_WIDEST = 48
_STEP = 2000
_MOST_DIGITS = 15
"""Of a number in a sheet; one that has more is written as text, digit for digit."""
Cell = str | Decimal


def write_table(path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], work: Work) -> None:
    """By the suffix of ``path``: .xlsx, or .csv in UTF-8 with a byte order mark, which Excel needs to read Chinese.

    Raises OutputError where ``path`` cannot be written, has another suffix, or a sheet has no room for the rows.
    """
    check_target(path)
    suffix = path.suffix.casefold()
    if suffix == ".csv":
        content = _csv(headings, rows)
    elif suffix == ".xlsx":
        if len(rows) > _MOST_ROWS:
            what = f"共有 {len(rows)} 行，一张 Excel 工作表放不下"
            raise OutputError(what, place=str(path), remedy="请缩小范围，或存成 .csv 文件")
        content = _xlsx(title, headings, rows, work)
    else:
        raise OutputError("表格只能写成 .xlsx 或 .csv 文件", place=str(path), remedy="请把文件名写成以 .xlsx 结尾")
    work.step(0.95, "写入文件")
    write_file(path, content)
    work.on_progress(1.0, "完成")


def _csv(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _harmless(cell: Cell) -> str:
    """A CSV has no types: an apostrophe in front tells Excel and WPS that what follows is text."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def _xlsx(title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], work: Work) -> bytes:
    from xlsxwriter import Workbook

    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#E4EEF9", "border": 1, "border_color": "#DCE2EA"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    formats: dict[int, object] = {}
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, head)
    for number, row in enumerate(rows, start=1):
        if number % _STEP == 0:
            work.step(0.9 * number / len(rows), f"写入第 {number} 行，共 {len(rows)} 行")
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _MOST_DIGITS:
                decimals = _decimals(cell)
                if decimals not in formats:
                    formats[decimals] = book.add_format({"num_format": _number_format(decimals), "valign": "top"})
                sheet.write_number(number, column, cell, formats[decimals])
            else:
                sheet.write_string(number, column, _fitting(_plain(cell)), text)
    for column, heading in enumerate(headings):
        widths = [_cell_width(_plain(row[column])) for row in rows[:_STEP]]
        sheet.set_column(column, column, min(_WIDEST, max([_cell_width(heading), *widths]) + 2))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    book.close()
    return stream.getvalue()


def _plain(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _number_format(decimals: int) -> str:
    """Shows the places that the number was printed with: 85.50 stays 85.50."""
    return f"0.{'0' * decimals}" if decimals else "0"


def _fitting(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - len(_CUT)] + _CUT


def _cell_width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text[:_WIDEST])
