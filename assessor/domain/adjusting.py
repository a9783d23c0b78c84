"""Changing a score after review or on appeal: what can be changed, to what, and how a decision is worded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from assessor.domain.appeal import Publicity
from assessor.domain.results import LeafResult
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState
from assessor.domain.wording import plain
from assessor.errors import InputError


def adjusting_refusal(leaf: LeafResult) -> str:
    """Why the leaf's score cannot be adjusted; empty where it can."""
    if leaf.state is LeafState.NOT_APPLICABLE:
        return "不涉及的指标没有得分可调"
    return "该指标还没有得分" if leaf.score is None else ""


def read_new_score(text: str, leaf: LeafResult, decimals: int) -> Decimal:
    """The score that ``leaf`` gets instead of its present one. Raises InputError where it is no number within its
    points, has more than ``decimals`` places, or is the present one."""
    points = leaf.indicator.points
    remedy = f"请填写 0 到 {plain(points)} 之间的分数，最多 {decimals} 位小数"
    refusal = adjusting_refusal(leaf)
    if refusal:
        raise InputError(refusal, remedy="请选择别的指标")
    wanted = text.strip()
    try:
        value = Decimal(wanted)
    except InvalidOperation:
        raise InputError(f"“{wanted}”不是分数" if wanted else "没有填写调整后的得分", remedy=remedy) from None
    if not value.is_finite() or not 0 <= value <= points:
        raise InputError(f"{wanted} 不在 0 到 {plain(points)} 之间", remedy=remedy)
    if round_half_up(value, decimals) != value:
        raise InputError(f"{wanted} 多于 {decimals} 位小数", remedy=remedy)
    if value == leaf.score:
        raise InputError(f"{wanted} 就是现在的得分", remedy="请填写另一个分数")
    return round_half_up(value, decimals)


def needs_late_note(publicity: Publicity | None, day: date) -> bool:
    """Whether a decision of that day comes after the objection period, and has to say why."""
    return publicity is not None and day > publicity.ends


def decision_words(decision: str, late_note: str, publicity: Publicity | None, day: date) -> str:
    """A decision as it is kept. Raises InputError where it is empty, or late and does not say why."""
    text, note = decision.strip().rstrip("。"), late_note.strip().rstrip("。")
    if not text:
        raise InputError("没有填写处理意见", remedy="请写明采纳或不采纳的理由")
    if not needs_late_note(publicity, day):
        return text
    if not note:
        assert publicity is not None
        what = f"公示期已于 {publicity.ends.isoformat()} 结束"
        raise InputError(what, remedy="请说明为什么在公示期后处理")
    return f"{text}（公示期后处理：{note}）"
