"""结果: the ranking of each group; any number opens its trace in the detail pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QVBoxLayout

from assessor.domain.place import Place
from assessor.domain.statistics import GroupSummary, summarize
from assessor.ui import theme
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.history_menu import add_history_actions
from assessor.ui.ignored_records import IgnoredRecords
from assessor.ui.models.ranking_columns import category_of, ranking_columns
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.seal_badge import SealBadge
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult, UnitResult
    from assessor.domain.year_view import YearView

_FROZEN = 4
"""名次, 单位, 总分, 等次: what is looked for first stays in view."""


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
        self.grid = Grid("考核结果", frozen=_FROZEN, memory_key="results", numbers=False)
        self.grid.opened.connect(self._open)
        self.grid.looked_at.connect(self._look)
        self.grid.menu_asked.connect(self._add_actions)
        self._shown: GroupResult | None = None
        self._model: RowModel[UnitResult] | None = None
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
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
        group, shown = self._group(self.groups.key or ""), self._shown
        if shown is not None and self._model is not None and _has_same_columns(shown, group):
            self._renew(self._model, group)
            return
        self._show_group(group.group.code)
        if before is not None:
            self.select_unit(before)

    def take_focus(self) -> None:
        self.grid.setFocus()

    def select_unit(self, code: str) -> None:
        """Moves to the unit's row, in its group; stays where the year does not have it."""
        found = self.view.result.find(code) if self.view else None
        if found is None:
            return
        group, _unit = found
        if self._shown is not group:
            self.groups.show_choices(self._choices(), group.group.code)
            self._show_group(group.group.code)
        if self._unit_code() != code:
            self.grid.go_to_row(code, "unit")

    def go_to(self, place: Place) -> None:
        if place.unit:
            self.select_unit(place.unit)
            self.surroundings.look_at(place.unit, place.code or None)

    def place(self) -> Place:
        target = self._target(self.grid.current_index())
        return Place(self.objectName(), unit=target[0], code=target[1] or "") if target else Place(self.objectName())

    def _choices(self) -> list[tuple[str, str]]:
        groups = self.view.result.groups if self.view else ()
        return [(group.group.code, f"{group.group.title} {len(group.units)}") for group in groups if group.units]

    def _show_group(self, code: str) -> None:
        if self.view is None:
            return
        group = self._group(code)
        self._shown = group
        self._model = RowModel(ranking_columns(group), lambda unit: unit.unit.code)
        self._model.show_rows(group.units)
        self.grid.set_model(self._model)
        self._describe(group)

    def _group(self, code: str) -> GroupResult:
        groups = self.view.result.groups if self.view is not None else ()
        return next(group for group in groups if group.group.code == code)

    def _renew(self, model: RowModel[UnitResult], group: GroupResult) -> None:
        """After an edit: order, selection and place stay."""
        if group is not self._shown:
            self._shown = group
            model.show_rows(group.units)
            self._describe(group)

    def _describe(self, group: GroupResult) -> None:
        self._summary.setText(_summary_text(group, summarize(group)))
        self.ignored.show_lines(group.warnings)

    def _unit_code(self) -> str | None:
        target = self._target(self.grid.current_index())
        return target[0] if target else None

    def _target(self, index: QModelIndex) -> tuple[str, str | None] | None:
        """Unit and category of a cell, by code."""
        if self._model is None or not index.isValid():
            return None
        return self._model.row_at(index).unit.code, category_of(self._model.column_at(index).key)

    def _look(self, index: QModelIndex) -> None:
        target = self._target(index)
        if target:
            self.surroundings.look_at(*target)

    def _open(self, index: QModelIndex) -> None:
        target = self._target(index)
        if target:
            self.surroundings.open_trace(*target)

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        target = self._target(index)
        if target and self.view:
            menu.addAction("得分依据", lambda: self.surroundings.open_trace(*target))
            add_history_actions(menu, self.view, *target, show=self.surroundings.show_history)


def _has_same_columns(one: GroupResult, other: GroupResult) -> bool:
    return one.scheme is other.scheme and one.group.code == other.group.code


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
