"""复核调整: scores that review or an appeal changed, each with its reason; taken back at will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from assessor.domain.appeal_table import AdjustmentRow, adjustment_rows
from assessor.ui import theme
from assessor.ui.dialogs.adjustment import AdjustmentDialog
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.review.acts import ReviewActs
from assessor.ui.review.appeal_columns import adjustment_columns
from assessor.ui.review.tab_parts import TableOrWord, add_buttons, make_action

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_NOTHING = "还没有调整过得分。\n复核中发现得分应当更正而不便改动填报或评分的，点“新增调整…”（Ins）。"


class AdjustmentsTab(QWidget):
    def __init__(self, acts: ReviewActs) -> None:
        super().__init__()
        self._acts = acts
        self.dialog: AdjustmentDialog | None = None
        self._wanted = ""
        self.summary = QLabel()
        theme.dress(self.summary, tone="muted")
        self.grid = Grid("复核调整", frozen=2, memory_key="review-adjustments")
        self.model: RowModel[AdjustmentRow] = RowModel(adjustment_columns(), lambda row: row.adjustment.key)
        self.grid.set_model(self.model)
        self.grid.opened.connect(self._open)
        self.grid.looked_at.connect(self._look)
        self.grid.menu_asked.connect(self._add_actions)
        self.add = make_action(self, "新增调整…", "Ins", lambda: self.ask_new())
        self.take_back = make_action(self, "取消调整", "Ctrl+Del", lambda: self._acts.take_back(self._chosen()[0]))
        self.place = TableOrWord(self.grid, _NOTHING)
        row = QHBoxLayout()
        row.setSpacing(4)
        add_buttons(row, [self.add, self.take_back])
        row.addStretch(1)
        row.addWidget(self.summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.place, 1)

    def fill(self, view: YearView) -> None:
        rows = adjustment_rows(view)
        self.model.show_rows(rows)
        self.summary.setText(f"共 {len(rows)} 项" if rows else "")
        self.place.show_table(bool(rows))
        if self._wanted and self.model.place_of(self._wanted) is not None:
            self.grid.go_to_row(self._wanted, "new")
            self._wanted = ""
        self._allow()

    def ask_new(self, unit: str = "", indicator: str | None = None) -> None:
        view = self._acts.view
        if view is None or self._acts.locked_reason():
            return
        self.dialog = dialog = AdjustmentDialog(self, view, self._acts.surroundings.today(), self._acts.operator)
        if unit:
            dialog.leaf.choose(unit, indicator)
        dialog.finished.connect(lambda _code: self._forget(dialog))
        dialog.accepted.connect(lambda: self._adjust(dialog))
        show_dialog(dialog)

    def _adjust(self, dialog: AdjustmentDialog) -> None:
        if dialog.filled is not None:
            self._acts.adjust(dialog.filled).done.connect(self._go_to_new)

    def _go_to_new(self, key: str) -> None:
        self._wanted = key

    def _forget(self, dialog: AdjustmentDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _chosen(self) -> list[AdjustmentRow]:
        return self.grid.selected_rows() if self.model.rowCount() else []

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        self._acts.surroundings.show_trace(row.unit.unit.code, row.adjustment.indicator)

    def _look(self, index: QModelIndex) -> None:
        self._allow()
        if index.isValid():
            row = self.model.row_at(index)
            self._acts.surroundings.look_at(row.unit.unit.code, row.adjustment.indicator)

    def _allow(self) -> None:
        rows, locked = self._chosen(), self._acts.locked_reason()
        self.add.setEnabled(not locked)
        is_appeals = any(row.appeal for row in rows)
        self.take_back.setEnabled(not locked and len(rows) == 1 and not is_appeals)
        appealed = "采纳申诉的调整，请在“申诉和异议”中撤回处理意见" if is_appeals else ""
        self.take_back.setToolTip(locked or appealed or "取消调整（Ctrl+Del）")

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        menu.addActions([self.add, self.take_back])
        menu.addSeparator()
        menu.addAction("得分依据", lambda: self._open(index))
