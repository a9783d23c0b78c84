"""Rehearsing a draft scheme (试算): the facts of a year scored under it, and what would be otherwise.

Facts are fitted to the draft first. Points that the office gave (``direct``), self-scores and adjustments are taken as
shares of the indicator's old points; what the draft has no place for is left out and counted. A draft that is the
present scheme changes no fact and moves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from assessor.domain.exact import product, quotient
from assessor.domain.fact_check import check_office_input
from assessor.domain.facts import Adjustment, Award, Event, EventKind, GroupFacts, Mark, UnitFacts, YearFacts
from assessor.domain.results import GroupResult, LeafResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafFacts, OfficeInput
from assessor.domain.scheme import Indicator, Scheme
from assessor.domain.scoring import score_group
from assessor.domain.unit import Unit
from assessor.domain.year import Year
from assessor.errors import AssessorError, InputError

Value = TypeVar("Value", str, Decimal)
_SHARE_DECIMALS = 9
"""Of points taken over as a share of other points; the leaf is rounded by the scheme."""


@dataclass(frozen=True)
class LeafMove:
    """One indicator's part in a unit's change; None: the scheme does not have it, or it has no score."""

    code: str
    title: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True)
class UnitMove:
    unit: Unit
    before: UnitResult
    after: UnitResult
    leaves: tuple[LeafMove, ...]
    """Largest change first; those without one are left out."""

    @property
    def gain(self) -> Decimal:
        return self.after.total - self.before.total

    @property
    def rank_move(self) -> int | None:
        """Ranks won (above 0) or lost; None where either is missing."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def changes_grade(self) -> bool:
        return self.before.grade != self.after.grade

    @property
    def moves(self) -> bool:
        return bool(self.gain or self.rank_move or self.changes_grade or self.leaves)


@dataclass(frozen=True)
class Decisive:
    """How much of the differences between the units' totals an indicator makes."""

    indicator: Indicator
    before: Fraction | None
    """Share of the variance of totals, by covariance; all indicators' shares, with bonus and deduction, make 1. None:
    the scheme does not have it, or all totals are equal."""
    after: Fraction | None


@dataclass(frozen=True)
class Rehearsal:
    before: GroupResult
    after: GroupResult
    units: tuple[UnitMove, ...]
    """In the order of the ranking after."""
    decisive: tuple[Decisive, ...]
    """The indicators of both schemes, the most decisive after first."""
    left_out: Mapping[str, int]
    """What kind of fact the draft has no place for -> how many."""


def rehearse(facts: YearFacts, draft: Scheme) -> Rehearsal:
    """Raises InputError where the year does not have the draft's group, SchemeError where it cannot be scored by it."""
    group = next((item for item in facts.groups if item.group.code == draft.group), None)
    if group is None:
        raise InputError(f"{facts.year.year} 年度没有这份细则的考核组别", remedy="请换一个年度试算")
    before = score_group(group, facts.year, facts.task_titles)
    fitted, left_out = fit_group(group, draft, facts.year)
    after = score_group(fitted, facts.year, facts.task_titles)
    earlier = {unit.unit.code: unit for unit in before.units}
    moves = tuple(_move(earlier[unit.unit.code], unit) for unit in after.units)
    return Rehearsal(before, after, moves, _decisive(before, after), left_out)


def fit_group(group: GroupFacts, draft: Scheme, year: Year) -> tuple[GroupFacts, Mapping[str, int]]:
    """The group's facts under ``draft``, and how many of each kind it has no place for."""
    lost: Counter[str] = Counter()
    units = tuple(_fit(unit, group.scheme, draft, year, lost) for unit in group.units)
    return replace(group, scheme=draft, units=units), dict(lost)


def _fit(unit: UnitFacts, old: Scheme, new: Scheme, year: Year, lost: Counter[str]) -> UnitFacts:
    fitting = _Fitting(unit, old, new, year, lost)
    return replace(
        unit,
        marks=tuple(fitting.marks()),
        awards=tuple(fitting.awards()),
        self_scores=fitting.self_scores(),
        not_applicable=fitting.known("不涉及认定", unit.not_applicable),
        events=tuple(fitting.events()),
        adjustments=tuple(fitting.adjustments()),
    )


@dataclass(frozen=True)
class _Fitting:
    unit: UnitFacts
    old: Scheme
    new: Scheme
    year: Year
    lost: Counter[str]

    def marks(self) -> Iterator[Mark]:
        for mark in self.unit.marks:
            if self._is_taken(OfficeInput.MARKS, mark.indicator, mark.task, marks=(mark,)):
                yield mark

    def awards(self) -> Iterator[Award]:
        for award in self.unit.awards:
            points = None if award.points is None else self._scaled(award.indicator, award.points, _SHARE_DECIMALS)
            fitted = replace(award, points=points)
            if self._is_taken(OfficeInput.AWARD, award.indicator, award.task, award=fitted):
                yield fitted

    def self_scores(self) -> dict[str, Decimal]:
        known = self.known("自评分", self.unit.self_scores)
        return {code: self._scaled(code, points, _SHARE_DECIMALS) for code, points in known.items()}

    def adjustments(self) -> Iterator[Adjustment]:
        for item in self.unit.adjustments:
            if item.indicator in self.new.indicator_by_code:
                new = self._scaled(item.indicator, item.new, self.new.decimals)
                yield replace(item, new=new, old=self._scaled(item.indicator, item.old, self.new.decimals))
            else:
                self.lost[item.kind.label] += 1

    def events(self) -> Iterator[Event]:
        kinds = {
            EventKind.BONUS: {kind.code for kind in self.new.bonuses},
            EventKind.DEDUCTION: {kind.code for kind in self.new.deductions},
            EventKind.VETO: {kind.code for kind in self.new.vetoes},
        }
        for event in self.unit.events:
            if event.kind is EventKind.OCCURRENCE:
                if self._is_taken(OfficeInput.OCCURRENCES, event.code, event.task, occurrences=(event,)):
                    yield event
            elif event.code in kinds[event.kind]:
                yield event
            else:
                self.lost[event.kind.label] += 1

    def known(self, kind: str, by_indicator: Mapping[str, Value]) -> dict[str, Value]:
        found = {code: value for code, value in by_indicator.items() if code in self.new.indicator_by_code}
        if len(found) < len(by_indicator):
            self.lost[kind] += len(by_indicator) - len(found)
        return found

    def _scaled(self, code: str, points: Decimal, decimals: int) -> Decimal:
        before, after = self.old.indicator_by_code.get(code), self.new.indicator_by_code.get(code)
        if before is None or after is None or before.points == after.points:
            return points
        return round_half_up(product(after.points, quotient(points, before.points)), decimals)

    def _is_taken(self, given: OfficeInput, code: str, task: str | None, **inputs: object) -> bool:
        """Whether the draft's rule for the indicator takes it; counted where not."""
        indicator = self.new.indicator_by_code.get(code)
        if indicator is not None and self._is_allowed(given, indicator, task, inputs):
            return True
        self.lost[given.label] += 1
        return False

    def _is_allowed(
        self, given: OfficeInput, indicator: Indicator, task: str | None, inputs: dict[str, object]
    ) -> bool:
        assigned = {assignment.task for assignment in self.unit.assignments}
        facts = LeafFacts(indicator.code, indicator.points, self.new.decimals, True, self.year.deadline)
        try:
            check_office_input(given, indicator, task, assigned, "")
            indicator.rule.evaluate(replace(facts, **inputs))  # type: ignore[arg-type]
        except AssessorError:
            return False  # the caller counts it, and the rehearsal says how many there were
        return True


def _move(before: UnitResult, after: UnitResult) -> UnitMove:
    old = {leaf.indicator.code: leaf for leaf in before.leaves}
    new = {leaf.indicator.code: leaf for leaf in after.leaves}
    moves = [_leaf_move(code, old.get(code), new.get(code)) for code in dict.fromkeys((*new, *old))]
    changed = [move for move in moves if move.before != move.after]
    changed.sort(key=lambda move: abs(move.change), reverse=True)
    return UnitMove(after.unit, before, after, tuple(changed))


def _leaf_move(code: str, before: LeafResult | None, after: LeafResult | None) -> LeafMove:
    named = after or before
    assert named is not None
    return LeafMove(code, named.indicator.title, before.score if before else None, after.score if after else None)


def _decisive(before: GroupResult, after: GroupResult) -> tuple[Decisive, ...]:
    old, new = _variance_shares(before), _variance_shares(after)
    indicators = {item.code: item for item in (*before.scheme.indicators, *after.scheme.indicators)}
    found = [Decisive(item, old.get(code), new.get(code)) for code, item in indicators.items()]
    return tuple(sorted(found, key=lambda item: item.after or Fraction(0), reverse=True))


def _variance_shares(group: GroupResult) -> dict[str, Fraction]:
    """Indicator -> cov(leaf, total) / var(total) over the ranked units; empty where all totals are equal."""
    units = [unit for unit in group.units if unit.rank is not None]
    totals = _centred([Fraction(unit.total) for unit in units])
    variance = sum((value * value for value in totals), Fraction(0))
    if not variance:
        return {}
    shares = {}
    for place, indicator in enumerate(group.scheme.indicators):
        scores = _centred([Fraction(unit.leaves[place].score or 0) for unit in units])
        shared = sum((one * other for one, other in zip(scores, totals, strict=True)), Fraction(0))
        shares[indicator.code] = shared / variance
    return shares


def _centred(values: Iterable[Fraction]) -> list[Fraction]:
    items = list(values)
    mean = sum(items, Fraction(0)) / max(len(items), 1)
    return [item - mean for item in items]
