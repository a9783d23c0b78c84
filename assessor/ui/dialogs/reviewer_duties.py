"""评委分工: who marks which indicator of which unit. A draft until it is saved, as one edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from assessor.domain.duty_table import (
    DutyRow,
    all_ticked,
    duties_to_save,
    duty_rows,
    panel_duties,
    stored_ticks,
    ticks_words,
)
from assessor.domain.reviewer_dealing import Dealing, deal_out
from assessor.domain.reviewer_table import panels_in
from assessor.errors import AssessorError, InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_text
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.reviewing.columns import duty_columns

if TYPE_CHECKING:
    from assessor.domain.reviewing import Duty
    from assessor.domain.year_view import YearView
    from assessor.ui.reviewing.work import ReviewingWork

_WIDTH, _TABLE_HEIGHT = 900, 360
_HINT = "勾选谁评哪一项（空格键勾选，可以成片选中、向下填充和粘贴）。全部勾选的，以后新增的也归他评；本单位的评委回避。"


class ReviewerDutiesDialog(QDialog):
    def __init__(self, parent: QWidget, view: YearView, work: ReviewingWork) -> None:
        super().__init__(parent)
        self.setWindowTitle("评委分工")
        self._view = view
        self._work = work
        self._ticks: dict[str, frozenset[Duty]] = {}
        self.panel = Choice("评委组")
        self.reviewer = Choice("评委")
        self.everything = QPushButton("全选")
        self.nothing = QPushButton("全不选")
        self.at_least = _number(1, 20, " 位")
        self.at_least.setAccessibleName("每个单位至少几位评委")
        self.sample = _number(0, 100, "%")
        self.sample.setAccessibleName("双评抽样")
        self.sample.setValue(10)
        self.seed = _number(1, 9999, "")
        self.seed.setAccessibleName("分配序号")
        self.seed.setToolTip("同一个序号总是同样分配；换一个就换一种")
        self.deal = QPushButton("均匀分配")
        self.summary = dialog_text("", "muted")
        self.problem = dialog_text("", "bad")
        self.problem.hide()
        self.grid = Grid("评委分工", frozen=2)
        self.grid.setMinimumHeight(_TABLE_HEIGHT)
        self.model: RowModel[DutyRow] = RowModel((), lambda row: row.key)
        self.model.write = self._tick
        self.grid.set_model(self.model)
        self.buttons, self.ok_button = dialog_buttons(self, "保存")
        self._lay_out()
        for panel in panels_in(view):
            if view.facts.reviewers.get(panel.code):
                self.panel.addItem(panel.title, panel.code)
        self.panel.currentIndexChanged.connect(self._begin)
        self.everything.clicked.connect(lambda: self._tick_all(True))
        self.nothing.clicked.connect(lambda: self._tick_all(False))
        self.deal.clicked.connect(self._deal)
        self._begin()

    def accept(self) -> None:
        """Closes once the workbook has taken it."""
        try:
            self._check()
        except InputError as problem:
            self._complain(problem)
            return
        job = self._work.share(self._view.year.year, duties_to_save(self.model.rows(), self._panel(), self._ticks))
        self.ok_button.setEnabled(False)
        job.done.connect(lambda _nothing: QDialog.accept(self))
        job.failed.connect(self._complain)

    def _check(self) -> None:
        idle = [name for name, mine in self._ticks.items() if not mine]
        if idle:
            what = f"没有给评委“{idle[0]}”分配任何评分"
            raise InputError(what, remedy="请至少勾选一项；不再评分的评委请在“评委与极端分…”中删去")

    def _begin(self) -> None:
        """With what is stored for the panel."""
        self._ticks = stored_ticks(self._view, self._panel())
        self.reviewer.clear()
        self.reviewer.addItem("全部评委", "")
        for name in self._ticks:
            self.reviewer.addItem(name, name)
        rows = duty_rows(self._view, self._panel(), self._ticks)
        self.model.show_table(duty_columns(list(self._ticks)), rows)
        self._show()

    def _show(self) -> None:
        self.problem.hide()
        self.ok_button.setEnabled(True)
        rows = duty_rows(self._view, self._panel(), self._ticks)
        self.model.show_rows(rows)
        self.summary.setText(ticks_words(rows, self._ticks))

    def _tick(self, changes: Sequence[CellChange[DutyRow]]) -> None:
        for change in changes:
            name = change.column.partition(":")[2]
            mine = self._ticks[name]
            self._ticks[name] = mine | {change.row.key} if change.value else mine - {change.row.key}
        self._show()

    def _tick_all(self, is_on: bool) -> None:
        rows = self.model.rows()
        chosen = str(self.reviewer.currentData() or "")
        for name in [chosen] if chosen else list(self._ticks):
            self._ticks[name] = all_ticked(rows, name) if is_on else frozenset()
        self._show()

    def _deal(self) -> None:
        panel = self._panel()
        reviewing = self._view.facts.reviewing
        homes = {name: reviewing.units[panel, name] for name in self._ticks if (panel, name) in reviewing.units}
        dealing = Dealing(self.at_least.value(), self.sample.value(), self.seed.value())
        try:
            dealt = deal_out(panel_duties(self._view, panel), list(self._ticks), homes, dealing)
        except InputError as problem:
            self._complain(problem)
            return
        self._ticks = {name: frozenset(dealt[name]) for name in self._ticks}
        self._show()

    def _complain(self, problem: AssessorError) -> None:
        self.ok_button.setEnabled(True)
        self.problem.setText(f"{problem.what}。{problem.remedy}")
        self.problem.show()

    def _panel(self) -> str:
        return str(self.panel.currentData() or "")

    def _lay_out(self) -> None:
        layout = dialog_column(self)
        layout.addWidget(dialog_text(_HINT, "muted"))
        layout.addLayout(_row(self.panel, self.reviewer, self.everything, self.nothing))
        layout.addLayout(
            _row(
                QLabel("每个单位至少"),
                self.at_least,
                QLabel("双评抽样"),
                self.sample,
                QLabel("序号"),
                self.seed,
                self.deal,
            )
        )
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.summary)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        for button in (self.everything, self.nothing, self.deal, self.ok_button):
            button.setAutoDefault(False)
        self.resize(_WIDTH, self.sizeHint().height())


def _number(least: int, most: int, unit: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSuffix(unit)
    field.setFixedWidth(88)
    return field


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
