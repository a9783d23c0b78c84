"""年度属性: the dates of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from assessor.errors import AssessorError
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_form, dialog_heading, dialog_text
from assessor.ui.dialogs.year_dates import YearDates

if TYPE_CHECKING:
    from assessor.domain.year import Year


class YearPropertiesDialog(QDialog):
    def __init__(self, year: Year, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("年度属性")
        self.year = year
        """With the dates that were accepted."""
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"{year.year} 年度"))
        layout.addWidget(dialog_text("考核期可以不是自然年，例如上年 12 月至本年 11 月。"))
        form = dialog_form()
        self.dates = YearDates(form)
        self.dates.show_year(year)
        layout.addLayout(form)
        layout.addWidget(dialog_text("报送期限用于判断逾期和时效得分；单独规定了期限的任务不受影响。", "muted"))
        self.problem = dialog_text("", "bad")
        self.problem.hide()
        layout.addWidget(self.problem)
        self.buttons, self.ok_button = dialog_buttons(self, "保存")
        layout.addWidget(self.buttons)

    def accept(self) -> None:
        try:
            self.year = self.dates.read(self.year)
        except AssessorError as problem:
            self.show_problem(problem)
            return
        super().accept()

    def show_problem(self, problem: AssessorError) -> None:
        self.problem.setText(f"{problem.place}：{problem.what}。{problem.remedy}")
        self.problem.show()
