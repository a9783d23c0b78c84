"""What is entered in the table of the review: ticks, notes and second scores, read and joined to what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from assessor.domain.review_item import ReviewItem
from assessor.domain.rounding import round_half_up
from assessor.domain.wording import plain
from assessor.errors import InputError


class ReviewField(Enum):
    CHECKED = "checked"
    NOTE = "note"
    SECOND = "second"


@dataclass(frozen=True)
class ReviewChange:
    item: ReviewItem
    field: ReviewField
    value: bool | str | Decimal | None


@dataclass(frozen=True)
class Tick:
    """By topic, unit and subject; ``note`` None: the tick is taken back."""

    topic: str
    unit: str
    subject: str
    note: str | None


@dataclass(frozen=True)
class SecondGiven:
    """``points`` None: taken back."""

    unit: str
    indicator: str
    points: Decimal | None


@dataclass(frozen=True)
class ReviewWork:
    """What one action changes; the edit that saves it says who and when."""

    ticks: tuple[Tick, ...] = ()
    seconds: tuple[SecondGiven, ...] = ()

    @property
    def label(self) -> str:
        """Name of the edit."""
        if self.seconds and not self.ticks:
            return f"登记复评：{len(self.seconds)} 项" if len(self.seconds) > 1 else "登记复评"
        undone = all(tick.note is None for tick in self.ticks)
        verb = "取消已核" if undone and not self.seconds else "复核"
        return f"{verb} {len(self.ticks) + len(self.seconds)} 项"


def second_refusal(item: ReviewItem) -> str:
    """Why no second score can be entered; empty where it can."""
    return "" if item.takes_second else "只有考核办给本单位的评分需要复评"


def read_second(text: str, item: ReviewItem) -> Decimal | None:
    """None of an empty text. Raises InputError where it is no number within the indicator's points."""
    wanted = text.strip()
    if not wanted:
        return None
    leaf = next(leaf for leaf in item.unit.leaves if leaf.indicator.code == item.indicator)
    points, decimals = leaf.indicator.points, item.group.scheme.decimals
    remedy = f"请填写 0 到 {plain(points)} 之间的分数，最多 {decimals} 位小数"
    try:
        value = Decimal(wanted)
    except InvalidOperation:
        raise InputError(f"“{wanted}”不是分数", remedy=remedy) from None
    if not value.is_finite() or not 0 <= value <= points or round_half_up(value, decimals) != value:
        raise InputError(f"复评得分 {wanted} 不对", remedy=remedy)
    return value


def review_work(changes: Sequence[ReviewChange]) -> ReviewWork:
    """Everything that the changes of one action make another. A note is a tick; an unticked item loses its note."""
    items = {change.item.key: change.item for change in changes}
    ticks: list[Tick] = []
    seconds: list[SecondGiven] = []
    for key, item in items.items():
        before = item.check.note if item.check else None
        note = before
        for change in changes:
            if change.item.key != key:
                continue
            if change.field is ReviewField.SECOND:
                assert not isinstance(change.value, bool | str)
                seconds += _given(item, change.value)
            elif change.field is ReviewField.CHECKED:
                note = (note or "") if change.value else None
            else:
                text = str(change.value or "").strip()
                note = text if text or note is not None else None
        if note != before:
            ticks.append(Tick(*key, note))
    return ReviewWork(tuple(ticks), tuple(seconds))


def ticked(items: Sequence[ReviewItem], *, on: bool) -> ReviewWork:
    """All of them ticked off, or none."""
    return review_work([ReviewChange(item, ReviewField.CHECKED, on) for item in items])


def _given(item: ReviewItem, points: Decimal | None) -> list[SecondGiven]:
    before = item.second.points if item.second else None
    if points == before or item.indicator is None:
        return []
    return [SecondGiven(item.unit.unit.code, item.indicator, points)]
