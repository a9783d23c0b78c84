"""A year's results as JSON values: every leaf with its inputs and sentence. Format: docs/score-json.md.

Scores are text (``"87.35"``), so that no reader turns them into binary fractions; a fraction of points is exact
(``"19/20"``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assessor.domain.facts import Adjustment
from assessor.domain.results import (
    CategoryResult,
    EntryResult,
    GroupResult,
    LeafResult,
    TaskOutcome,
    UnitResult,
    VetoResult,
    YearResult,
)
from assessor.domain.rules.rule import LeafInput
from assessor.domain.submission import Evidence

FORMAT = "assessor-score/1"


def year_as_json(result: YearResult) -> dict[str, Any]:
    year = result.year
    return {
        "format": FORMAT,
        "engine_version": result.engine_version,
        "year": year.year,
        "stage": year.stage.value,
        "collection_closed": year.collection_closed,
        "is_sample": year.is_sample,
        "groups": [_group(group) for group in result.groups],
    }


def _group(group: GroupResult) -> dict[str, Any]:
    scheme = group.scheme
    return {
        "code": group.group.code,
        "title": group.group.title,
        "scheme": {
            "code": scheme.code,
            "title": scheme.title,
            "full_marks": str(scheme.full_marks),
            "decimals": scheme.decimals,
            "is_default": scheme.is_default,
        },
        "warnings": list(group.warnings),
        "units": [_unit(unit) for unit in group.units],
    }


def _unit(result: UnitResult) -> dict[str, Any]:
    return {
        "code": result.unit.code,
        "name": result.unit.name,
        "short_name": result.unit.short_name,
        "rank": result.rank,
        "unranked": result.unranked,
        "grade": result.grade,
        "grade_sentence": result.grade_sentence,
        "provisional": result.provisional,
        "exempt": result.exempt,
        "base": str(result.base),
        "bonus": str(result.bonus),
        "deduction": str(result.deduction),
        "total": str(result.total),
        "coverage": str(result.coverage),
        "sentence": result.sentence,
        "categories": [_category(category) for category in result.categories],
        "entries": [_entry(entry) for entry in result.entries],
        "vetoes": [_veto(veto) for veto in result.vetoes],
    }


def _category(result: CategoryResult) -> dict[str, Any]:
    return {
        "code": result.category.code,
        "title": result.category.title,
        "points": str(result.category.points),
        "applicable_points": str(result.applicable_points),
        "raw": str(result.raw),
        "subtotal": _number(result.subtotal),
        "contribution": _number(result.contribution),
        "sentence": result.sentence,
        "leaves": [_leaf(leaf) for leaf in result.leaves],
    }


def _leaf(leaf: LeafResult) -> dict[str, Any]:
    indicator = leaf.indicator
    return {
        "code": indicator.code,
        "title": indicator.title,
        "points": str(indicator.points),
        "scope": indicator.scope.value,
        "rule": indicator.rule.kind,
        "state": leaf.state.value,
        "computed": _number(leaf.computed),
        "score": _number(leaf.score),
        "self_score": _number(leaf.self_score),
        "sentence": leaf.sentence,
        "inputs": [_input(item) for item in leaf.inputs],
        "tasks": [_task(task) for task in leaf.tasks],
        "evidence": [_evidence(item) for item in leaf.evidence],
        "adjustment": _adjustment(leaf.adjustment) if leaf.adjustment else None,
    }


def _task(task: TaskOutcome) -> dict[str, Any]:
    return {
        "task": task.task,
        "title": task.title,
        "role": task.role.value,
        "weight": str(task.weight),
        "state": task.outcome.state.value,
        "fraction": str(task.outcome.fraction),
        "reasoning": task.outcome.reasoning,
        "inputs": [_input(item) for item in task.outcome.inputs],
    }


def _input(item: LeafInput) -> dict[str, str]:
    return {"name": item.name, "value": item.value, "source": item.source}


def _evidence(item: Evidence) -> dict[str, Any]:
    return {"title": item.title, "dated": item.dated.isoformat() if item.dated else None}


def _adjustment(adjustment: Adjustment) -> dict[str, Any]:
    return {
        "kind": adjustment.kind.value,
        "old": str(adjustment.old),
        "new": str(adjustment.new),
        "reason": adjustment.reason,
        "decided_by": adjustment.decided_by,
        "decided_on": adjustment.decided_on.isoformat(),
    }


def _entry(entry: EntryResult) -> dict[str, Any]:
    event = entry.event
    return {
        "kind": event.kind.value,
        "code": event.code,
        "title": entry.title,
        "matter": event.matter,
        "happened_on": event.happened_on.isoformat(),
        "points": str(event.points),
        "shared_by": event.shared_by,
        "counted": str(entry.counted),
        "sentence": entry.sentence,
    }


def _veto(veto: VetoResult) -> dict[str, Any]:
    return {
        "code": veto.event.code,
        "title": veto.title,
        "matter": veto.event.matter,
        "happened_on": veto.event.happened_on.isoformat(),
        "limit": veto.limit,
        "sentence": veto.sentence,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
