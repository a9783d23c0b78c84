"""Asks where the history shown is to be written, as a table or as a paper, and has it written in the background."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from assessor.ui.pages.page import Surroundings
    from assessor.work import Work
    from assessor.workbook.history_list import HistoryQuery
    from assessor.workbook.workbook import Workbook

_TABLE_KINDS = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"
_PAPER_KINDS = "PDF 文件 (*.pdf)"


def ask_and_write(parent: QWidget, around: Surroundings, query: HistoryQuery, asked: str, is_paper: bool) -> None:
    """``asked``: what of the history it is, in words, for the paper's head."""
    current = around.session.current
    if current is None:
        return
    around.clear_problem()
    suffix = ".pdf" if is_paper else ".xlsx"
    suggested = current.path.with_name(f"{current.path.stem}修改历史{suffix}")
    kinds = _PAPER_KINDS if is_paper else _TABLE_KINDS
    name, kind = QFileDialog.getSaveFileName(parent, "打印为 PDF" if is_paper else "导出历史", str(suggested), kinds)
    if not name:
        return
    path = Path(name)
    if not path.suffix:
        path = path.with_suffix(".csv" if "csv" in kind else suffix)
    write = partial(_print, path, query, asked, around.today()) if is_paper else partial(_export, path, query)
    job = around.session.run(f"正在写入 {path.name}", write)
    job.done.connect(lambda _rows: around.tell_written(path, "已导出修改历史"))
    job.failed.connect(around.show_problem)


def _export(path: Path, query: HistoryQuery, workbook: Workbook, work: Work) -> int:
    from assessor.exchange.table_file import write_table
    from assessor.workbook.history_lines import HEADINGS, history_lines

    rows = [line.cells() for line in history_lines(workbook, query, work)]
    write_table(path, "修改历史", HEADINGS, rows, work)
    return len(rows)


def _print(path: Path, query: HistoryQuery, asked: str, today: date, workbook: Workbook, work: Work) -> int:
    from assessor.reports.history import HistoryRow, write_history
    from assessor.workbook.history_lines import history_lines
    from assessor.workbook.plans import load_plan

    rows = tuple(HistoryRow(*_printed(line.cells())) for line in history_lines(workbook, query, work))
    return write_history(rows, path, plan=load_plan(workbook), asked=asked, printed_on=today, work=work)


def _printed(cells: tuple[str, ...]) -> tuple[str, str, str, str, str, str]:
    number, at, operator, label, status, year, _area, place, deed, title, old, new = cells
    head = f"{number}. {at[:16]} {operator}"
    what = f"{label}（{status}）" if status else label
    where = f"{year} {place}" if year and place != year else place
    return head, what, f"{deed} {where}", title, old, new
