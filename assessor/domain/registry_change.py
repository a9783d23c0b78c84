"""A change of the registry before it is made: what it will do, and why it may not be done.

``registry_edits``, ``registry_merge`` and ``registry_split`` compute a ``RegistryChange`` of what the workbook has; the
dialog shows its consequences, ``workbook.registry`` applies the very same. No change moves a sealed year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assessor.domain.assignment import Assignment
from assessor.domain.plan import Plan, Role
from assessor.domain.unit import Unit
from assessor.domain.wording import plain
from assessor.errors import InputError


@dataclass(frozen=True)
class Record:
    """How many rows of a kind a unit has in a year; ``task``: those on this task."""

    unit: str
    title: str
    """In the user's words, e.g. 填报表."""
    count: int
    task: str | None = None


@dataclass(frozen=True)
class YearHoldings:
    """What a year of the workbook has of units, as far as a change of the registry concerns it."""

    year: int
    is_sealed: bool
    groups: frozenset[str]
    """Codes of the groups that have a scheme in the year."""
    assignments: tuple[Assignment, ...] = ()
    records: tuple[Record, ...] = ()
    """Of what a unit handed in and was given: it belongs to the unit and goes to no other."""
    followers: tuple[Record, ...] = ()
    """Of what goes along with the unit's work: notes, who comes from the unit, who marks it."""
    lapsing: tuple[Record, ...] = ()
    """Of decisions that mean nothing without the unit: that it is exempt, that an indicator does not apply to it."""


@dataclass(frozen=True)
class RegistryState:
    plan: Plan
    """As it was issued (``lineage.plan_in_year`` reads it as a year has it)."""
    years: tuple[YearHoldings, ...] = ()
    """In order."""

    @property
    def sealed_years(self) -> tuple[int, ...]:
        return tuple(item.year for item in self.years if item.is_sealed)

    def open_from(self, year: int) -> tuple[YearHoldings, ...]:
        return tuple(item for item in self.years if item.year >= year and not item.is_sealed)

    def unit(self, code: str) -> Unit:
        """Raises InputError where the registry has no such unit."""
        unit = self.plan.unit_by_code.get(code)
        if unit is None:
            raise InputError(f"没有代码为“{code}”的单位", remedy="请在单位名册中选择")
        return unit


@dataclass(frozen=True)
class Consequence:
    area: str
    """单位, 2025 年度任务, 方案 ..."""
    text: str
    needs_care: bool = False


@dataclass(frozen=True)
class Refusal:
    what: str
    remedy: str


@dataclass(frozen=True)
class Move:
    """An assignment that goes to another unit, joined there with ``twin`` where that unit has the task, too."""

    year: int
    before: Assignment
    after: Assignment
    twin: Assignment | None = None


@dataclass(frozen=True)
class Handover:
    """All that goes along with a unit's work in a year, and all that lapses."""

    year: int
    unit: str
    to: str


@dataclass(frozen=True)
class RegistryChange:
    label: str
    """Of the edit: 合并单位 市乡村振兴局 → 市农业农村局."""
    plan: Plan
    """As it is to be stored."""
    consequences: tuple[Consequence, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    """Why it cannot be done; empty: it can."""
    moves: tuple[Move, ...] = ()
    handovers: tuple[Handover, ...] = ()

    def require_allowed(self) -> None:
        """Raises InputError with every reason where the change cannot be made."""
        if self.refusals:
            what = "；".join(refusal.what for refusal in self.refusals)
            remedy = "；".join(dict.fromkeys(refusal.remedy for refusal in self.refusals))
            raise InputError(what, place=self.label, remedy=remedy)


Request = Callable[[RegistryState], RegistryChange]
"""A change that is asked for: computed once to be shown, and again when it is made."""


def with_units(plan: Plan, changed: Iterable[Unit]) -> Plan:
    """The plan with these units in place of those of the same code; new ones at the end of the registry."""
    by_code = {unit.code: unit for unit in changed}
    kept = tuple(by_code.pop(unit.code, unit) for unit in plan.units)
    return replace(plan, units=(*kept, *by_code.values()))


def taken_over(mine: Assignment, to: str, plan: Plan) -> Assignment:
    """The assignment as another unit has it, which leads where the unit did, or where it leads the section by ``plan``
    (as the year has it, after the change)."""
    leads = plan.role(plan.task_by_code[mine.task], to) is Role.LEAD
    return replace(mine, unit=to, role=Role.LEAD if leads else mine.role)


def move_text(state: RegistryState, move: Move, names: Callable[[str], str]) -> str:
    """What becomes of the assignment, in words."""
    task = state.plan.task_by_code[move.before.task]
    what = f"{task.code} {task.title}"
    if move.twin is None:
        return f"{what}：转给{names(move.after.unit)}（{move.after.role.label}）"
    parts = [move.after.role.label, _target_words(move)]
    return f"{what}：{names(move.after.unit)}也有这项任务，并为一项（{'，'.join(part for part in parts if part)}）"


def order_refusals(state: RegistryState, units: Iterable[Unit], year: int) -> Iterator[Refusal]:
    """Of units that end already, or that are merged or split later than ``year``: what comes first is entered first."""
    for unit in units:
        later = [item for item in state.plan.successions if unit.code in (item.unit, item.successor)]
        until = next((item for item in later if item.from_year > year), None)
        name = unit.in_year(year).short_name
        remedy = "请先撤销较晚的那次，再按时间先后登记"
        if until is not None:
            yield Refusal(f"{name}在 {until.from_year} 年还有一次{until.kind.label}", remedy)
        elif unit.valid_to is not None and unit.valid_to >= year:
            yield Refusal(f"{name}已定为考核到 {unit.valid_to} 年为止", "请先改回它的最后年度")


def sealed_refusal(years: Sequence[int], what: str, remedy: str) -> Iterator[Refusal]:
    """One refusal naming the sealed years; none where there are none."""
    if years:
        yield Refusal(f"{year_words(years)}已定稿，{what}", remedy)


def record_refusal(year: int, records: Sequence[Record], who: str, remedy: str) -> Iterator[Refusal]:
    """One refusal that says what of a unit stands in the way in a year."""
    counts: dict[str, int] = {}
    for record in records:
        counts[record.title] = counts.get(record.title, 0) + record.count
    if counts:
        listed = "、".join(f"{title} {count} 条" for title, count in counts.items())
        yield Refusal(f"{who}在 {year} 年度已有{listed}", remedy)


def year_words(years: Sequence[int]) -> str:
    """``2022—2024 年度``, ``2022、2024 年度``."""
    ordered = sorted(years)
    is_run = len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1))
    return f"{ordered[0]}—{ordered[-1]} 年度" if is_run else f"{'、'.join(map(str, ordered))} 年度"


def _target_words(move: Move) -> str:
    mine, twin, after = move.before, move.twin, move.after
    if twin is None or after.target is None:
        return ""
    unit = after.measure
    if mine.target is None or twin.target is None or mine.target + twin.target != after.target:
        return f"目标 {plain(after.target)} {unit}".rstrip()
    return f"目标 {plain(twin.target)} + {plain(mine.target)} = {plain(after.target)} {unit}".rstrip()
