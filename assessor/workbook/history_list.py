"""Edits as a list shows them: each with what it touched and whether it was taken back, found by unit, page or text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assessor.workbook.changes import Key
from assessor.workbook.history import (
    EditKind,
    EditRecord,
    HistoryFilter,
    list_edits,
    row_history,
)
from assessor.workbook.row_titles import Area, area_of, tables_of
from assessor.workbook.workbook import Reading

TASK_COLUMNS = ("task", "form")
"""What names a task in a row: assignments the one, what is handed in the other."""
_AT_ONCE = 500
"""Numbers in one query."""


@dataclass(frozen=True)
class HistoryQuery:
    """What is looked for; what is None or empty does not narrow it."""

    area: Area | None = None
    year: int | None = None
    unit: str | None = None
    indicator: str | None = None
    """Only what bears on this indicator's score: what the office entered for it and the figures that it reads."""
    figures: tuple[str, ...] = ()
    """With ``indicator``: the figures that its rule reads."""
    section: str | None = None
    """Only rows of the section's tasks (code)."""
    operator: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    text: str = ""
    """In the name of the edit, or in a row before or after it."""
    row: tuple[str, Key] | None = None
    """Only the edits of this row: table and key."""


@dataclass(frozen=True)
class HistoryEntry:
    record: EditRecord
    areas: tuple[Area, ...]
    units: tuple[str, ...]
    """Codes, in the order of the edit's rows by unit."""
    rows: int
    is_undone: bool


def list_entries(
    source: Reading, query: HistoryQuery, *, limit: int | None = None, before: int | None = None
) -> tuple[HistoryEntry, ...]:
    """Newest first; only edits with a number under ``before``, at most ``limit``."""
    with source.snapshot():
        return _entries(source, _records(source, query, limit, before))


def list_operators(source: Reading) -> tuple[str, ...]:
    """Everybody who made an edit, by name."""
    return tuple(row[0] for row in source.rows("SELECT DISTINCT operator FROM edit ORDER BY operator"))


def count_edits(source: Reading) -> int:
    return int(source.rows("SELECT count(*) FROM edit")[0][0])


def _records(source: Reading, query: HistoryQuery, limit: int | None, before: int | None) -> list[EditRecord]:
    if query.row is not None:
        found = [
            record for record, _change in row_history(source, *query.row) if before is None or record.number < before
        ]
    else:
        among = {
            record.number: record
            for wanted in _filters(query)
            for record in list_edits(source, wanted, limit=limit, before=before)
        }
        found = sorted(among.values(), key=lambda record: -record.number)
    return found if limit is None else found[:limit]


def _filters(query: HistoryQuery) -> Iterable[HistoryFilter]:
    """Several where one will not do; an edit counts that any of them finds."""
    wanted = HistoryFilter(
        tables=tables_of(query.area) if query.area else frozenset(),
        year=query.year,
        unit=query.unit,
        operator=query.operator,
        first_day=query.first_day,
        last_day=query.last_day,
    )
    if query.indicator is not None:
        code = json.dumps(query.indicator, ensure_ascii=False)
        yield replace(wanted, values=f'"indicator":{code}')
        yield replace(wanted, tables=frozenset({"event"}), values=f'"code":{code}')
        for figure in query.figures:
            yield replace(wanted, values=f'"figure":{json.dumps(figure, ensure_ascii=False)}')
    elif query.section is not None:
        for column in TASK_COLUMNS:
            yield replace(wanted, values=f'"{column}":"{query.section}.')
    elif query.text:
        yield replace(wanted, text=query.text)
        yield replace(wanted, values=query.text)
    else:
        yield wanted


def _entries(source: Reading, records: list[EditRecord]) -> tuple[HistoryEntry, ...]:
    numbers = [record.number for record in records]
    touched: dict[int, list[tuple[str, str | None, int]]] = {}
    undone: set[int] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        for row in source.rows(
            f"SELECT edit, data_table, unit, count(*) FROM change WHERE edit IN ({marks})"
            " GROUP BY edit, data_table, unit ORDER BY edit, unit",
            part,
        ):
            touched.setdefault(row[0], []).append((row[1], row[2], row[3]))
        for row in source.rows(
            f"SELECT reverses, kind, max(id) FROM edit WHERE reverses IN ({marks}) GROUP BY reverses", part
        ):
            if row[1] == EditKind.UNDO.value:
                undone.add(row[0])
    return tuple(_entry(record, touched.get(record.number, []), record.number in undone) for record in records)


def _entry(record: EditRecord, touched: list[tuple[str, str | None, int]], is_undone: bool) -> HistoryEntry:
    areas = {area_of(table) for table, _unit, _count in touched}
    return HistoryEntry(
        record=record,
        areas=tuple(area for area in Area if area in areas),
        units=tuple(dict.fromkeys(unit for _table, unit, _count in touched if unit)),
        rows=sum(count for _table, _unit, count in touched),
        is_undone=is_undone,
    )
