"""How much a ranking depends on the weights (稳健性): an analysis beside the results, never an official score.

The indicators' points are drawn ``draws`` times as ``points * U(1 - spread, 1 + spread)`` and brought to the full
marks again; each time the group is totalled, ranked and graded anew. Besides, each category and each indicator is left
out in turn. Method: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 7; rank shifts of what is left
out as COINr has them (``remove_elements``).

Binary floating point by NumPy: of an analysis only (scoring contract, sections 1 and 10). Totals are rounded as the
scheme prints them before they are compared, so that noise of the last bit breaks no tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from assessor.domain.grading import quota_places
from assessor.domain.results import GroupResult, LeafResult, UnitResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import NotApplicablePolicy, QuotaTie, Scheme
from assessor.domain.scoring import ceiling_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SEED = 20210601
"""Of the draws, so that the same results give the same analysis."""
_INTERVAL = (5, 95)
"""Percentiles of a unit's rank."""


@dataclass(frozen=True)
class RobustnessSettings:
    draws: int = 2000
    spread: Decimal = Decimal("0.25")
    """``d``: every weight may be so much more or less, relatively."""
    flip_share: Decimal = Decimal("0.1")
    """Neighbours whose order flips in more of the draws are within the noise (并列区间)."""


@dataclass(frozen=True)
class UnitRobustness:
    unit: str
    rank: int
    best: int
    """Rank at the 5th percentile of the draws."""
    worst: int
    """At the 95th."""
    grade_kept: Decimal
    """Share of the draws with the printed grade, in percent, one decimal."""


@dataclass(frozen=True)
class NearPair:
    """Neighbours in the ranking whose order is within the noise."""

    upper: str
    lower: str
    flipped: Decimal
    """Share of the draws in which the lower one leads, in percent, one decimal."""


@dataclass(frozen=True)
class LeftOut:
    """The ranking without one category, indicator or reviewer."""

    code: str
    title: str
    shifts: tuple[tuple[str, int], ...]
    """Unit -> rank with everything minus rank without it: above 0, the unit gains by the leaving out."""

    @property
    def mean_shift(self) -> Decimal:
        """Mean of the absolute shifts, three decimals."""
        return round_half_up(Decimal(sum(abs(shift) for _unit, shift in self.shifts)) / max(len(self.shifts), 1), 3)


@dataclass(frozen=True)
class Robustness:
    settings: RobustnessSettings
    units: tuple[UnitRobustness, ...]
    """The ranked units, in their order."""
    near_pairs: tuple[NearPair, ...]
    without_category: tuple[LeftOut, ...]
    without_indicator: tuple[LeftOut, ...]
    """The category keeps its points."""


def analyse(group: GroupResult, settings: RobustnessSettings = RobustnessSettings()) -> Robustness | None:
    """None where fewer than two units are ranked. 2,000 draws of 41 units take some 0.2 s."""
    units = [unit for unit in group.units if unit.rank is not None]
    if len(units) < 2:
        return None
    model = _Model(group.scheme, units)
    totals = model.totals(model.drawn(settings))
    ranks = _ranks(totals)
    return Robustness(
        settings,
        tuple(_unit_robustness(units, ranks, model.kept_grades(totals, ranks))),
        tuple(_near_pairs(units, totals, settings)),
        tuple(model.without_categories()),
        tuple(model.without_indicators()),
    )


class _Model:
    """A group as arrays: units in rows, leaves in columns."""

    def __init__(self, scheme: Scheme, units: Sequence[UnitResult]) -> None:
        import numpy as np

        self._scheme, self._units = scheme, units
        self._points: Floats = np.array([float(item.points) for item in scheme.indicators])
        self._shares: Floats = np.array([[_share(leaf) for leaf in unit.leaves] for unit in units])
        rescales = scheme.not_applicable is NotApplicablePolicy.RESCALE
        absent = np.array([[leaf.state is LeafState.NOT_APPLICABLE for leaf in unit.leaves] for unit in units])
        self._applies: Floats = np.where(absent & rescales, 0.0, 1.0)
        self._extra: Floats = np.array([float(unit.bonus - unit.deduction) for unit in units])
        self._parts = tuple(_category_slices(scheme))
        self._ranks = _ranks(self.totals(self._points[None, :]))[0]

    def drawn(self, settings: RobustnessSettings) -> Floats:
        """Weights, a draw in each row, that sum to the full marks."""
        import numpy as np

        chance = np.random.default_rng(SEED)
        spread = float(settings.spread)
        weights = self._points * chance.uniform(1 - spread, 1 + spread, (settings.draws, len(self._points)))
        whole: Floats = weights * (self._points.sum() / weights.sum(axis=1, keepdims=True))
        return whole

    def totals(self, weights: Floats, category_points: Sequence[float] | None = None) -> Floats:
        """Printed totals: a row for each row of weights, a column for each unit."""
        import numpy as np

        base = np.zeros((len(weights), len(self._units)))
        left = np.zeros_like(base)
        for place, part in enumerate(self._parts):
            own = weights[:, part]
            held = own.sum(axis=1, keepdims=True) if category_points is None else category_points[place]
            gained = own @ (self._shares[:, part] * self._applies[:, part]).T
            open_to = own @ self._applies[:, part].T
            counts = open_to > 0
            base += np.where(counts, gained / np.where(counts, open_to, 1.0) * held, 0.0)
            left += np.where(counts, held, 0.0)
        whole = self._points.sum()
        brought = base * np.where(left > 0, whole / np.where(left > 0, left, 1.0), 0.0)
        limited = np.clip(brought + self._extra, 0.0, float(ceiling_of(self._scheme)))
        rounded: Floats = np.round(limited + 1e-9, self._scheme.decimals)
        return rounded

    def without_categories(self) -> Iterator[LeftOut]:
        for category, part in zip(self._scheme.categories, self._parts, strict=True):
            weights = self._points.copy()
            weights[part] = 0.0
            if weights.any():
                yield self._left_out(category.code, category.title, self.totals(weights[None, :]))

    def without_indicators(self) -> Iterator[LeftOut]:
        held = [float(self._points[part].sum()) for part in self._parts]
        for place, indicator in enumerate(self._scheme.indicators):
            weights = self._points.copy()
            weights[place] = 0.0
            if all(weights[part].any() for part in self._parts):
                yield self._left_out(indicator.code, indicator.title, self.totals(weights[None, :], held))

    def kept_grades(self, totals: Floats, ranks: Ints) -> Floats:
        """For each unit the share of draws with its printed grade."""
        import numpy as np

        titles = [grade.title for grade in self._scheme.grades]
        printed = np.array([titles.index(unit.grade) if unit.grade in titles else -1 for unit in self._units])
        reached = self._reached(totals)
        open_from = np.maximum(self._limits(), self._barred(reached, ranks).astype(int))
        found = np.full(totals.shape, len(titles) - 1)
        for place in range(len(titles) - 1, -1, -1):
            found = np.where((place >= open_from) & reached[place], place, found)
        kept: Floats = (found == printed).mean(axis=0)
        return kept

    def _reached(self, totals: Floats) -> NDArray[np.bool_]:
        """Grade x draw x unit: whether it fulfils what the grade asks; categories as they are printed."""
        import numpy as np

        layers = []
        for grade in self._scheme.grades:
            strong = np.array([_is_strong(unit, grade.category_share) for unit in self._units])
            layers.append((totals >= float(grade.minimum)) & strong)
        return np.array(layers)

    def _limits(self) -> Ints:
        import numpy as np

        titles = [grade.title for grade in self._scheme.grades]
        vetoed = [max((titles.index(veto.limit) for veto in unit.vetoes), default=0) for unit in self._units]
        return np.array(vetoed)

    def _barred(self, reached: NDArray[np.bool_], ranks: Ints) -> NDArray[np.bool_]:
        """Draw x unit: no place of the quota is left for it."""
        import numpy as np

        quota = self._scheme.quota
        if quota is None:
            return np.zeros(ranks.shape, dtype=bool)
        places = quota_places(quota, len(self._units))
        rivals = reached[0] & (self._limits() == 0)
        mine, others = ranks[:, :, None], ranks[:, None, :]
        before = (rivals[:, None, :] & (others < mine)).sum(axis=2)
        up_to = (rivals[:, None, :] & (others <= mine)).sum(axis=2)
        wins = before < places if quota.tie is QuotaTie.INCLUDE else up_to <= places
        barred: NDArray[np.bool_] = ~(rivals & wins)
        return barred

    def _left_out(self, code: str, title: str, totals: Floats) -> LeftOut:
        ranks = _ranks(totals)[0]
        shifts = ((unit.unit.code, int(self._ranks[place] - ranks[place])) for place, unit in enumerate(self._units))
        return LeftOut(code, title, tuple(shifts))


def _share(leaf: LeafResult) -> float:
    return float(leaf.score / leaf.indicator.points) if leaf.score is not None else 0.0


def _is_strong(unit: UnitResult, share: Decimal | None) -> bool:
    if share is None:
        return True
    known = (item for item in unit.categories if item.subtotal is not None)
    return all(item.subtotal is not None and item.subtotal >= share * item.category.points for item in known)


def _category_slices(scheme: Scheme) -> Iterator[slice]:
    start = 0
    for category in scheme.categories:
        yield slice(start, start + len(category.indicators))
        start += len(category.indicators)


def _ranks(totals: Floats) -> Ints:
    """Equal totals share the best rank."""
    import numpy as np

    ranks: Ints = 1 + (totals[:, None, :] > totals[:, :, None]).sum(axis=2, dtype=np.int64)
    return ranks


def _unit_robustness(units: Sequence[UnitResult], ranks: Ints, kept: Floats) -> Iterator[UnitRobustness]:
    import numpy as np

    low, high = np.percentile(ranks, _INTERVAL, axis=0, method="inverted_cdf")
    for place, unit in enumerate(units):
        assert unit.rank is not None
        yield UnitRobustness(unit.unit.code, unit.rank, int(low[place]), int(high[place]), _percent(float(kept[place])))


def _near_pairs(units: Sequence[UnitResult], totals: Floats, settings: RobustnessSettings) -> Iterator[NearPair]:
    for place, (upper, lower) in enumerate(pairwise(units)):
        flipped = _percent(float((totals[:, place + 1] > totals[:, place]).mean()))
        if upper.rank == lower.rank or flipped > settings.flip_share * 100:
            yield NearPair(upper.unit.code, lower.unit.code, flipped)


def _percent(share: float) -> Decimal:
    return round_half_up(Decimal(share) * 100, 1)
