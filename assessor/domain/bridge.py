"""Why a unit's total is another than last year's (分差分解): performance + scheme + membership, which add up exactly.

Five steps lead from last year's total to this year's, each a total on the scheme's printed digits, so that the parts
telescope to the printed difference whatever was rounded on the way:

1. last year without the leaves that no longer apply to the unit (membership);
2. this year's points and categories, for the leaves both schemes have, with last year's fractions (scheme);
3. this year's fractions, bonus and deduction for the same leaves (performance);
4. with the leaves that only this year's scheme has (scheme);
5. with the leaves that did not apply last year (membership): this year's total.

A leaf is the same where code, scope and rule are; a leaf whose rule changed left with the old scheme and came with the
new one, because its fractions do not compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from assessor.domain.categories import category_results
from assessor.domain.exact import product, quotient
from assessor.domain.results import LeafResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Indicator, NotApplicablePolicy, Scheme
from assessor.domain.scoring import ceiling_of
from assessor.domain.wording import signed


@dataclass(frozen=True)
class YearSide:
    """A unit's result and the scheme that it comes of."""

    scheme: Scheme
    unit: UnitResult


@dataclass(frozen=True)
class Bridge:
    """``before + performance + scheme + membership == after``, exactly."""

    before: Decimal
    after: Decimal
    performance: Decimal
    scheme: Decimal
    membership: Decimal
    """By leaves that came to apply or no longer apply (缺项), tasks among them."""

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def sentence(self) -> str:
        parts = (("工作成效", self.performance), ("细则变化", self.scheme), ("承担范围", self.membership))
        words = "，".join(f"{name} {signed(value)}" for name, value in parts)
        return f"总分 {self.before} → {self.after}，{signed(self.difference)} 分：{words}"


Fractions = Mapping[str, Fraction]
"""Indicator -> fraction of its points; a leaf that does not apply is missing."""


def bridge(before: YearSide, after: YearSide) -> Bridge | None:
    """None where there is nothing to compare: a year in which the unit is exempt, or its total is provisional."""
    if any(side.unit.exempt or side.unit.provisional for side in (before, after)):
        return None
    old, new = _fractions(before.unit), _fractions(after.unit)
    shared = _same_leaves(before.scheme, after.scheme)
    lasting = {code for code in old if code not in shared or code in new}
    common = shared & old.keys() & new.keys()
    known = {code for code in new if code not in shared or code in old}
    steps = (
        before.unit.total,
        _total(before.scheme, before.unit, _only(old, lasting), _codes(before.scheme)),
        _total(after.scheme, before.unit, _only(old, common), shared),
        _total(after.scheme, after.unit, _only(new, common), shared),
        _total(after.scheme, after.unit, _only(new, known), _codes(after.scheme)),
        after.unit.total,
    )
    first, scheme_out, performance, scheme_in, last = (later - now for now, later in pairwise(steps))
    return Bridge(steps[0], steps[-1], performance, scheme_out + scheme_in, first + last)


def _fractions(unit: UnitResult) -> Fractions:
    return {
        leaf.indicator.code: quotient(leaf.score, leaf.indicator.points)
        for leaf in unit.leaves
        if leaf.state is not LeafState.NOT_APPLICABLE and leaf.score is not None
    }


def _same_leaves(before: Scheme, after: Scheme) -> set[str]:
    return {
        code
        for code, indicator in before.indicator_by_code.items()
        if (other := after.indicator_by_code.get(code)) is not None and _is_same(indicator, other)
    }


def _is_same(one: Indicator, other: Indicator) -> bool:
    return one.scope is other.scope and one.rule == other.rule


def _only(fractions: Fractions, codes: set[str]) -> Fractions:
    return {code: fraction for code, fraction in fractions.items() if code in codes}


def _codes(scheme: Scheme) -> set[str]:
    return set(scheme.indicator_by_code)


def _total(scheme: Scheme, unit: UnitResult, fractions: Fractions, present: set[str]) -> Decimal:
    """The total by ``scheme``, as if it had the ``present`` indicators only, brought to its full marks; of these, one
    without a fraction does not apply. Bonus and deduction are the unit's."""
    zero = round_half_up(0, scheme.decimals)
    kept = _reduced(scheme, present)
    base = zero
    if fractions:
        rows = [[_leaf(kept, item, fractions) for item in category.indicators] for category in kept.categories]
        results = category_results(rows, kept)
        base = sum((item.contribution for item in results if item.contribution is not None), zero)
        whole, left = _points(scheme), _points(kept)
        if left != whole:
            base = round_half_up(product(base, quotient(whole, left)), scheme.decimals)
    return max(zero, min(base + unit.bonus - unit.deduction, ceiling_of(scheme)))


def _reduced(scheme: Scheme, present: set[str]) -> Scheme:
    """``scheme`` itself where all its indicators are present."""
    if present >= scheme.indicator_by_code.keys():
        return scheme
    categories = tuple(
        replace(category, indicators=kept)
        for category in scheme.categories
        if (kept := tuple(item for item in category.indicators if item.code in present))
    )
    return replace(scheme, categories=categories, full_marks=_points(replace(scheme, categories=categories)))


def _points(scheme: Scheme) -> Decimal:
    return sum((category.points for category in scheme.categories), Decimal(0))


def _leaf(scheme: Scheme, indicator: Indicator, fractions: Fractions) -> LeafResult:
    fraction = fractions.get(indicator.code)
    if fraction is not None:
        score: Decimal | None = round_half_up(product(indicator.points, fraction), scheme.decimals)
        return LeafResult(indicator, LeafState.SCORED, score, score, None, "")
    given = {
        NotApplicablePolicy.RESCALE: None,
        NotApplicablePolicy.FULL: round_half_up(indicator.points, scheme.decimals),
        NotApplicablePolicy.ZERO: round_half_up(0, scheme.decimals),
    }[scheme.not_applicable]
    return LeafResult(indicator, LeafState.NOT_APPLICABLE, given, given, None, "")
