"""What a grid shows as a file: a table for Excel or WPS, or a paper with a head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from assessor.ui.grid.arrangement import number_key
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.host import host_of
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.table import GridTable

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.work import Work

_TABLE_KINDS = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"
_STEP = 1000


class Visible:
    """The rows and columns that are shown, as they are now; read off the UI thread."""

    def __init__(self, title: str, table: GridTable, model: RowModel[Any]) -> None:
        host = host_of(table)
        self.title = title
        self.sample = host.sample_mark() if host else ""
        self.columns: list[Column[Any]] = [model.columns[number] for number in table.shown_columns()]
        self.rows = model.shown_rows()
        self.is_filtered = len(self.rows) < model.row_total

    @property
    def headings(self) -> list[str]:
        return [" ".join(column.title.split("\n")) for column in self.columns]

    def texts(self, work: Work) -> list[tuple[str, ...]]:
        result = []
        for number, row in enumerate(self.rows):
            if number % _STEP == 0:
                work.step(0.05, "整理表格")
            result.append(tuple(column.text(row) for column in self.columns))
        return result


def export(table: GridTable, title: str, model: RowModel[Any]) -> Job | None:
    """Asks where to, and writes there in the background. None: nothing was chosen."""
    path = _ask(table, title, "导出表格", ".xlsx", _TABLE_KINDS)
    return write_visible(table, Visible(title, table, model), path) if path else None


def print_table(table: GridTable, title: str, model: RowModel[Any]) -> Job | None:
    """As a PDF, which the system then shows: from there it goes to any printer."""
    path = _ask(table, title, "打印为 PDF", ".pdf", "PDF 文件 (*.pdf)")
    return print_visible(table, Visible(title, table, model), path) if path else None


def write_visible(table: GridTable, visible: Visible, path: Path) -> Job | None:
    from assessor.exchange.table_file import write_table

    def write(work: Work) -> None:
        rows = [_cells(visible.columns, row) for row in visible.texts(work)]
        write_table(path, _sheet_name(visible.sample + visible.title), visible.headings, rows, work)

    return _run(table, path, f"已导出{visible.title}", write)


def print_visible(table: GridTable, visible: Visible, path: Path) -> Job | None:
    from assessor.reports.table_paper import PaperTable, write_table_paper

    numbers = frozenset(place for place, column in enumerate(visible.columns) if column.kind is CellKind.NUMBER)

    def write(work: Work) -> None:
        rows = tuple(visible.texts(work))
        note = "按筛选条件列出，" if visible.is_filtered else ""
        paper = PaperTable(visible.title, tuple(visible.headings), numbers, rows, note, visible.sample)
        write_table_paper(paper, path, printed_on=_today(), work=work)

    job = _run(table, path, f"已打印{visible.title}", write)
    if job is not None:
        job.done.connect(lambda _outcome: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
    return job


def _ask(table: GridTable, title: str, heading: str, suffix: str, kinds: str) -> Path | None:
    host = host_of(table)
    beside = host.workbook_path() if host else None
    title = (host.sample_mark() if host else "") + title
    name = f"{beside.stem}{title}{suffix}" if beside else f"{title}{suffix}"
    suggested = beside.with_name(name) if beside else Path(name)
    chosen, kind = QFileDialog.getSaveFileName(table, heading, str(suggested), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".csv" if "csv" in kind else suffix)


def _run(table: GridTable, path: Path, told: str, write: Any) -> Job | None:
    from assessor.ui.background import Lane

    host = host_of(table)
    if host is None:
        return None
    job = host.background.run(f"正在写入 {path.name}", write, lane=Lane.DRAWING)
    job.done.connect(lambda _outcome: host.tell_written(path, told))
    job.failed.connect(host.show_problem)
    return job


def _cells(columns: Sequence[Column[Any]], texts: Sequence[str]) -> list[str | Decimal]:
    """Numbers as numbers; whatever else stands in a column of numbers (暂 3, —) as the text it is."""
    return [
        _number(text) if column.kind is CellKind.NUMBER else text for column, text in zip(columns, texts, strict=True)
    ]


def _number(text: str) -> str | Decimal:
    number = number_key(text)
    return text if number is None else number


def _sheet_name(title: str) -> str:
    """Excel takes 31 characters, and not these."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "表格"


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own calendar day
