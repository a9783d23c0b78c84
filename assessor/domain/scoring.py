"""The scoring engine: a year's facts -> its results. Pure: the same facts give the same results.

A unit's result up to its total depends on the unit's own facts and on ``GroupContext`` alone (which holds what rules
that compare units see of the group), so after an edit only the touched units need ``score_unit`` again, and their
group ``place_units`` (see ``rescoring``).

Rounded are each leaf, each rescaled subtotal (within its category, and to the full marks where whole categories are
left out) and each bonus or deduction entry; everything else is a sum of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assessor.domain import trace
from assessor.domain.categories import category_results, left_out
from assessor.domain.entries import score_entries, score_vetoes
from assessor.domain.exact import quotient
from assessor.domain.fact_check import check_facts, fact_warnings
from assessor.domain.facts import EventKind, GroupFacts, UnitFacts, YearFacts
from assessor.domain.grading import grade_units
from assessor.domain.leaves import (
    GroupContext,
    IndexedUnit,
    Peers,
    inapplicable_reason,
    index_unit,
    leaf_facts,
    placed,
    score_leaf,
    unread_leaf,
)
from assessor.domain.plan import Role
from assessor.domain.ranking import rank_units
from assessor.domain.results import CategoryResult, EntryResult, GroupResult, UnitResult, YearResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState, PeerRule
from assessor.domain.scheme import COVERAGE_DECIMALS, Ceiling, Indicator, Scheme
from assessor.domain.scheme_soundness import require_computable
from assessor.domain.year import Year

ENGINE_VERSION = "1"
"""Changes whenever the same facts may give another result."""

NOTHING_APPLIES = "全部指标不涉及"


def score_year(facts: YearFacts) -> YearResult:
    """Every group's results. Raises InputError or SchemeError naming the unit and the place that cannot be scored."""
    groups = tuple(score_group(group, facts.year, facts.task_titles) for group in facts.groups)
    return YearResult(facts.year, groups, ENGINE_VERSION)


def score_group(group: GroupFacts, year: Year, task_titles: Mapping[str, str]) -> GroupResult:
    require_computable(group.scheme, f"细则“{group.scheme.title}”")
    context = group_context(group, year, task_titles)
    return place_units(group, [score_unit(unit, context) for unit in group.units])


def place_units(group: GroupFacts, results: Sequence[UnitResult]) -> GroupResult:
    """The group's results from its units' own (``score_unit``, in the order of ``group.units``): ranks and grades that
    they bear already do not matter."""
    warnings = [
        warning for facts, result in zip(group.units, results, strict=True) for warning in fact_warnings(facts, result)
    ]
    ranked = grade_units(rank_units(results, group.scheme), group.scheme)
    return GroupResult(group.group, group.scheme, ranked, tuple(warnings))


def group_context(group: GroupFacts, year: Year, task_titles: Mapping[str, str]) -> GroupContext:
    """What ``score_unit`` needs besides the unit; changes with an edit only where a rule compares units."""
    scheme = group.scheme
    context = GroupContext(
        year=year,
        scheme=scheme,
        task_titles=task_titles,
        figure_titles={figure.code: figure.title for figure in scheme.figures},
        role_factors={role: scheme.role_factors.get(role, Decimal(1)) for role in Role},
    )
    comparing = [(indicator, rule) for indicator in scheme.indicators if isinstance(rule := indicator.rule, PeerRule)]
    if not comparing:
        return context
    units = [index_unit(unit) for unit in group.units if not unit.exempt]
    return replace(context, peers={item.code: _peers(item, rule, units, context) for item, rule in comparing})


def _peers(indicator: Indicator, rule: PeerRule, units: Sequence[IndexedUnit], context: GroupContext) -> Peers:
    values: list[Decimal] = []
    awaited: set[str] = set()
    for unit in units:
        if inapplicable_reason(unit, indicator, context):
            continue
        with placed(unit.facts, indicator):
            reading = rule.peer_reading(leaf_facts(unit, indicator, context))
        if reading.value is not None:
            values.append(reading.value)
        if reading.awaited:
            awaited.add(unit.facts.unit.code)
    return Peers(tuple(sorted(values)), frozenset(awaited))


def score_unit(facts: UnitFacts, context: GroupContext) -> UnitResult:
    """One unit up to its total; rank and grade are the group's to give. Raises InputError and SchemeError.

    A unit that the office exempts, and one to which no leaf applies (under every policy), has no scores and total 0.
    """
    scheme = context.scheme
    if facts.exempt:
        return _exempt(facts, facts.exempt, [trace.exempt(facts.exempt)] * len(scheme.indicators), scheme)
    check_facts(facts, scheme)
    unit = index_unit(facts)
    if all(inapplicable_reason(unit, indicator, context) for indicator in scheme.indicators):
        reasons = [inapplicable_reason(unit, indicator, context) for indicator in scheme.indicators]
        return _exempt(facts, NOTHING_APPLIES, [trace.not_applicable(reason) for reason in reasons], scheme)
    rows = [[score_leaf(unit, indicator, context) for indicator in item.indicators] for item in scheme.categories]
    categories = category_results(rows, scheme)
    bonuses = score_entries(facts, EventKind.BONUS, scheme)
    deductions = score_entries(facts, EventKind.DEDUCTION, scheme)
    return totalled(facts, categories, (bonuses, deductions), scheme)


def totalled(
    facts: UnitFacts,
    categories: tuple[CategoryResult, ...],
    entries: tuple[tuple[EntryResult, ...], tuple[EntryResult, ...]],
    scheme: Scheme,
) -> UnitResult:
    """A unit's total of its scored categories, and of its bonus and deduction entries."""
    zero = round_half_up(0, scheme.decimals)
    base = sum((item.contribution for item in categories if item.contribution is not None), zero)
    bonus, deduction = (sum((entry.counted for entry in side), zero) for side in entries)
    uncut = base + bonus - deduction
    total = max(zero, min(uncut, ceiling_of(scheme)))
    coverage = _coverage(categories)
    pending = sum(leaf.state is LeafState.PENDING for item in categories for leaf in item.leaves)
    return UnitResult(
        unit=facts.unit,
        categories=categories,
        base=base,
        bonus=bonus,
        deduction=deduction,
        total=total,
        entries=(*entries[0], *entries[1]),
        vetoes=score_vetoes(facts, scheme),
        coverage=coverage,
        provisional=pending > 0,
        exempt="",
        sentence=trace.total(base, bonus, deduction, uncut, total) + trace.total_remarks(coverage, pending),
    )


def ceiling_of(scheme: Scheme) -> Decimal:
    """The most a total can be: the full marks, or these and all bonus caps together."""
    bonus = scheme.bonus_cap if scheme.ceiling is Ceiling.WITH_BONUS else Decimal(0)
    return round_half_up(scheme.full_marks + bonus, scheme.decimals)


def _coverage(categories: Sequence[CategoryResult]) -> Decimal:
    applicable = sum((item.applicable_points for item in categories), Decimal(0))
    points = sum((item.category.points for item in categories), Decimal(0))
    return round_half_up(quotient(applicable, points) if points else 0, COVERAGE_DECIMALS)


def _exempt(facts: UnitFacts, reason: str, sentences: Sequence[str], scheme: Scheme) -> UnitResult:
    """``sentences``: one for every indicator of the scheme, in its order."""
    zero = round_half_up(0, scheme.decimals)
    words = iter(sentences)
    categories = tuple(
        left_out(item, [unread_leaf(facts, indicator, next(words)) for indicator in item.indicators], scheme)
        for item in scheme.categories
    )
    return UnitResult(
        unit=facts.unit,
        categories=categories,
        base=zero,
        bonus=zero,
        deduction=zero,
        total=zero,
        entries=(),
        vetoes=(),
        coverage=round_half_up(0, COVERAGE_DECIMALS),
        provisional=False,
        exempt=reason,
        sentence=trace.exempt(reason),
    )
