"""Extreme scores (极端分): which marks and awards have to say what they rest on. They count all the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.domain.wording import plain
from assessor.errors import InputError


@dataclass(frozen=True)
class Extremes:
    """Percentages of the points, 0-100: extreme is what lies below ``low`` or above ``high``.

    Raises InputError where they are not within 0 and 100, or ``low`` is above ``high``.
    """

    low: Decimal = Decimal(60)
    high: Decimal = Decimal(95)

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 100:
            what = f"极端分的界限 {plain(self.low)}% 和 {plain(self.high)}% 不对"
            raise InputError(what, place="极端分", remedy="请填写 0 到 100 之间的两个百分比，前一个不大于后一个")

    def holds(self, percentage: Decimal) -> bool:
        return percentage < self.low or percentage > self.high

    @property
    def words(self) -> str:
        return f"低于 {plain(self.low)}% 或高于 {plain(self.high)}%"
