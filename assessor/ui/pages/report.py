"""报告: makes the assessment report or a unit's feedback sheet as PDF, in the background, and shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.reports import REPORTS
from assessor.ui import theme
from assessor.ui.background import Job, Lane
from assessor.ui.choice import Choice
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.report_writing import ReportOrder, Written, default_folder, write_order
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.errors import AssessorError
    from assessor.ui.pdf_preview import PdfPreview

_PANEL_WIDTH = 300
_SIGNED_ON = "成文日期"
_EVERY = "*"
"""Stands for every unit in the list of units."""


class ReportPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("报告", surroundings)
        self.kinds = Segments("报告种类")
        self.kinds.show_choices([(kind, report.title) for kind, report in REPORTS.items()])
        self.units = Choice("单位")
        self.units.setMaxVisibleItems(16)
        self.signed_on = QLineEdit()
        self._proposed_day = ""
        """Of today, until the user types another."""
        self.signed_on.setAccessibleName(_SIGNED_ON)
        self.signed_on.setToolTip("年-月-日，如 2025-12-05")
        self.robustness = QCheckBox("附名次稳健性分析")
        self.robustness.setToolTip("加一个附件：名次对指标分值和评委的依赖程度。是分析，不是正式得分")
        self.folder: Path | None = None
        """The user's choice; None: the default place of each workbook."""
        self.folder_shown: Path | None = None
        self._folder_text = QLabel()
        self._folder_text.setWordWrap(True)
        self._folder_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.change_button = QPushButton("更改…")
        self.make_button = QPushButton("生成 PDF")
        theme.dress(self.make_button, role="primary")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("生成进度")
        self.cancel_button = QPushButton("取消")
        self.state = QLabel()
        self.state.setAccessibleName("生成情况")
        self.state.setWordWrap(True)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = QPushButton("打开文件")
        self.folder_button = QPushButton("打开所在文件夹")
        self.preview: PdfPreview | None = None
        self._hint = QLabel("点“生成 PDF”，在这里预览。")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.dress(self._hint, tone="muted")
        for button in (self.change_button, self.make_button, self.cancel_button, self.open_button, self.folder_button):
            button.setAutoDefault(True)  # Enter presses it, as Space does
        self._job: Job | None = None
        self._written: Written | None = None
        self._lay_out_body()
        self._connect()
        self._show_running(False)
        self._show_written(None)

    def show_view(self, view: YearView | None) -> None:
        if self.view is not None and (view is None or view.year.year != self.view.year.year):
            self._show_written(None)
            self._right.setCurrentWidget(self._hint)
        super().show_view(view)

    def fill(self, view: YearView) -> None:
        self._propose_day()
        chosen = self.units.currentData()
        self.units.clear()
        results = [unit for group in view.result.groups for unit in group.units]
        registry = {unit.code: place for place, unit in enumerate(view.plan.units)}
        for result in sorted(results, key=lambda result: registry[result.unit.code]):
            self.units.addItem(result.unit.short_name, result.unit.code)
        self.units.addItem(f"全部 {len(results)} 个单位", _EVERY)
        self.units.setCurrentIndex(max(0, self.units.findData(chosen)))
        if self.folder is None and self.surroundings.session.current is not None:
            self._show_folder(default_folder(self.surroundings.session.current.path, _documents()))
        self._show_kind()

    def take_focus(self) -> None:
        self.make_button.setFocus()

    def _propose_day(self) -> None:
        """Today, also where the window has been open since another day; what was typed stays."""
        if self.signed_on.text() == self._proposed_day:
            self._proposed_day = self.surroundings.today().isoformat()
            self.signed_on.setText(self._proposed_day)

    def set_folder(self, folder: Path) -> None:
        """Reports go there from now on."""
        self.folder = folder
        self._show_folder(folder)

    def make(self) -> Job | None:
        """Starts writing what is chosen; None where there is nothing to write, or one is being written."""
        try:
            order = self._order()
        except InputError as problem:
            self._show_failed(problem)
            self.signed_on.setFocus()
            self.signed_on.selectAll()
            return None
        if order is None or self._job is not None:
            return None
        self.surroundings.clear_problem()
        job = self.surroundings.background.run(
            f"生成{REPORTS[order.kind].title}", lambda work: write_order(order, work), lane=Lane.DRAWING
        )
        self._job = job
        job.progressed.connect(self._show_progress)
        job.done.connect(self._show_written)
        job.failed.connect(self._show_failed)
        job.cancelled.connect(lambda: self.state.setText("已取消，没有写完的文件已撤回。"))
        job.finished.connect(self._end)
        self._show_written(None)
        self._show_running(True)
        return job

    def _order(self) -> ReportOrder | None:
        """Raises InputError where the date that was typed is none."""
        kind = self.kinds.key
        folder = self.folder_shown
        if self.view is None or kind is None or folder is None:
            return None
        units: tuple[str, ...] = ()
        if REPORTS[kind].needs_unit:
            codes = [self.units.itemData(place) for place in range(self.units.count())]
            every = tuple(code for code in codes if code != _EVERY)
            units = every if self.units.currentData() == _EVERY else (self.units.currentData(),)
        signed_on = read_date(self.signed_on.text(), _SIGNED_ON)
        self.signed_on.setText(signed_on.isoformat())
        with_robustness = self.robustness.isChecked() and REPORTS[kind].compose_with_robustness is not None
        return ReportOrder(kind, self.view, units, signed_on, folder, with_robustness)

    def _show_progress(self, fraction: float, text: str) -> None:
        self.progress.setValue(round(fraction * 1000))
        self.state.setText(text)

    def _show_written(self, written: Written | None) -> None:
        self._written = written
        for button in (self.open_button, self.folder_button):
            button.setVisible(written is not None)
        if written is None:
            self.state.setText("")
            return
        what = f" {len(written.paths)} 个文件" if len(written.paths) > 1 else ""
        missing = f"\n缺字，以〓代替：{'、'.join(written.missing)}" if written.missing else ""
        self.state.setText(f"已生成{what}，共 {written.pages} 页：\n{written.paths[-1]}{missing}")
        self._show_preview(written.paths[-1])

    def _show_preview(self, path: Path) -> None:
        if self.preview is None:
            from assessor.ui.pdf_preview import PdfPreview

            self.preview = PdfPreview()
            self._right.addWidget(self.preview)
        self.preview.show_file(path)
        self._right.setCurrentWidget(self.preview)

    def _show_failed(self, problem: AssessorError) -> None:
        self.state.setText("")
        self.surroundings.show_problem(problem)

    def _end(self) -> None:
        self._job = None
        was_here = self.cancel_button.hasFocus() or self.window().focusWidget() is None
        self._show_running(False)
        if was_here and self.isVisible():
            self.take_focus()

    def _show_running(self, is_running: bool) -> None:
        self.progress.setValue(0)
        self.progress.setVisible(is_running)
        self.cancel_button.setVisible(is_running)
        self.make_button.setEnabled(not is_running)

    def _show_kind(self) -> None:
        kind = self.kinds.key
        self._unit_row.setVisible(kind is not None and REPORTS[kind].needs_unit)
        self.robustness.setVisible(kind is not None and REPORTS[kind].compose_with_robustness is not None)

    def _show_folder(self, folder: Path) -> None:
        self.folder_shown = folder
        self._folder_text.setText(str(folder))

    def _ask_folder(self) -> None:
        start = self.folder_shown if self.folder_shown and self.folder_shown.is_dir() else _documents()
        chosen = QFileDialog.getExistingDirectory(self, "报告保存到", str(start))
        if chosen:
            self.set_folder(Path(chosen))

    def _open_file(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.paths[-1])))

    def _open_folder(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.paths[-1].parent)))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.state.setText("正在取消…")

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _kind: self._show_kind())
        self.change_button.clicked.connect(self._ask_folder)
        self.make_button.clicked.connect(self.make)
        self.signed_on.returnPressed.connect(self.make)
        self.cancel_button.clicked.connect(self._cancel)
        self.open_button.clicked.connect(self._open_file)
        self.folder_button.clicked.connect(self._open_folder)

    def _lay_out_body(self) -> None:
        self.tools.addWidget(self.kinds)
        self._unit_row = QWidget()
        unit = QVBoxLayout(self._unit_row)
        unit.setContentsMargins(0, 0, 0, 0)
        unit.setSpacing(4)
        unit.addWidget(_caption("单位"))
        unit.addWidget(self.units)
        folder = QHBoxLayout()
        folder.addWidget(_caption("保存到"))
        folder.addStretch(1)
        folder.addWidget(self.change_button)
        theme.dress(self.change_button, role="link")
        running = QHBoxLayout()
        running.addWidget(self.progress, 1)
        running.addWidget(self.cancel_button)
        panel = QFrame()
        theme.dress(panel, role="card")
        panel.setFixedWidth(_PANEL_WIDTH)
        column = QVBoxLayout(panel)
        column.setContentsMargins(theme.SPACE * 2, theme.SPACE * 2, theme.SPACE * 2, theme.SPACE * 2)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._unit_row)
        column.addWidget(_caption(_SIGNED_ON))
        column.addWidget(self.signed_on)
        column.addWidget(self.robustness)
        column.addLayout(folder)
        column.addWidget(self._folder_text)
        column.addSpacing(theme.SPACE)
        column.addWidget(self.make_button)
        column.addLayout(running)
        column.addWidget(self.state)
        column.addWidget(self.open_button)
        column.addWidget(self.folder_button)
        column.addStretch(1)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        self._right = QStackedWidget()
        self._right.addWidget(self._hint)
        inside.addWidget(self._right)
        layout = QHBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE + 4)
        layout.addWidget(panel)
        layout.addWidget(card, 1)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    theme.dress(label, tone="muted")
    return label
