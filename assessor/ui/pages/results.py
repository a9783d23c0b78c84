"""结果: the ranking of each group; any number opens its trace in the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QMenu, QVBoxLayout

from assessor.domain.statistics import GroupSummary, summarize
from assessor.ui import theme
from assessor.ui.grid.frozen_table import FrozenTable
from assessor.ui.history_menu import add_history_actions
from assessor.ui.ignored_records import IgnoredRecords
from assessor.ui.models.ranking_model import Column, RankingModel, RankingOrder
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.seal_badge import SealBadge
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult, UnitResult
    from assessor.domain.year_view import YearView

_FROZEN = 4
"""名次, 单位, 总分, 等次: what is looked for first stays in view."""
_WIDEST = 420
"""Of a column; what is longer is elided, and whole in the tooltip and the detail pane."""
_CELL_MARGIN = 20
_HEADING_MARGIN = 28
"""Room for the sorting arrow, too."""


class ResultsPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("结果", surroundings)
        self.groups = Segments("考核组别")
        self.groups.chosen.connect(self._show_group)
        self.tools.addWidget(self.groups)
        self.seal = SealBadge()
        self.tools.insertWidget(0, self.seal, 0, Qt.AlignmentFlag.AlignVCenter)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        theme.dress(self._summary, tone="muted")
        self.ignored = IgnoredRecords()
        self.table = FrozenTable(_FROZEN)
        self.table.setAccessibleName("考核结果")
        self.table.opened.connect(self._open)
        self.table.menu_asked.connect(self._show_menu)
        self._model: RankingModel | None = None
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._summary)
        layout.addWidget(self.ignored)
        layout.addWidget(card, 1)

    def fill(self, view: YearView) -> None:
        before = self._unit_code()
        self.seal.show_view(view)
        self.groups.show_choices(self._choices())
        group = self._group(self.groups.key or "")
        if self._model is not None and self._model.group.group.code == group.group.code and self._model.takes(group):
            self._renew(self._model, group)
            return
        self._show_group(group.group.code)
        if before is not None:
            self.select_unit(before)

    def take_focus(self) -> None:
        self.table.setFocus()

    def select_unit(self, code: str) -> None:
        """Moves to the unit's row, in its group; stays where the year does not have it."""
        found = self.view.result.find(code) if self.view else None
        if found is None:
            return
        group, unit = found
        if self._model is None or self._model.group is not group:
            self.groups.show_choices(self._choices(), group.group.code)
            self._show_group(group.group.code)
        if self._unit_code() != code:
            self._move_to(group.units.index(unit))

    def _choices(self) -> list[tuple[str, str]]:
        groups = self.view.result.groups if self.view else ()
        return [(group.group.code, f"{group.group.title} {len(group.units)}") for group in groups if group.units]

    def _show_group(self, code: str) -> None:
        if self.view is None:
            return
        group = self._group(code)
        self._model = RankingModel(group)
        self.table.setModel(RankingOrder(self._model))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.selectionModel().currentChanged.connect(self._look)
        self._fit_columns(self._model)
        self._describe(group)
        self._move_to(0)

    def _group(self, code: str) -> GroupResult:
        groups = self.view.result.groups if self.view is not None else ()
        return next(group for group in groups if group.group.code == code)

    def _renew(self, model: RankingModel, group: GroupResult) -> None:
        """After an edit: order, selection and place stay."""
        before = model.group
        if group is before:
            return
        model.show_group(group)
        known = {id(unit) for unit in before.units}
        self._widen_columns(model, [unit for unit in group.units if id(unit) not in known])
        self._describe(group)

    def _describe(self, group: GroupResult) -> None:
        self._summary.setText(_summary_text(group, summarize(group)))
        self.ignored.show_lines(group.warnings)

    def _move_to(self, row: int) -> None:
        order = self.table.model()
        if self._model is not None and isinstance(order, RankingOrder):
            index = order.mapFromSource(self._model.index(row, 1))
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.table.scrollTo(index)

    def _unit_code(self) -> str | None:
        target = self._target(self.table.currentIndex()) if self._model else None
        return target[0] if target else None

    def _fit_columns(self, model: RankingModel) -> None:
        """As wide as the widest text, so that as many columns as can be are seen at once."""
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, column in enumerate(model.columns):
            title = max(theme.text_width(line) for line in column.title.split("\n"))
            width = max(_width_of(column, model.group.units), title + _HEADING_MARGIN)
            self.table.setColumnWidth(place, min(width, _WIDEST))

    def _widen_columns(self, model: RankingModel, units: Sequence[UnitResult]) -> None:
        """Where what ``units`` have now would be cut off; the last column takes what is left anyway."""
        for place, column in enumerate(model.columns[:-1]):
            width = min(_width_of(column, units), _WIDEST)
            if width > self.table.columnWidth(place):
                self.table.setColumnWidth(place, width)

    def _target(self, index: QModelIndex) -> tuple[str, str | None] | None:
        order = self.table.model()
        if self._model is None or not isinstance(order, RankingOrder) or not index.isValid():
            return None
        source = order.mapToSource(index)
        return self._model.unit_at(source.row()).unit.code, self._model.columns[source.column()].code or None

    def _look(self, index: QModelIndex, _before: QModelIndex) -> None:
        target = self._target(index)
        if target:
            self.surroundings.look_at(*target)

    def _open(self, index: QModelIndex) -> None:
        target = self._target(index)
        if target:
            self.surroundings.open_trace(*target)

    def _show_menu(self, index: QModelIndex, at: QPoint) -> None:
        target = self._target(index)
        if target and self.view:
            menu = QMenu(self)
            menu.addAction("得分依据", lambda: self.surroundings.open_trace(*target))
            add_history_actions(menu, self.view, *target, show=self.surroundings.show_history)
            menu.addSeparator()
            menu.addAction("复制", self.table.copy_selection)
            menu.popup(at)


def _width_of(column: Column, units: Sequence[UnitResult]) -> int:
    texts = {column.text(unit) for unit in units}
    return max((theme.text_width(text, bold=True) for text in texts), default=0) + _CELL_MARGIN


def _summary_text(group: GroupResult, summary: GroupSummary) -> str:
    parts = [f"参评 {summary.assessed} 个单位", f"排名 {summary.ranked} 个"]
    if summary.exempt:
        parts.append(f"不参评 {summary.exempt} 个")
    if summary.provisional:
        parts.append(f"暂估 {summary.provisional} 个（有待评指标，名次和得分未定）")
    if summary.mean is not None:
        parts.append(f"平均 {summary.mean} 分，中位数 {summary.median} 分")
        parts.append(f"最高 {summary.highest} 分，最低 {summary.lowest} 分")
    grades = "、".join(f"{title} {count}" for title, count in summary.grades if count)
    if grades:
        parts.append(grades)
    scheme = f"按《{group.scheme.title}》" + ("（默认细则，未经审定）" if group.scheme.is_default else "")
    return "；".join(parts) + f"。\n{scheme}计分。"
