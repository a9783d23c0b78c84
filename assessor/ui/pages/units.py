"""单位: the registry, typed into like a spreadsheet; renaming, merging and splitting with their consequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout

from assessor.domain.place import Place
from assessor.domain.registry_edits import step_unit
from assessor.domain.registry_table import RegistryData, UnitRow, cell_requests, unit_rows, with_main_contact
from assessor.ui import theme
from assessor.ui.dialogs.registry_change import RegistryDialog
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import CellChange, RowModel
from assessor.ui.models.unit_columns import unit_columns
from assessor.ui.pages.page import Page, Surroundings, missing_first
from assessor.ui.segments import Segments
from assessor.ui.unit_detail import CONTACTS, TASKS, YEARS, UnitDetail

if TYPE_CHECKING:
    from assessor.domain.contact import Contact
    from assessor.domain.registry_change import RegistryChange, Request
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.session import Session
    from assessor.workbook.workbook import Edit, Workbook

_ALL, _GONE = "*", "-"
_PARTS = {"tasks": TASKS, "grade_before": YEARS, "validity": YEARS, "successor": YEARS}
"""Column -> what of the unit its cells open."""
_NOTHING = "没有这样的单位。\n请换一个组别，或取消筛选。"


class UnitsPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("单位", surroundings)
        self.registry: RegistryData | None = None
        self.rows: tuple[UnitRow, ...] = ()
        self.dialog: RegistryDialog | None = None
        self._reading: Job | None = None
        self._wanted = ""
        self.groups = Segments("考核组别")
        self.groups.chosen.connect(lambda _key: self._show_rows())
        self.tools.addWidget(self.groups)
        self.model = RowModel[UnitRow](unit_columns(self._data, self._year), lambda row: row.code)
        self.model.write = self._write
        self.grid = Grid("单位名册", frozen=1, memory_key="units")
        self.grid.opened.connect(self._open)
        self.grid.looked_at.connect(lambda _index: self._look())
        self.grid.menu_asked.connect(self._add_actions)
        self.detail = UnitDetail()
        self.detail.save = self._save_contacts
        self.detail.year_opened.connect(self._open_year)
        self.summary = QLabel()
        theme.dress(self.summary, tone="muted")
        self.nothing = QLabel(_NOTHING)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.dress(self.nothing, tone="muted")
        self.nothing.hide()
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out_body()
        self.grid.set_model(self.model)

    def fill(self, view: YearView) -> None:
        before = self.registry
        self._reading = job = self.surroundings.session.run(
            "正在读取单位名册", lambda workbook, _work: _read(workbook, view, before), quiet=True
        )
        job.done.connect(lambda found: self._show(*found) if self._reading is job else None)
        job.failed.connect(self.surroundings.show_problem)
        self._allow()

    def missing_first(self, view: YearView | None) -> str:
        """A year without units is filled from here."""
        return missing_first(view) if view is None else ""

    def take_focus(self) -> None:
        self.grid.setFocus()

    def unit(self) -> str:
        """Code of the unit that the active cell is of; empty: there is none."""
        index = self.grid.current_index()
        return self.model.row_at(index).code if index.isValid() else ""

    def show_unit(self, code: str) -> None:
        """Goes to the unit's row, in whatever group it is."""
        self._wanted = code
        if self.registry is None:  # it goes there once the registry is read
            return
        if not self.model.index_of(code).isValid():
            self.groups.show_choices(self._choices(), _ALL)
            self._show_rows()
        self.grid.go_to(self.model.index_of(code))

    def go_to(self, place: Place) -> None:
        if place.unit:
            self.show_unit(place.unit)

    def place(self) -> Place:
        return Place(self.objectName(), unit=self._wanted or self.unit())

    def ask_new(self) -> None:
        from assessor.ui.dialogs.unit_new import NewUnitDialog

        group = self.groups.key or ""
        self._ask(lambda data: NewUnitDialog(self, data.state, self._year(), group))

    def ask_rename(self) -> None:
        from assessor.ui.dialogs.unit_rename import RenameDialog

        self._ask(lambda data: RenameDialog(self, data.state, self.unit(), self._year()))

    def ask_merge(self) -> None:
        from assessor.ui.dialogs.unit_merge import MergeDialog

        self._ask(lambda data: MergeDialog(self, data.state, self.unit(), self._year()))

    def ask_split(self) -> None:
        from assessor.ui.dialogs.unit_split import SplitDialog

        self._ask(lambda data: SplitDialog(self, data.state, self.unit(), self._year()))

    def ask_years(self) -> None:
        from assessor.ui.dialogs.unit_years import YearsDialog

        self._ask(lambda data: YearsDialog(self, data.state, self.unit(), self._year()))

    def step(self, steps: int) -> None:
        """The unit one place up (-1) or down (1) among those of its group."""
        if self.unit():
            self._change(partial(step_unit, unit=self.unit(), steps=steps))

    def read_only_reason(self) -> str:
        """Why nothing can be changed here; empty: it can."""
        current = self.surroundings.session.current
        return "工作簿是只读的，不能修改单位" if current is None or current.is_read_only else ""

    def _show(self, data: RegistryData, rows: tuple[UnitRow, ...]) -> None:
        before = self._wanted or self.unit()
        self.registry, self.rows = data, rows
        self.groups.show_choices(self._choices())
        self._show_rows()
        if before and self.model.index_of(before).isValid() and self.unit() != before:
            self.grid.go_to(self.model.index_of(before))
        self._wanted = ""
        self._look()
        self._allow()

    def _choices(self) -> list[tuple[str, str]]:
        valid = [row for row in self.rows if row.is_valid]
        titles = dict.fromkeys((row.group, row.group_title) for row in valid)
        gone = len(self.rows) - len(valid)
        return [
            (_ALL, f"全部 {len(self.rows)}"),
            *((code, f"{title} {sum(row.group == code for row in valid)}") for code, title in titles),
            *([(_GONE, f"不在本年度 {gone}")] if gone else []),
        ]

    def _show_rows(self) -> None:
        key = self.groups.key or _ALL
        rows = [row for row in self.rows if _is_shown(row, key)]
        self.model.show_rows(rows)
        self.nothing.setVisible(not rows)
        self.grid.setVisible(bool(rows))
        self.summary.setText(_summary(self.rows))
        self._look()

    def _look(self) -> None:
        code, view = self.unit(), self.view
        is_known = self.registry is not None and view is not None and bool(code)
        self.detail.setEnabled(is_known)
        if is_known and self.registry is not None and view is not None:
            self.detail.show_unit(self.registry, view, code)
        self._allow()

    def _allow(self) -> None:
        reason = self.read_only_reason()
        self.model.locked = reason
        self.detail.lock(reason)
        for key, button in self.buttons.items():
            button.setEnabled(not reason and self.registry is not None and (key == "new" or bool(self.unit())))
            button.setToolTip(reason)

    def _write(self, changes: Sequence[CellChange[UnitRow]]) -> Job:
        values: dict[str, dict[str, object]] = {}
        rows = {change.row.code: change.row for change in changes}
        for change in changes:
            values.setdefault(change.row.code, {})[change.column] = change.value
        data, year = self._data(), self._year()
        requests = [request for code, cells in values.items() for request in cell_requests(rows[code], cells, year)]
        contacts = {
            code: found
            for code, cells in values.items()
            if (found := with_main_contact(data.contacts.get(code, ()), cells)) is not None
        }
        one = next(iter(rows.values()))
        label = f"修改单位 {one.short_name}" if len(rows) == 1 else f"修改 {len(rows)} 个单位的登记"
        self.surroundings.clear_problem()
        return self.surroundings.session.change(label, lambda edit: _save(edit, requests, contacts))

    def _save_contacts(self, unit: str, contacts: Sequence[Contact]) -> Job:
        name = next(row.short_name for row in self.rows if row.code == unit)
        return self.surroundings.session.change(f"修改联系人 {name}", lambda edit: _save(edit, [], {unit: contacts}))

    def _ask(self, make: Callable[[RegistryData], RegistryDialog]) -> None:
        if self.registry is None or self.read_only_reason():
            return
        self.surroundings.clear_problem()
        self.dialog = dialog = make(self.registry)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._change(dialog.request, dialog.change))
        dialog.finished.connect(lambda _code: self._forget_dialog(dialog))
        dialog.open()

    def _forget_dialog(self, dialog: RegistryDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _change(self, request: Request | None, shown: RegistryChange | None = None) -> None:
        """``shown``: what the user was shown of it; nothing else is done."""
        if request is None or self.registry is None:
            return
        label = (shown or request(self.registry.state)).label
        job = self.surroundings.session.change(label, lambda edit: _make(edit, request, shown))
        job.failed.connect(self.surroundings.show_problem)

    def _open(self, index: QModelIndex) -> None:
        self.detail.show_part(_PARTS.get(self.model.column_at(index).key, CONTACTS))

    def _open_year(self, unit: str, year: int) -> None:
        """The trace of a year's total, after that year was loaded."""
        if self.view is not None and self.view.year.year == year:
            self.surroundings.open_trace(unit, None)
            return
        session: Session = self.surroundings.session
        session.loaded.connect(
            lambda _loaded: self.surroundings.open_trace(unit, None), Qt.ConnectionType.SingleShotConnection
        )
        session.select_year(year)

    def _add_actions(self, _index: QModelIndex, menu: QMenu) -> None:
        for title, action in (
            ("更名…", self.ask_rename),
            ("合并…", self.ask_merge),
            ("拆分…", self.ask_split),
            ("起止年度…", self.ask_years),
            ("上移", lambda: self.step(-1)),
            ("下移", lambda: self.step(1)),
        ):
            menu.addAction(title, action).setEnabled(not self.read_only_reason())

    def _data(self) -> RegistryData:
        if self.registry is None:
            raise RuntimeError("the registry is not read yet")
        return self.registry

    def _year(self) -> int:
        if self.view is None:
            raise RuntimeError("there is no year")
        return self.view.year.year

    def _lay_out_body(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        for key, title, ask in (
            ("new", "新增单位…", self.ask_new),
            ("rename", "更名…", self.ask_rename),
            ("merge", "合并…", self.ask_merge),
            ("split", "拆分…", self.ask_split),
            ("years", "起止年度…", self.ask_years),
        ):
            button = self.buttons[key] = QPushButton(title)
            button.clicked.connect(ask)
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.summary)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.nothing, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([840, 370])
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(bar)
        layout.addWidget(split, 1)


def _is_shown(row: UnitRow, key: str) -> bool:
    if key == _ALL:
        return True
    return not row.is_valid if key == _GONE else row.is_valid and row.group == key


def _summary(rows: Sequence[UnitRow]) -> str:
    valid = [row for row in rows if row.is_valid]
    missing = sum(not row.contact for row in valid)
    contacts = f"，{missing} 个没有联系人" if missing else "，联系人齐全"
    return f"本年度考核 {len(valid)} 个单位{contacts if valid else ''}"


def _read(workbook: Workbook, view: YearView, before: RegistryData | None) -> tuple[RegistryData, tuple[UnitRow, ...]]:
    from assessor.workbook.registry_reading import read_registry

    data = read_registry(workbook, view.result, before)
    return data, unit_rows(data, view)


def _make(edit: Edit, request: Request, shown: RegistryChange | None) -> None:
    from assessor.workbook.registry import change_registry

    change_registry(edit, request, shown)


def _save(edit: Edit, requests: Sequence[Request], contacts: Mapping[str, Sequence[Contact]]) -> None:
    from assessor.workbook.registry import edit_units
    from assessor.workbook.unit_contacts import save_contacts

    if requests:
        edit_units(edit, requests)
    for unit, own in contacts.items():
        save_contacts(edit, unit, own)
