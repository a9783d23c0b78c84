"""What a column of the grid shows, and how its cells are edited. A page describes them; the grid does the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

R = TypeVar("R")
"""A row: a frozen dataclass."""


class CellKind(Enum):
    """Which editor opens in a cell, and how it is aligned and sorted."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    LONG_TEXT = "long_text"
    """Edited in a pane of its own, where Enter is a new line."""
    CHECK = "check"
    """``text`` and ``start`` answer ``CHECKED`` or an empty text; ``parse`` gets the same."""


CHECKED = "是"


def _nothing(_row: Any) -> str:
    return ""


def _no_choices(_row: Any) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class CellEdit(Generic[R]):
    """How the cells of a column are edited, whether typed, pasted, filled down or cleared."""

    start: Callable[[R], str]
    """The text that the editor opens with."""
    parse: Callable[[R, str], object]
    """Typed or pasted text -> value. Empty text: the cell is cleared. Raises InputError with a remedy."""
    refusal: Callable[[R], str] = _nothing
    """Why this cell cannot be edited now; empty: it can."""
    choices: Callable[[R], Sequence[str]] = _no_choices
    """For CHOICE: what is offered."""


@dataclass(frozen=True)
class Column(Generic[R]):
    key: str
    """Unique within the table; widths, filters and order are remembered by it."""
    title: str
    """Up to two lines."""
    kind: CellKind
    text: Callable[[R], str]
    """What is shown, copied, found, filtered by and exported."""
    sort_key: Callable[[R], Any] | None = None
    """None: by the text, numbers as numbers. A row whose key is None comes last in either direction."""
    edit: CellEdit[R] | None = None
    """None: read-only."""
    width: int | None = None
    """Logical pixels; None: as its texts need."""
    tone: Callable[[R], str] = _nothing
    """Colour of the text by its tone: empty, muted, faint, good, warn, bad."""
    tooltip: Callable[[R], str] = _nothing
    """Empty: the text, where it is cut."""
    is_bold: bool = False
    hint: str = ""
    """Tooltip of the heading: what the column means, how it is filled in."""
    fill: Callable[[R], str] = _nothing
    """Name of the theme's colour behind the text, such as ``warn_soft``; empty: none."""


@dataclass(frozen=True)
class CellChange(Generic[R]):
    """A value to be written into a cell."""

    row: R
    column: str
    value: object
