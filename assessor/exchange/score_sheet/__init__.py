"""A year as a workbook with live formulas (核对用计分表): change a yellow cell, and every score follows.

Inputs, one table of leaves and one of units for each group, the entries of bonus and deduction, and a sheet that
compares everything with the program's results. Every formula is written with its value; only functions that Excel
2007, WPS and LibreOffice share. Each rule writes its own formula (``assessor/domain/rules``).
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from assessor.domain.year_view import YearView
from assessor.errors import OutputError
from assessor.output import check_target, write_file
from assessor.work import Work


def write_score_sheet(view: YearView, path: Path, work: Work) -> None:
    """Raises OutputError where ``path`` is no .xlsx or cannot be written; Cancelled."""
    check_target(path)
    if path.suffix.casefold() != ".xlsx":
        raise OutputError("计分表只能写成 .xlsx 文件", place=str(path), remedy="请把文件名写成以 .xlsx 结尾")
    content = score_sheet(view, work)
    work.step(0.95, "写入文件")
    write_file(path, content)
    work.on_progress(1.0, "完成")


def score_sheet(view: YearView, work: Work) -> bytes:
    """The same bytes for the same view."""
    from assessor.exchange.score_sheet.book import make_book

    stream = BytesIO()
    make_book(view, stream, work)
    return stream.getvalue()
