"""An assignment (任务分解): one task asked of one unit in one year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessor.domain.plan import Role


@dataclass(frozen=True)
class Assignment:
    task: str
    unit: str
    role: Role
    weight: Decimal = Decimal(1)
    target: Decimal | None = None
    """What the year asks, in ``measure``; None until the office has set it."""
    measure: str = ""
    deadline: date | None = None
    """None: the year's deadline."""
    not_applicable: str = ""
    """The office's reason why the task does not apply to the unit this year; empty: it applies."""
