"""合并单位: one unit goes into another from a year on; its tasks and its history go with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from assessor.domain.registry_change import RegistryState, Request
from assessor.domain.registry_merge import merge_units
from assessor.errors import InputError
from assessor.ui.dialogs.registry_change import RegistryDialog, chosen_year, unit_choice, year_choice


class MergeDialog(RegistryDialog):
    def __init__(self, parent: QWidget, state: RegistryState, unit: str, year: int) -> None:
        super().__init__(parent, "合并单位", state, "合并", "撤并预览")
        units = state.plan.units
        self.unit = unit_choice("撤并的单位", units, year, unit)
        self.into = unit_choice("承接单位", units, year, "")
        self.into.setPlaceholderText("请选择")
        self.year = year_choice(state, year)
        self.note = QLineEdit()
        self.note.setPlaceholderText("依据，例如 机构改革方案文号，可不填")
        self.form.addRow("撤并的单位(&U)", self.unit)
        self.form.addRow("承接单位(&I)", self.into)
        self.form.addRow("从哪一年起承接(&Y)", self.year)
        self.form.addRow("说明(&N)", self.note)
        for choice in (self.unit, self.into, self.year):
            choice.currentIndexChanged.connect(self.refresh)
        self.note.textChanged.connect(self.refresh)
        self.refresh()
        self.into.setFocus()

    def ask(self) -> Request:
        if self.unit.currentIndex() < 0 or self.into.currentIndex() < 0:
            raise InputError("请选择撤并的单位和承接单位")
        return partial(
            merge_units,
            unit=str(self.unit.currentData()),
            into=str(self.into.currentData()),
            year=chosen_year(self.year),
            note=self.note.text(),
        )
