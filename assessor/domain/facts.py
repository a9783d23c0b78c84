"""Everything the scoring engine reads of a year: plain values, whoever stored or typed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from assessor.domain.assignment import Assignment
from assessor.domain.extremes import Extremes
from assessor.domain.review import ReviewFacts
from assessor.domain.reviewing import Reviewing
from assessor.domain.scheme import Scheme
from assessor.domain.submission import Submission
from assessor.domain.unit import Group, Unit
from assessor.domain.year import Year


@dataclass(frozen=True)
class Mark:
    """One reviewer's mark (评议), 0-100, on an indicator."""

    indicator: str
    reviewer: str
    """The reviewer's name, as the trace shows it."""
    panel: str
    value: Decimal
    task: str | None = None
    """Of an indicator of scope ``task``: the task that is marked."""
    fact: str = ""
    """What the mark rests on, as an extreme one has to say (see ``extremes``)."""
    is_recused: bool = False
    """The reviewer comes from the unit itself (回避): the mark is kept and shown, and does not count."""


@dataclass(frozen=True)
class Award:
    """What the office itself gives on an indicator: points (``direct``) or a level (``levels``), with a reason."""

    indicator: str
    reason: str
    points: Decimal | None = None
    level: str | None = None
    percentage: Decimal | None = None
    """0-100, within the level's range; None: the middle of the range."""
    task: str | None = None
    """Of an indicator of scope ``task``: the task that it is given for."""


class EventKind(Enum):
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"
    OCCURRENCE = "occurrence"

    @property
    def label(self) -> str:
        return {"bonus": "加分", "deduction": "扣分", "veto": "一票否决", "occurrence": "扣分情形"}[self.value]


@dataclass(frozen=True)
class Event:
    """A dated happening with a reason and evidence: bonus, deduction, veto, or an occurrence a ``deduct`` counts."""

    key: str
    """Identifies the event in its year and orders it among equals."""
    kind: EventKind
    code: str
    """Of a bonus, deduction or veto kind of the scheme; of an occurrence, the indicator."""
    happened_on: date
    matter: str
    """What it is about; entries with the same matter count once (就高不重复)."""
    reason: str
    points: Decimal = Decimal(0)
    shared_by: int = 1
    """Number of units that achieved it together; each counts 1/k."""
    occurrences: int = 1
    evidence: str = ""
    task: str | None = None
    """Of an occurrence, where its indicator's scope is ``task``: the task that it concerns."""


class AdjustmentKind(Enum):
    REVIEW = "review"
    APPEAL = "appeal"

    @property
    def label(self) -> str:
        return {"review": "复核调整", "appeal": "申诉调整"}[self.value]


@dataclass(frozen=True)
class Adjustment:
    """A decision that replaces a leaf's computed score and edits no input."""

    key: str
    indicator: str
    kind: AdjustmentKind
    old: Decimal
    new: Decimal
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True)
class UnitFacts:
    unit: Unit
    assignments: tuple[Assignment, ...] = ()
    form: Submission | None = None
    """The unit's own yearly form."""
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    """By task code."""
    marks: tuple[Mark, ...] = ()
    awards: tuple[Award, ...] = ()
    """At most one for an indicator, or for each task of an indicator of scope ``task``."""
    self_scores: Mapping[str, Decimal] = field(default_factory=dict)
    """Points the unit gives itself, by indicator (自评分)."""
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    """Indicator -> the office's reason."""
    events: tuple[Event, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    exempt: str = ""
    """The reason why the unit is not assessed this year (不参评); empty: it is."""


@dataclass(frozen=True)
class GroupFacts:
    group: Group
    scheme: Scheme
    units: tuple[UnitFacts, ...]
    """In the order of the registry."""


@dataclass(frozen=True)
class YearFacts:
    year: Year
    groups: tuple[GroupFacts, ...]
    task_titles: Mapping[str, str] = field(default_factory=dict)
    """Task code -> title, for traces."""
    reviewers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Panel -> the names of its reviewers (评委), whether or not they have marked."""
    reviewing: Reviewing = field(default_factory=Reviewing)
    """Where reviewers come from, and who is to mark what. Scores see of it only ``Mark.is_recused``."""
    extremes: Extremes = field(default_factory=Extremes)
    """Which marks and awards have to say what they rest on; no score depends on it."""
    requirements: Mapping[str, str] = field(default_factory=dict)
    """Task code -> what the year asks of it in particular (年度要求); no score depends on it."""
    review: ReviewFacts = field(default_factory=ReviewFacts)
    """Appeals, second scores and what else belongs to the review; no score depends on it."""
