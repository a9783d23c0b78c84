"""What a unit hands in (填报): figures, dates, evidence; and the states that are never confused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum


class Blank(Enum):
    """Why a figure is no number. A zero is a number."""

    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"
    NOT_SUBMITTED = "not_submitted"

    @property
    def label(self) -> str:
        return {"empty": "未填", "not_applicable": "不涉及", "not_submitted": "未报"}[self.value]


FigureValue = Decimal | Blank


class SubmissionState(Enum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return {"submitted": "待审", "returned": "已退回", "accepted": "已审"}[self.value]


@dataclass(frozen=True)
class Evidence:
    """An item of proof (佐证材料) as the form names it."""

    title: str
    dated: date | None = None
    indicator: str | None = None
    """The indicator it was handed in for; None: for the whole submission."""


@dataclass(frozen=True)
class Submission:
    """The latest revision of one unit's form: for a task, or (``task`` None) the unit's own yearly form."""

    unit: str
    task: str | None
    revision: int
    state: SubmissionState
    first_submitted_on: date
    submitted_on: date
    """Date of this revision."""
    figures: Mapping[str, FigureValue] = field(default_factory=dict)
    """By figure code of the scheme; a code that is missing is EMPTY. Checklist answers are 1 and 0."""
    note: str = ""
    return_reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def counts(self) -> bool:
        """A returned form is awaited again: its figures do not count."""
        return self.state is not SubmissionState.RETURNED

    def figure(self, code: str) -> FigureValue:
        return self.figures.get(code, Blank.EMPTY)


DONE = "done"
"""Figure code of a task form's 完成量: what was done, in the assignment's measure."""
