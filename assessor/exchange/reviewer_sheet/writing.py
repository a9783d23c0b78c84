"""Writes reviewers' sheets: what is to be marked with criterion and proof, cells to fill in, and how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from assessor.domain.mark_sheets import ReviewerSheet, SheetRow
from assessor.domain.wording import plain
from assessor.errors import OutputError, os_reason
from assessor.exchange.reviewer_sheet.layout import (
    FORMAT,
    GUIDE,
    HEAD_ROW,
    IDENTITY,
    IDENTITY_KEYS,
    MARKS,
    WIDTHS,
    Head,
)
from assessor.output import write_file
from assessor.work import Work

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes for the same marks
_FORBIDDEN = '\\/:*?"<>|'
_LINE, _LEAST_HEIGHT = 15.0, 32.0
"""Points that a line of text takes, and that a row has at least."""
_FONT = {"font_name": "宋体", "font_size": 10.5}
_CELL = {**_FONT, "border": 1, "border_color": "#8A96A3", "valign": "vcenter", "text_wrap": True}


def issue_sheets(sheets: Sequence[ReviewerSheet], folder: Path, work: Work) -> tuple[Path, ...]:
    """Writes each into ``folder``, over what was issued under the same name before. Raises OutputError where the folder
    is missing or a file cannot be written, with those before it written; Cancelled."""
    try:
        is_folder = folder.is_dir()
    except OSError as problem:
        raise OutputError(f"无法读取（{os_reason(problem)}）", place=str(folder), remedy="请换一个文件夹") from problem
    if not is_folder:
        raise OutputError("文件夹不存在", place=str(folder), remedy="请先新建这个文件夹，或换一个已有的文件夹")
    written = []
    for place, sheet in enumerate(sheets):
        path = folder / sheet_name(sheet, sheets)
        work.step(place / len(sheets), f"写入 {path.name}（{place + 1} / {len(sheets)}）")
        write_file(path, reviewer_sheet(sheet))
        written.append(path)
    work.on_progress(1.0, "完成")
    return tuple(written)


def sheet_name(sheet: ReviewerSheet, among: Sequence[ReviewerSheet] = ()) -> str:
    """Of its file: year, reviewer and, where one of that name sits in several panels, the panel."""
    same = sum(other.identity.reviewer == sheet.identity.reviewer for other in among)
    panel = f"_{sheet.panel.title}" if same > 1 else ""
    name = f"{sheet.identity.year}年度评委评分表_{sheet.identity.reviewer}{panel}"
    return "".join("_" if sign in _FORBIDDEN else sign for sign in name) + ".xlsx"


def reviewer_sheet(sheet: ReviewerSheet) -> bytes:
    """The same bytes for the same sheet."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, options)
    book.set_properties({"title": f"{sheet.identity.year} 年度评委评分表", "created": _MADE})
    styles = _styles(book)
    page = book.add_worksheet(MARKS)
    _write_head(page, styles, sheet)
    for number, row in enumerate(sheet.rows, start=1):
        _write_row(page, styles, HEAD_ROW + number, number, row, sheet)
    _set_up(page, styles, sheet)
    _write_guide(book, styles, sheet)
    _write_identity(book, sheet)
    book.close()
    return stream.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    entry = {**_CELL, "bg_color": "#FFF9DB", "locked": False}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({**_FONT, "valign": "vcenter"}),
        "warn": book.add_format({**_FONT, "font_color": "#B42318", "bold": True, "valign": "vcenter"}),
        "head": book.add_format({**_CELL, "font_name": "黑体", "bg_color": "#E4EEF9", "align": "center"}),
        "text": book.add_format(_CELL),
        "middle": book.add_format({**_CELL, "align": "center"}),
        "mark": book.add_format({**entry, "align": "center", "num_format": "General"}),
        "fact": book.add_format({**entry, "num_format": "@"}),
        "extreme": book.add_format({"bg_color": "#FBE6E4"}),
        "guide": book.add_format({**_FONT, "text_wrap": True, "valign": "top"}),
    }


def _write_head(page: Any, styles: dict[str, Any], sheet: ReviewerSheet) -> None:
    last = Head.FACT.column
    page.merge_range(0, 0, 0, last, sheet.title, styles["title"])
    page.set_row(0, 30)
    sample = "（示例数据）" if sheet.is_sample else ""
    page.write_string(1, 0, f"评委：{sheet.identity.reviewer}　　评委组：{sheet.panel.title}{sample}", styles["line"])
    page.write_string(2, 0, f"请在黄色单元格填写 0 到 100 的评分，共 {len(sheet.rows)} 项。", styles["line"])
    page.write_string(3, 0, f"{sheet.extreme_words}的评分，请写明所依据的事实。", styles["warn"])
    for head in Head:
        page.write_string(HEAD_ROW, head.column, head.value, styles["head"])
    page.set_row(HEAD_ROW, 34)


def _write_row(page: Any, styles: dict[str, Any], row: int, number: int, item: SheetRow, sheet: ReviewerSheet) -> None:
    indicator, unit, task = item.place.indicator, item.place.unit, item.place.task
    title = f"{indicator.code} {indicator.title}"
    if task is not None:
        title = f"{title}\n任务 {task} {sheet.task_titles.get(task, '')}".rstrip()
    texts = {
        Head.UNIT: unit.short_name,
        Head.INDICATOR: title,
        Head.CRITERION: indicator.criterion or indicator.content,
        Head.PROOF: indicator.proof,
        Head.UNIT_CODE: unit.code,
        Head.INDICATOR_CODE: indicator.code,
        Head.TASK_CODE: task or "",
    }
    page.write_number(row, Head.NUMBER.column, number, styles["middle"])
    page.write_number(row, Head.POINTS.column, float(indicator.points), styles["middle"])
    for head, text in texts.items():
        page.write_string(row, head.column, text, styles["text"])
    if item.mark is None:
        page.write_blank(row, Head.MARK.column, None, styles["mark"])
    else:
        page.write_number(row, Head.MARK.column, float(item.mark.value), styles["mark"])
    page.write_string(row, Head.FACT.column, item.mark.fact if item.mark else "", styles["fact"])
    page.set_row(row, _height(texts))


def _height(texts: dict[Head, str]) -> float:
    """Of a row, so that no text is cut; Chinese characters take two of a column's width."""
    lines = 1
    for head in (Head.UNIT, Head.INDICATOR, Head.CRITERION, Head.PROOF):
        room = WIDTHS[head] - 1
        needed = 0
        for part in texts[head].split("\n"):
            width = sum(1 if sign.isascii() else 2 for sign in part)
            needed += max(1, -(-width // room))
        lines = max(lines, needed)
    return max(_LEAST_HEIGHT, lines * _LINE + 4)


def _set_up(page: Any, styles: dict[str, Any], sheet: ReviewerSheet) -> None:
    first, last, column = HEAD_ROW + 1, HEAD_ROW + len(sheet.rows), Head.MARK.column
    for head in Head:
        page.set_column(head.column, head.column, WIDTHS.get(head, 10), None, {"hidden": head.is_hidden})
    page.data_validation(
        first,
        column,
        last,
        column,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 100,
            "error_title": "评分不对",
            "error_message": "请填写 0 到 100 之间的数；不评的留空",
        },
    )
    for criteria, value in (("<", sheet.low), (">", sheet.high)):
        rule = f'=AND(ISNUMBER($G{first + 1}),$G{first + 1}{criteria}{plain(value)},$H{first + 1}="")'
        marking = {"type": "formula", "criteria": rule, "format": styles["extreme"]}
        page.conditional_format(first, Head.FACT.column, last, Head.FACT.column, marking)
    page.write_string(last + 2, Head.UNIT.column, "评委签名：", styles["line"])
    page.write_string(last + 2, Head.PROOF.column, "日期：", styles["line"])
    page.freeze_panes(first, Head.POINTS.column)
    page.autofilter(HEAD_ROW, 0, last, Head.FACT.column)
    allowed = ("format_cells", "format_columns", "format_rows", "sort", "autofilter")
    page.protect("", dict.fromkeys(allowed, True))
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    page.repeat_rows(HEAD_ROW)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.set_selection(first, column, first, column)


def _write_guide(book: Any, styles: dict[str, Any], sheet: ReviewerSheet) -> None:
    page = book.add_worksheet(GUIDE)
    lines = (
        "1. 只填“评分”表中的黄色单元格：评分按百分制，0 到 100，可以有小数；0 分请填 0，不评的留空。",
        f"2. {sheet.extreme_words}的评分是极端分，请在“事实依据”写明所依据的事实，例如“获全国表彰”“全年未开展”。",
        "3. 可以排序、筛选、调整列宽；请不要删除行、列和工作表，也不要把别人的表复制过来改名。",
        "4. 评分时只比照评分标准，各单位用同一把尺子。本单位的评分不在表中，应当回避。",
        "5. 填好后保存为 .xlsx 文件，连同签名页交回考核办。考核办在“评分”页用“导入评分表”收回。",
    )
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, styles["guide"])
        page.set_row(row, 36)
    page.set_column(0, 0, 90)
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _write_identity(book: Any, sheet: ReviewerSheet) -> None:
    """Read by the program, not by people."""
    page = book.add_worksheet(IDENTITY)
    identity = sheet.identity
    values = (FORMAT, identity.workbook, str(identity.year), identity.panel, identity.reviewer, identity.schemes)
    for row, (key, value) in enumerate(zip(IDENTITY_KEYS, values, strict=True)):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    page.very_hidden()
    page.protect()
