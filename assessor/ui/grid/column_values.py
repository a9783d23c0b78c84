"""The values of a column with their counts, for the menu that filters by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from assessor.ui.grid.arrangement import Arrangement, Order, ValueFilter, arrange
from assessor.ui.grid.column import Column

R = TypeVar("R")
_STEP = 1000
BLANK = "（空白）"


def column_values(
    rows: Sequence[R], columns: Sequence[Column[R]], asked: Arrangement, key: str
) -> Iterator[list[tuple[str, int]]]:
    """The texts of a column, in its order, with the number of rows that the *other* filters let pass.
    The empty text comes last. Yields now and then, the last list is whole.
    """
    column = next(column for column in columns if column.key == key)
    others = Arrangement({other: rule for other, rule in asked.filters.items() if other != key})
    places: list[int] = []
    for places in arrange(rows, columns, others):  # noqa: B007 - the last is the whole
        yield []
    counts: Counter[str] = Counter()
    samples: dict[str, R] = {}
    for number, place in enumerate(places, start=1):
        text = column.text(rows[place])
        counts[text] += 1
        samples.setdefault(text, rows[place])
        if number % _STEP == 0:
            yield []
    texts: list[str] = []
    for texts in _ordered(column, samples):  # noqa: B007 - the last is the whole
        yield []
    yield [(text, counts[text]) for text in texts]


def filter_of(ticked: set[str], offered: Sequence[str]) -> ValueFilter | None:
    """What was ticked as a filter; None: all was. The shorter side is kept, so that a value typed later shows where few
    were taken away, and does not where few were kept.
    """
    missing = [text for text in offered if text not in ticked]
    if not missing:
        return None
    if len(missing) < len(ticked):
        return ValueFilter(frozenset(missing), is_exclusion=True)
    return ValueFilter(frozenset(ticked))


def _ordered(column: Column[R], samples: dict[str, R]) -> Iterator[list[str]]:
    """As ``arrange`` orders the rows; yields as it does."""
    texts = list(samples)
    order = arrange([samples[text] for text in texts], [column], Arrangement({}, Order(column.key)))
    places: list[int] = []
    for places in order:  # noqa: B007 - the last is the whole
        yield []
    ordered = [texts[place] for place in places]
    yield [text for text in ordered if text] + [text for text in ordered if not text]
