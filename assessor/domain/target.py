"""Quantified targets (量化目标) of a plan and what was observed against them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class TargetKind(Enum):
    """How a target is to be read over the plan's years."""

    YEARLY = "yearly"  # 每年完成: the value is asked of each year
    CUMULATIVE = "cumulative"  # 累计完成: the years add up to the value
    BY_END = "by_end"  # 期末达到: the value is reached by the plan's last year

    @property
    def label(self) -> str:
        return {"yearly": "每年完成", "cumulative": "期内累计", "by_end": "期末达到"}[self.value]


@dataclass(frozen=True)
class Target:
    code: str
    title: str
    kind: TargetKind
    measure: str
    """Unit of measure as printed: 人, 人次, %, 个."""
    base: Decimal
    """The value that must be reached (确保)."""
    stretch: Decimal | None = None
    """The value striven for (力争)."""
    task: str | None = None
    """Code of the task that names it, where one does."""
    source: str = ""
    """The plan's words, short."""


@dataclass(frozen=True)
class Observation:
    """What was reached in a year: of a yearly or cumulative target that year's amount, of ``by_end`` the state."""

    target: str
    year: int
    value: Decimal
    source: str
    is_sample: bool = False
