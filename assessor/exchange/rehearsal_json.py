"""A rehearsal as JSON values: totals, ranks and grades before and after, and what they come from.

Scores are text, so that no reader turns them into binary fractions; shares are exact fractions.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessor.domain.rehearsal import Decisive, LeafMove, Rehearsal, UnitMove
from assessor.domain.results import UnitResult

FORMAT = "assessor-rehearsal/1"


def rehearsal_as_json(year: int, found: Rehearsal) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "year": year,
        "group": found.after.group.code,
        "scheme_before": found.before.scheme.title,
        "scheme_after": found.after.scheme.title,
        "units": [_unit(move) for move in found.units],
        "decisive": [_decisive(item) for item in found.decisive],
        "left_out": dict(found.left_out),
    }


def _unit(move: UnitMove) -> dict[str, Any]:
    return {
        "code": move.unit.code,
        "name": move.unit.name,
        "before": _side(move.before),
        "after": _side(move.after),
        "gain": str(move.gain),
        "rank_move": move.rank_move,
        "indicators": [_leaf(leaf) for leaf in move.leaves],
    }


def _side(unit: UnitResult) -> dict[str, Any]:
    return {"total": str(unit.total), "rank": unit.rank, "grade": unit.grade, "exempt": unit.exempt}


def _leaf(leaf: LeafMove) -> dict[str, Any]:
    return {"code": leaf.code, "title": leaf.title, "before": _text(leaf.before), "after": _text(leaf.after)}


def _decisive(item: Decisive) -> dict[str, Any]:
    return {
        "code": item.indicator.code,
        "title": item.indicator.title,
        "before": _text(item.before),
        "after": _text(item.after),
    }


def _text(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else str(value)
