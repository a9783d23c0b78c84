"""What a scoring rule is: it reads one leaf's facts and answers with a fraction of the points, and why.

A rule kind is one file in this package: a frozen dataclass of its parameters that fulfils ``Rule``, registered by one
line in ``assessor.domain.rules``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from assessor.domain.facts import Award, Event, Mark
    from assessor.domain.rules.form_field import FormField
    from assessor.domain.rules.levels import Level
    from assessor.domain.rules.panel import Panel
    from assessor.domain.submission import Submission
    from assessor.domain.table_reader import TableReader


class LeafState(Enum):
    """Where a leaf stands. Only SCORED is a judgement of work done; the two zeros say whose silence they are."""

    SCORED = "scored"
    PENDING = "pending"
    NOT_SUBMITTED = "not_submitted"
    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return {
            "scored": "已评",
            "pending": "待评",
            "not_submitted": "未报",
            "empty": "未填",
            "not_applicable": "不涉及",
        }[self.value]


class OfficeInput(Enum):
    """What the office enters for a leaf, as against what comes in on forms."""

    MARKS = "marks"
    AWARD = "award"
    OCCURRENCES = "occurrences"
    TARGET = "target"
    """The assignment's (下达的目标值): only a task has one."""

    @property
    def label(self) -> str:
        return {
            "marks": "评委评分",
            "award": "考核办评分",
            "occurrences": "扣分情形",
            "target": "下达的目标值",
        }[self.value]


@dataclass(frozen=True)
class LeafInput:
    """One value a rule used, and where it came from."""

    name: str
    value: str
    source: str
    """E.g. ``填报表（第2次，2024-11-28）``, ``评委 张三``, ``考核细则``."""


@dataclass(frozen=True)
class Outcome:
    """What a rule makes of one leaf of one unit (of one task, where the scope is ``task``)."""

    state: LeafState
    fraction: Fraction
    """In [0, 1], unrounded and exact. 0 where the state is not SCORED, except in a ``provisional`` outcome."""
    reasoning: str
    """The arithmetic up to the fraction, in Chinese: ``实际 285 / 目标 300 = 95.00%``."""
    inputs: tuple[LeafInput, ...] = ()
    provisional: bool = False
    """PENDING, but ``fraction`` is what is known so far (a ``PeerRule`` among the units whose values are known), and
    counts provisionally. False and PENDING: nothing is known."""


@dataclass(frozen=True)
class LeafFacts:
    """What a rule may read: one unit's facts for one leaf (and one task, where the scope is ``task``)."""

    indicator: str
    points: Decimal
    decimals: int
    collection_closed: bool
    deadline: date
    submission: Submission | None = None
    """The form that this leaf reads: the task's, or the unit's own."""
    assigned_target: Decimal | None = None
    assigned_deadline: bool = False
    """``deadline`` is the assignment's own, not the year's."""
    marks: tuple[Mark, ...] = ()
    self_score: Decimal | None = None
    award: Award | None = None
    occurrences: tuple[Event, ...] = ()
    peers: tuple[Decimal, ...] = ()
    """For rules that look at other units: the known values of the whole group, this unit's included."""
    peers_awaited: bool = False
    """A value of some other unit of the group is still awaited."""
    figure_titles: Mapping[str, str] = field(default_factory=dict)


class FormulaCells(Protocol):
    """Where a spreadsheet holds what a rule's formula reads, as cell references; for one leaf of one unit (of one task,
    where the scope is ``task``)."""

    @property
    def points(self) -> str: ...

    @property
    def closed(self) -> str:
        """1 where collection is closed, else 0."""
        ...

    @property
    def form(self) -> str:
        """Whether the form counts: empty text, ``formula.AWAITED`` or ``formula.NOTHING``."""
        ...

    @property
    def first_submitted(self) -> str: ...

    @property
    def last_submitted(self) -> str: ...

    @property
    def deadline(self) -> str: ...

    @property
    def target(self) -> str:
        """The assignment's; empty where there is none."""
        ...

    @property
    def self_score(self) -> str: ...

    @property
    def award_points(self) -> str: ...

    @property
    def award_level(self) -> str: ...

    @property
    def award_percentage(self) -> str: ...

    @property
    def occurrences(self) -> str: ...

    def reading(self, figure: str) -> str:
        """The figure: a number, ``formula.AWAITED`` or ``formula.NOTHING``."""
        ...

    def marks(self, panel: str) -> str:
        """The range of the panel's marks; empty text where nobody marks in it."""
        ...

    def peers(self, figure: str) -> str:
        """The range of the group's readings of a figure, of the units that are compared."""
        ...


class Rule(Protocol):
    """The parameters of one indicator's rule."""

    kind: ClassVar[str]
    """As scheme files name it."""
    label: ClassVar[str]
    """As users see it."""
    form: ClassVar[tuple[FormField, ...]]
    """Its parameters, as they are filled in."""
    task_scope: ClassVar[bool]
    """Whether the rule may be evaluated per task: all but those that compare units, whose tasks differ."""

    @classmethod
    def read(cls, table: TableReader) -> Rule:
        """From a scheme file's or the workbook's table. Raises SchemeError naming the place and the remedy."""
        ...

    def params(self) -> dict[str, Any]:
        """The inverse of ``read``: plain strings, booleans, lists and dicts, decimals as text."""
        ...

    def figures(self) -> tuple[str, ...]:
        """Codes of the figures it reads from a form."""
        ...

    def office_inputs(self) -> frozenset[OfficeInput]:
        """What it takes of the office; anything else given for its indicator is a mistake."""
        ...

    def evaluate(self, facts: LeafFacts) -> Outcome:
        """Raises InputError where a fact is outside what the rule allows."""
        ...

    def formula(self, cells: FormulaCells) -> str:
        """What ``evaluate`` computes, as a spreadsheet's expression: the fraction, or ``formula.AWAITED`` where nothing
        is known. Only functions that Excel 2007, WPS and LibreOffice share."""
        ...

    def trial(self, facts: LeafFacts, *, is_best: bool) -> LeafFacts:
        """``facts`` (of a year whose collection is closed) with the inputs that earn as much, or as little, as any can:
        what a scheme is tried with before it is used."""
        ...


@dataclass(frozen=True)
class PeerReading:
    """One unit's value as a ``PeerRule`` compares it."""

    value: Decimal | None
    """None: the unit has no value (awaited, not submitted, empty or not applicable)."""
    awaited: bool = False
    """The value may still come, so ranks are not final."""


@runtime_checkable
class PeerRule(Rule, Protocol):
    """A rule that looks at the other units of the group.

    Whoever evaluates it reads every assessed unit to whom the leaf applies with ``peer_reading``, and passes the known
    values on as ``LeafFacts.peers`` (this unit's included) and, for each unit, whether another one's is awaited as
    ``LeafFacts.peers_awaited``.
    """

    def peer_reading(self, facts: LeafFacts) -> PeerReading: ...

    def provisional_formula(self, cells: FormulaCells) -> str:
        """As a spreadsheet's condition: the fraction is known, but another unit's value is awaited."""
        ...


@runtime_checkable
class PanelRule(Rule, Protocol):
    """A rule that takes ``OfficeInput.MARKS``: who marks is a matter of its panels."""

    @property
    def panels(self) -> tuple[Panel, ...]: ...


@runtime_checkable
class LevelRule(Rule, Protocol):
    """A rule that takes ``OfficeInput.AWARD`` as a level with a percentage, where others take points."""

    @property
    def levels(self) -> tuple[Level, ...]: ...
