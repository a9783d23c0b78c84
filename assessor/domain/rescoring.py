"""A year's results after an edit, from those before it: only the units whose facts differ are scored again, and only
their groups ranked and graded again. The answer is what ``score_year`` gives, to the last character.

Facts that are the same object as before are as they were; all others are scored again, even where they are equal,
because 60 and 60.0 are equal and read differently. In the answer, too, what has not changed is the same object, so that
who shows it can tell by ``is``.
"""

from __future__ import annotations

from assessor.domain.facts import GroupFacts, YearFacts
from assessor.domain.leaves import GroupContext
from assessor.domain.results import GroupResult, UnitResult, YearResult
from assessor.domain.scoring import ENGINE_VERSION, group_context, place_units, score_group, score_unit, score_year


def rescore(before: YearFacts, result: YearResult, facts: YearFacts) -> YearResult:
    """``result`` is ``score_year(before)``. Raises as ``score_year``."""
    is_same_year = before.year is facts.year and before.task_titles is facts.task_titles
    if not is_same_year or result.engine_version != ENGINE_VERSION:
        return score_year(facts)
    known = {old.group.code: (old, scored) for old, scored in zip(before.groups, result.groups, strict=True)}
    groups = tuple(
        _rescored(group, *known[group.group.code], facts)
        if group.group.code in known
        else score_group(group, facts.year, facts.task_titles)
        for group in facts.groups
    )
    is_same = len(groups) == len(result.groups) and all(
        scored is old for scored, old in zip(groups, result.groups, strict=True)
    )
    return result if is_same else YearResult(facts.year, groups, ENGINE_VERSION)


def _rescored(group: GroupFacts, before: GroupFacts, result: GroupResult, facts: YearFacts) -> GroupResult:
    if group is before:
        return result
    if group.group is not before.group or group.scheme is not before.scheme:
        return score_group(group, facts.year, facts.task_titles)
    context = group_context(group, facts.year, facts.task_titles)
    if context.peers and _seen(context) != _seen(group_context(before, facts.year, facts.task_titles)):
        return score_group(group, facts.year, facts.task_titles)  # a rule compares units: nobody stays as he was
    untouched = _untouched(group, before)
    scored = {unit.unit.code: unit for unit in result.units}
    units = [
        scored[unit.unit.code] if unit.unit.code in untouched else score_unit(unit, context) for unit in group.units
    ]
    placed = place_units(group, units)
    kept = tuple(_kept(unit, scored[unit.unit.code]) if unit.unit.code in untouched else unit for unit in placed.units)
    return GroupResult(placed.group, placed.scheme, kept, placed.warnings)


def _untouched(group: GroupFacts, before: GroupFacts) -> set[str]:
    """Codes of the units whose facts are as they were."""
    known = {id(unit) for unit in before.units}
    return {unit.unit.code for unit in group.units if id(unit) in known}


def _seen(context: GroupContext) -> dict[str, tuple[list[str], frozenset[str]]]:
    """What rules that compare units see of the group, as it is written."""
    return {code: (list(map(str, peers.values)), peers.awaited) for code, peers in context.peers.items()}


def _kept(placed: UnitResult, before: UnitResult) -> UnitResult:
    """Of a unit that was not scored again only rank and grade can differ."""
    return before if before == placed else placed
