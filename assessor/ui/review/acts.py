"""What the page of the review writes: each one edit of the session; what is refused goes to the message bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assessor.domain.appeal import Appeal, Publicity
from assessor.domain.appeal_table import AdjustmentRow, AppealRow
from assessor.domain.facts import Adjustment, AdjustmentKind
from assessor.domain.review import ReviewLimits
from assessor.domain.review_entry import ReviewWork
from assessor.ui.dialogs.adjustment import FilledAdjustment
from assessor.ui.dialogs.ruling import FilledRuling
from assessor.workbook.appeals import (
    Ruling,
    decide_appeal,
    next_appeal_key,
    remove_appeal,
    reopen_appeal,
    save_appeal,
)
from assessor.workbook.events import next_adjustment_key, remove_adjustment, save_adjustment
from assessor.workbook.publicity import save_publicity
from assessor.workbook.review_checks import save_review_work
from assessor.workbook.year_preferences import save_review_limits

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.workbook import Edit

_SEALED = "本年度已定稿，不能再复核"


class ReviewActs:
    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.view: YearView | None = None

    @property
    def operator(self) -> str:
        return self.surroundings.session.operator

    def locked_reason(self) -> str:
        """Why nothing can be changed; empty where it can."""
        current = self.surroundings.session.current
        return (current.read_only_reason if current else "") or (_SEALED if self.view and self.view.seal else "")

    def save(self, work: ReviewWork) -> Job | None:
        """None where nothing is changed."""
        if not work.ticks and not work.seconds:
            return None
        return self._change(work.label, lambda edit, year: save_review_work(edit, year, work))

    def file(self, appeal: Appeal) -> Job:
        """A new one, or other words for an open one."""

        def file(edit: Edit, year: int) -> str:
            kept = replace(appeal, key=appeal.key or next_appeal_key(edit, year))
            save_appeal(edit, year, kept)
            return kept.key

        verb = "修改" if appeal.key else "登记"
        return self._do(f"{verb}{appeal.kind.label}：{self._name(appeal.unit)}", file)

    def decide(self, row: AppealRow, filled: FilledRuling) -> Job:
        appeal, leaf = row.appeal, row.leaf

        def decide(edit: Edit, year: int) -> None:
            made = None
            if filled.new_score is not None and leaf is not None and leaf.score is not None:
                made = Adjustment(
                    key=next_adjustment_key(edit, year),
                    indicator=leaf.indicator.code,
                    kind=AdjustmentKind.APPEAL,
                    old=leaf.score,
                    new=filled.new_score,
                    reason=filled.decision,
                    decided_by=filled.decided_by,
                    decided_on=filled.decided_on,
                )
            ruling = Ruling(filled.state, filled.decision, filled.decided_by, filled.decided_on, made)
            decide_appeal(edit, year, appeal.key, ruling)

        return self._do(f"{filled.state.label}{appeal.kind.label}：{row.unit.unit.short_name}", decide)

    def reopen(self, row: AppealRow) -> Job:
        label = f"撤回处理意见：{row.unit.unit.short_name}"
        return self._do(label, lambda edit, year: reopen_appeal(edit, year, row.appeal.key))

    def remove(self, rows: Sequence[AppealRow]) -> Job:
        def remove(edit: Edit, year: int) -> None:
            for row in rows:
                remove_appeal(edit, year, row.appeal.key)

        return self._do(f"删除 {len(rows)} 件申诉、异议", remove)

    def adjust(self, filled: FilledAdjustment) -> Job:
        def adjust(edit: Edit, year: int) -> str:
            made = Adjustment(
                key=next_adjustment_key(edit, year),
                indicator=filled.indicator,
                kind=AdjustmentKind.REVIEW,
                old=filled.old,
                new=filled.new,
                reason=filled.reason,
                decided_by=filled.decided_by,
                decided_on=filled.decided_on,
            )
            save_adjustment(edit, year, filled.unit, made)
            return made.key

        return self._do(f"复核调整：{self._name(filled.unit)} {filled.indicator}", adjust)

    def take_back(self, row: AdjustmentRow) -> Job:
        label = f"取消复核调整：{row.unit.unit.short_name} {row.adjustment.indicator}"
        return self._do(label, lambda edit, year: remove_adjustment(edit, year, row.adjustment.key))

    def set_publicity(self, publicity: Publicity | None) -> Job:
        label = "设定公示期" if publicity else "取消公示期"
        return self._do(label, lambda edit, year: save_publicity(edit, year, publicity))

    def set_limits(self, limits: ReviewLimits) -> Job:
        return self._do("设定复核界限", lambda edit, year: save_review_limits(edit, year, limits))

    def _name(self, unit: str) -> str:
        assert self.view is not None
        return self.view.assessed_unit(unit)[1].unit.short_name

    def _do(self, label: str, function: Callable[[Edit, int], object]) -> Job:
        job = self._change(label, function)
        job.failed.connect(self.surroundings.show_problem)
        return job

    def _change(self, label: str, function: Callable[[Edit, int], object]) -> Job:
        assert self.view is not None
        year = self.view.year.year
        self.surroundings.clear_problem()
        return self.surroundings.session.change(label, lambda edit: function(edit, year))
