"""What an edit touched: every row before and after, noted by triggers that live as long as the connection.

The triggers are made from the schema, one set for every data table, so that a new table is noted without a word here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Value = str | int | None
"""What a cell of a STRICT table of ours holds."""

Key = tuple[str | int, ...]
"""A row's primary key, in the order of its columns."""

RowValues = Mapping[str, Value]
"""A row by column, in the order of the table; generated columns are left out."""

ChangeSet = Mapping[str, frozenset[Key]]
"""Table -> keys of the rows that were added, changed or removed; of a renamed row, the old key and the new one."""

NO_CHANGES: ChangeSet = {}

NOT_DATA = ("edit", "change", "_sqlite_migrations")
"""Tables that tell about the data; everything else is data."""


@dataclass(frozen=True)
class Touched:
    """A row as it was when the edit began and as it is at its end; None where it does not exist."""

    table: str
    key: Key
    before: RowValues | None
    after: RowValues | None


def data_tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT name FROM main.sqlite_master"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    )
    return tuple(row[0] for row in found if row[0] not in NOT_DATA)


def key_columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    columns = connection.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")
    return tuple(row[0] for row in columns)


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Without generated columns."""
    return tuple(row[0] for row in connection.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid"))


def note_changes(connection: sqlite3.Connection) -> None:
    """Makes the triggers; once for a connection, before its first edit."""
    connection.execute(
        "CREATE TEMP TABLE touched (data_table TEXT NOT NULL, row_key TEXT NOT NULL, before TEXT, after TEXT) STRICT"
    )
    for table in data_tables(connection):
        _note_table(connection, table)


def forget_changes(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM temp.touched")


def noted_changes(connection: sqlite3.Connection) -> tuple[Touched, ...]:
    """The net change of every row, in the order of first touch; rows that are as they were are left out."""
    first: dict[tuple[str, str], str | None] = {}
    last: dict[tuple[str, str], str | None] = {}
    for row in connection.execute("SELECT data_table, row_key, before, after FROM temp.touched ORDER BY rowid"):
        place = (row[0], row[1])
        first.setdefault(place, row[2])
        last[place] = row[3]
    pairs = ((place, row_values(before), row_values(last[place])) for place, before in first.items())
    return tuple(
        Touched(table, tuple(json.loads(key)), before, after)
        for (table, key), before, after in pairs
        if before != after
    )


def change_set(touched: Iterable[Touched]) -> ChangeSet:
    keys: dict[str, set[Key]] = {}
    for row in touched:
        keys.setdefault(row.table, set()).add(row.key)
    return {table: frozenset(found) for table, found in keys.items()}


def row_values(text: str | None) -> RowValues | None:
    """A row from its JSON text."""
    if text is None:
        return None
    values: dict[str, Value] = json.loads(text)
    return values


def _note_table(connection: sqlite3.Connection, table: str) -> None:
    keys = key_columns(connection, table)
    columns = columns_of(connection, table)

    def note(row: str, *, is_after: bool) -> str:
        key = ", ".join(f'{row}."{column}"' for column in keys)
        values = ", ".join(f"'{column}', {row}.\"{column}\"" for column in columns)
        sides = f"NULL, json_object({values})" if is_after else f"json_object({values}), NULL"
        return f"INSERT INTO touched VALUES ('{table}', json_array({key}), {sides});"

    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    for event, condition, notes in (
        ("INSERT", "", note("NEW", is_after=True)),
        ("UPDATE", f"WHEN {differs}", note("OLD", is_after=False) + note("NEW", is_after=True)),
        ("DELETE", "", note("OLD", is_after=False)),
    ):
        connection.execute(
            f'CREATE TEMP TRIGGER "note_{event.lower()}_{table}" AFTER {event} ON main."{table}" {condition} '
            f"BEGIN {notes} END"
        )
