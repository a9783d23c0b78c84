"""Which way a value is good: the higher the better, or the lower."""

from __future__ import annotations

from enum import Enum

from assessor.domain.rules.form_field import FieldKind, FormField
from assessor.domain.table_reader import TableReader


class Direction(Enum):
    HIGHER = "higher"
    LOWER = "lower"

    @property
    def label(self) -> str:
        return {"higher": "越高越好", "lower": "越低越好"}[self.value]


DIRECTION_FIELD = FormField(
    "direction",
    "方向",
    FieldKind.CHOICE,
    is_required=False,
    choices=tuple((choice.value, choice.label) for choice in Direction),
)


def read_direction(table: TableReader) -> Direction:
    """The key ``direction``; ``higher`` where it is missing."""
    word = table.text("direction", Direction.HIGHER.value)
    if word not in [direction.value for direction in Direction]:
        raise table.fail(f"不认识的方向“{word}”", "请写 higher（越高越好）或 lower（越低越好）", key="direction")
    return Direction(word)
