"""复核调整: another score for one indicator of a unit, with the reason; no appeal asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from assessor.domain.adjusting import decision_words, needs_late_note, read_new_score
from assessor.domain.dates import read_date
from assessor.domain.wording import signed
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

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView

_REASON_HEIGHT = 84
_SCORE_WIDTH = 100


@dataclass(frozen=True)
class FilledAdjustment:
    unit: str
    indicator: str
    old: Decimal
    new: Decimal
    reason: str
    decided_by: str
    decided_on: date


class AdjustmentDialog(QDialog):
    def __init__(self, parent: QWidget, view: YearView, today: date, operator: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("复核调整")
        self.filled: FilledAdjustment | None = None
        self._publicity = view.facts.review.publicity
        self.new_score = QLineEdit()
        self.new_score.setAccessibleName("调整后的得分")
        self.new_score.setFixedWidth(_SCORE_WIDTH)
        self.change = QLabel()
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("理由")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_REASON_HEIGHT)
        self.decided_by = QLineEdit(operator)
        self.decided_by.setAccessibleName("决定人")
        self.decided_on = QLineEdit(today.isoformat())
        self.decided_on.setAccessibleName("决定日期")
        self.late_note = QLineEdit()
        self.late_note.setAccessibleName("公示期后处理的说明")
        self.late_note.setPlaceholderText("公示期已结束，请说明为什么现在处理")
        self.problem = dialog_problem()
        layout = dialog_column(self)
        form = self._form = dialog_form()
        self.leaf = LeafChoice(form, view, at_large=False)
        form.addRow("调整后得分(&N)", self.new_score)
        form.addRow("", self.change)
        form.addRow("理由(&R)", self.reason)
        form.addRow("决定人(&B)", self.decided_by)
        form.addRow("决定日期(&D)", self.decided_on)
        form.addRow("说明(&L)", self.late_note)
        layout.addLayout(form)
        layout.addWidget(dialog_text("填报、评分都不改动；调整另记一笔，得分依据中写明，随时可以取消。", "muted"))
        layout.addWidget(self.problem)
        buttons, self.ok_button = dialog_buttons(self, "调整")
        layout.addWidget(buttons)
        self.leaf.changed.connect(self._show_change)
        self.new_score.textChanged.connect(self._show_change)
        self.decided_on.textChanged.connect(self._show_late)
        self._show_late()

    def accept(self) -> None:
        try:
            self.filled = self._read()
        except InputError as problem:
            show_dialog_problem(self.problem, problem)
            return
        super().accept()

    def _read(self) -> FilledAdjustment:
        new = self._new_score()
        leaf = self.leaf.leaf()
        assert leaf is not None and leaf.score is not None  # or there were no new score
        day = read_date(self.decided_on.text(), "决定日期")
        words = self.reason.toPlainText()
        if not words.strip():
            raise InputError("没有填写理由", remedy="请写明为什么调整")
        by = self.decided_by.text().strip()
        if not by:
            raise InputError("没有填写决定人", remedy="请填写作出决定的人或集体")
        reason = " ".join(decision_words(words, self.late_note.text(), self._publicity, day).split())
        return FilledAdjustment(self.leaf.code(), leaf.indicator.code, leaf.score, new, reason, by, day)

    def _new_score(self) -> Decimal:
        leaf = self.leaf.leaf()
        if leaf is None:
            raise InputError("没有选择指标", remedy="请选择一个指标")
        return read_new_score(self.new_score.text(), leaf, self.leaf.found()[0].scheme.decimals)

    def _show_change(self) -> None:
        leaf = self.leaf.leaf()
        try:
            new = self._new_score()
        except InputError:
            self.change.clear()
            return
        if leaf is not None and leaf.score is not None:
            self.change.setText(f"{leaf.score:f} → {new:f}（{signed(new - leaf.score)}）")

    def _show_late(self) -> None:
        try:
            day = read_date(self.decided_on.text(), "决定日期")
        except InputError:
            return
        self._form.setRowVisible(self.late_note, needs_late_note(self._publicity, day))
