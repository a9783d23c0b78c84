"""The form for evidence: whom it serves, its name, dates and description. Refuses in place what cannot be stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_list import OwnerChoice

Indicators = Mapping[str, Sequence[tuple[str, str]]]
"""Unit -> code and title of its scheme's indicators."""

_WIDTH = 560
_LONGEST = 60
_WHOLE = "（整份材料）"


@dataclass(frozen=True)
class Filled:
    """What the dialog was left with."""

    unit: str
    facts: EvidenceFacts
    """With several files, the title is empty: each file has its own."""


class EvidenceDialog(QDialog):
    """``files``: names of what is being added; empty while an item is changed or added without a file."""

    def __init__(
        self, parent: QWidget, owners: Sequence[OwnerChoice], indicators: Indicators, files: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._owners = owners
        self._indicators = indicators
        self._has_own_titles = len(files) > 1
        self.filled: Filled | None = None
        self.unit = Choice("单位")
        self.owner = Choice("所属填报或事项")
        self.indicator = Choice("指标")
        self.title = QLineEdit()
        self.dated = QLineEdit()
        self.received = QLineEdit()
        self.description = QLineEdit()
        self.problem = QLabel()
        self.files = QLabel(_listed(files))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out(bool(files))
        self._connect()
        self._fill_units()
        if not self._has_own_titles:
            self.title.setFocus()

    def prefill(self, unit: str, facts: EvidenceFacts) -> None:
        """``facts.owner`` chooses the form or event where the unit has it."""
        self.unit.setCurrentIndex(max(self.unit.findData(unit), 0))
        places = [place for place in range(self.owner.count()) if self._owner_at(place) == facts.owner]
        if places:
            self.owner.setCurrentIndex(places[0])
        self.indicator.setCurrentIndex(max(self.indicator.findData(facts.indicator or ""), 0))
        if not self._has_own_titles:
            self.title.setText(facts.title)
        self.dated.setText(facts.dated.isoformat() if facts.dated else "")
        self.received.setText(facts.received.isoformat() if facts.received else "")
        self.description.setText(facts.description)

    def fix_unit(self) -> None:
        """An item of evidence stays with its unit."""
        self.unit.setEnabled(False)

    def accept(self) -> None:
        try:
            self.filled = self._read()
        except InputError as problem:
            self.problem.setText(f"{problem.what}。{problem.remedy}")
            self.problem.show()
            return
        super().accept()

    def _read(self) -> Filled:
        owner = self._owner_at(self.owner.currentIndex())
        if owner is None:
            raise InputError("没有选择单位", remedy="请选择单位，以及材料所属的填报或事项")
        title = "" if self._has_own_titles else self.title.text().strip()
        if not title and not self._has_own_titles:
            raise InputError("没有填写名称", remedy="请填写材料的名称")
        facts = EvidenceFacts(
            title=title,
            owner=owner,
            indicator=str(self.indicator.currentData() or "") or None,
            dated=_date_in(self.dated, "材料日期"),
            received=_date_in(self.received, "收到日期"),
            description=self.description.text().strip(),
        )
        return Filled(str(self.unit.currentData()), facts)

    def _lay_out(self, has_files: bool) -> None:
        self.setMinimumWidth(_WIDTH)
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if has_files:
            self.files.setWordWrap(True)
            form.addRow("文件", self.files)
        form.addRow("单位(&U)", self.unit)
        form.addRow("填报或事项(&O)", self.owner)
        form.addRow("指标(&I)", self.indicator)
        form.addRow("名称(&N)", self.title)
        form.addRow("材料日期(&D)", self.dated)
        form.addRow("收到日期(&R)", self.received)
        form.addRow("说明(&S)", self.description)
        self.dated.setPlaceholderText("材料落款的日期，如 2024-12-05，可不填")
        self.received.setPlaceholderText("如 2024-12-05，可不填")
        self.title.setEnabled(not self._has_own_titles)
        if self._has_own_titles:
            self.title.setPlaceholderText("各以文件名为名称")
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName("提示信息")
        theme.dress(self.problem, tone="bad")
        self.problem.hide()
        theme.dress(self.ok_button, role="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 4)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.unit.currentIndexChanged.connect(self._show_unit)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _fill_units(self) -> None:
        names = {owner.unit: owner.unit_name for owner in self._owners}
        for code, name in names.items():
            self.unit.addItem(name, code)

    def _show_unit(self) -> None:
        unit = str(self.unit.currentData())
        self.owner.clear()
        for place, owner in enumerate(self._owners):
            if owner.unit == unit:
                self.owner.addItem(_cut(owner.title), place)
        self.indicator.clear()
        self.indicator.addItem(_WHOLE, "")
        for code, title in self._indicators.get(unit, ()):
            self.indicator.addItem(_cut(f"{code} {title}"), code)

    def _owner_at(self, place: int) -> Owner | None:
        number = self.owner.itemData(place)
        return self._owners[number].owner if isinstance(number, int) else None


def _date_in(field: QLineEdit, name: str) -> date | None:
    text = field.text().strip()
    if not text:
        return None
    try:
        return read_date(text, name)
    except InputError as problem:
        raise InputError(f"{name}：{problem.what}", remedy=problem.remedy) from problem


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _listed(files: Sequence[str]) -> str:
    shown = "、".join(_cut(name) for name in files[:3])
    return shown if len(files) <= 3 else f"{shown} 等 {len(files)} 个"
