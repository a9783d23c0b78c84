"""The ranking without one reviewer: the official engine on the same facts without that reviewer's marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assessor.domain.facts import Mark, UnitFacts, YearFacts
from assessor.domain.results import GroupResult
from assessor.domain.robustness import LeftOut
from assessor.domain.scoring import score_group


def without_reviewers(
    facts: YearFacts, before: GroupResult, step: Callable[[], None] = lambda: None
) -> Iterator[LeftOut]:
    """One for each reviewer whose marks count in the group, by panel and name; units that are ranked only with, or only
    without, the marks are left out of the shifts. ``step`` is called before each (to cancel)."""
    group = next(item for item in facts.groups if item.group.code == before.group.code)
    marks = (mark for unit in group.units for mark in unit.marks if not mark.is_recused)
    for panel, reviewer in sorted({(mark.panel, mark.reviewer) for mark in marks}):
        step()
        fewer = replace(group, units=tuple(_without(unit, panel, reviewer) for unit in group.units))
        after = score_group(fewer, facts.year, facts.task_titles)
        yield LeftOut(f"{panel}/{reviewer}", reviewer, tuple(_shifts(before, after)))


def _without(unit: UnitFacts, panel: str, reviewer: str) -> UnitFacts:
    kept = tuple(mark for mark in unit.marks if not _is_by(mark, panel, reviewer))
    return unit if len(kept) == len(unit.marks) else replace(unit, marks=kept)


def _is_by(mark: Mark, panel: str, reviewer: str) -> bool:
    return (mark.panel, mark.reviewer) == (panel, reviewer)


def _shifts(before: GroupResult, after: GroupResult) -> Iterator[tuple[str, int]]:
    later = {unit.unit.code: unit for unit in after.units}
    for unit in before.units:
        other = later[unit.unit.code]
        if unit.rank is not None and other.rank is not None and unit.provisional == other.provisional:
            yield unit.unit.code, unit.rank - other.rank
