"""What is asked before the chosen forms are received, returned or settled, and then done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from assessor.domain.form_claims import Claim
from assessor.domain.form_flow import FormStep
from assessor.domain.form_table import FormRow
from assessor.ui.dialogs.forms import ClaimDialog, ReceiveDialog, ReturnDialog
from assessor.ui.forms.actions import can_take
from assessor.ui.forms.work import FormWork


class FormAsking:
    def __init__(self, parent: QWidget, work: FormWork, today: Callable[[], date]) -> None:
        self._parent, self._work, self._today = parent, work, today
        self.dialog: QDialog | None = None
        """The last that was shown."""

    def receive(self, rows: Sequence[FormRow]) -> None:
        able, skipped = _able(FormStep.RECEIVE, rows)
        dialog = ReceiveDialog(self._parent, [row.place for row in able], self._today())
        dialog.accepted.connect(
            lambda: self._work.receive(able, dialog.received_on(), dialog.note.text().strip(), skipped)
        )
        self._show(dialog)

    def give_back(self, rows: Sequence[FormRow]) -> None:
        able, skipped = _able(FormStep.RETURN, rows)
        dialog = ReturnDialog(self._parent, [row.place for row in able])
        dialog.accepted.connect(lambda: self._work.give_back(able, dialog.text(), skipped))
        self._show(dialog)

    def settle(self, claims: Sequence[tuple[str, Claim]]) -> None:
        """Each with its unit's name."""
        dialog = ClaimDialog(self._parent, claims)
        dialog.accepted.connect(
            lambda: self._work.settle(dialog.chosen(), dialog.text(), is_accepted=dialog.is_accepted)
        )
        self._show(dialog)

    def accept(self, rows: Sequence[FormRow]) -> None:
        self._work.accept(*_able(FormStep.ACCEPT, rows))

    def reopen(self, rows: Sequence[FormRow]) -> None:
        self._work.reopen(*_able(FormStep.REOPEN, rows))

    def remove(self, rows: Sequence[FormRow]) -> None:
        self._work.remove(*_able(FormStep.REMOVE, rows))

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()


def _able(step: FormStep, rows: Sequence[FormRow]) -> tuple[list[FormRow], int]:
    """Those of the forms that may take the step, and how many may not."""
    able = [row for row in rows if can_take(step, row)]
    return able, len(rows) - len(able)
