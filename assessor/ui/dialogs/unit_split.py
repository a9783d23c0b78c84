"""拆分单位: the units that come of one, who takes which tasks, and who carries the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from assessor.domain.registry_change import RegistryState, Request
from assessor.domain.registry_edits import new_unit
from assessor.domain.registry_split import Part, split_unit, tasks_of
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.registry_change import RegistryDialog, chosen_year, year_choice
from assessor.ui.grid.column import CellEdit, CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import CellChange, RowModel

_ENDS, _STAYS = "ends", "stays"
_REST = "（其余）"
_GRID_HEIGHT = 130


@dataclass(frozen=True)
class PartRow:
    """A unit that is to come of the split; the last row is empty, to be filled in."""

    place: int
    short_name: str = ""
    name: str = ""


@dataclass(frozen=True)
class ShareRow:
    task: str
    title: str
    taker: str = ""
    """Short name of a new unit; empty: with the rest."""


class SplitDialog(RegistryDialog):
    def __init__(self, parent: QWidget, state: RegistryState, unit: str, year: int) -> None:
        super().__init__(parent, "拆分单位", state, "拆分", "撤并预览")
        self.unit = unit
        self.year = year_choice(state, year)
        self.fate = Choice("原单位")
        self.fate.addItem("撤销，由其中一个新单位承接历史", _ENDS)
        self.fate.addItem("保留，只分出一部分任务", _STAYS)
        self.carrier = Choice("承接历史的单位")
        self.parts = RowModel[PartRow](_part_columns(), lambda row: row.place)
        self.shares = RowModel[ShareRow](_share_columns(self._names), lambda row: row.task)
        self.parts.write = self._write_parts
        self.shares.write = self._write_shares
        self.part_grid = Grid("拆分出的单位", memory_key="split-parts", numbers=False)
        self.share_grid = Grid("任务归属", memory_key="split-tasks", numbers=False)
        self.parts.show_rows((PartRow(0), PartRow(1)))
        self.part_grid.set_model(self.parts)
        self.form.addRow("原单位", QLabel(state.unit(unit).in_year(year).name))
        self.form.addRow("从哪一年起(&Y)", self.year)
        self.form.addRow("原单位以后(&O)", self.fate)
        self.form.addRow("承接历史(&H)", self.carrier)
        self.middle.addLayout(self._grids())
        self.year.currentIndexChanged.connect(self._show_tasks)
        self.fate.currentIndexChanged.connect(self._show_fate)
        self.carrier.currentIndexChanged.connect(self.refresh)
        self._show_tasks()
        self.share_grid.set_model(self.shares)
        self.fit(900, 690)
        self.part_grid.setFocus()

    def ask(self) -> Request:
        year, ends = chosen_year(self.year), self.fate.currentData() == _ENDS
        group = self.state.unit(self.unit).group
        parts: list[Part] = []
        for row in self.parts.rows():
            if row.short_name or row.name:
                known = replace(self.state.plan, units=(*self.state.plan.units, *(part.unit for part in parts)))
                unit = new_unit(known, row.name, row.short_name, group, valid_from=year)
                tasks = tuple(share.task for share in self.shares.rows() if share.taker == row.short_name)
                parts.append(Part(unit, tasks))
        if not parts:
            raise InputError("请在左边的表中填写拆分出的单位", remedy="再在右边的表中选择任务归谁")
        carrier = next((part.unit.code for part in parts if part.unit.short_name == self.carrier.currentText()), None)
        return partial(split_unit, unit=self.unit, parts=parts, carrier=carrier or "" if ends else None, year=year)

    def _names(self) -> tuple[str, ...]:
        return tuple(row.short_name for row in self.parts.rows() if row.short_name)

    def _write_parts(self, changes: Sequence[CellChange[PartRow]]) -> None:
        rows = {row.place: row for row in self.parts.rows()}
        renamed: dict[str, str] = {}
        for change in changes:
            before = rows[change.row.place]
            after = replace(before, **{change.column: str(change.value)})  # type: ignore[arg-type]
            rows[change.row.place] = after
            if before.short_name and change.column == "short_name":
                renamed[before.short_name] = after.short_name
        kept = [row for row in rows.values() if row.short_name or row.name]
        count = max(len(kept) + 1, 2)
        filled = [*kept, *([PartRow(0)] * (count - len(kept)))]
        self.parts.show_rows([replace(row, place=place) for place, row in enumerate(filled)])
        self._follow_names(renamed)

    def _write_shares(self, changes: Sequence[CellChange[ShareRow]]) -> None:
        takers = {change.row.task: str(change.value) for change in changes}
        self.shares.show_rows([replace(row, taker=takers.get(row.task, row.taker)) for row in self.shares.rows()])
        self.refresh()

    def _follow_names(self, renamed: dict[str, str]) -> None:
        """Tasks stay with a unit whose name was typed over, and leave one that was taken out."""
        names = self._names()
        rows = [replace(row, taker=renamed.get(row.taker, row.taker)) for row in self.shares.rows()]
        self.shares.show_rows([row if row.taker in names else replace(row, taker="") for row in rows])
        wanted = renamed.get(self.carrier.currentText(), self.carrier.currentText())
        self.carrier.blockSignals(True)
        self.carrier.clear()
        self.carrier.addItems(list(names))
        self.carrier.setCurrentIndex(max(self.carrier.findText(wanted), 0) if names else -1)
        self.carrier.blockSignals(False)
        self.refresh()

    def _show_tasks(self) -> None:
        takers = {row.task: row.taker for row in self.shares.rows()}
        tasks = tasks_of(self.state, self.unit, chosen_year(self.year))
        self.shares.show_rows([ShareRow(task.code, task.title, takers.get(task.code, "")) for task in tasks])
        self.refresh()

    def _show_fate(self) -> None:
        self.carrier.setEnabled(self.fate.currentData() == _ENDS)
        self.refresh()

    def _grids(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE * 2)
        for grid, stretch in ((self.part_grid, 4), (self.share_grid, 5)):
            grid.setMinimumHeight(_GRID_HEIGHT)
            row.addWidget(grid, stretch)
        return row


def _part_columns() -> tuple[Column[PartRow], ...]:
    def column(key: str, title: str, width: int) -> Column[PartRow]:
        edit = CellEdit[PartRow](lambda row: str(getattr(row, key)), lambda _row, text: text.strip())
        return Column(key, title, CellKind.TEXT, edit.start, edit=edit, width=width)

    return column("short_name", "新单位简称", 130), column("name", "新单位全称", 220)


def _share_columns(names: Callable[[], Sequence[str]]) -> tuple[Column[ShareRow], ...]:
    def parse(_row: ShareRow, text: str) -> object:
        if text in ("", _REST):
            return ""
        if text not in names():
            raise InputError(f"拆分出的单位中没有“{text}”", remedy="请先在左边的表中填写新单位")
        return text

    taker = CellEdit[ShareRow](lambda row: row.taker or _REST, parse, choices=lambda _row: (_REST, *names()))
    return (
        Column("task", "编号", CellKind.TEXT, lambda row: row.task, width=60),
        Column("title", "任务", CellKind.TEXT, lambda row: row.title, width=240),
        Column("taker", "归谁", CellKind.CHOICE, lambda row: row.taker or _REST, edit=taker, width=130),
    )
