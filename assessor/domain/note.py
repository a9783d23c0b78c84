"""A note (备注) that the office keeps on a unit, or on one of its indicators, in a year; it counts for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Note:
    unit: str
    key: int
    """Of the unit's notes in the year."""
    text: str
    noted_on: date
    noted_by: str
    indicator: str = ""
    """Empty: on the unit at large."""
