"""文件 > 导出计分表: the year as a spreadsheet whose formulas compute every score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, has_year

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work


def export_score_sheet(window: MainWindow, view: YearView, out: Path) -> Job:
    """Writes the sheet in the background."""
    from assessor.exchange.score_sheet import write_score_sheet
    from assessor.ui.background import Lane

    def write(work: Work) -> None:
        write_score_sheet(view, out, work)

    job = window.background.run(f"正在写入 {out.name}", write, lane=Lane.DRAWING)
    job.done.connect(lambda _nothing: window.tell_written(out, f"已导出 {view.year.year} 年度计分表"))
    job.failed.connect(window.show_problem)
    return job


def _ask_out(window: MainWindow) -> None:
    from PySide6.QtWidgets import QFileDialog

    current, view = window.session.current, window.session.view
    if current is None or view is None:
        return
    proposed = current.path.with_name(f"{current.path.stem}{view.year.year}年度计分表.xlsx")
    name, _kind = QFileDialog.getSaveFileName(window, "导出计分表", str(proposed), "Excel 表格 (*.xlsx)")
    if name:
        path = Path(name)
        export_score_sheet(window, view, path if path.suffix else path.with_suffix(".xlsx"))


EXPORT = Command("score_sheet", Menu.FILE, "导出计分表…", "", (), _ask_out, has_year)
