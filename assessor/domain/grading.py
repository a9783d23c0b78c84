"""Grades of a ranked group: thresholds, minimum shares of categories, vetoes, the top grade's quota.

What is decided here:

- The quota is a share of all ranked units of the group, provisional and vetoed ones included.
- A provisional unit is not graded; one that already reaches the top grade holds its place in the quota.
- A vetoed unit takes no place, so it never takes a top grade that has a quota; of several vetoes the worst limit holds.
- A unit that is not ranked for its coverage is graded, but cannot take a top grade that has a quota.
- Who is limited or past the quota takes the next grade whose requirements the unit fulfils.
- A tie at the quota's boundary is a shared rank; below it nobody takes the top grade, excluded tie or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from assessor.domain import trace
from assessor.domain.results import CategoryResult, UnitResult
from assessor.domain.scheme import Grade, Quota, QuotaRounding, QuotaTie, Scheme


@dataclass(frozen=True)
class _Contest:
    """The quota's outcome: who takes (or holds) a place of the top grade, and who lost one for being tied."""

    winners: frozenset[str]
    tied: frozenset[str]
    words: str


def grade_units(results: Sequence[UnitResult], scheme: Scheme) -> tuple[UnitResult, ...]:
    """``results`` as ``rank_units`` returns them, each with its grade and why."""
    contest = _contest(results, scheme, scheme.quota) if scheme.quota else None
    return tuple(_graded(result, scheme, contest) for result in results)


def quota_places(quota: Quota, ranked: int) -> int:
    """How many of ``ranked`` units may take the top grade."""
    exact = Fraction(quota.share) * ranked
    return min(ranked, floor(exact) if quota.rounding is QuotaRounding.FLOOR else ceil(exact))


def _contest(results: Sequence[UnitResult], scheme: Scheme, quota: Quota) -> _Contest:
    ranked = [result for result in results if result.rank is not None]
    places = quota_places(quota, len(ranked))
    rivals = [result for result in ranked if not result.vetoes and _fulfils(result, scheme.grades[0])]
    winners: set[str] = set()
    tied: set[str] = set()
    for _, tie in groupby(rivals, key=lambda result: result.rank):
        codes = {result.unit.code for result in tie}
        if len(winners) >= places:
            break
        if len(winners) + len(codes) > places and quota.tie is QuotaTie.EXCLUDE:
            tied = codes
            break
        winners |= codes
    return _Contest(frozenset(winners), frozenset(tied), trace.quota_places(quota, len(ranked), places))


def _graded(result: UnitResult, scheme: Scheme, contest: _Contest | None) -> UnitResult:
    if result.exempt:
        return replace(result, grade=None, grade_sentence=f"{trace.exempt(result.exempt)}，不定等次")
    if result.provisional:
        return replace(result, grade=None, grade_sentence=trace.grade_awaited(len(result.pending)))
    first, obstacle = _best_open(result, scheme, contest)
    index = _first_fulfilled(result, scheme.grades, first)
    sentence = trace.grade(scheme.grades, index, result.total, _weak_words(result, scheme.grades, index), obstacle)
    return replace(result, grade=scheme.grades[index].title, grade_sentence=sentence)


def _best_open(result: UnitResult, scheme: Scheme, contest: _Contest | None) -> tuple[int, str]:
    """Index of the best grade open to the unit, and what bars it from a better one that it reaches."""
    natural = _first_fulfilled(result, scheme.grades, 0)
    limit, words = _veto_limit(result, scheme)
    if contest and natural == 0 and limit == 0 and result.unit.code not in contest.winners:
        limit, words = 1, _barred_words(result, scheme.grades[0], contest)
    return limit, words if natural < limit else ""


def _barred_words(result: UnitResult, top: Grade, contest: _Contest) -> str:
    if result.rank is None:
        return trace.quota_unranked(top)
    if result.vetoes:
        return trace.quota_vetoed(top)
    if result.unit.code in contest.tied:
        return trace.quota_tied(top, contest.words)
    return trace.quota_full(top, contest.words)


def _veto_limit(result: UnitResult, scheme: Scheme) -> tuple[int, str]:
    positions = {grade.title: index for index, grade in enumerate(scheme.grades)}
    if not result.vetoes:
        return 0, ""
    worst = max(result.vetoes, key=lambda veto: positions[veto.limit])
    return positions[worst.limit], trace.veto_limit(worst.title, worst.limit)


def _first_fulfilled(result: UnitResult, grades: Sequence[Grade], first: int) -> int:
    """From ``first`` down; the last grade asks for nothing."""
    last = len(grades) - 1
    return next((index for index in range(first, last) if _fulfils(result, grades[index])), last)


def _fulfils(result: UnitResult, grade: Grade) -> bool:
    return result.total >= grade.minimum and _weak_category(result, grade) is None


def _weak_category(result: UnitResult, grade: Grade) -> CategoryResult | None:
    """The first category below the grade's share of its points; one that was left out is no obstacle."""
    if grade.category_share is None:
        return None
    for item in result.categories:
        if item.subtotal is not None and item.subtotal < grade.category_share * item.category.points:
            return item
    return None


def _weak_words(result: UnitResult, grades: Sequence[Grade], index: int) -> str:
    """Which category kept the unit from a better grade that its total reaches; empty where none did."""
    for grade in grades[:index]:
        weak = _weak_category(result, grade) if result.total >= grade.minimum else None
        if weak is not None and weak.subtotal is not None and grade.category_share is not None:
            return trace.weak_category(weak.category, weak.subtotal, grade, grade.category_share)
    return ""
