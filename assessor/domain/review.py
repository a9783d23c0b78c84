"""What a year knows of its review (复核): the objection period, appeals, second scores, what was looked at, and what
deserves a look. No score depends on any of it; what a decision changes is an adjustment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assessor.domain.appeal import Appeal, Publicity
from assessor.domain.plan import Plan
from assessor.errors import InputError

_ASSOCIATION = "科学技术协会"


@dataclass(frozen=True)
class SecondScore:
    """What a second reviewer gives on an indicator that the office scored for itself (复评); compared, not counted."""

    unit: str
    indicator: str
    points: Decimal
    scorer: str
    note: str = ""


@dataclass(frozen=True)
class ReviewCheck:
    """Something that deserved a look was looked at (已核)."""

    unit: str
    topic: str
    subject: str
    note: str
    checked_by: str
    checked_on: date


@dataclass(frozen=True)
class ReviewLimits:
    """From how much on a score deserves a look, and whose office it is.

    Raises InputError where a limit is not within 0 and 100.
    """

    self_gap: Decimal = Decimal(20)
    """Self-score above the office's score, in percent of the points."""
    median_gap: Decimal = Decimal(60)
    """Away from the group's median, in percent of the points."""
    previous_gap: Decimal = Decimal(60)
    """Away from the unit's own score of the year before, in percent of the points."""
    spread: Decimal = Decimal(15)
    """Between the highest and the lowest mark of a panel's reviewers, in marks (0-100)."""
    second_gap: Decimal = Decimal(10)
    """Between the office's score for its own unit and the second one, in percent of the points."""
    host: str = ""
    """Code of the office's own unit; empty: as ``host_unit`` finds it in the plan."""

    def __post_init__(self) -> None:
        for name, title in LIMIT_TITLES.items():
            value = getattr(self, name)
            if not 0 <= value <= 100:
                raise InputError(f"“{title}”的界限 {value:f} 不对", place="复核界限", remedy="请填写 0 到 100 之间的数")


LIMIT_TITLES = {
    "self_gap": "自评偏高",
    "median_gap": "偏离组中位数",
    "previous_gap": "与上年悬殊",
    "spread": "评委分歧",
    "second_gap": "复评相差",
}
"""Limit -> what it is a limit of, in the order of ``ReviewLimits``."""


@dataclass(frozen=True)
class Proofs:
    """How many items of evidence there are that were not handed in with a form; what has none is left out."""

    events: Mapping[str, int] = field(default_factory=dict)
    """By the event's key."""
    indicators: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By unit and indicator."""


@dataclass(frozen=True)
class ReviewFacts:
    publicity: Publicity | None = None
    appeals: tuple[Appeal, ...] = ()
    """By the day they were filed, then key."""
    second_scores: Mapping[tuple[str, str], SecondScore] = field(default_factory=dict)
    """By unit and indicator."""
    checks: Mapping[tuple[str, str, str], ReviewCheck] = field(default_factory=dict)
    """By topic, unit and subject."""
    proofs: Proofs = field(default_factory=Proofs)
    limits: ReviewLimits = field(default_factory=ReviewLimits)

    @property
    def open_appeals(self) -> tuple[Appeal, ...]:
        return tuple(appeal for appeal in self.appeals if appeal.is_open)


def host_unit(plan: Plan, limits: ReviewLimits) -> str:
    """Code of the unit that the office belongs to. Where nobody has said, the association for science and technology:
    the leading group's office is set up there, as the plan says (三、(一)加强组织领导). Empty: none is known."""
    if limits.host:
        return limits.host
    return next((unit.code for unit in plan.units if _ASSOCIATION in unit.name), "")
