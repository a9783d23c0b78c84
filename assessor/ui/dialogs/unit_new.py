"""新增单位: a unit that joins the assessment from a year on."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from assessor.domain.registry_change import RegistryState, Request
from assessor.domain.registry_edits import add_unit, new_unit
from assessor.domain.registry_table import split_aliases
from assessor.ui.choice import Choice
from assessor.ui.dialogs.registry_change import RegistryDialog, chosen_year, year_choice


class NewUnitDialog(RegistryDialog):
    def __init__(self, parent: QWidget, state: RegistryState, year: int, group: str = "") -> None:
        super().__init__(parent, "新增单位", state, "新增")
        self.short_name = QLineEdit()
        self.short_name.setPlaceholderText("表格和报告中的名称，例如 市数据局")
        self.name = QLineEdit()
        self.name.setPlaceholderText("公章上的名称，例如 宜春市数据局")
        self.group = Choice("考核组别")
        for known in state.plan.groups:
            self.group.addItem(known.title, known.code)
        self.group.setCurrentIndex(max(self.group.findData(group), 0))
        self.year = year_choice(state, year)
        self.aliases = QLineEdit()
        self.aliases.setPlaceholderText("填报表上可能出现的其他写法，用顿号隔开，可不填")
        self.form.addRow("简称(&S)", self.short_name)
        self.form.addRow("全称(&N)", self.name)
        self.form.addRow("考核组别(&G)", self.group)
        self.form.addRow("起始年度(&Y)", self.year)
        self.form.addRow("别名(&A)", self.aliases)
        for field in (self.short_name, self.name, self.aliases):
            field.textChanged.connect(self.refresh)
        for choice in (self.group, self.year):
            choice.currentIndexChanged.connect(self.refresh)
        self.refresh()
        self.short_name.setFocus()

    def ask(self) -> Request:
        unit = new_unit(
            self.state.plan,
            self.name.text(),
            self.short_name.text(),
            str(self.group.currentData()),
            aliases=split_aliases(self.aliases.text()),
            valid_from=chosen_year(self.year),
        )
        return partial(add_unit, unit=unit)
