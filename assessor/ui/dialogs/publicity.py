"""公示期: from when to when results are made public and objections are taken."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from assessor.domain.appeal import Publicity
from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.dialogs.layout import (
    dialog_buttons,
    dialog_column,
    dialog_form,
    dialog_problem,
    dialog_text,
    show_dialog_problem,
)

_USUAL_DAYS = 7
_WIDTH = 150


class PublicityDialog(QDialog):
    """``filled`` after it was accepted; None: there is to be no such period."""

    def __init__(self, parent: QWidget, present: Publicity | None, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("公示期")
        self.filled: Publicity | None = None
        shown = present or Publicity(today, today + timedelta(days=_USUAL_DAYS - 1))
        self.starts, self.ends = (_field(name) for name in ("公示期起", "公示期止"))
        self.starts.setText(shown.starts.isoformat())
        self.ends.setText(shown.ends.isoformat())
        self.count = QLabel()
        theme.dress(self.count, tone="muted")
        self.problem = dialog_problem()
        layout = dialog_column(self)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        for widget in (self.starts, QLabel("至"), self.ends, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        form = dialog_form()
        form.addRow("公示期", row)
        layout.addLayout(form)
        layout.addWidget(dialog_text("期内受理对考核结果的异议；期满后仍可处理，但要写明原因。", "muted"))
        layout.addWidget(self.problem)
        buttons, self.ok_button = dialog_buttons(self, "保存")
        self.remove_button = buttons.addButton("不设公示期", QDialogButtonBox.ButtonRole.ResetRole)
        self.remove_button.setVisible(present is not None)
        self.remove_button.clicked.connect(self._remove)
        layout.addWidget(buttons)
        for field in (self.starts, self.ends):
            field.textChanged.connect(self._count)
        self._count()

    def accept(self) -> None:
        try:
            self.filled = self._read()
        except InputError as problem:
            show_dialog_problem(self.problem, problem)
            return
        super().accept()

    def _read(self) -> Publicity:
        return Publicity(*(read_date(field.text(), field.accessibleName()) for field in (self.starts, self.ends)))

    def _count(self) -> None:
        try:
            self.count.setText(f"共 {self._read().days} 天")
        except InputError:
            self.count.clear()

    def _remove(self) -> None:
        self.filled = None
        super().accept()


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText("年-月-日，如 2026-01-12")
    field.setFixedWidth(_WIDTH)
    return field
