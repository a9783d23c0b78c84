"""A unit's own scores (自评分) beside the office's, indicator by indicator, typed as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.figure_text import read_figure_text
from assessor.domain.results import LeafResult
from assessor.domain.scheme import Figure, Scope
from assessor.domain.submission import Blank
from assessor.domain.wording import plain
from assessor.errors import InputError
from assessor.ui.grid.column import CellChange, CellEdit, CellKind, Column


def self_score_columns() -> tuple[Column[LeafResult], ...]:
    edit = CellEdit[LeafResult](lambda leaf: _own(leaf), _read)
    return (
        Column(
            "indicator",
            "指标",
            CellKind.TEXT,
            lambda leaf: f"{leaf.indicator.code} {leaf.indicator.title}",
            width=150,
            tooltip=lambda leaf: leaf.indicator.criterion,
        ),
        Column("points", "分值", CellKind.NUMBER, lambda leaf: plain(leaf.indicator.points), width=56),
        Column("self", "自评分", CellKind.NUMBER, _own, edit=edit, width=78, hint="0 到分值之间；留空为没有自评"),
        Column("score", "考核分", CellKind.TEXT, _score, width=74, tooltip=lambda leaf: leaf.sentence),
        Column("over", "高出", CellKind.NUMBER, _over, width=66, tone=lambda leaf: "warn" if _over(leaf) else ""),
    )


def scores_of(changes: Sequence[CellChange[LeafResult]]) -> dict[str, Decimal | None]:
    """By indicator; None: no score of its own."""
    return {
        change.row.indicator.code: change.value if isinstance(change.value, Decimal) else None for change in changes
    }


def _own(leaf: LeafResult) -> str:
    return plain(leaf.self_score) if leaf.self_score is not None else ""


def _score(leaf: LeafResult) -> str:
    return f"{leaf.score:f}" if leaf.score is not None else leaf.state.label


def _over(leaf: LeafResult) -> str:
    if leaf.self_score is None or leaf.score is None or leaf.self_score <= leaf.score:
        return ""
    return plain(leaf.self_score - leaf.score)


def _read(leaf: LeafResult, typed: str) -> Decimal | None:
    """Raises InputError where it is no number within the indicator's points."""
    points = plain(leaf.indicator.points)
    remedy = f"请填 0 到 {points} 之间的数字，没有自评的留空"
    value = read_figure_text(Figure("self", "自评分", "分", Scope.UNIT), typed)
    if value is Blank.EMPTY:
        return None
    if not isinstance(value, Decimal) or value > leaf.indicator.points:
        raise InputError(f"“{typed}”不在 0 到 {points} 之间", place=leaf.indicator.title, remedy=remedy)
    return value
