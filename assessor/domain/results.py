"""A year's results: the one object that screens, charts, reports, exports and commands read.

Every number in it is the printed one: what is printed is what is ranked, graded, charted and compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.facts import Adjustment, Event
from assessor.domain.plan import Role
from assessor.domain.rules.rule import LeafInput, LeafState, Outcome
from assessor.domain.scheme import Category, Indicator, Scheme
from assessor.domain.submission import Evidence
from assessor.domain.unit import Group, Unit
from assessor.domain.year import Year


@dataclass(frozen=True)
class TaskOutcome:
    """One task's part in a leaf of scope ``task``."""

    task: str
    title: str
    role: Role
    weight: Decimal
    """Task weight x role factor; 0 where the task does not apply."""
    outcome: Outcome


@dataclass(frozen=True)
class LeafResult:
    indicator: Indicator
    state: LeafState
    computed: Decimal | None
    """By the rule, rounded. None: not applicable (and left out), or nothing of it is known yet."""
    score: Decimal | None
    """The leaf's official score: an adjustment's where there is one, else ``computed``."""
    self_score: Decimal | None
    sentence: str
    """得分依据, the same on screen and on paper."""
    inputs: tuple[LeafInput, ...] = ()
    tasks: tuple[TaskOutcome, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    adjustment: Adjustment | None = None


@dataclass(frozen=True)
class CategoryResult:
    category: Category
    leaves: tuple[LeafResult, ...]
    raw: Decimal
    """Sum of the printed leaf scores."""
    applicable_points: Decimal
    subtotal: Decimal | None
    """``raw``, rescaled within the category where leaves do not apply. None: no leaf applies, category left out."""
    contribution: Decimal | None
    """What enters the base score: ``subtotal``, rescaled to full marks where whole categories are left out."""
    sentence: str

    @property
    def is_awaited(self) -> bool:
        """Leaves are pending and none has a score: the 0 that it adds so far is no score and is not shown as one."""
        waits = any(leaf.state is LeafState.PENDING for leaf in self.leaves)
        return waits and all(leaf.score is None for leaf in self.leaves)

    @property
    def contribution_text(self) -> str:
        """The contribution as a table shows it, or the state that stands in its place."""
        if self.is_awaited:
            return LeafState.PENDING.label
        return LeafState.NOT_APPLICABLE.label if self.contribution is None else f"{self.contribution:f}"


@dataclass(frozen=True)
class EntryResult:
    """A bonus or deduction entry, and what of it counted."""

    event: Event
    title: str
    counted: Decimal
    sentence: str
    share: Decimal
    """What is the unit's of it by itself, before caps and repeats."""
    repeats: bool = False
    """就高不重复: another entry over the same matter counts instead."""


@dataclass(frozen=True)
class VetoResult:
    event: Event
    title: str
    limit: str
    sentence: str


@dataclass(frozen=True)
class UnitResult:
    unit: Unit
    categories: tuple[CategoryResult, ...]
    base: Decimal
    bonus: Decimal
    deduction: Decimal
    total: Decimal
    entries: tuple[EntryResult, ...]
    vetoes: tuple[VetoResult, ...]
    coverage: Decimal
    """Applicable points / all points, in [0, 1], exact to 4 places (rounded half up, for display and the floor)."""
    provisional: bool
    """Some leaf is pending: the total is over what is known (暂估)."""
    exempt: str
    """Reason for 不参评; empty: assessed."""
    sentence: str
    """How the total came about."""
    rank: int | None = None
    unranked: str = ""
    """Why there is no rank; empty where there is one."""
    grade: str | None = None
    grade_sentence: str = ""
    """Why this grade, or why none."""

    @property
    def rank_text(self) -> str:
        """The rank as a table shows it: provisional ones say so."""
        if self.rank is None:
            return "—"
        return f"暂 {self.rank}" if self.provisional else str(self.rank)

    @property
    def leaves(self) -> tuple[LeafResult, ...]:
        return tuple(leaf for category in self.categories for leaf in category.leaves)

    @property
    def pending(self) -> tuple[LeafResult, ...]:
        return tuple(leaf for leaf in self.leaves if leaf.state is LeafState.PENDING)


@dataclass(frozen=True)
class GroupResult:
    group: Group
    scheme: Scheme
    units: tuple[UnitResult, ...]
    """As printed: by rank, equals in the registry's order, then the unranked, then the exempt, in that order too."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearResult:
    year: Year
    groups: tuple[GroupResult, ...]
    engine_version: str

    def find(self, unit: str) -> tuple[GroupResult, UnitResult] | None:
        """The unit's group and result by unit code; None where the year does not have it."""
        for group in self.groups:
            for result in group.units:
                if result.unit.code == unit:
                    return group, result
        return None
