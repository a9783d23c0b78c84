"""A sealed year shows what was sealed: where the program computes otherwise today, the sealed numbers stand, and each
place says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from assessor.domain.facts import YearFacts
from assessor.domain.result_lines import CATEGORY, ENTRY, LEAF, TASK, UNIT, VETO, result_lines
from assessor.domain.results import CategoryResult, GroupResult, LeafResult, UnitResult, YearResult
from assessor.domain.rules.rule import LeafState
from assessor.domain.seal import Key, SealLine, Value

_Sealed = Mapping[tuple[str, Key], Mapping[str, Value]]
_Result = TypeVar("_Result", UnitResult, CategoryResult, LeafResult)


def with_sealed_results(result: YearResult, facts: YearFacts, sealed: tuple[SealLine, ...]) -> YearResult:
    """``result`` with the numbers, states, ranks and grades of the sealed lines. What these do not know (a unit or an
    indicator that came by damage) stays as computed."""
    lines: _Sealed = {(line.kind, line.key): line.fields for line in sealed}
    if {(line.kind, line.key): line.fields for line in result_lines(result)} == lines:
        return result
    order = {unit.unit.code: at for at, unit in enumerate(unit for group in facts.groups for unit in group.units)}
    return replace(result, groups=tuple(_group(group, lines, order) for group in result.groups))


def _group(group: GroupResult, lines: _Sealed, order: Mapping[str, int]) -> GroupResult:
    units = [_unit(unit, lines) for unit in group.units]
    units.sort(key=lambda unit: (bool(unit.exempt), unit.rank is None, unit.rank or 0, order[unit.unit.code]))
    return replace(group, units=tuple(units))


def _unit(unit: UnitResult, lines: _Sealed) -> UnitResult:
    code = unit.unit.code
    fields = lines.get((UNIT, (code,)))
    if fields is None:
        return unit
    shown = replace(
        unit,
        categories=tuple(_category(code, category, lines) for category in unit.categories),
        entries=tuple(
            replace(entry, counted=_decimal(found["counted"], entry.counted))
            if (found := lines.get((ENTRY, (code, entry.event.key))))
            else entry
            for entry in unit.entries
        ),
        vetoes=tuple(
            replace(veto, limit=str(found["limit"])) if (found := lines.get((VETO, (code, veto.event.key)))) else veto
            for veto in unit.vetoes
        ),
        base=_decimal(fields["base"], unit.base),
        bonus=_decimal(fields["bonus"], unit.bonus),
        deduction=_decimal(fields["deduction"], unit.deduction),
        total=_decimal(fields["total"], unit.total),
        coverage=_decimal(fields["coverage"], unit.coverage),
        provisional=bool(fields["provisional"]),
        exempt=(unit.exempt or "定稿时不参评") if fields["exempt"] else "",
        rank=_rank(fields["rank"]),
        unranked=(unit.unranked or "定稿时不参与排名") if fields["rank"] is None else "",
        grade=None if fields["grade"] is None else str(fields["grade"]),
    )
    if shown.grade != unit.grade:
        shown = replace(
            shown, grade_sentence=f"定稿等次为{shown.grade or '未评定'}；现重算为{unit.grade or '未评定'}。"
        )
    return _said(shown, unit, shown.total, unit.total, "总分")


def _category(unit: str, category: CategoryResult, lines: _Sealed) -> CategoryResult:
    fields = lines.get((CATEGORY, (unit, category.category.code)))
    leaves = tuple(_leaf(unit, leaf, lines) for leaf in category.leaves)
    if fields is None:
        return replace(category, leaves=leaves)
    shown = replace(
        category,
        leaves=leaves,
        raw=_decimal(fields["raw"], category.raw),
        applicable_points=_decimal(fields["applicable_points"], category.applicable_points),
        subtotal=_optional(fields["subtotal"]),
        contribution=_optional(fields["contribution"]),
    )
    return _said(shown, category, shown.contribution, category.contribution, "得分")


def _leaf(unit: str, leaf: LeafResult, lines: _Sealed) -> LeafResult:
    code = leaf.indicator.code
    fields = lines.get((LEAF, (unit, code)))
    if fields is None:
        return leaf
    tasks = tuple(
        replace(
            task,
            weight=_decimal(found["weight"], task.weight),
            outcome=replace(task.outcome, state=LeafState(found["state"]), fraction=Fraction(str(found["fraction"]))),
        )
        if (found := lines.get((TASK, (unit, code, task.task))))
        else task
        for task in leaf.tasks
    )
    shown = replace(
        leaf,
        tasks=tasks,
        state=LeafState(fields["state"]),
        computed=_optional(fields["computed"]),
        score=_optional(fields["score"]),
        self_score=_optional(fields["self_score"]),
    )
    return _said(shown, leaf, shown.score, leaf.score, "得分")


def _said(shown: _Result, now: _Result, sealed: Decimal | None, computed: Decimal | None, what: str) -> _Result:
    """With a sentence that names both numbers where they differ."""
    if sealed == computed:
        return shown
    return replace(shown, sentence=f"定稿{what} {_text(sealed)}；现重算为 {_text(computed)}：{now.sentence}")


def _text(value: Decimal | None) -> str:
    return "无" if value is None else f"{value:f} 分"


def _optional(value: Value) -> Decimal | None:
    return None if value is None else Decimal(value)


def _decimal(value: Value, otherwise: Decimal) -> Decimal:
    return otherwise if value is None else Decimal(value)


def _rank(value: Value) -> int | None:
    return None if value is None else int(value)
