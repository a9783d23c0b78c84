"""申诉和异议: filed, decided, taken back; with the scores before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from assessor.domain.appeal_table import AppealRow, appeal_rows
from assessor.ui import theme
from assessor.ui.dialogs.appeal import AppealDialog
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.ruling import RulingDialog
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.review.acts import ReviewActs
from assessor.ui.review.appeal_columns import appeal_columns
from assessor.ui.review.tab_parts import TableOrWord, add_buttons, make_action

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_NOTHING = "还没有申诉和异议。\n收到后点“登记…”（Ins）记下来，再点“处理…”写处理意见；采纳的，得分随之调整。"


class AppealsTab(QWidget):
    def __init__(self, acts: ReviewActs) -> None:
        super().__init__()
        self._acts = acts
        self.dialog: QDialog | None = None
        self._wanted = ""
        self.summary = QLabel()
        theme.dress(self.summary, tone="muted")
        self.grid = Grid("申诉和异议", frozen=2, memory_key="review-appeals")
        self.model: RowModel[AppealRow] = RowModel(appeal_columns(), lambda row: row.appeal.key)
        self.grid.set_model(self.model)
        self.grid.opened.connect(self._open)
        self.grid.looked_at.connect(self._look)
        self.grid.menu_asked.connect(self._add_actions)
        self.add = make_action(self, "登记…", "Ins", lambda: self.ask_new())
        self.change = make_action(self, "修改…", "", self._ask_change)
        self.decide = make_action(self, "处理…", "Ctrl+Return", self._ask_ruling)
        self.reopen = make_action(self, "撤回处理意见", "", lambda: self._acts.reopen(self._chosen()[0]))
        self.remove = make_action(self, "删除", "Ctrl+Del", lambda: self._acts.remove(self._chosen()))
        self._actions = [self.add, self.change, self.decide, self.reopen, self.remove]
        self.place = TableOrWord(self.grid, _NOTHING)
        row = QHBoxLayout()
        row.setSpacing(4)
        add_buttons(row, self._actions)
        row.addStretch(1)
        row.addWidget(self.summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.place, 1)

    def fill(self, view: YearView) -> None:
        rows = appeal_rows(view)
        self.model.show_rows(rows)
        waiting = sum(row.appeal.is_open for row in rows)
        self.summary.setText(f"共 {len(rows)} 件，待处理 {waiting} 件" if rows else "")
        self.place.show_table(bool(rows))
        if self._wanted and self.model.place_of(self._wanted) is not None:
            self.show_appeal(self._wanted)
            self._wanted = ""
        self._allow()

    def show_appeal(self, key: str) -> None:
        self.grid.go_to_row(key, "claim")

    def ask_new(self, unit: str = "", indicator: str | None = None) -> None:
        view = self._acts.view
        if view is None or self._acts.locked_reason():
            return
        dialog = AppealDialog(self, view, self._acts.surroundings.today())
        if unit:
            dialog.leaf.choose(unit, indicator)
        self._show(dialog)
        dialog.accepted.connect(lambda: self._file(dialog))

    def _ask_change(self) -> None:
        (row,) = self._chosen()
        assert self._acts.view is not None
        dialog = AppealDialog(self, self._acts.view, self._acts.surroundings.today())
        dialog.prefill(row.appeal)
        self._show(dialog)
        dialog.accepted.connect(lambda: self._file(dialog))

    def _ask_ruling(self) -> None:
        (row,) = self._chosen()
        dialog = RulingDialog(self, row, self._acts.surroundings.today(), self._acts.operator)
        self._show(dialog)
        dialog.accepted.connect(lambda: dialog.filled and self._acts.decide(row, dialog.filled))

    def _file(self, dialog: AppealDialog) -> None:
        if dialog.filled is not None:
            self._acts.file(dialog.filled).done.connect(self._go_to_new)

    def _go_to_new(self, key: str) -> None:
        self._wanted = key

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _code: self._forget(dialog))
        show_dialog(dialog)

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _chosen(self) -> list[AppealRow]:
        return self.grid.selected_rows() if self.model.rowCount() else []

    def _open(self, index: QModelIndex) -> None:
        """An open one is decided; of a decided one the score is explained."""
        row = self.model.row_at(index)
        if row.appeal.is_open and not self._acts.locked_reason():
            self._ask_ruling()
        else:
            self._acts.surroundings.show_trace(row.unit.unit.code, row.appeal.indicator)

    def _look(self, index: QModelIndex) -> None:
        self._allow()
        if index.isValid():
            row = self.model.row_at(index)
            self._acts.surroundings.look_at(row.unit.unit.code, row.appeal.indicator)

    def _allow(self) -> None:
        rows, locked = self._chosen(), self._acts.locked_reason()
        one_open = len(rows) == 1 and rows[0].appeal.is_open
        fits = {
            self.add: True,
            self.change: one_open,
            self.decide: one_open,
            self.reopen: len(rows) == 1 and not rows[0].appeal.is_open,
            self.remove: bool(rows) and all(row.appeal.is_open for row in rows),
        }
        for action, is_fit in fits.items():
            action.setEnabled(not locked and is_fit)
            keys = action.shortcut().toString()
            action.setToolTip(locked or (f"{action.text()}（{keys}）" if keys else action.text()))

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        row = self.model.row_at(index)
        menu.addActions(self._actions)
        menu.addSeparator()
        unit, code = row.unit.unit.code, row.appeal.indicator
        menu.addAction("得分依据", lambda: self._acts.surroundings.show_trace(unit, code))
