"""Writes a scheme's spreadsheet: everything as text or number, choices to pick from, hints beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from assessor.domain.rules import RULES
from assessor.domain.rules.params_text import form_text, params_text
from assessor.domain.scheme import EntryKind, Scheme
from assessor.errors import OutputError
from assessor.exchange.scheme_sheet.layout import (
    BONUSES,
    DEDUCTIONS,
    FIGURES,
    GRADES,
    GUIDE,
    HEADER,
    INDICATORS,
    LISTS,
    VETOES,
    Column,
    Kind,
    Sheet,
)
from assessor.output import check_target, write_file

Row = Mapping[str, str | Decimal | int | None]

_SPARE_ROWS = 200
"""Below the last item, so that choices can be picked in new rows too."""
_WIDTHS = {Kind.TEXT: 16, Kind.LONG: 40, Kind.NUMBER: 10, Kind.SHARE: 12, Kind.CHOICE: 12}


def write_scheme_sheet(scheme: Scheme, path: Path) -> None:
    """Raises OutputError where ``path`` is no .xlsx or cannot be written."""
    check_target(path)
    if path.suffix.casefold() != ".xlsx":
        raise OutputError("细则表只能写成 .xlsx 文件", place=str(path), remedy="请把文件名写成以 .xlsx 结尾")
    write_file(path, scheme_sheet(scheme))


def scheme_sheet(scheme: Scheme) -> bytes:
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, options)
    styles = _styles(book)
    _write_header(book, styles, scheme)
    rows: dict[str, list[Row]] = {
        INDICATORS.name: list(_indicators(scheme)),
        FIGURES.name: [
            {"code": item.code, "title": item.title, "measure": item.measure, "scope": item.scope.value}
            for item in scheme.figures
        ],
        GRADES.name: [
            {"title": item.title, "minimum": item.minimum, "category_share": item.category_share}
            for item in scheme.grades
        ],
        BONUSES.name: list(map(_entry, scheme.bonuses)),
        DEDUCTIONS.name: list(map(_entry, scheme.deductions)),
        VETOES.name: [
            {"code": item.code, "title": item.title, "limit": item.limit, "criterion": item.criterion}
            for item in scheme.vetoes
        ],
    }
    for sheet in LISTS:
        _write_list(book, styles, sheet, rows[sheet.name])
    _write_guide(book, styles, scheme)
    book.get_worksheet_by_name(INDICATORS.name).activate()
    book.close()
    return stream.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    edge = {"border": 1, "border_color": "#D0D7DE", "valign": "top", "text_wrap": True}
    text = {**edge, "num_format": "@"}
    return {
        "head": book.add_format({**edge, "bold": True, "bg_color": "#E4EEF9", "align": "center"}),
        "text": book.add_format(text),
        "number": book.add_format({**edge, "text_wrap": False}),
        "share": book.add_format({**edge, "num_format": "0.######%"}),
        "hint": book.add_format({"font_color": "#566373", "valign": "top", "text_wrap": True}),
    }


def _write_header(book: Any, styles: dict[str, Any], scheme: Scheme) -> None:
    sheet = book.add_worksheet(HEADER.name)
    values = _header(scheme)
    for row, column in enumerate(HEADER.columns):
        sheet.write_string(row, 0, column.title, styles["head"])
        _write_cell(sheet, styles, row, 1, column, values.get(column.key))
        sheet.write_string(row, 2, column.hint, styles["hint"])
        _offer(sheet, row, row, 1, column)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 46)
    sheet.set_column(2, 2, 40)


def _header(scheme: Scheme) -> Row:
    quota = scheme.quota
    return {
        "code": scheme.code,
        "title": scheme.title,
        "group": scheme.group,
        "full_marks": scheme.full_marks,
        "decimals": scheme.decimals,
        "not_applicable": scheme.not_applicable.value,
        "min_coverage": scheme.min_coverage,
        "ceiling": scheme.ceiling.value,
        "tie_break": "、".join(scheme.tie_break),
        "quota_share": quota.share if quota else None,
        "quota_rounding": quota.rounding.value if quota else None,
        "quota_tie": quota.tie.value if quota else None,
        **{f"role_{role.value}": factor for role, factor in scheme.role_factors.items()},
        "is_default": str(int(scheme.is_default)),
        "note": scheme.note,
    }


def _indicators(scheme: Scheme) -> Iterator[Row]:
    for category in scheme.categories:
        for indicator in category.indicators:
            yield {
                "category": category.code,
                "category_title": category.title,
                "code": indicator.code,
                "title": indicator.title,
                "points": indicator.points,
                "scope": indicator.scope.value,
                "kind": indicator.rule.kind,
                "params": params_text(indicator.rule),
                "content": indicator.content,
                "criterion": indicator.criterion,
                "proof": indicator.proof,
            }


def _entry(kind: EntryKind) -> Row:
    return {
        "code": kind.code,
        "title": kind.title,
        "cap": kind.cap,
        "criterion": kind.criterion,
        "proof": kind.proof,
    }


def _write_list(book: Any, styles: dict[str, Any], layout: Sheet, rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(layout.name)
    for place, column in enumerate(layout.columns):
        sheet.write_string(0, place, column.title, styles["head"])
        if column.hint:
            sheet.write_comment(0, place, column.hint)
        sheet.set_column(place, place, _WIDTHS[column.kind])
        _offer(sheet, 1, len(rows) + _SPARE_ROWS, place, column)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(layout.columns):
            _write_cell(sheet, styles, number, place, column, row[column.key])
    sheet.freeze_panes(1, 0)


def _write_cell(
    sheet: Any, styles: dict[str, Any], row: int, place: int, column: Column, value: str | Decimal | int | None
) -> None:
    style = styles[{Kind.NUMBER: "number", Kind.SHARE: "share"}.get(column.kind, "text")]
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        words = dict(column.choices).get(value, value) if column.kind is Kind.CHOICE else value
        sheet.write_string(row, place, words, style)
    else:
        sheet.write_number(row, place, float(value), style)


def _offer(sheet: Any, first: int, last: int, place: int, column: Column) -> None:
    if column.kind is Kind.CHOICE:
        words = [words for _value, words in column.choices]
        sheet.data_validation(first, place, last, place, {"validate": "list", "source": words})


def _write_guide(book: Any, styles: dict[str, Any], scheme: Scheme) -> None:
    sheet = book.add_worksheet(GUIDE)
    lines = [
        (
            "怎样改",
            "在各表中直接修改、加行、删行，存盘后在“细则”页导入。各行按代码对应；代码改了，就是删一项、加一项。",
        ),
        ("填报项代码", "、".join(f"{figure.code} {figure.title}" for figure in scheme.figures) or "（没有填报项）"),
        *((f"规则“{rule.label}”的参数", form_text(rule.form)) for rule in RULES.values()),
    ]
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, styles["head"])
        sheet.write_string(row, 1, text, styles["text"])
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
