"""评分: what the office gives itself, by indicator over all units or by unit over all indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.mark_entry import Cell, Entry, Field, action_label, decisions
from assessor.domain.mark_table import (
    MarkRow,
    awaited_by_indicator,
    awaited_by_unit,
    earlier_results,
    indicator_rows,
    panels_of,
    progress_of,
    reviewers_of,
    unit_rows,
)
from assessor.domain.place import Place
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.history_menu import add_history_actions
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.reviewing.pane import ReviewersPane, sheets_in
from assessor.ui.scoring_columns import ScoringColumns, indicator_columns, unit_columns
from assessor.ui.scoring_strip import ScoringStrip
from assessor.ui.segments import Segments
from assessor.workbook.mark_decisions import save_decisions

if TYPE_CHECKING:
    from pathlib import Path

    from assessor.domain.results import UnitResult
    from assessor.domain.rules.panel import Panel
    from assessor.domain.scheme import Indicator, Scheme
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.dialogs.scoring_settings import ScoringSettingsDialog
    from assessor.workbook.workbook import Edit

BY_INDICATOR, BY_UNIT, REVIEWERS = "indicator", "unit", "reviewers"
_MODES = ((BY_INDICATOR, "按指标"), (BY_UNIT, "按单位"), (REVIEWERS, "评委"))
_SEALED = "本年度已定稿，不能修改评分"
_NO_REVIEWERS = "还没有评委：请点“评委与极端分…”添加，或沿用上年"
_ALL_TASKS = "全部任务"
_WIDEST_CHOICE, _WIDEST_TASK = 420, 260


class ScoringPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("评分", surroundings)
        self.modes = Segments("查看方式")
        self.modes.show_choices(_MODES)
        self.groups = Segments("考核组别")
        self.subject = Choice("指标或单位")
        self.subject.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.subject.setMaximumWidth(_WIDEST_CHOICE)
        self.task = Choice("任务")
        self.task.setMaximumWidth(_WIDEST_TASK)
        self.before = _step_button("‹", "上一个（Alt+PageUp）")
        self.after = _step_button("›", "下一个（Alt+PageDown）")
        self.progress = QLabel()
        theme.dress(self.progress, tone="muted")
        self.settings = QPushButton("评委与极端分…")
        self.strip = ScoringStrip()
        self.reviewers = ReviewersPane(surroundings, self.locked_reason)
        self.dialog: ScoringSettingsDialog | None = None
        self._columns = ScoringColumns((), {})
        self._mode = BY_INDICATOR
        self._chosen = {BY_INDICATOR: "", BY_UNIT: ""}
        self._reviewers: Sequence[tuple[Panel, str]] = ()
        self._shape: tuple[object, ...] = ()
        self._compared: tuple[object, object] = (None, None)
        self._earlier: dict[str, UnitResult] = {}
        self.grids = {mode: self._make_grid(mode) for mode in (BY_INDICATOR, BY_UNIT)}
        self._lay_out_body()
        self._connect()

    @property
    def grid(self) -> Grid:
        return self.grids[self.mode]

    @property
    def model(self) -> RowModel[MarkRow]:
        model = self.grid.model
        assert model is not None
        return model

    @property
    def mode(self) -> str:
        """Which of the two tables stands there, or is behind the reviewers."""
        return self._mode

    @property
    def is_reviewing(self) -> bool:
        return self.modes.key == REVIEWERS

    def fill(self, view: YearView) -> None:
        if self._compared[0] is not view.previous or self._compared[1] is not view.plan:
            self._compared, self._earlier = (view.previous, view.plan), earlier_results(view)
        choices = [(group.group.code, group.group.title) for group in view.result.groups if group.units]
        self.groups.show_choices(choices)
        self.groups.setVisible(self.mode == BY_INDICATOR and len(choices) > 1 and not self.is_reviewing)
        self._show_subjects(view)
        self._show_tasks(view)
        self._show_table(view)
        if self.is_reviewing:
            self.reviewers.fill(view)

    def take_focus(self) -> None:
        (self.reviewers.grid if self.is_reviewing else self.grid).setFocus()

    def take_sheets(self, paths: Sequence[Path]) -> Job | None:
        """Reviewers' sheets that came back; nothing where nothing can be entered."""
        if self.locked_reason():
            return None
        self.modes.show_choices(_MODES, REVIEWERS)
        self._change_mode(REVIEWERS)
        return self.reviewers.take_files(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if sheets_in(event.mimeData()) and not self.locked_reason():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_sheets(sheets_in(event.mimeData()))

    def show_indicator(self, group: str, code: str) -> None:
        """Goes to an indicator of a group, over its units."""
        self._go(BY_INDICATOR, code, group)

    def show_unit(self, code: str) -> None:
        """Goes to a unit, over its indicators."""
        self._go(BY_UNIT, code)

    def go_to(self, place: Place) -> None:
        if place.code and place.group:
            self.show_indicator(place.group, place.code)
            row = next((row for row in self.model.rows() if row.unit.unit.code == place.unit), None)
            if row is not None:
                self.grid.go_to_row(row.key, self._columns.first_entered or "unit")
        elif place.unit:
            self.show_unit(place.unit)

    def place(self) -> Place:
        if self.mode == BY_UNIT:
            return Place(self.objectName(), unit=self._chosen[BY_UNIT])
        return Place(self.objectName(), code=self._chosen[BY_INDICATOR], group=self.groups.key or "")

    def step(self, by: int) -> None:
        """To the next (1) or the previous (-1) indicator or unit."""
        place = self.subject.currentIndex() + by
        if 0 <= place < self.subject.count():
            self.subject.setCurrentIndex(place)

    def locked_reason(self) -> str:
        """Why nothing can be entered; empty where it can."""
        current = self.surroundings.session.current
        return (current.read_only_reason if current else "") or (_SEALED if self.view and self.view.seal else "")

    def enter(self, entries: Sequence[Entry]) -> Job | None:
        """One edit for all of them; nothing where they change nothing. Raises InputError."""
        made = decisions(entries)
        if not made or self.view is None:
            return None
        year = self.view.year.year

        def save(edit: Edit) -> None:
            save_decisions(edit, year, made)

        self.surroundings.clear_problem()
        return self.surroundings.session.change(action_label(entries), save)

    # What is shown

    def _show_subjects(self, view: YearView) -> None:
        subjects = self._indicator_titles(view) if self.mode == BY_INDICATOR else self._unit_titles(view)
        self.subject.blockSignals(True)
        if [self.subject.itemData(place) for place in range(self.subject.count())] != [code for code, _ in subjects]:
            self.subject.clear()
            for code, title in subjects:
                self.subject.addItem(title, code)
        for place, (_code, title) in enumerate(subjects):
            if self.subject.itemText(place) != title:
                self.subject.setItemText(place, title)
        place = max(self.subject.findData(self._chosen[self.mode] or self._first_subject(view)), 0)
        self.subject.setCurrentIndex(place)
        self.subject.blockSignals(False)
        self._chosen[self.mode] = str(self.subject.currentData() or "")
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < self.subject.count() - 1)

    def _indicator_titles(self, view: YearView) -> list[tuple[str, str]]:
        awaited = awaited_by_indicator(view, self._group())
        return [
            (item.code, f"{item.code} {item.title} · {item.rule.label}{_awaited_note(awaited.get(item.code, 0))}")
            for item in self._scheme(view).indicators
        ]

    def _unit_titles(self, view: YearView) -> list[tuple[str, str]]:
        awaited = awaited_by_unit(view)
        names = {unit.unit.code: unit.unit.short_name for group in view.facts.groups for unit in group.units}
        return [(code, f"{name}{_awaited_note(awaited[code])}") for code, name in names.items()]

    def _first_subject(self, view: YearView) -> str:
        """The first indicator that the office scores: where its work is."""
        if self.mode == BY_UNIT:
            return ""
        return next(iter(awaited_by_indicator(view, self._group())), "")

    def _show_tasks(self, view: YearView) -> None:
        indicator = self._indicator(view)
        tasks = []
        if indicator is not None and indicator.scope.value == "task":
            group = next(group for group in view.facts.groups if group.group.code == self._group())
            assigned = dict.fromkeys(item.task for unit in group.units for item in unit.assignments)
            tasks = [(code, f"{code} {title}") for code, title in view.facts.task_titles.items() if code in assigned]
        self.task.setVisible(bool(tasks))
        wanted = [("", _ALL_TASKS), *tasks]
        if [self.task.itemData(place) for place in range(self.task.count())] == [code for code, _ in wanted]:
            return
        self.task.blockSignals(True)
        self.task.clear()
        for code, title in wanted:
            self.task.addItem(title, code)
        self.task.blockSignals(False)

    def _show_table(self, view: YearView) -> None:
        if self.mode == BY_INDICATOR:
            task = str(self.task.currentData() or "")
            rows = indicator_rows(view, self._group(), self._chosen[BY_INDICATOR], self._earlier, task)
        else:
            rows = unit_rows(view, self._chosen[BY_UNIT], self._earlier)
        self._show_columns(view, rows)
        self.model.locked = self.locked_reason()
        self.strip.lock(self.model.locked)
        self.settings.setEnabled(not self.model.locked)
        self.reviewers.settings.setEnabled(not self.model.locked)
        self.model.show_rows(rows)
        self._show_progress(view, rows)
        self._show_strip(self.grid.current_index())

    def _show_progress(self, view: YearView, rows: Sequence[MarkRow]) -> None:
        indicator = self._indicator(view)
        is_unmanned = indicator is not None and bool(panels_of(indicator.rule)) and not self._reviewers
        self.progress.setText(_NO_REVIEWERS if is_unmanned else progress_of(rows).words)
        theme.dress(self.progress, tone="warn" if is_unmanned else "muted")

    def _show_columns(self, view: YearView, rows: Sequence[MarkRow]) -> None:
        """Anew only where other reviewers or rules are at hand: the widths and the selection stay."""
        indicator = self._indicator(view)
        indicators = [indicator] if indicator else list(self._scheme(view).indicators)
        self._reviewers = reviewers = reviewers_of(_panels(indicators), view.facts.reviewers, rows)
        shape = (self.mode, tuple(indicators), reviewers)
        if shape == self._shape:
            return
        is_first = self._shape[:1] != shape[:1] or self._shape[1:2] != shape[1:2]
        self._shape = shape
        has_tasks = any(row.task for row in rows)
        self._columns = (
            indicator_columns(indicator, reviewers, has_tasks=has_tasks)
            if indicator
            else unit_columns(indicators, reviewers)
        )
        self.model.show_columns(self._columns.columns)
        if is_first:
            self.model.show_rows(rows)
            self._go_to_first_entry(rows)

    def _go_to_first_entry(self, rows: Sequence[MarkRow]) -> None:
        column = self._columns.first_entered
        row = next((row for row in rows if row.is_scored_here), None) or next(iter(rows), None)
        if column is not None and row is not None:
            self.grid.go_to(self.model.index_of(row.key, column))

    def _show_strip(self, index: QModelIndex) -> None:
        row = self.model.row_at(index) if index.isValid() and index.row() < self.model.rowCount() else None
        self.strip.show_row(row)

    # What is done

    def _write(self, changes: Sequence[CellChange[MarkRow]]) -> Job | None:
        cells = self._columns.cells
        entries = [Entry(change.row, cells[change.column], change.value) for change in changes]  # type: ignore[arg-type]
        return self.enter(entries)

    def _found(self, row: MarkRow, text: str) -> None:
        """A fact for what lacks one; what others rest on stays."""
        from assessor.domain.mark_entry import basis_text

        known = basis_text(row)
        whole = f"{text}；{known}" if known and row.award is None else text
        job = self.enter([Entry(row, Cell(Field.BASIS), whole)])
        if job is not None:
            job.failed.connect(self.surroundings.show_problem)
        self.grid.setFocus()

    def _change_mode(self, mode: str) -> None:
        self._mode = self._mode if mode == REVIEWERS else mode
        for key, grid in self.grids.items():
            grid.setVisible(key == self.mode)
        self._parts.setCurrentWidget(self.reviewers if mode == REVIEWERS else self._tables)
        self._refill()
        self.take_focus()

    def _change_group(self, _group: str) -> None:
        self._chosen[BY_INDICATOR] = ""
        self._refill()

    def _change_subject(self) -> None:
        self._chosen[self.mode] = str(self.subject.currentData() or "")
        self.task.blockSignals(True)
        self.task.setCurrentIndex(0)
        self.task.blockSignals(False)
        self._refill()

    def _refill(self) -> None:
        if self.view is not None:
            self.fill(self.view)

    def _go(self, mode: str, code: str, group: str = "") -> None:
        self.modes.show_choices(_MODES, mode)
        if group and self.view is not None:
            groups = self.view.result.groups
            self.groups.show_choices([(item.group.code, item.group.title) for item in groups if item.units], group)
        self._chosen[mode] = code
        self._change_mode(mode)

    def _look(self, index: QModelIndex) -> None:
        self._show_strip(index)
        if index.isValid():
            row = self.model.row_at(index)
            self.surroundings.look_at(row.unit.unit.code, row.indicator.code)

    def _open(self, index: QModelIndex) -> None:
        """Why the number under the cursor is what it is: the unit's total and rank, or else the indicator's score."""
        row, key = self.model.row_at(index), self.model.column_at(index).key
        code = None if key in ("total", "rank") else row.indicator.code
        self.surroundings.show_trace(row.unit.unit.code, code)

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        row = self.model.row_at(index)
        unit, code = row.unit.unit.code, row.indicator.code
        menu.addAction("得分依据", lambda: self.surroundings.show_trace(unit, code))
        if self.mode == BY_INDICATOR:
            menu.addAction("看这个单位的全部指标", lambda: self.show_unit(unit))
        elif self.view is not None:
            group, _ = self.view.assessed_unit(unit)
            menu.addAction("看这个指标的全部单位", lambda: self.show_indicator(group.group.code, code))
        if self.view is not None:
            add_history_actions(menu, self.view, unit, code, show=self.surroundings.show_history)

    def _ask_settings(self) -> None:
        from assessor.ui.dialogs.scoring_settings import ScoringSettingsDialog

        if self.view is None:
            return
        self.dialog = ScoringSettingsDialog(self, self.view, self.surroundings.session)
        self.dialog.open()

    # How it is laid out

    def _make_grid(self, mode: str) -> Grid:
        title = "按指标评分" if mode == BY_INDICATOR else "按单位评分"
        grid = Grid(title, frozen=1, memory_key=f"scoring-{mode}")
        model: RowModel[MarkRow] = RowModel((), lambda row: row.key)
        model.write = self._write
        grid.set_model(model)
        grid.looked_at.connect(self._look)
        grid.opened.connect(self._open)
        grid.menu_asked.connect(self._add_actions)
        return grid

    def _connect(self) -> None:
        self.modes.chosen.connect(self._change_mode)
        self.groups.chosen.connect(self._change_group)
        self.subject.currentIndexChanged.connect(self._change_subject)
        self.task.currentIndexChanged.connect(self._refill)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.settings.clicked.connect(self._ask_settings)
        self.reviewers.settings.clicked.connect(self._ask_settings)
        self.setAcceptDrops(True)
        self.strip.founded.connect(self._found)
        for keys, by, words in (("Alt+PgUp", -1, "上一个指标或单位"), ("Alt+PgDown", 1, "下一个指标或单位")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setWhatsThis(words)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step(by))

    def _lay_out_body(self) -> None:
        self.tools.addWidget(self.groups)
        self.tools.addWidget(self.modes)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        for widget in (self.before, self.subject, self.after, self.task):
            row.addWidget(widget)
        row.addSpacing(theme.SPACE)
        row.addWidget(self.progress)
        row.addStretch(1)
        row.addWidget(self.settings)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        for grid in self.grids.values():
            inside.addWidget(grid)
        self.grids[BY_UNIT].hide()
        self._tables = QWidget()
        layout = QVBoxLayout(self._tables)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(card, 1)
        layout.addWidget(self.strip)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._tables)
        self._parts.addWidget(self.reviewers)
        whole = QVBoxLayout(self.body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._parts)

    # What is at hand

    def _group(self) -> str:
        return self.groups.key or ""

    def _scheme(self, view: YearView) -> Scheme:
        if self.mode == BY_UNIT and self._chosen[BY_UNIT]:
            return view.assessed_unit(self._chosen[BY_UNIT])[0].scheme
        return next(group.scheme for group in view.result.groups if group.group.code == self._group())

    def _indicator(self, view: YearView) -> Indicator | None:
        """None: the table is of one unit over all of them."""
        return self._scheme(view).indicator_by_code[self._chosen[BY_INDICATOR]] if self.mode == BY_INDICATOR else None


def _panels(indicators: Sequence[Indicator]) -> list[Panel]:
    """Every panel once, in the scheme's order."""
    found: dict[str, Panel] = {}
    for indicator in indicators:
        for panel in panels_of(indicator.rule):
            found.setdefault(panel.code, panel)
    return list(found.values())


def _awaited_note(count: int) -> str:
    return f" · 待评 {count}" if count else ""


def _step_button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFont(theme.font("heading", bold=True))
    return button
