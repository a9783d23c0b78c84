"""Appeals of units (申诉), objections while results are made public (公示异议), and the period for them (公示期)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from assessor.errors import InputError


class AppealKind(Enum):
    APPEAL = "appeal"
    OBJECTION = "objection"

    @property
    def label(self) -> str:
        return {"appeal": "申诉", "objection": "公示异议"}[self.value]


class AppealState(Enum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        return {"open": "待处理", "upheld": "采纳", "rejected": "不采纳"}[self.value]


@dataclass(frozen=True)
class Appeal:
    """What is asked on behalf of a unit, and what was decided on it."""

    key: str
    """Identifies the appeal in its year."""
    unit: str
    kind: AppealKind
    filed_on: date
    filed_by: str
    """The unit itself, or whoever objects."""
    claim: str
    indicator: str | None = None
    """None: on the unit's result at large."""
    state: AppealState = AppealState.OPEN
    decision: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    adjustment: str | None = None
    """Key of the adjustment that came of it."""

    @property
    def is_open(self) -> bool:
        return self.state is AppealState.OPEN


@dataclass(frozen=True)
class Publicity:
    """公示期, both days included. Raises InputError where it ends before it starts."""

    starts: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            what = f"公示期止于 {self.ends.isoformat()}，早于起日 {self.starts.isoformat()}"
            raise InputError(what, place="公示期", remedy="请把止日改为起日或以后的一天")

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1

    def holds(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    @property
    def words(self) -> str:
        return f"{self.starts.isoformat()} 至 {self.ends.isoformat()}（{self.days} 天）"


def publicity_text(publicity: Publicity | None, today: date) -> str:
    """Where the period stands, such as ``第 2 天，还有 5 天`` or ``已结束``; empty without one."""
    if publicity is None:
        return ""
    if today < publicity.starts:
        return f"还有 {(publicity.starts - today).days} 天开始"
    if today > publicity.ends:
        return "已结束"
    if today == publicity.ends:
        return "今天结束"
    return f"第 {(today - publicity.starts).days + 1} 天，还有 {(publicity.ends - today).days} 天"
