"""What the history page asks of the workbook, in the worker's thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessor.workbook.history import RowChange, load_changes
from assessor.workbook.history_lines import rows_of_interest
from assessor.workbook.history_list import HistoryEntry, HistoryQuery, list_entries, list_operators
from assessor.workbook.row_words import Names, load_names

if TYPE_CHECKING:
    from assessor.work import Work
    from assessor.workbook.workbook import Workbook

PART = 200
"""Edits that are read at once."""


@dataclass(frozen=True)
class HistoryPart:
    query: HistoryQuery
    entries: tuple[HistoryEntry, ...]
    is_last: bool
    names: Names
    operators: tuple[str, ...]


@dataclass(frozen=True)
class EditRows:
    number: int
    changes: tuple[RowChange, ...]
    total: int
    """Rows of the edit, also those that were not asked for."""


def read_first(query: HistoryQuery, workbook: Workbook, _work: Work) -> HistoryPart:
    with workbook.snapshot():
        entries = list_entries(workbook, query, limit=PART)
        return HistoryPart(query, entries, len(entries) < PART, load_names(workbook), list_operators(workbook))


def read_more(query: HistoryQuery, before: int, workbook: Workbook, _work: Work) -> HistoryPart:
    entries = list_entries(workbook, query, limit=PART, before=before)
    return HistoryPart(query, entries, len(entries) < PART, Names(), ())


def read_rows(number: int, query: HistoryQuery, workbook: Workbook, _work: Work) -> EditRows:
    changes = load_changes(workbook, number)
    return EditRows(number, rows_of_interest(changes, query) or changes, len(changes))
