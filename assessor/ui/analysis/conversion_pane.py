"""折算: totals as points of the city's overall assessment, by settings that are changed beside the table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from assessor.domain.conversion import Conversion
from assessor.domain.conversion_table import converted_group
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.analysis.columns import CONVERSION_COLUMNS
from assessor.ui.analysis.conversion_form import ConversionForm
from assessor.ui.analysis.pane import SAMPLE_SUFFIX, Pane, row_at, table_card, words
from assessor.ui.background import Job, Lane
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult
    from assessor.domain.year_view import YearView
    from assessor.ui.pages.page import Surroundings
    from assessor.work import Work
    from assessor.workbook.workbook import Workbook

_FORM_WIDTH = 300


class ConversionPane(Pane):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.form = ConversionForm()
        self.form.setFixedWidth(_FORM_WIDTH)
        self.form.changed.connect(self._keep)
        self.state = words()
        self.export_button = QPushButton("导出表格…")
        self.print_button = QPushButton("打印为 PDF…")
        self.model = RowModel(CONVERSION_COLUMNS, lambda row: row.result.unit.code)
        self.grid = Grid("折算", frozen=1, memory_key="analysis.conversion", numbers=False)
        self.grid.set_model(self.model)
        self.grid.opened.connect(self._open)
        self.export_button.clicked.connect(self.grid.export)
        self.print_button.clicked.connect(self._ask_pdf)
        self._view: YearView | None = None
        self._group: GroupResult | None = None
        self._conversions: Mapping[str, Conversion] = {}
        self._job: Job | None = None
        self._lay_out()

    def show_group(self, view: YearView, group: GroupResult) -> None:
        self._view, self._group = view, group
        self.grid.name = f"{group.group.title}折算{SAMPLE_SUFFIX if view.is_sample else ''}"
        current = self._surroundings.session.current
        self.form.lock(current.read_only_reason if current else "")
        if self._job is not None:
            self._job.cancel()
        year = view.year.year
        self._job = job = self._surroundings.session.run(
            "正在读取折算设置", lambda workbook, _work: _load(workbook, year), quiet=True
        )
        job.done.connect(self._show)
        job.failed.connect(self._surroundings.show_problem)

    def take_focus(self) -> None:
        self.grid.setFocus()

    def save_pdf(self, path: Path) -> Job | None:
        """Every group's table, on the official page."""
        view, conversions = self._view, self._conversions
        if view is None:
            return None
        self._surroundings.clear_problem()
        today = self._surroundings.today()

        def write(work: Work) -> Path:
            from assessor.reports.conversion import write_conversion

            write_conversion(view, conversions, path, signed_on=today, work=work)
            return path

        job = self._surroundings.background.run(f"正在写入 {path.name}", write, lane=Lane.DRAWING)
        job.done.connect(lambda written: self._surroundings.tell_written(written, "已生成折算表"))
        job.failed.connect(self._surroundings.show_problem)
        return job

    def _show(self, conversions: Mapping[str, Conversion]) -> None:
        if self._group is None:
            return
        self._conversions = conversions
        self.form.show_conversion(self._group, conversions.get(self._group.group.code, Conversion()))
        try:
            found = converted_group(self._group, conversions)
        except InputError as problem:
            self.model.show_rows([])
            self.state.setText(f"{problem.what}。{problem.remedy}。")
            return
        self.model.show_rows(found.units)
        left = sum(item.points is None for item in found.units)
        rest = f" {left} 个单位不折算，原因见“折算说明”。" if left else ""
        self.state.setText(f"{found.sentence}。{rest}")

    def _keep(self, conversion: Conversion) -> None:
        view, group = self._view, self._group
        if view is None or group is None:
            return
        from assessor.workbook.conversions import save_conversion

        year, code = view.year.year, group.group.code
        job = self._surroundings.session.change(
            f"{year} 年度{group.group.title}折算设置", lambda edit: save_conversion(edit, year, code, conversion)
        )
        job.failed.connect(self._surroundings.show_problem)

    def _open(self, index: QModelIndex) -> None:
        row = row_at(self.grid, index)
        if row is not None:
            self._surroundings.open_trace(row.result.unit.code, None)

    def _ask_pdf(self) -> None:
        current = self._surroundings.session.current
        if self._view is None or current is None:
            return
        name = f"{self._view.year.year}年度考核结果折算表.pdf"
        suggested = str(current.path.with_name(name))
        chosen, _kind = QFileDialog.getSaveFileName(self, "打印为 PDF", suggested, "PDF 文件 (*.pdf)")
        if chosen:
            path = Path(chosen)
            self.save_pdf(path if path.suffix else path.with_suffix(".pdf"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self.state, 1)
        head.addWidget(self.export_button)
        head.addWidget(self.print_button)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE)
        right.addLayout(head)
        right.addWidget(table_card(self.grid), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE + 4)
        layout.addWidget(self.form)
        layout.addLayout(right, 1)


def _load(workbook: Workbook, year: int) -> Mapping[str, Conversion]:
    from assessor.workbook.conversions import load_conversions

    return load_conversions(workbook, year)
