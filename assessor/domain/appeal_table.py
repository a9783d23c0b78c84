"""Appeals and adjustments of a year as tables, each with the score before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assessor.domain.appeal import Appeal, Publicity
from assessor.domain.facts import Adjustment, YearFacts
from assessor.domain.rescoring import rescore
from assessor.domain.results import GroupResult, LeafResult, UnitResult, YearResult
from assessor.domain.year_view import YearView

AT_LARGE = "考核结果"
"""What an appeal is on that names no indicator."""


@dataclass(frozen=True)
class AppealRow:
    appeal: Appeal
    unit: UnitResult
    group: GroupResult = field(compare=False)
    leaf: LeafResult | None
    """Of its indicator; None: the result at large."""
    adjustment: Adjustment | None = None
    """That came of it."""
    publicity: Publicity | None = None

    @property
    def title(self) -> str:
        return self.leaf.indicator.title if self.leaf else AT_LARGE

    @property
    def before(self) -> Decimal | None:
        return self.adjustment.old if self.adjustment else self.leaf.score if self.leaf else None

    @property
    def after(self) -> Decimal | None:
        """None where nothing was changed."""
        return self.adjustment.new if self.adjustment else None

    @property
    def is_outside(self) -> bool:
        """Filed outside the objection period, where there is one and it is an objection."""
        period = self.publicity
        return period is not None and self.appeal.kind.value == "objection" and not period.holds(self.appeal.filed_on)


@dataclass(frozen=True)
class AdjustmentRow:
    adjustment: Adjustment
    unit: UnitResult
    group: GroupResult = field(compare=False)
    leaf: LeafResult
    appeal: Appeal | None = None
    """That it came of."""

    @property
    def holds(self) -> bool:
        """Whether it is the one that counts: not where the leaf does not apply, or another came later."""
        return self.leaf.adjustment is not None and self.leaf.adjustment.key == self.adjustment.key


@dataclass(frozen=True)
class Moved:
    """A unit whose total the adjustments changed, with its rank and grade before and after."""

    before: UnitResult
    after: UnitResult


def appeal_rows(view: YearView) -> tuple[AppealRow, ...]:
    """By the day they were filed, then key; those of units that the year does not have are left out."""
    made = {item.key: item for unit in _adjustments_of(view.facts) for item in unit}
    rows = []
    for appeal in view.facts.review.appeals:
        found = view.result.find(appeal.unit)
        if found is not None:
            group, unit = found
            leaf = _leaves(unit).get(appeal.indicator or "")
            adjustment = made.get(appeal.adjustment or "")
            rows.append(AppealRow(appeal, unit, group, leaf, adjustment, view.facts.review.publicity))
    return tuple(rows)


def adjustment_rows(view: YearView) -> tuple[AdjustmentRow, ...]:
    """By day, then key."""
    appeals = {appeal.adjustment: appeal for appeal in view.facts.review.appeals if appeal.adjustment}
    rows = []
    for group_facts in view.facts.groups:
        for facts in group_facts.units:
            found = view.result.find(facts.unit.code) if facts.adjustments else None
            if found is None:
                continue
            leaves = _leaves(found[1])
            rows += [
                AdjustmentRow(item, found[1], found[0], leaves[item.indicator], appeals.get(item.key))
                for item in facts.adjustments
                if item.indicator in leaves
            ]
    return tuple(sorted(rows, key=lambda row: (row.adjustment.decided_on, row.adjustment.key)))


def moved_units(view: YearView) -> tuple[Moved, ...]:
    """Units whose total, rank or grade is another than it would be without any adjustment; groups in order, by the rank
    after. Without adjustments nobody is scored again."""
    if not any(unit for unit in _adjustments_of(view.facts)):
        return ()
    before = _unadjusted(view)
    moved = []
    for group in view.result.groups:
        for unit in group.units:
            found = before.find(unit.unit.code)
            if found is not None and _standing(found[1]) != _standing(unit):
                moved.append(Moved(found[1], unit))
    return tuple(moved)


def _unadjusted(view: YearView) -> YearResult:
    groups = tuple(
        replace(
            group,
            units=tuple(replace(unit, adjustments=()) if unit.adjustments else unit for unit in group.units),
        )
        for group in view.facts.groups
    )
    return rescore(view.facts, view.result, replace(view.facts, groups=groups))


def _standing(unit: UnitResult) -> tuple[object, ...]:
    return unit.total, unit.rank, unit.grade


def _leaves(unit: UnitResult) -> Mapping[str, LeafResult]:
    return {leaf.indicator.code: leaf for leaf in unit.leaves}


def _adjustments_of(facts: YearFacts) -> list[tuple[Adjustment, ...]]:
    return [unit.adjustments for group in facts.groups for unit in group.units]
