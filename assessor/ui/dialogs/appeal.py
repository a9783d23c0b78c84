"""登记申诉或异议: whose result, on what, who asks for it and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from assessor.domain.appeal import Appeal, AppealKind
from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.ui.dialogs.layout import (
    dialog_buttons,
    dialog_column,
    dialog_form,
    dialog_problem,
    dialog_text,
    show_dialog_problem,
)
from assessor.ui.review.leaf_choice import LeafChoice
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_CLAIM_HEIGHT = 96


class AppealDialog(QDialog):
    """``filled`` is what was left in it; its key is that of the appeal it began with, empty of a new one."""

    def __init__(self, parent: QWidget, view: YearView, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("登记申诉或异议")
        self.filled: Appeal | None = None
        self._view, self._key = view, ""
        self.kind = Segments("类别")
        self.kind.show_choices([(kind.value, kind.label) for kind in AppealKind])
        self.filed_on = QLineEdit(today.isoformat())
        self.filed_on.setAccessibleName("提出日期")
        self.filed_by = QLineEdit()
        self.filed_by.setAccessibleName("提出人")
        self.filed_by.setPlaceholderText("申诉的单位，或提出异议的单位、个人")
        self.claim = QPlainTextEdit()
        self.claim.setAccessibleName("诉求和理由")
        self.claim.setTabChangesFocus(True)
        self.claim.setFixedHeight(_CLAIM_HEIGHT)
        self.problem = dialog_problem()
        self.note = dialog_text("", "muted")
        layout = dialog_column(self)
        form = dialog_form()
        form.addRow("类别", self.kind)
        self.leaf = LeafChoice(form, view, at_large=True)
        form.addRow("提出日期(&D)", self.filed_on)
        form.addRow("提出人(&B)", self.filed_by)
        form.addRow("诉求和理由(&C)", self.claim)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.problem)
        buttons, self.ok_button = dialog_buttons(self, "登记")
        layout.addWidget(buttons)
        self.leaf.unit.currentIndexChanged.connect(self._name_filer)
        self.kind.chosen.connect(self._name_filer)
        self._name_filer()
        self._show_period()

    def prefill(self, appeal: Appeal) -> None:
        self.setWindowTitle(f"修改{appeal.kind.label} {appeal.key}")
        self.ok_button.setText("保存")
        self._key = appeal.key
        self.kind.show_choices([(kind.value, kind.label) for kind in AppealKind], appeal.kind.value)
        self.leaf.choose(appeal.unit, appeal.indicator)
        self.filed_on.setText(appeal.filed_on.isoformat())
        self.filed_by.setText(appeal.filed_by)
        self.claim.setPlainText(appeal.claim)

    def accept(self) -> None:
        try:
            self.filled = self._read()
        except InputError as problem:
            show_dialog_problem(self.problem, problem)
            return
        super().accept()

    def _read(self) -> Appeal:
        leaf = self.leaf.leaf()
        appeal = Appeal(
            key=self._key,
            unit=self.leaf.code(),
            kind=AppealKind(self.kind.key),
            filed_on=read_date(self.filed_on.text(), "提出日期"),
            filed_by=self.filed_by.text().strip(),
            claim=" ".join(self.claim.toPlainText().split()),
            indicator=leaf.indicator.code if leaf else None,
        )
        if not appeal.filed_by:
            raise InputError("没有填写提出人", remedy="请填写申诉的单位，或提出异议的单位、个人")
        if not appeal.claim:
            raise InputError("没有填写诉求", remedy="请写明要求和理由")
        return appeal

    def _name_filer(self) -> None:
        """A unit appeals for itself; who objects is another."""
        names = {self.leaf.unit.itemText(place) for place in range(self.leaf.unit.count())}
        if self.filed_by.text() in {"", *names}:
            is_own = self.kind.key == AppealKind.APPEAL.value
            self.filed_by.setText(self.leaf.unit.currentText() if is_own else "")

    def _show_period(self) -> None:
        period = self._view.facts.review.publicity
        self.note.setText(f"公示期 {period.words}。期外提出的也可以登记，会标出来。" if period else "")
        self.note.setVisible(period is not None)
