"""单位更名: other names from a year on; what came before keeps the old ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from assessor.domain.registry_change import RegistryState, Request
from assessor.domain.registry_edits import rename_unit
from assessor.errors import InputError
from assessor.ui.dialogs.registry_change import RegistryDialog, chosen_year, year_choice


class RenameDialog(RegistryDialog):
    def __init__(self, parent: QWidget, state: RegistryState, unit: str, year: int) -> None:
        super().__init__(parent, "单位更名", state, "更名")
        self.unit = unit
        named = state.unit(unit).in_year(year)
        self._before = (named.name, named.short_name)
        self.year = year_choice(state, year)
        self.name = QLineEdit(named.name)
        self.short_name = QLineEdit(named.short_name)
        self.form.addRow("原名称", QLabel(f"{named.name}（{named.short_name}）"))
        self.form.addRow("新全称(&N)", self.name)
        self.form.addRow("新简称(&S)", self.short_name)
        self.form.addRow("从哪一年起(&Y)", self.year)
        self.name.textChanged.connect(self.refresh)
        self.short_name.textChanged.connect(self.refresh)
        self.year.currentIndexChanged.connect(self.refresh)
        self.refresh()
        self.name.setFocus()
        self.name.selectAll()

    def ask(self) -> Request:
        name, short_name = self.name.text().strip(), self.short_name.text().strip()
        if (name, short_name) == self._before:
            raise InputError("请填写新的全称和简称", remedy="笔误请直接在表格中改正")
        return partial(rename_unit, unit=self.unit, name=name, short_name=short_name, year=chosen_year(self.year))
