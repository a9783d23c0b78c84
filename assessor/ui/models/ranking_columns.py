"""The ranking of one group as a table: a row per unit, a column per category and per part of the total."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.wording import percent_text, plain
from assessor.ui.grid.column import CellKind, Column

_NONE = "—"
_CATEGORY = "category:"

RankingColumn = Column[UnitResult]


def ranking_columns(group: GroupResult) -> tuple[RankingColumn, ...]:
    """What the table of a group shows, from left to right: what is asked for first, then how it came about."""
    return (
        RankingColumn(
            "rank",
            "名次",
            CellKind.NUMBER,
            lambda unit: unit.rank_text,
            lambda unit: unit.rank,
            tone=_state_tone,
            tooltip=lambda unit: "" if unit.exempt else unit.unranked,
        ),
        RankingColumn("unit", "单位", CellKind.TEXT, lambda unit: unit.unit.short_name, tone=_tone, is_bold=True),
        _number("total", "总分", lambda unit: unit.total, is_bold=True),
        RankingColumn(
            "grade",
            "等次",
            CellKind.TEXT,
            _grade_text,
            lambda unit: unit.rank,
            tone=_verdict_tone,
            tooltip=lambda unit: "" if unit.exempt else unit.grade_sentence,
        ),
        *(_category(group, place) for place in range(len(group.scheme.categories))),
        _number("base", "基础分", lambda unit: unit.base),
        _number("bonus", "加分", lambda unit: unit.bonus),
        _number("deduction", "扣分", lambda unit: unit.deduction),
        RankingColumn(
            "coverage",
            "覆盖率",
            CellKind.NUMBER,
            lambda unit: _NONE if unit.exempt else percent_text(unit.coverage),
            lambda unit: None if unit.exempt else unit.coverage,
            tone=lambda unit: _tone(unit) or "muted",
        ),
        RankingColumn("remark", "备注", CellKind.TEXT, remark, tone=lambda unit: _verdict_tone(unit) or "muted"),
    )


def category_of(column: str) -> str | None:
    """Code of the category whose trace a cell of the column opens; None: the total's."""
    return column.removeprefix(_CATEGORY) if column.startswith(_CATEGORY) else None


def remark(unit: UnitResult) -> str:
    """What must be known beside a unit's numbers; empty where they stand for themselves."""
    if unit.exempt:
        return f"不参评：{unit.exempt}"
    parts = [f"待评 {len(unit.pending)} 项" if unit.pending else "", unit.unranked]
    parts.extend(f"一票否决（{veto.title}）" for veto in unit.vetoes)
    adjusted = sum(leaf.adjustment is not None for leaf in unit.leaves)
    parts.append(f"复核调整 {adjusted} 项" if adjusted else "")
    return "；".join(part for part in parts if part)


def _number(key: str, title: str, value: Callable[[UnitResult], Decimal], *, is_bold: bool = False) -> RankingColumn:
    return RankingColumn(
        key,
        title,
        CellKind.NUMBER,
        lambda unit: _NONE if unit.exempt else f"{value(unit):f}",
        lambda unit: None if unit.exempt else value(unit),
        tone=_tone,
        is_bold=is_bold,
    )


def _category(group: GroupResult, place: int) -> RankingColumn:
    category = group.scheme.categories[place]
    return RankingColumn(
        f"{_CATEGORY}{category.code}",
        f"{category.title}\n{plain(category.points)} 分",
        CellKind.NUMBER,
        lambda unit: _NONE if unit.exempt else unit.categories[place].contribution_text,
        lambda unit: None if unit.exempt else unit.categories[place].contribution,
        tone=_tone,
    )


def _grade_text(unit: UnitResult) -> str:
    if unit.exempt:
        return "不参评"
    if unit.provisional:
        return "暂估"
    return unit.grade or "不参与排名"


def _tone(unit: UnitResult) -> str:
    return "faint" if unit.exempt else ""


def _state_tone(unit: UnitResult) -> str:
    return _tone(unit) or ("warn" if unit.provisional else "")


def _verdict_tone(unit: UnitResult) -> str:
    return _state_tone(unit) or ("bad" if unit.vetoes else "")
