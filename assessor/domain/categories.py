"""Categories (一级指标): their subtotals, and what enters the base score where leaves do not apply.

Two roundings, both only where something is rescaled: a category's subtotal over its applicable leaves, and its
contribution to the full marks where whole categories are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assessor.domain import trace
from assessor.domain.exact import product, quotient
from assessor.domain.results import CategoryResult, LeafResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Category, NotApplicablePolicy, Scheme

_NO_POINTS = Decimal(0)


def category_results(rows: Sequence[Sequence[LeafResult]], scheme: Scheme) -> tuple[CategoryResult, ...]:
    """``rows``: the leaves of every category of the scheme, in its order."""
    results = [_category(item, tuple(row), scheme) for item, row in zip(scheme.categories, rows, strict=True)]
    left = sum((item.category.points for item in results if item.subtotal is not None), _NO_POINTS)
    if all(item.subtotal is not None for item in results):
        return tuple(results)
    return tuple(item if item.subtotal is None else _to_full_marks(item, left, scheme) for item in results)


def left_out(category: Category, leaves: Sequence[LeafResult], scheme: Scheme) -> CategoryResult:
    """A category of which nothing applies, or of a unit that is not assessed."""
    zero = round_half_up(0, scheme.decimals)
    return CategoryResult(category, tuple(leaves), zero, _NO_POINTS, None, None, trace.category_left_out())


def _category(category: Category, leaves: tuple[LeafResult, ...], scheme: Scheme) -> CategoryResult:
    points = category.points
    applicable = sum(
        (leaf.indicator.points for leaf in leaves if leaf.state is not LeafState.NOT_APPLICABLE), _NO_POINTS
    )
    rescales = scheme.not_applicable is NotApplicablePolicy.RESCALE
    if rescales and not applicable:
        return left_out(category, leaves, scheme)
    scores = [leaf.score for leaf in leaves if leaf.score is not None]
    raw = sum(scores, round_half_up(0, scheme.decimals))
    sentence = trace.category(leaves, raw)
    subtotal = raw
    if rescales and applicable != points:
        subtotal = round_half_up(product(raw, quotient(points, applicable)), scheme.decimals)
        if scores:  # of what is wholly awaited there is no arithmetic to show
            sentence = f"{sentence}；{trace.rescaled(raw, points, applicable, subtotal)}"
    return CategoryResult(category, leaves, raw, applicable, subtotal, subtotal, sentence)


def _to_full_marks(result: CategoryResult, left: Decimal, scheme: Scheme) -> CategoryResult:
    """Whole categories are left out; those that remain have ``left`` points and are brought to the full marks."""
    assert result.subtotal is not None
    exact = product(result.subtotal, quotient(scheme.full_marks, left))
    contribution = round_half_up(exact, scheme.decimals)
    if result.is_awaited:
        return replace(result, contribution=contribution)
    words = trace.rescaled_to_full_marks(result.subtotal, scheme.full_marks, left, contribution)
    return replace(result, contribution=contribution, sentence=f"{result.sentence}；{words}")
