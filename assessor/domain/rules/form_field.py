"""What a rule's parameters are called and how they are filled in: one description for editor and spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FieldKind(Enum):
    """What stands in a field, and how ``Rule.params`` has it."""

    FIGURE = "figure"
    """A figure's code."""
    NUMBER = "number"
    """Decimal text."""
    SHARE = "share"
    """Decimal text of a fraction, shown in percent: 0.6 is 60%."""
    INTEGER = "integer"
    TEXT = "text"
    CHOICE = "choice"
    CHECK = "check"
    TARGET = "target"
    """A number, a figure's code or the assignment's target: one of the keys of ``TargetSource.params``."""
    ROWS = "rows"
    """A list of tables with ``columns``."""


@dataclass(frozen=True)
class FormField:
    key: str
    """As ``Rule.params`` has it; of a TARGET, its own name."""
    label: str
    kind: FieldKind
    hint: str = ""
    is_required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    """Value and words, of a CHOICE."""
    columns: tuple[FormField, ...] = ()
    """Of ROWS; a TEXT that may hold any sign comes last."""
    start: tuple[tuple[str, ...], ...] = ()
    """What a rule of this kind begins with, as it is typed: rows of ROWS, else one text in one row."""
