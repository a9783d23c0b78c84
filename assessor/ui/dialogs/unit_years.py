"""起止年度: the years in which a unit is assessed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from assessor.domain.registry_change import RegistryState, Request
from assessor.domain.registry_edits import set_years
from assessor.errors import InputError
from assessor.ui.dialogs.registry_change import RegistryDialog


class YearsDialog(RegistryDialog):
    def __init__(self, parent: QWidget, state: RegistryState, unit: str, year: int) -> None:
        super().__init__(parent, "起止年度", state, "确定")
        self.unit = unit
        known = state.unit(unit)
        self.first = QLineEdit("" if known.valid_from is None else str(known.valid_from))
        self.last = QLineEdit("" if known.valid_to is None else str(known.valid_to))
        self.first.setPlaceholderText("一直就有的，不填")
        self.last.setPlaceholderText("仍在考核的，不填")
        self.form.addRow("单位", QLabel(known.in_year(year).short_name))
        self.form.addRow("起始年度(&F)", self.first)
        self.form.addRow("最后年度(&T)", self.last)
        self.first.textChanged.connect(self.refresh)
        self.last.textChanged.connect(self.refresh)
        self.refresh()

    def ask(self) -> Request:
        first, last = _year(self.first.text(), "起始年度"), _year(self.last.text(), "最后年度")
        return partial(set_years, unit=self.unit, valid_from=first, valid_to=last)


def _year(text: str, what: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise InputError(f"{what}“{typed}”不是年份", remedy="请写四位年份，例如 2025")
    return int(typed)
