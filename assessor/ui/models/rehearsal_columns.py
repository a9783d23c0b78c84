"""The tables of a rehearsal: what moves, and which indicators decide."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from assessor.domain import rehearsal_words as words
from assessor.domain.rehearsal import Decisive, Rehearsal, UnitMove
from assessor.domain.wording import percent_text, plain
from assessor.ui.grid.column import CellKind, Column

_UP, _DOWN = "good", "bad"


def move_columns() -> tuple[Column[UnitMove], ...]:
    return (
        Column("unit", "单位", CellKind.TEXT, lambda move: move.unit.short_name, is_bold=True),
        Column(
            "before",
            "现行\n总分",
            CellKind.NUMBER,
            lambda move: words.total_text(move.before),
            lambda move: move.before.total,
        ),
        Column(
            "after",
            "试算\n总分",
            CellKind.NUMBER,
            lambda move: words.total_text(move.after),
            lambda move: move.after.total,
            is_bold=True,
        ),
        Column("gain", "增减", CellKind.NUMBER, words.gain_text, lambda move: move.gain, tone=_gain_tone, is_bold=True),
        Column(
            "rank_before",
            "现行\n名次",
            CellKind.NUMBER,
            lambda move: move.before.rank_text,
            lambda move: move.before.rank,
        ),
        Column(
            "rank_after", "试算\n名次", CellKind.NUMBER, lambda move: move.after.rank_text, lambda move: move.after.rank
        ),
        Column("rank_move", "升降", CellKind.TEXT, words.rank_text, lambda move: move.rank_move, tone=_rank_tone),
        Column("grade_before", "现行\n等次", CellKind.TEXT, lambda move: words.grade_text(move.before)),
        Column(
            "grade_after",
            "试算\n等次",
            CellKind.TEXT,
            lambda move: words.grade_text(move.after),
            fill=lambda move: "warn_soft" if move.changes_grade else "",
        ),
        Column(
            "causes",
            "变化来自",
            CellKind.TEXT,
            words.causes_text,
            tooltip=lambda move: words.causes_text(move, len(move.leaves)).replace("，", "\n"),
            hint="变化最大的指标；全部指标在提示中",
        ),
    )


def decisive_columns(found: Rehearsal) -> tuple[Column[Decisive], ...]:
    old, new = found.before.scheme.indicator_by_code, found.after.scheme.indicator_by_code
    share_hint = "各单位总分的差异（方差）中来自这项指标的部分；负的与总分反着走"

    def points(item: Decisive, *, is_after: bool) -> Decimal | None:
        known = (new if is_after else old).get(item.indicator.code)
        return known.points if known else None

    return (
        Column("code", "代码", CellKind.TEXT, lambda item: item.indicator.code),
        Column("title", "指标", CellKind.TEXT, lambda item: item.indicator.title, is_bold=True),
        Column(
            "points_before",
            "现行\n分值",
            CellKind.NUMBER,
            lambda item: _points_text(points(item, is_after=False)),
            lambda item: points(item, is_after=False),
        ),
        Column(
            "points_after",
            "试算\n分值",
            CellKind.NUMBER,
            lambda item: _points_text(points(item, is_after=True)),
            lambda item: points(item, is_after=True),
            fill=lambda item: "warn_soft" if points(item, is_after=False) != points(item, is_after=True) else "",
        ),
        Column(
            "share_before",
            "现行\n作用",
            CellKind.NUMBER,
            lambda item: _share_text(item.before),
            lambda item: item.before,
            hint=share_hint,
        ),
        Column(
            "share_after",
            "试算\n作用",
            CellKind.NUMBER,
            lambda item: _share_text(item.after),
            lambda item: item.after,
            is_bold=True,
            hint=share_hint,
        ),
        Column("rule", "评分规则", CellKind.TEXT, lambda item: item.indicator.rule.label, tone=lambda _item: "muted"),
    )


def _points_text(points: Decimal | None) -> str:
    return words.NONE if points is None else plain(points)


def _share_text(share: Fraction | None) -> str:
    return words.NONE if share is None else percent_text(share)


def _gain_tone(move: UnitMove) -> str:
    return _UP if move.gain > 0 else _DOWN if move.gain < 0 else "muted"


def _rank_tone(move: UnitMove) -> str:
    steps = move.rank_move or 0
    return _UP if steps > 0 else _DOWN if steps < 0 else "muted"
