"""Reviewers of a year (评委情况): how far each is, and how his marks lie beside those of the others.

A reviewer is compared with the others of his panel on the same units and indicators (and tasks), over marks that count.
Differences are in marks, 0-100. No score depends on any of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from assessor.domain.facts import Mark
from assessor.domain.mark_table import panels_of
from assessor.domain.results import GroupResult, LeafResult, UnitResult
from assessor.domain.reviewing import Duty, ReviewerKey
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.panel import Panel
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Indicator, Scope
from assessor.domain.unit import Unit
from assessor.domain.year_view import YearView

CLOSE = Decimal(10)
"""Two marks on the same that lie no further apart agree."""
_DIGITS = 40
PlaceKey = tuple[str, str, str | None]
"""Unit, indicator and, where it is scored task by task, the task."""


@dataclass(frozen=True)
class MarkPlace:
    """Where a panel marks: an indicator of a unit, or one of its tasks, that applies."""

    unit: Unit
    indicator: Indicator
    task: str | None = None

    @property
    def key(self) -> PlaceKey:
        return self.unit.code, self.indicator.code, self.task

    @property
    def duty(self) -> Duty:
        return self.unit.code, self.indicator.code


@dataclass(frozen=True)
class ReviewerRow:
    panel: Panel
    name: str
    unit: Unit | None
    """That he comes from."""
    duties: int | None
    """How many units x indicators he is to mark; None: everything of his panel."""
    expected: int
    """Marks that are awaited of him in all."""
    done: int
    """Of those expected."""
    recused: int
    """Marks on his own unit, which do not count."""
    mean: Decimal | None
    """Of his marks that count."""
    shared: int
    """Marks where somebody else of the panel has marked the same."""
    leniency: Decimal | None
    """宽严: mean difference of his marks from the mean of the others' on the same; above 0: more lenient."""
    spread: Decimal | None
    """离散: standard deviation of his marks (of the population)."""
    distance: Decimal | None
    """Mean of the absolute differences that ``leniency`` is the mean of."""

    @property
    def key(self) -> ReviewerKey:
        return self.panel.code, self.name

    @property
    def pending(self) -> int:
        return self.expected - self.done


@dataclass(frozen=True)
class Agreement:
    """How well a panel's reviewers agree on what several of them marked (双评)."""

    places: int
    """Marked by more than one."""
    pairs: int
    distance: Decimal | None
    """Mean absolute difference of two marks on the same."""
    close: int
    """Pairs no further apart than ``CLOSE``."""

    @property
    def words(self) -> str:
        if not self.places:
            return "还没有两位评委评过同一项"
        share = round_half_up(Fraction(self.close * 100, self.pairs), 0)
        return f"多人评过 {self.places} 项，两两平均相差 {self.distance:f}，相差 {CLOSE:f} 以内的占 {share:f}%"


def panels_in(view: YearView) -> tuple[Panel, ...]:
    """Every panel of the year's schemes once, as it is first named; the units' own is none."""
    found: dict[str, Panel] = {}
    for group in view.result.groups:
        for indicator in group.scheme.indicators:
            for panel in panels_of(indicator.rule):
                found.setdefault(panel.code, panel)
    return tuple(found.values())


def mark_places(view: YearView, panel: str) -> tuple[MarkPlace, ...]:
    """By group, indicator, unit and task, in the order of scheme and registry, so that no rank shows; what does not
    apply is left out."""
    members = [(group.scheme.indicators, _in_registry_order(view, group)) for group in view.result.groups]
    return tuple(
        place
        for indicators, units in members
        for number, indicator in enumerate(indicators)
        if any(known.code == panel for known in panels_of(indicator.rule))
        for unit in units
        if not unit.exempt
        for place in _places(unit.unit, unit.leaves[number])
    )


def reviewer_rows(view: YearView) -> tuple[ReviewerRow, ...]:
    """By panel in the schemes' order and by name: who is registered, and who has marked."""
    rows: list[ReviewerRow] = []
    units = {unit.code: unit for unit in view.plan.units}
    for panel in panels_in(view):
        places = mark_places(view, panel.code)
        given = counted_marks(view, panel.code, places)
        names = dict.fromkeys(view.facts.reviewers.get(panel.code, ()))
        names.update(dict.fromkeys(sorted({name for marks in given.values() for name in marks})))
        rows.extend(_row(view, panel, name, places, given, units) for name in names)
    return tuple(rows)


def agreement_of(view: YearView, panel: str) -> Agreement:
    differences: list[Decimal] = []
    shared = 0
    for marks in counted_marks(view, panel, mark_places(view, panel)).values():
        values = [marks[name].value for name in sorted(marks)]
        shared += len(values) > 1
        differences += [abs(one - other) for place, one in enumerate(values) for other in values[place + 1 :]]
    close = sum(difference <= CLOSE for difference in differences)
    return Agreement(shared, len(differences), _mean([Fraction(item) for item in differences]), close)


def counted_marks(view: YearView, panel: str, places: Sequence[MarkPlace]) -> dict[PlaceKey, dict[str, Mark]]:
    """Marks of the panel that count, at ``places``, by place and reviewer."""
    found: dict[PlaceKey, dict[str, Mark]] = {place.key: {} for place in places}
    for unit, mark in _marks(view, panel):
        key = (unit, mark.indicator, mark.task)
        if not mark.is_recused and key in found:
            found[key][mark.reviewer] = mark
    return found


def _in_registry_order(view: YearView, group: GroupResult) -> list[UnitResult]:
    """Results stand in the order of their ranks."""
    results = {unit.unit.code: unit for unit in group.units}
    facts = next(item for item in view.facts.groups if item.group.code == group.group.code)
    return [results[unit.unit.code] for unit in facts.units]


def _places(unit: Unit, leaf: LeafResult) -> Iterator[MarkPlace]:
    if leaf.indicator.scope is Scope.UNIT:
        if leaf.state is not LeafState.NOT_APPLICABLE:
            yield MarkPlace(unit, leaf.indicator)
        return
    for task in leaf.tasks:
        if task.outcome.state is not LeafState.NOT_APPLICABLE:
            yield MarkPlace(unit, leaf.indicator, task.task)


def _marks(view: YearView, panel: str) -> Iterator[tuple[str, Mark]]:
    for group in view.facts.groups:
        for unit in group.units:
            for mark in unit.marks:
                if mark.panel == panel:
                    yield unit.unit.code, mark


def _row(
    view: YearView,
    panel: Panel,
    name: str,
    places: Sequence[MarkPlace],
    given: Mapping[PlaceKey, Mapping[str, Mark]],
    units: Mapping[str, Unit],
) -> ReviewerRow:
    reviewer, reviewing = (panel.code, name), view.facts.reviewing
    expected = [place.key for place in places if reviewing.is_expected(reviewer, place.duty)]
    mine = [marks for marks in given.values() if name in marks]
    values = [Fraction(marks[name].value) for marks in mine]
    differences = [_from_others(marks, name) for marks in mine if len(marks) > 1]
    duties = reviewing.duties.get(reviewer)
    mean = sum(values, Fraction(0)) / len(values) if values else Fraction(0)
    return ReviewerRow(
        panel=panel,
        name=name,
        unit=units.get(reviewing.units.get(reviewer, "")),
        duties=None if duties is None else len(duties),
        expected=len(expected),
        done=sum(name in given[key] for key in expected),
        recused=sum(mark.is_recused for _, mark in _marks(view, panel.code) if mark.reviewer == name),
        mean=_mean(values),
        shared=len(differences),
        leniency=_mean(differences),
        spread=_root(sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)) if values else None,
        distance=_mean([abs(difference) for difference in differences]),
    )


def _from_others(marks: Mapping[str, Mark], name: str) -> Fraction:
    others = [Fraction(mark.value) for other, mark in marks.items() if other != name]
    return Fraction(marks[name].value) - sum(others, Fraction(0)) / len(others)


def _mean(values: Sequence[Fraction]) -> Decimal | None:
    return round_half_up(sum(values, Fraction(0)) / len(values), 2) if values else None


def _root(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return round_half_up((Decimal(value.numerator) / Decimal(value.denominator)).sqrt(), 2)
