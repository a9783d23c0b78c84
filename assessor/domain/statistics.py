"""Statistics of a group's results, each defined once. Means are rounded half up to the scheme's decimals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessor.domain.results import GroupResult, LeafResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState

_UNJUDGED = (LeafState.PENDING, LeafState.NOT_APPLICABLE)


@dataclass(frozen=True)
class GroupSummary:
    """Head-counts and totals of one group. ``registered`` = ``assessed`` + ``exempt``; totals are of the assessed."""

    registered: int
    assessed: int
    exempt: int
    ranked: int
    provisional: int
    mean: Decimal | None
    median: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    grades: tuple[tuple[str, int], ...]
    """Every grade of the scheme, best first, with its number of units."""


@dataclass(frozen=True)
class IndicatorLoss:
    """How much of an indicator's points a group lost on average, over the units it applies to."""

    code: str
    title: str
    points: Decimal
    mean_score: Decimal
    loss_rate: Decimal
    """Percent of the points, one decimal."""
    units: int


def mean(values: Sequence[Decimal], decimals: int) -> Decimal | None:
    return round_half_up(sum(map(Fraction, values), Fraction(0)) / len(values), decimals) if values else None


def median(values: Sequence[Decimal], decimals: int) -> Decimal | None:
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return round_half_up(ordered[middle], decimals)
    return round_half_up((Fraction(ordered[middle - 1]) + Fraction(ordered[middle])) / 2, decimals)


def assessed_units(group: GroupResult) -> tuple[UnitResult, ...]:
    return tuple(unit for unit in group.units if not unit.exempt)


def summarize(group: GroupResult) -> GroupSummary:
    assessed = assessed_units(group)
    totals = [unit.total for unit in assessed]
    decimals = group.scheme.decimals
    return GroupSummary(
        registered=len(group.units),
        assessed=len(assessed),
        exempt=len(group.units) - len(assessed),
        ranked=sum(unit.rank is not None for unit in assessed),
        provisional=sum(unit.provisional for unit in assessed),
        mean=mean(totals, decimals),
        median=median(totals, decimals),
        highest=max(totals, default=None),
        lowest=min(totals, default=None),
        grades=tuple((grade.title, sum(u.grade == grade.title for u in assessed)) for grade in group.scheme.grades),
    )


def is_judged(leaf: LeafResult) -> bool:
    """Whether a leaf's score can be compared with others: it applies, and nothing of it is awaited."""
    return leaf.score is not None and leaf.state not in _UNJUDGED


def leaf_medians(group: GroupResult) -> dict[str, Decimal | None]:
    """Indicator -> the median of the scores that the assessed units have; None where none is known."""
    scores: dict[str, list[Decimal]] = {indicator.code: [] for indicator in group.scheme.indicators}
    for unit in assessed_units(group):
        for leaf in unit.leaves:
            if leaf.score is not None and is_judged(leaf):
                scores[leaf.indicator.code].append(leaf.score)
    return {code: median(values, group.scheme.decimals) for code, values in scores.items()}


def settled_medians(group: GroupResult, least: int, *, is_closed: bool) -> dict[str, Decimal]:
    """Indicator -> the median of what the assessed units have scored in it, for holding one unit against the others.

    Zeros for what was not submitted or not filled in are silence and do not count. Only where ``least`` units or more
    have a score and, until the collection is closed, half of those that the indicator applies to.
    """
    scores: dict[str, list[Decimal]] = {}
    concerned: dict[str, int] = {}
    for leaf in (leaf for unit in assessed_units(group) for leaf in unit.leaves):
        code = leaf.indicator.code
        concerned[code] = concerned.get(code, 0) + (leaf.state is not LeafState.NOT_APPLICABLE)
        if leaf.state is LeafState.SCORED and leaf.score is not None:
            scores.setdefault(code, []).append(leaf.score)
    found = {
        code: median(values, group.scheme.decimals)
        for code, values in scores.items()
        if len(values) >= least and (is_closed or len(values) * 2 >= concerned[code])
    }
    return {code: value for code, value in found.items() if value is not None}


def indicator_losses(group: GroupResult) -> tuple[IndicatorLoss, ...]:
    """Indicators by mean loss, heaviest first; leaves that do not apply or are pending are left out."""
    scores: dict[str, list[LeafResult]] = {}
    for unit in assessed_units(group):
        for leaf in unit.leaves:
            if is_judged(leaf):
                scores.setdefault(leaf.indicator.code, []).append(leaf)
    losses = [_loss(leaves, group.scheme.decimals) for leaves in scores.values()]
    order = {indicator.code: place for place, indicator in enumerate(group.scheme.indicators)}
    return tuple(sorted(losses, key=lambda loss: (-loss.loss_rate, order[loss.code])))


def _loss(leaves: list[LeafResult], decimals: int) -> IndicatorLoss:
    indicator = leaves[0].indicator
    total = sum((Fraction(leaf.score) for leaf in leaves if leaf.score is not None), Fraction(0))
    average = total / len(leaves)
    lost = (Fraction(indicator.points) - average) * 100 / Fraction(indicator.points)
    return IndicatorLoss(
        code=indicator.code,
        title=indicator.title,
        points=indicator.points,
        mean_score=round_half_up(average, decimals),
        loss_rate=round_half_up(lost, 1),
        units=len(leaves),
    )
