"""The three dates of a year, as fields of a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit

from assessor.domain.dates import read_date
from assessor.domain.year import Year
from assessor.ui import theme

_WIDTH = 150


class YearDates:
    """Fields of ``form``."""

    def __init__(self, form: QFormLayout) -> None:
        self.starts, self.ends, self.deadline = (_field(name) for name in ("考核期起", "考核期止", "报送期限"))
        period = QHBoxLayout()
        period.setSpacing(theme.SPACE)
        for widget in (self.starts, QLabel("至"), self.ends):
            period.addWidget(widget)
        period.addStretch(1)
        form.addRow("考核期：", period)
        form.addRow("报送期限：", self.deadline)

    def show_year(self, year: Year) -> None:
        for field, day in ((self.starts, year.starts), (self.ends, year.ends), (self.deadline, year.deadline)):
            field.setText(day.isoformat())

    def read(self, header: Year) -> Year:
        """``header`` with the dates that stand in the fields. Raises InputError naming the field."""
        starts, ends, deadline = (
            read_date(field.text(), field.accessibleName()) for field in (self.starts, self.ends, self.deadline)
        )
        return Year(
            header.year, starts, ends, deadline, header.stage, header.collection_closed, is_sample=header.is_sample
        )


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText("年-月-日，如 2026-12-15")
    field.setFixedWidth(_WIDTH)
    return field
