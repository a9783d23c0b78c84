"""An assessment year (年度) and the stages it goes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Stage(Enum):
    """The yearly cycle, in order."""

    ASSIGN = "assign"
    COLLECT = "collect"
    SCORE = "score"
    REVIEW = "review"
    SEAL = "seal"

    @property
    def label(self) -> str:
        return {"assign": "下达", "collect": "收集", "score": "评分", "review": "复核", "seal": "定稿"}[self.value]

    @property
    def position(self) -> int:
        return list(Stage).index(self)


@dataclass(frozen=True)
class Year:
    year: int
    starts: date
    ends: date
    """Last day of the assessment year; some offices run December to November."""
    deadline: date
    """Last day for handing in forms."""
    stage: Stage
    collection_closed: bool = False
    """Once closed, what is not submitted scores 0 instead of being awaited."""
    is_sample: bool = False
    """Its submissions are made up: 示例数据 is shown wherever they appear."""
