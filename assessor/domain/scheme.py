"""An evaluation scheme (考核细则): what one group is assessed by in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

from assessor.domain.plan import Role
from assessor.domain.rules.rule import Rule


class Scope(Enum):
    UNIT = "unit"
    TASK = "task"

    @property
    def label(self) -> str:
        return {"unit": "按单位", "task": "按任务"}[self.value]


class NotApplicablePolicy(Enum):
    RESCALE = "rescale"
    FULL = "full"
    ZERO = "zero"

    @property
    def label(self) -> str:
        return {"rescale": "缺项折算", "full": "缺项得满分", "zero": "缺项得零分"}[self.value]


class Ceiling(Enum):
    FULL_MARKS = "full_marks"
    WITH_BONUS = "with_bonus"

    @property
    def label(self) -> str:
        return {"full_marks": "不超过满分", "with_bonus": "加分可超过满分"}[self.value]


class QuotaRounding(Enum):
    FLOOR = "floor"
    CEIL = "ceil"

    @property
    def label(self) -> str:
        return {"floor": "舍去小数", "ceil": "进位取整"}[self.value]


class QuotaTie(Enum):
    EXCLUDE = "exclude"
    INCLUDE = "include"

    @property
    def label(self) -> str:
        return {"exclude": "并列者都不占", "include": "并列者都占"}[self.value]


COVERAGE_DECIMALS = 4
"""Of a coverage, in [0, 1], as it is printed and compared with the floor."""


@dataclass(frozen=True)
class Figure:
    """One number (or tick) that a form asks for. One figure serves every indicator that needs it."""

    code: str
    title: str
    measure: str
    scope: Scope


@dataclass(frozen=True)
class Indicator:
    code: str
    title: str
    points: Decimal
    rule: Rule
    scope: Scope = Scope.UNIT
    content: str = ""
    """考核内容: what is assessed."""
    criterion: str = ""
    """评分标准: how points are given, in words."""
    proof: str = ""
    """考核依据: the documents named as proof."""


@dataclass(frozen=True)
class Category:
    code: str
    title: str
    indicators: tuple[Indicator, ...]

    @property
    def points(self) -> Decimal:
        return sum((indicator.points for indicator in self.indicators), Decimal(0))


@dataclass(frozen=True)
class EntryKind:
    """A kind of bonus or deduction: the unit's counted entries of this kind add up to ``cap`` points at the most."""

    code: str
    title: str
    cap: Decimal
    criterion: str = ""
    proof: str = ""


@dataclass(frozen=True)
class VetoKind:
    code: str
    title: str
    limit: str
    """The best grade still open to the unit."""
    criterion: str = ""


@dataclass(frozen=True)
class Grade:
    """A grade (等次) and what it asks: a printed total, and of every category a share of its points."""

    title: str
    minimum: Decimal
    category_share: Decimal | None = None
    """E.g. 0.6: every category at least 60 % of its points."""


@dataclass(frozen=True)
class Quota:
    """How many of a group's ranked units may take the top grade."""

    share: Decimal
    rounding: QuotaRounding = QuotaRounding.FLOOR
    tie: QuotaTie = QuotaTie.EXCLUDE


@dataclass(frozen=True)
class Scheme:
    code: str
    title: str
    group: str
    categories: tuple[Category, ...]
    grades: tuple[Grade, ...]
    """From the best down; the last one's minimum is 0."""
    full_marks: Decimal = Decimal(100)
    decimals: int = 2
    not_applicable: NotApplicablePolicy = NotApplicablePolicy.RESCALE
    min_coverage: Decimal = Decimal("0.5")
    ceiling: Ceiling = Ceiling.FULL_MARKS
    tie_break: tuple[str, ...] = ()
    """Codes of categories or indicators, in order."""
    quota: Quota | None = None
    role_factors: Mapping[Role, Decimal] = field(default_factory=dict)
    """Missing roles count 1."""
    bonuses: tuple[EntryKind, ...] = ()
    deductions: tuple[EntryKind, ...] = ()
    vetoes: tuple[VetoKind, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_default: bool = False
    """A shipped scheme to edit, not one that an office has adopted."""
    note: str = ""

    @cached_property
    def indicator_by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def category_by_code(self) -> dict[str, Category]:
        return {category.code: category for category in self.categories}

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for category in self.categories for indicator in category.indicators)

    @property
    def bonus_cap(self) -> Decimal:
        return sum((kind.cap for kind in self.bonuses), Decimal(0))
