"""A year's results as lines of the sealed text: every number that is printed, by unit; sentences are not sealed, so
that a better wording of the program is no difference."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.domain.results import LeafResult, UnitResult, YearResult
from assessor.domain.seal import SealLine

UNIT = "result.unit"
CATEGORY = "result.category"
LEAF = "result.leaf"
TASK = "result.task"
ENTRY = "result.entry"
VETO = "result.veto"
RESULTS = (UNIT, CATEGORY, LEAF, TASK, ENTRY, VETO)


def result_lines(result: YearResult) -> tuple[SealLine, ...]:
    return tuple(
        line for group in result.groups for unit in group.units for line in _unit_lines(group.group.code, unit)
    )


def _unit_lines(group: str, unit: UnitResult) -> Iterator[SealLine]:
    code = unit.unit.code
    yield SealLine(
        UNIT,
        (code,),
        {
            "group": group,
            "base": _text(unit.base),
            "bonus": _text(unit.bonus),
            "deduction": _text(unit.deduction),
            "total": _text(unit.total),
            "coverage": _text(unit.coverage),
            "provisional": int(unit.provisional),
            "exempt": int(bool(unit.exempt)),
            "rank": unit.rank,
            "grade": unit.grade,
        },
    )
    for category in unit.categories:
        yield SealLine(
            CATEGORY,
            (code, category.category.code),
            {
                "raw": _text(category.raw),
                "applicable_points": _text(category.applicable_points),
                "subtotal": _text(category.subtotal),
                "contribution": _text(category.contribution),
            },
        )
        for leaf in category.leaves:
            yield from _leaf_lines(code, leaf)
    for entry in unit.entries:
        yield SealLine(ENTRY, (code, entry.event.key), {"counted": _text(entry.counted)})
    for veto in unit.vetoes:
        yield SealLine(VETO, (code, veto.event.key), {"limit": veto.limit})


def _leaf_lines(unit: str, leaf: LeafResult) -> Iterator[SealLine]:
    code = leaf.indicator.code
    yield SealLine(
        LEAF,
        (unit, code),
        {
            "points": _text(leaf.indicator.points),
            "state": leaf.state.value,
            "computed": _text(leaf.computed),
            "score": _text(leaf.score),
            "self_score": _text(leaf.self_score),
            "adjustment": leaf.adjustment.key if leaf.adjustment else None,
        },
    )
    for task in leaf.tasks:
        yield SealLine(
            TASK,
            (unit, code, task.task),
            {"weight": _text(task.weight), "state": task.outcome.state.value, "fraction": str(task.outcome.fraction)},
        )


def _text(value: Decimal | None) -> str | None:
    """As printed, every digit; the sign of a zero is no difference."""
    return None if value is None else format(value.copy_abs() if value.is_zero() else value, "f")
