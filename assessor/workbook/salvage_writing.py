"""Writes salvaged rows into a new workbook: what fits its rules and references, under the history as far as it is sure,
closed by one edit that says how the rows came about."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from assessor.domain.year import Stage
from assessor.workbook.changes import RowValues, Touched
from assessor.workbook.connection import connect_new, settle_journal
from assessor.workbook.failures import translated
from assessor.workbook.history import EditKind, EditRecord, append_edit, sum_of_rows
from assessor.workbook.salvage_merging import Doubt, Fate, History, Place, Rows
from assessor.workbook.salvage_reading import Shape

LABEL = "抢救损坏的工作簿"
_SEALS = "seal"
"""Goes in last: its guards let nothing into a sealed year."""


def write_salvaged(
    path: Path,
    rows: Rows,
    history: History,
    shapes: Mapping[str, Shape],
    at: datetime,
    operator: str,
    password: str | None,
) -> tuple[Rows, list[Doubt]]:
    """Into a new file at ``path``; the rows that went in, and those that did not."""
    from assessor.workbook.schema import migrate

    with translated(path), closing(connect_new(path, password=password)) as connection:
        migrate(connection, at.isoformat(timespec="seconds"))
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        written, refused = _put_rows(connection, {p: row for p, row in rows.items() if p[0] != _SEALS})
        refused += _prune(connection, written, shapes)
        seals, broken = _put_rows(connection, _seals_of_years(rows, written))
        written |= seals
        refused += broken
        refused += _reopen(connection, written)
        _put_history(connection, history)
        _put_edit(connection, history, written, shapes, at, operator)
        connection.execute("COMMIT")
        settle_journal(connection, path)
    return written, refused


def _put_rows(connection: sqlite3.Connection, rows: Rows) -> tuple[dict[Place, RowValues], list[Doubt]]:
    written: dict[Place, RowValues] = {}
    refused: list[Doubt] = []
    for place, row in rows.items():
        names = ", ".join(f'"{column}"' for column in row)
        marks = ", ".join("?" * len(row))
        try:
            connection.execute(f'INSERT INTO "{place[0]}" ({names}) VALUES ({marks})', tuple(row.values()))
        except sqlite3.IntegrityError:
            refused.append(Doubt(Fate.REFUSED, place, row=row))
        else:
            written[place] = row
    return written, refused


def _seals_of_years(rows: Rows, written: Rows) -> Rows:
    return {
        place: rows[place]
        for place in sorted(rows, key=repr)
        if place[0] == _SEALS and ("year", place[1][:1]) in written
    }


def _reopen(connection: sqlite3.Connection, written: dict[Place, RowValues]) -> list[Doubt]:
    """A year whose seal is lost is sealed no longer: nobody could verify it, or open it again."""
    sealed = {place[1][0] for place, row in written.items() if place[0] == _SEALS and row["unsealed_at"] is None}
    reopened: list[Doubt] = []
    for place, row in list(written.items()):
        if place[0] == "year" and row["stage"] == Stage.SEAL.value and place[1][0] not in sealed:
            connection.execute("UPDATE year SET stage = ? WHERE year = ?", (Stage.REVIEW.value, place[1][0]))
            written[place] = {**row, "stage": Stage.REVIEW.value}
            reopened.append(Doubt(Fate.UNSEALED, place, row=row))
    return reopened


def _prune(connection: sqlite3.Connection, written: dict[Place, RowValues], shapes: Mapping[str, Shape]) -> list[Doubt]:
    """Takes out what refers to something that is not there, until nothing does."""
    pruned: list[Doubt] = []
    while lonely := [place for table in shapes for place in _lonely(connection, shapes[table])]:
        for place in dict.fromkeys(lonely):
            condition = " AND ".join(f'"{column}" = ?' for column in shapes[place[0]].keys)
            connection.execute(f'DELETE FROM "{place[0]}" WHERE {condition}', place[1])
            pruned.append(Doubt(Fate.REFERENCE, place, row=written.pop(place, None)))
    return pruned


def _lonely(connection: sqlite3.Connection, shape: Shape) -> list[Place]:
    references: dict[int, list[tuple[str, str, str]]] = {}
    for number, _, parent, own, other, *_ in connection.execute(f"PRAGMA foreign_key_list('{shape.table}')"):
        references.setdefault(number, []).append((parent, own, other))
    keys = ", ".join(f'child."{column}"' for column in shape.keys)
    found: list[Place] = []
    for columns in references.values():
        given = " AND ".join(f'child."{own}" IS NOT NULL' for _, own, _ in columns)
        same = " AND ".join(f'parent."{other}" = child."{own}"' for _, own, other in columns)
        sql = (
            f'SELECT {keys} FROM "{shape.table}" AS child WHERE {given}'
            f' AND NOT EXISTS (SELECT 1 FROM "{columns[0][0]}" AS parent WHERE {same})'
        )
        found += [(shape.table, tuple(row)) for row in connection.execute(sql)]
    return found


def _put_history(connection: sqlite3.Connection, history: History) -> None:
    for number in range(1, history.unbroken + 1):
        connection.execute("INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", history.edits[number])
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, *line) for line in history.changes.get(number, ())],
        )


def _put_edit(
    connection: sqlite3.Connection,
    history: History,
    written: Rows,
    shapes: Mapping[str, Shape],
    at: datetime,
    operator: str,
) -> None:
    kept = history.unbroken
    before = history.replayed(kept)
    touched = [
        Touched(place[0], place[1], before.get(place), written.get(place))
        for place in sorted(before.keys() | written.keys(), key=repr)
        if before.get(place) != written.get(place)
    ]
    state = sum_of_rows(
        (place[0], [row[column] for column in shapes[place[0]].columns]) for place, row in written.items()
    )
    entry = EditRecord(kept + 1, EditKind.SALVAGE, LABEL, at, operator, None, "", "")
    previous = str(history.edits[kept][-1]) if kept else ""
    append_edit(connection, previous, entry, state, touched)
