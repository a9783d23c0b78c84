"""What the page of forms has done in the background: each action is one edit, whatever the number of forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from assessor.domain.form_claims import Claim
from assessor.domain.form_flow import FormKey, FormStep
from assessor.domain.form_table import FormRow
from assessor.domain.submission import FigureValue, Submission
from assessor.workbook.form_steps import (
    Entry,
    Received,
    accept_claim,
    accept_form,
    enter_forms,
    propose_figures,
    receive_form,
    reject_claim,
    remove_form,
    reopen_form,
    return_form,
)
from assessor.workbook.marks import remove_self_score, save_self_score

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.workbook import Edit

_UNDO = "，可用“撤销”（Ctrl+Z）取回"


class FormWork:
    """``say``: shows a sentence beside what was done."""

    def __init__(self, surroundings: Surroundings, say: Callable[[str], object]) -> None:
        self._surroundings = surroundings
        self._say = say
        self.year = 0
        """Which year's forms."""

    def accept(self, rows: Sequence[FormRow], skipped: int) -> Job:
        return self._each(FormStep.ACCEPT, rows, accept_form, skipped)

    def reopen(self, rows: Sequence[FormRow], skipped: int) -> Job:
        return self._each(FormStep.REOPEN, rows, reopen_form, skipped)

    def remove(self, rows: Sequence[FormRow], skipped: int) -> Job:
        return self._each(FormStep.REMOVE, rows, remove_form, skipped, _UNDO)

    def give_back(self, rows: Sequence[FormRow], reason: str, skipped: int) -> Job:
        def one(edit: Edit, year: int, key: FormKey) -> None:
            return_form(edit, year, key, reason)

        return self._each(FormStep.RETURN, rows, one, skipped)

    def receive(self, rows: Sequence[FormRow], day: date, note: str, skipped: int) -> Job:
        def one(edit: Edit, year: int, key: FormKey) -> None:
            receive_form(edit, year, key, Received(day, note=note))

        return self._each(FormStep.RECEIVE, rows, one, skipped)

    def propose(self, rows: Sequence[FormRow], previous: Mapping[FormKey, Submission]) -> Job:
        """Of each form that has one of last year."""
        today, year = self._surroundings.today(), self.year
        forms = [(row.key, previous[row.key]) for row in rows if row.key in previous]

        def change(edit: Edit) -> str:
            for key, before in forms:
                propose_figures(edit, year, key, before, today)
            return f"已用上年数据预填 {len(forms)} 份，请逐项核对"

        return self._tell(self._change(_label("用上年数据预填", [row for row in rows if row.key in previous]), change))

    def enter(self, entries: Mapping[FormKey, Entry], label: str) -> Job:
        today, year = self._surroundings.today(), self.year
        return self._change(label, lambda edit: enter_forms(edit, year, entries, today))

    def correct(self, row: FormRow, figures: Mapping[str, FigureValue]) -> Job:
        return self.enter({row.key: Entry(figures)}, f"修改填报数据 {row.unit.short_name} {row.key.title}")

    def score_self(self, unit: str, name: str, scores: Mapping[str, Decimal | None]) -> Job:
        """By indicator; None: takes the score away."""
        year = self.year

        def change(edit: Edit) -> None:
            for indicator, points in scores.items():
                if points is None:
                    remove_self_score(edit, year, unit, indicator)
                else:
                    save_self_score(edit, year, unit, indicator, points)

        return self._change(f"修改自评分 {name}", change)

    def settle(self, claims: Sequence[Claim], reason: str, *, is_accepted: bool) -> Job:
        year = self.year
        word = "认定" if is_accepted else "不予认定"

        def change(edit: Edit) -> str:
            for claim in claims:
                (accept_claim if is_accepted else reject_claim)(edit, year, claim, reason)
            return f"已{word} {len(claims)} 项不涉及"

        return self._tell(self._change(f"{word}不涉及 {len(claims)} 项", change))

    def _each(
        self,
        step: FormStep,
        rows: Sequence[FormRow],
        one: Callable[[Edit, int, FormKey], None],
        skipped: int,
        ending: str = "",
    ) -> Job:
        year, keys = self.year, [row.key for row in rows]
        left = f"，跳过 {skipped} 份（现在的状态不能{step.label}）" if skipped else ""

        def change(edit: Edit) -> str:
            for key in keys:
                one(edit, year, key)
            return f"已{step.label} {len(keys)} 份{left}{ending}"

        return self._tell(self._change(_label(step.label, rows), change))

    def _change(self, label: str, change: Callable[[Edit], object]) -> Job:
        job = self._surroundings.session.change(label, change)
        job.failed.connect(self._surroundings.show_problem)
        return job

    def _tell(self, job: Job) -> Job:
        job.done.connect(self._say)
        return job


def _label(word: str, rows: Sequence[FormRow]) -> str:
    """Of the edit: ``审核通过 市科协 年度填报表``, ``审核通过 10 份填报``."""
    return f"{word} {rows[0].unit.short_name} {rows[0].key.title}" if len(rows) == 1 else f"{word} {len(rows)} 份填报"
