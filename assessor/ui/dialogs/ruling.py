"""处理申诉或异议: upheld, with the new score where it is on an indicator, or rejected; the reason in either case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from assessor.domain.adjusting import decision_words, needs_late_note, read_new_score
from assessor.domain.appeal import AppealState
from assessor.domain.appeal_table import AppealRow
from assessor.domain.dates import read_date
from assessor.domain.wording import signed
from assessor.errors import InputError
from assessor.ui.dialogs.layout import (
    dialog_buttons,
    dialog_column,
    dialog_form,
    dialog_heading,
    dialog_problem,
    dialog_text,
    show_dialog_problem,
)
from assessor.ui.review.leaf_choice import present_words
from assessor.ui.segments import Segments

_TEXT_HEIGHT = 84
_SCORE_WIDTH = 100


@dataclass(frozen=True)
class FilledRuling:
    state: AppealState
    decision: str
    decided_by: str
    decided_on: date
    new_score: Decimal | None
    """None: nothing is adjusted."""


class RulingDialog(QDialog):
    def __init__(self, parent: QWidget, row: AppealRow, today: date, operator: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"处理{row.appeal.kind.label} {row.appeal.key}")
        self.filled: FilledRuling | None = None
        self.row = row
        self.state = Segments("处理")
        upheld, rejected = AppealState.UPHELD, AppealState.REJECTED
        self.state.show_choices([(state.value, state.label) for state in (upheld, rejected)])
        self.new_score = QLineEdit()
        self.new_score.setAccessibleName("调整后的得分")
        self.new_score.setFixedWidth(_SCORE_WIDTH)
        self.change = QLabel()
        self.decision = _text("处理意见")
        self.decided_by = QLineEdit(operator)
        self.decided_by.setAccessibleName("决定人")
        self.decided_on = QLineEdit(today.isoformat())
        self.decided_on.setAccessibleName("决定日期")
        self.late_note = QLineEdit()
        self.late_note.setAccessibleName("公示期后处理的说明")
        self.late_note.setPlaceholderText("公示期已结束，请说明为什么现在处理")
        self.problem = dialog_problem()
        self._form = dialog_form()
        self._lay_out()
        self.state.chosen.connect(self._show_fields)
        self.decided_on.textChanged.connect(self._show_fields)
        self.new_score.textChanged.connect(self._show_change)
        self._show_fields()

    def accept(self) -> None:
        try:
            self.filled = self._read()
        except InputError as problem:
            show_dialog_problem(self.problem, problem)
            return
        super().accept()

    def _read(self) -> FilledRuling:
        leaf, decimals = self.row.leaf, self.row.group.scheme.decimals
        state = AppealState(self.state.key)
        new = read_new_score(self.new_score.text(), leaf, decimals) if leaf and state is AppealState.UPHELD else None
        day = read_date(self.decided_on.text(), "决定日期")
        words = decision_words(self.decision.toPlainText(), self.late_note.text(), self.row.publicity, day)
        by = self.decided_by.text().strip()
        if not by:
            raise InputError("没有填写决定人", remedy="请填写作出决定的人或集体")
        return FilledRuling(state, " ".join(words.split()), by, day, new)

    def _show_fields(self) -> None:
        is_upheld = self.state.key == AppealState.UPHELD.value
        for widget in (self.new_score, self.change):
            self._form.setRowVisible(widget, is_upheld and self.row.leaf is not None)
        self.decision.setPlaceholderText("采纳的理由" if is_upheld else "不采纳的理由")
        self._form.setRowVisible(self.late_note, self._is_late())
        self._show_change()

    def _is_late(self) -> bool:
        try:
            day = read_date(self.decided_on.text(), "决定日期")
        except InputError:
            return False
        return needs_late_note(self.row.publicity, day)

    def _show_change(self) -> None:
        self.change.setText(change_words(self.row, self.new_score.text()))

    def _lay_out(self) -> None:
        appeal = self.row.appeal
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(f"{self.row.unit.unit.short_name}　{self.row.title}"))
        layout.addWidget(dialog_text(f"{appeal.filed_by}（{appeal.filed_on.isoformat()}）：{appeal.claim}"))
        layout.addWidget(dialog_text(present_words(self.row.unit, self.row.leaf), "muted"))
        form = self._form
        form.addRow("处理", self.state)
        form.addRow("调整后得分(&N)", self.new_score)
        form.addRow("", self.change)
        form.addRow("处理意见(&R)", self.decision)
        form.addRow("决定人(&B)", self.decided_by)
        form.addRow("决定日期(&D)", self.decided_on)
        form.addRow("说明(&L)", self.late_note)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        buttons, self.ok_button = dialog_buttons(self, "决定")
        layout.addWidget(buttons)


def change_words(row: AppealRow, text: str) -> str:
    """From what to what the score would go; empty where ``text`` is no new score."""
    if row.leaf is None or row.leaf.score is None:
        return ""
    try:
        new = read_new_score(text, row.leaf, row.group.scheme.decimals)
    except InputError:
        return ""
    return f"{row.leaf.score:f} → {new:f}（{signed(new - row.leaf.score)}）"


def _text(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(_TEXT_HEIGHT)
    return field
