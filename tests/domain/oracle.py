"""A second scorer, written from the scoring rules alone: fractions only, no sentences, no speed, nothing of the engine.

It knows the scheme's and the facts' dataclasses and recomputes from them what the engine prints; see
``test_independent_oracle.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from assessor.domain.assignment import Assignment
from assessor.domain.facts import Award, Event, GroupFacts, Mark, UnitFacts
from assessor.domain.scheme import EntryKind, Grade, Indicator, Scheme
from assessor.domain.submission import Submission
from assessor.domain.year import Year

SCORED, PENDING, NOT_APPLICABLE = "scored", "pending", "not_applicable"
NOT_SUBMITTED, EMPTY = "not_submitted", "empty"
NOTHING = Fraction(0)


class NoValueError(Exception):
    """There is no number; the argument is the state that this makes of the leaf."""


@dataclass
class Leaf:
    state: str
    computed: Fraction | None
    score: Fraction | None


@dataclass
class Outcome:
    unit: UnitFacts
    leaves: dict[str, Leaf]
    subtotals: dict[str, Fraction | None] = field(default_factory=dict)
    contributions: dict[str, Fraction | None] = field(default_factory=dict)
    base: Fraction = NOTHING
    bonus: Fraction = NOTHING
    deduction: Fraction = NOTHING
    total: Fraction = NOTHING
    coverage: Fraction = NOTHING
    exempt: bool = False
    provisional: bool = False
    rank: int | None = None
    grade: str | None = None


def half_up(number: Fraction | Decimal, decimals: int) -> Fraction:
    """Of numbers that are never below 0."""
    return Fraction(floor(Fraction(number) * 10**decimals + Fraction(1, 2)), 10**decimals)


@dataclass
class Case:
    """What one rule sees: a leaf of a unit, of one task where there is an assignment."""

    year: Year
    unit: UnitFacts
    leaf: Indicator
    assignment: Assignment | None = None

    @property
    def points(self) -> Fraction:
        return Fraction(self.leaf.points)

    @property
    def form(self) -> Submission:
        form = self.unit.submissions.get(self.assignment.task) if self.assignment else self.unit.form
        if form is None or form.state.value == "returned":
            raise NoValueError(NOT_SUBMITTED if self.year.collection_closed else PENDING)
        return form

    def mine(self, items: Iterable[Any], code: Callable[[Any], str] = lambda item: item.indicator) -> list[Any]:
        task = self.assignment.task if self.assignment else None
        return [item for item in items if code(item) == self.leaf.code and item.task == task]

    def figure(self, code: str) -> Fraction:
        value = self.form.figures.get(code)
        if isinstance(value, Decimal):
            return Fraction(value)
        if value is not None and value.value == "not_applicable":
            raise NoValueError(PENDING)
        raise NoValueError(EMPTY if self.year.collection_closed else PENDING)

    def target(self, source: Any) -> Fraction:
        if source.number is not None:
            return Fraction(source.number)
        if source.figure is not None:
            return self.figure(source.figure)
        if self.assignment is None or self.assignment.target is None:
            raise NoValueError(PENDING)
        return Fraction(self.assignment.target)


def ratio(rule: Any, case: Case) -> Fraction:
    actual, target = case.figure(rule.actual), case.target(rule.target)
    if rule.direction.value == "lower":
        actual, target = target, actual
    reached = actual / target if target else Fraction(1)
    return NOTHING if rule.floor is not None and reached < Fraction(rule.floor) else min(reached, Fraction(1))


def bands(rule: Any, case: Case) -> Fraction:
    value = case.figure(rule.value)
    if rule.target is not None:
        value /= case.target(rule.target)
    above = None
    for band in rule.bands:
        low, given = Fraction(band.bound), Fraction(band.fraction)
        if value >= low:
            if above is None or not rule.interpolate:
                return given
            slope = (Fraction(above.fraction) - given) / (Fraction(above.bound) - low)
            return given + (value - low) * slope
        above = band
    return NOTHING


def checklist(rule: Any, case: Case) -> Fraction:
    met, missing = NOTHING, []
    for item in rule.items:
        try:
            met += Fraction(item.share) * case.figure(item.figure)
        except NoValueError as none:
            missing.append(none.args[0])
    if PENDING in missing or len(missing) == len(rule.items):
        raise NoValueError(PENDING if PENDING in missing else missing[0])
    return met / sum(Fraction(item.share) for item in rule.items)


def count(rule: Any, case: Case) -> Fraction:
    return min(case.figure(rule.figure) * Fraction(rule.per), case.points) / case.points


def deduct(rule: Any, case: Case) -> Fraction:
    if rule.figure is None:
        recorded = (event for event in case.unit.events if event.kind.value == "occurrence")
        times = Fraction(sum(event.occurrences for event in case.mine(recorded, lambda event: event.code)))
    else:
        times = case.figure(rule.figure)
    return max(NOTHING, case.points - times * Fraction(rule.per)) / case.points


def timeliness(rule: Any, case: Case) -> Fraction:
    handed_in = case.form.first_submitted_on if rule.count_from.value == "first" else case.form.submitted_on
    deadline = (case.assignment.deadline if case.assignment else None) or case.year.deadline
    return max(NOTHING, 1 - max(0, (handed_in - deadline).days) * Fraction(rule.per_day))


def judgement(rule: Any, case: Case) -> Fraction:
    weighted = weights = NOTHING
    given: list[Mark] = [mark for mark in case.mine(case.unit.marks) if not mark.is_recused]
    for panel in (panel for panel in rule.panels if panel.weight):
        if panel.code == "self":
            own = case.unit.self_scores.get(case.leaf.code, Decimal(0) if case.year.collection_closed else None)
            marks = [] if own is None else [Fraction(own) / case.points * 100]
        else:
            marks = sorted(Fraction(mark.value) for mark in given if mark.panel == panel.code)
        if not marks:
            raise NoValueError(PENDING)
        if panel.method.value == "median":
            half = len(marks) // 2
            marks = [marks[half], marks[half if len(marks) % 2 else half - 1]]
        elif panel.method.value == "trimmed" and len(marks) >= panel.trim_from:
            marks = marks[panel.trim : len(marks) - panel.trim]
        weighted += Fraction(panel.weight) * sum(marks) / len(marks)
        weights += Fraction(panel.weight)
    return weighted / weights / 100


def award_of(case: Case) -> Award:
    awards: list[Award] = case.mine(case.unit.awards)
    if not awards:
        raise NoValueError(PENDING)
    return awards[0]


def levels(rule: Any, case: Case) -> Fraction:
    award = award_of(case)
    if award.percentage is not None:
        return Fraction(award.percentage) / 100
    return next(Fraction(level.low + level.high) / 200 for level in rule.levels if level.title == award.level)


def direct(rule: Any, case: Case) -> Fraction:
    return Fraction(award_of(case).points or 0) / case.points


RULES: dict[str, Callable[[Any, Case], Fraction]] = {
    rule.__name__: rule for rule in (ratio, bands, checklist, count, deduct, timeliness, judgement, levels, direct)
}


def evaluate(case: Case) -> tuple[str, Fraction]:
    try:
        return SCORED, RULES[case.leaf.rule.kind](case.leaf.rule, case)
    except NoValueError as none:
        return none.args[0], NOTHING


def counted_tasks(unit: UnitFacts, scheme: Scheme) -> list[tuple[Assignment, Fraction]]:
    weighed = [
        (item, Fraction(item.weight) * Fraction(scheme.role_factors.get(item.role, Decimal(1))))
        for item in unit.assignments
        if not item.not_applicable
    ]
    return [(item, weight) for item, weight in weighed if weight]


def applies(unit: UnitFacts, leaf: Indicator, scheme: Scheme) -> bool:
    return leaf.code not in unit.not_applicable and (leaf.scope.value == "unit" or bool(counted_tasks(unit, scheme)))


def ranked_leaf(case: Case, group: GroupFacts) -> tuple[str, Fraction]:
    """Of the rule that compares units; the fraction counts provisionally where only others are awaited."""
    rule: Any = case.leaf.rule
    known: list[Fraction] = []
    awaited = False
    for unit in group.units:
        if not unit.exempt and applies(unit, case.leaf, group.scheme):
            try:
                known.append(Case(case.year, unit, case.leaf).figure(rule.value))
            except NoValueError as none:
                awaited = awaited or none.args[0] == PENDING
    own = case.figure(rule.value)
    place = 1 + sum(other > own if rule.direction.value == "higher" else other < own for other in known)
    fraction = next((Fraction(band.fraction) for band in rule.bands if place <= band.to), NOTHING)
    return (PENDING if awaited else SCORED), fraction


def computed_leaf(case: Case, group: GroupFacts) -> Leaf:
    scheme, leaf = group.scheme, case.leaf
    known = True
    if not applies(case.unit, leaf, scheme):
        full = scheme.not_applicable.value == "full"
        score = half_up(leaf.points, scheme.decimals) if full else NOTHING
        state, known, fraction = NOT_APPLICABLE, scheme.not_applicable.value != "rescale", score / case.points
    elif leaf.scope.value == "task":
        tasks = counted_tasks(case.unit, scheme)
        results = [(weight, *evaluate(Case(case.year, case.unit, leaf, item))) for item, weight in tasks]
        states = {state for _, state, _ in results}
        state = PENDING if PENDING in states else states.pop() if len(states) == 1 else SCORED
        known = state != PENDING or len(states) > 1
        weights = sum((weight for weight, _, _ in results), NOTHING)
        fraction = sum((weight * got for weight, _, got in results), NOTHING) / weights
    elif leaf.rule.kind == "rank":
        try:
            state, fraction = ranked_leaf(case, group)
        except NoValueError as none:
            state, known, fraction = none.args[0], none.args[0] != PENDING, NOTHING
    else:
        state, fraction = evaluate(case)
        known = state != PENDING
    computed = half_up(case.points * fraction, scheme.decimals) if known else None
    return Leaf(state, computed, computed)


def adjusted(result: Leaf, unit: UnitFacts, leaf: Indicator) -> Leaf:
    decisions = [item for item in unit.adjustments if item.indicator == leaf.code]
    if not decisions or result.state == NOT_APPLICABLE:
        return result
    last = max(decisions, key=lambda item: (item.decided_on, item.key))
    return Leaf(SCORED, result.computed, Fraction(last.new))


def entry_points(unit: UnitFacts, side: str, kinds: Sequence[EntryKind], decimals: int) -> Fraction:
    """The same matter counts once, at its highest; each kind up to its cap."""
    highest: dict[object, tuple[Fraction, str]] = {}
    events: list[Event] = sorted(unit.events, key=lambda event: (event.happened_on, event.key))
    for event in (event for event in events if event.kind.value == side):
        share = half_up(Fraction(event.points) / event.shared_by, decimals)
        matter = event.matter or (event.key,)
        if matter not in highest or share > highest[matter][0]:
            highest[matter] = (share, event.code)
    sums = (sum((share for share, code in highest.values() if code == kind.code), NOTHING) for kind in kinds)
    return sum((min(Fraction(kind.cap), got) for kind, got in zip(kinds, sums, strict=True)), NOTHING)


def points_of(leaves: Iterable[Indicator]) -> Fraction:
    return sum((Fraction(leaf.points) for leaf in leaves), NOTHING)


def score_unit(year: Year, group: GroupFacts, unit: UnitFacts) -> Outcome:
    scheme = group.scheme
    if unit.exempt or not any(applies(unit, leaf, scheme) for leaf in scheme.indicators):
        leaves = {leaf.code: Leaf(NOT_APPLICABLE, None, None) for leaf in scheme.indicators}
        nothing: dict[str, Fraction | None] = {item.code: None for item in scheme.categories}
        return Outcome(unit, leaves, nothing, dict(nothing), exempt=True)
    result = Outcome(
        unit,
        {leaf.code: adjusted(computed_leaf(Case(year, unit, leaf), group), unit, leaf) for leaf in scheme.indicators},
    )
    result.provisional = any(leaf.state == PENDING for leaf in result.leaves.values())
    rescales = scheme.not_applicable.value == "rescale"
    for item in scheme.categories:
        points = points_of(item.indicators)
        left = points_of(leaf for leaf in item.indicators if not rescales or applies(unit, leaf, scheme))
        raw = sum((result.leaves[leaf.code].score or NOTHING for leaf in item.indicators), NOTHING)
        result.subtotals[item.code] = half_up(raw * points / left, scheme.decimals) if left else None
    remaining = [item for item in scheme.categories if result.subtotals[item.code] is not None]
    factor = Fraction(scheme.full_marks) / points_of(leaf for item in remaining for leaf in item.indicators)
    for code, subtotal in result.subtotals.items():
        whole = len(remaining) == len(scheme.categories)
        rescaled = None if subtotal is None else half_up(subtotal * factor, scheme.decimals)
        result.contributions[code] = subtotal if whole else rescaled
    result.base = sum((part for part in result.contributions.values() if part is not None), NOTHING)
    result.bonus = entry_points(unit, "bonus", scheme.bonuses, scheme.decimals)
    result.deduction = entry_points(unit, "deduction", scheme.deductions, scheme.decimals)
    extra = Fraction(scheme.bonus_cap) if scheme.ceiling.value == "with_bonus" else NOTHING
    ceiling = half_up(Fraction(scheme.full_marks) + extra, scheme.decimals)
    result.total = min(max(result.base + result.bonus - result.deduction, NOTHING), ceiling)
    applicable = points_of(leaf for leaf in scheme.indicators if applies(unit, leaf, scheme))
    result.coverage = half_up(applicable / points_of(scheme.indicators), 4)
    return result


def rank(results: Sequence[Outcome], scheme: Scheme) -> None:
    def key(result: Outcome) -> list[Fraction]:
        known = result.contributions | {code: leaf.score for code, leaf in result.leaves.items()}
        ties = (known[code] for code in scheme.tie_break)
        return [result.total, *(Fraction(-1) if value is None else value for value in ties)]

    ranked = [item for item in results if not item.exempt and item.coverage >= scheme.min_coverage]
    for item in ranked:
        item.rank = 1 + sum(key(other) > key(item) for other in ranked)


def meets(result: Outcome, grade: Grade, scheme: Scheme) -> bool:
    least = Fraction(grade.category_share or 0)
    return result.total >= grade.minimum and all(
        subtotal is None or subtotal >= least * points_of(scheme.category_by_code[code].indicators)
        for code, subtotal in result.subtotals.items()
    )


def takes_a_place(result: Outcome, results: Sequence[Outcome], scheme: Scheme) -> bool:
    """Whether the quota of the top grade, if any, lets a unit that reaches it have it."""
    if scheme.quota is None:
        return True

    def is_rival(item: Outcome) -> bool:
        vetoed = any(event.kind.value == "veto" for event in item.unit.events)
        return item.rank is not None and not vetoed and meets(item, scheme.grades[0], scheme)

    exact = Fraction(scheme.quota.share) * sum(item.rank is not None for item in results)
    places = floor(exact) if scheme.quota.rounding.value == "floor" else ceil(exact)
    if result.rank is None or not is_rival(result):
        return False
    rivals = [item.rank or 0 for item in results if is_rival(item)]
    better, tied = sum(other < result.rank for other in rivals), rivals.count(result.rank)
    return better < places if scheme.quota.tie.value == "include" else better + tied <= places


def grade(result: Outcome, results: Sequence[Outcome], scheme: Scheme) -> str | None:
    if result.exempt or result.provisional:
        return None
    titles = [item.title for item in scheme.grades]
    limits = {kind.code: titles.index(kind.limit) for kind in scheme.vetoes}
    first = max((limits[event.code] for event in result.unit.events if event.kind.value == "veto"), default=0)
    if first == 0 and not takes_a_place(result, results, scheme):
        first = 1
    fulfilled = (item.title for item in scheme.grades[first:-1] if meets(result, item, scheme))
    return next(fulfilled, titles[-1])


def score_group(year: Year, group: GroupFacts) -> list[Outcome]:
    results = [score_unit(year, group, unit) for unit in group.units]
    rank(results, group.scheme)
    for result in results:
        result.grade = grade(result, results, group.scheme)
    return results
