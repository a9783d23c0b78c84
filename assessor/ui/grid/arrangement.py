"""Which rows of a table are shown, and in what order: filters by value, and sorting by one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any, TypeVar

from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.number_text import plain_number

R = TypeVar("R")
_STEP = 1000
"""Rows between two chances to let the window breathe."""
_PIECE = 8000
"""Keys that are sorted at once: some ten milliseconds."""
_LAST_SIGNS = frozenset("0123456789０１２３４５６７８９.。． \u3000\xa0")
_GROUPING = ","
_FIRST = itemgetter(0)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Order:
    column: str
    """Key."""
    is_descending: bool = False


@dataclass(frozen=True)
class ValueFilter:
    """By the shown text: only ``values``, or all but them, so that a value typed later stays in view."""

    values: frozenset[str]
    is_exclusion: bool = False

    def accepts(self, text: str) -> bool:
        return (text in self.values) != self.is_exclusion


@dataclass(frozen=True)
class Arrangement:
    filters: Mapping[str, ValueFilter]
    """By column."""
    order: Order | None = None

    @property
    def is_plain(self) -> bool:
        return not self.filters and self.order is None


def arrange(rows: Sequence[R], columns: Sequence[Column[R]], asked: Arrangement) -> Iterator[list[int]]:
    """Yields again and again, so that long work can be spread; the last list holds the places of the rows to show.

    What has no sort key comes last in either direction; rows of equal keys stay in the order of ``rows``.
    """
    by_key = {column.key: column for column in columns}
    places = list(range(len(rows)))
    for key, rule in asked.filters.items():
        if key in by_key:
            kept: list[int] = []
            for part in _parts(places):
                kept.extend(_accepted(rows, by_key[key].text, rule, part))
                yield []
            places = kept
    if asked.order is not None and asked.order.column in by_key:
        yield from _sorted(rows, by_key[asked.order.column], asked.order, places)
    else:
        yield places


def natural_key(text: str) -> bytes:
    """Orders Chinese by sound, as GBK does for common characters, and numbers within a text by their value."""
    if text.isascii() and not text.isdigit():
        text = text.casefold()
    return _DIGITS.sub(lambda digits: digits[0].zfill(12), text).encode("gb18030", "replace")


def number_key(text: str) -> Decimal | None:
    """None where the text is no number."""
    if not text or text[-1] not in _LAST_SIGNS:  # most texts: an exception for each would be dear
        return None
    try:
        number = Decimal(text if text[-1].isascii() and _GROUPING not in text else plain_number(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def key_of(column: Column[R]) -> Callable[[R], Any]:
    if column.sort_key is not None:
        return column.sort_key
    text = column.text
    if column.kind is CellKind.NUMBER:
        return lambda row: number_key(text(row))
    return lambda row: natural_key(shown) if (shown := text(row)) else None


def _accepted(rows: Sequence[R], text: Callable[[R], str], rule: ValueFilter, places: Sequence[int]) -> list[int]:
    values, excludes = rule.values, rule.is_exclusion
    return [place for place in places if (text(rows[place]) in values) != excludes]


def _sorted(rows: Sequence[R], column: Column[R], order: Order, places: list[int]) -> Iterator[list[int]]:
    """Sorts piece by piece: what is left for the end, merging sorted pieces, takes a fraction of sorting."""
    read = key_of(column)
    keyed: list[tuple[Any, int]] = []
    piece: list[tuple[Any, int]] = []
    rest: list[int] = []
    for part in _parts(places):
        for place in part:
            key = read(rows[place])
            if key is None:
                rest.append(place)
            else:
                piece.append((key, place))
        if len(piece) >= _PIECE:
            piece.sort(key=_FIRST, reverse=order.is_descending)
            keyed.extend(piece)
            piece = []
        yield []
    keyed.extend(piece)
    keyed.sort(key=_FIRST, reverse=order.is_descending)
    yield [place for _key, place in keyed] + rest


def _parts(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), _STEP):
        yield places[start : start + _STEP]
