"""The line above the history that narrows it: page, unit, person, days, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.workbook.history_list import HistoryQuery
from assessor.workbook.row_titles import Area
from assessor.workbook.row_words import Names

_PAUSE = 250
"""Milliseconds without a key until what was typed is looked for."""


class HistoryFilters(QWidget):
    changed = Signal()
    """Another ``query`` than before."""

    def __init__(self) -> None:
        super().__init__()
        self.area = _choice("页面", "全部页面", [(area.value, area) for area in Area])
        self.unit = _choice("单位", "全部单位", [])
        self.operator = _choice("操作员", "全部人员", [])
        self.first_day = _field("起始日期", "起 2024-01-01", 104)
        self.last_day = _field("截止日期", "止 2024-12-31", 104)
        self.text = _field("查找", "查找修改名称、原值、新值", 190)
        self.clear_button = QPushButton("清除条件")
        theme.dress(self.clear_button, role="link")
        self.clear_button.clicked.connect(self.clear)
        self._kept = HistoryQuery()
        self._names = Names()
        self._before = HistoryQuery()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._tell)
        for choice in (self.area, self.unit, self.operator):
            choice.activated.connect(self._tell)
        for field in (self.first_day, self.last_day, self.text):
            field.textEdited.connect(self._pause.start)
            field.returnPressed.connect(self._tell)
        self._lay_out()

    @property
    def query(self) -> HistoryQuery:
        """What the fields say, and the indicator or row that was asked for from elsewhere."""
        return replace(
            self._kept,
            area=self.area.currentData(),
            unit=self.unit.currentData(),
            operator=self.operator.currentData(),
            first_day=_day(self.first_day),
            last_day=_day(self.last_day),
            text=self.text.text().strip(),
        )

    def ask(self, query: HistoryQuery) -> None:
        """Sets the fields to ``query``."""
        self._kept = HistoryQuery(
            year=query.year, indicator=query.indicator, figures=query.figures, section=query.section, row=query.row
        )
        _choose(self.area, query.area)
        if query.unit is not None and self.unit.findData(query.unit) < 0:
            self.unit.addItem(query.unit, query.unit)
        _choose(self.unit, query.unit)
        _choose(self.operator, query.operator)
        self.first_day.setText(query.first_day.isoformat() if query.first_day else "")
        self.last_day.setText(query.last_day.isoformat() if query.last_day else "")
        self.text.setText(query.text)
        self._tell()

    def clear(self) -> None:
        self.ask(HistoryQuery())

    def offer(self, names: Names, operators: tuple[str, ...]) -> None:
        """Who and what can be chosen from now; what is chosen stays."""
        _refill(self.unit, [(title, code) for code, title in names.units.items()])
        _refill(self.operator, [(name, name) for name in operators])

    def _tell(self) -> None:
        self._pause.stop()
        query = self.query
        self.clear_button.setEnabled(query != HistoryQuery())
        if query != self._before:
            self._before = query
            self.changed.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for widget in (self.area, self.unit, self.operator, self.first_day):
            row.addWidget(widget)
        row.addWidget(QLabel("—"))
        row.addWidget(self.last_day)
        row.addWidget(self.text, 1)
        row.addWidget(self.clear_button)
        self.clear_button.setEnabled(False)


def _choice(name: str, all_of_them: str, entries: list[tuple[str, object]]) -> Choice:
    choice = Choice(name)
    choice.addItem(all_of_them, None)
    for title, data in entries:
        choice.addItem(title, data)
    choice.setMaximumWidth(150)
    return choice


def _field(name: str, hint: str, width: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setMinimumWidth(width)
    if width < 150:
        field.setMaximumWidth(width + 20)
    field.setClearButtonEnabled(True)
    return field


def _choose(choice: Choice, data: object) -> None:
    choice.setCurrentIndex(max(0, choice.findData(data)) if data is not None else 0)


def _refill(choice: Choice, entries: list[tuple[str, str]]) -> None:
    chosen = choice.currentData()
    choice.blockSignals(True)
    while choice.count() > 1:
        choice.removeItem(1)
    for title, data in entries:
        choice.addItem(title, data)
    if chosen is not None and choice.findData(chosen) < 0:
        choice.addItem(str(chosen), chosen)
    _choose(choice, chosen)
    choice.blockSignals(False)


def _day(field: QLineEdit) -> date | None:
    """None where nothing is typed; nor is a day half typed one yet: the field says so."""
    text = field.text().strip()
    try:
        day = read_date(text, "") if text else None
    except InputError as problem:
        field.setToolTip(f"{problem.what}。{problem.remedy}")
        theme.dress(field, tone="bad")
        return None
    field.setToolTip("")
    theme.dress(field)
    return day
