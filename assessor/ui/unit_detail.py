"""One unit beside the registry: its contacts, its years with former names and what it took over, its tasks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from assessor.domain.contact import Contact
from assessor.domain.registry_table import RegistryData, TaskLine, UnitYear, lineage_lines, task_lines
from assessor.domain.year_view import YearView
from assessor.ui import theme
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import CellChange, RowModel
from assessor.ui.models.unit_columns import ContactRow, contact_columns, task_columns, year_columns
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.ui.background import Job

CONTACTS, YEARS, TASKS = "contacts", "years", "tasks"
_NO_YEARS = "这个单位还没有参加过考核。"
_NOT_HERE = "这个单位不在本年度的考核单位之中。"
_NO_TASKS = "本年度没有分配任务。\n请在“任务”页分配，或用“合并…”把别的单位的任务转来。"


class UnitDetail(QFrame):
    year_opened = Signal(str, int)
    """Unit and year: a standing was opened."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self.unit = ""
        self.save: Callable[[str, Sequence[Contact]], Job | None] | None = None
        """Set by the page: writes the contacts of a unit as one edit."""
        self._name = QLabel()
        self._name.setFont(theme.font("heading", bold=True))
        self._what = QLabel()
        self._what.setWordWrap(True)
        theme.dress(self._what, tone="muted")
        self.parts = Segments("单位详情")
        self.parts.show_choices([(CONTACTS, "联系人"), (YEARS, "历年"), (TASKS, "任务")])
        self.parts.chosen.connect(self.show_part)
        self.contacts = RowModel[ContactRow](contact_columns(), lambda row: row.place)
        self.contacts.write = self._write
        self.years = RowModel[UnitYear](year_columns(), lambda row: row.year)
        self.tasks = RowModel[TaskLine](task_columns(), lambda row: row.code)
        self.contact_grid = Grid("联系人", memory_key="unit-contacts", numbers=False)
        self.year_grid = Grid("历年考核", memory_key="unit-years", numbers=False)
        self.task_grid = Grid("本年任务", memory_key="unit-tasks", numbers=False)
        self.year_grid.opened.connect(lambda index: self.year_opened.emit(self.unit, self.years.row_at(index).year))
        self.lineage = _words("沿革")
        self.no_years, self.no_tasks = _words(""), _words("")
        self.no_years.setText(_NO_YEARS)
        self._stack = QStackedWidget()
        self._lay_out()
        for grid, model in (
            (self.contact_grid, self.contacts),
            (self.year_grid, self.years),
            (self.task_grid, self.tasks),
        ):
            grid.set_model(model)

    def show_unit(self, data: RegistryData, view: YearView, unit: str) -> None:
        self.unit = unit
        known = data.state.unit(unit).in_year(view.year.year)
        self._name.setText(known.short_name)
        self._what.setText(known.name)
        own = (*data.contacts.get(unit, ()), Contact(""))
        self.contacts.show_rows([ContactRow(place, contact) for place, contact in enumerate(own)])
        years = tuple(reversed(data.standings.get(unit, ())))
        tasks = task_lines(view, unit)
        self.years.show_rows(years)
        self.tasks.show_rows(tasks)
        self.lineage.setText("\n".join(lineage_lines(data, unit)))
        self.year_grid.setVisible(bool(years))
        self.no_years.setVisible(not years)
        self.task_grid.setVisible(bool(tasks))
        self.no_tasks.setVisible(not tasks)
        self.no_tasks.setText(_NO_TASKS if data.state.unit(unit).is_valid_in(view.year.year) else _NOT_HERE)

    def show_part(self, key: str) -> None:
        self.parts.show_choices([(CONTACTS, "联系人"), (YEARS, "历年"), (TASKS, "任务")], key)
        self._stack.setCurrentIndex((CONTACTS, YEARS, TASKS).index(key))

    def lock(self, reason: str) -> None:
        """Why nothing can be changed; empty: it can."""
        self.contacts.locked = reason

    def _write(self, changes: Sequence[CellChange[ContactRow]]) -> Job | None:
        rows = {row.place: row.contact for row in self.contacts.rows()}
        for change in changes:
            rows[change.row.place] = replace(rows[change.row.place], **{change.column: str(change.value)})
        kept = tuple(contact for contact in rows.values() if not contact.is_empty)
        return self.save(self.unit, kept) if self.save is not None else None

    def _lay_out(self) -> None:
        self._stack.addWidget(self.contact_grid)
        self._stack.addWidget(_column(self.lineage, self.year_grid, self.no_years))
        self._stack.addWidget(_column(self.task_grid, self.no_tasks))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE + 4, theme.SPACE, theme.SPACE + 4, theme.SPACE + 4)
        layout.setSpacing(theme.SPACE)
        for widget in (self._name, self._what, self.parts):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(320)


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    theme.dress(label, tone="muted")
    return label


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, Grid) else 0)
    layout.addStretch(0)
    return column
