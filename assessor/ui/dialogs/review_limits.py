"""复核界限: from how much on a score deserves a look, and which unit is the office's own."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from assessor.domain.review import LIMIT_TITLES, ReviewLimits, host_unit
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import (
    dialog_buttons,
    dialog_column,
    dialog_form,
    dialog_problem,
    dialog_text,
    show_dialog_problem,
)

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_WIDTH = 72
_WORDS = {
    "self_gap": ("自评比考核得分高出分值的", "% 及以上"),
    "median_gap": ("与组中位数相差分值的", "% 及以上"),
    "previous_gap": ("与上年得分相差分值的", "% 及以上"),
    "spread": ("同组评委最高最低相差", "分（百分制）及以上"),
    "second_gap": ("复评与考核得分相差分值的", "% 及以上"),
}


class ReviewLimitsDialog(QDialog):
    def __init__(self, parent: QWidget, view: YearView) -> None:
        super().__init__(parent)
        self.setWindowTitle("复核界限")
        self.filled: ReviewLimits | None = None
        limits = view.facts.review.limits
        self.fields: dict[str, QLineEdit] = {}
        self.host = Choice("考核办所在单位")
        self.problem = dialog_problem()
        layout = dialog_column(self)
        form = dialog_form()
        for name, title in LIMIT_TITLES.items():
            field = QLineEdit(f"{getattr(limits, name):f}")
            field.setAccessibleName(title)
            field.setFixedWidth(_WIDTH)
            self.fields[name] = field
            before, after = _WORDS[name]
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE)
            for widget in (QLabel(before), field, QLabel(after)):
                row.addWidget(widget)
            row.addStretch(1)
            form.addRow(title, row)
        for group in view.facts.groups:
            for unit in group.units:
                self.host.addItem(unit.unit.short_name, unit.unit.code)
        self.host.setCurrentIndex(max(self.host.findData(host_unit(view.plan, limits)), 0))
        self.host.setMaxVisibleItems(18)
        form.addRow("考核办所在单位(&H)", self.host)
        layout.addLayout(form)
        layout.addWidget(dialog_text("达到界限的列入待核事项；界限只影响列什么，不影响得分。", "muted"))
        layout.addWidget(self.problem)
        buttons, self.ok_button = dialog_buttons(self, "保存")
        layout.addWidget(buttons)

    def accept(self) -> None:
        try:
            self.filled = ReviewLimits(
                **{name: _number(field) for name, field in self.fields.items()}, host=str(self.host.currentData())
            )
        except InputError as problem:
            show_dialog_problem(self.problem, problem)
            return
        super().accept()


def _number(field: QLineEdit) -> Decimal:
    text = field.text().strip().removesuffix("%")
    problem = InputError(f"“{field.accessibleName()}”的“{text}”不是数字", remedy="请填写 0 到 100 之间的数")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise problem from None
    if not value.is_finite():
        raise problem
    return value
