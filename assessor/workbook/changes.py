"""What an edit touched: table by table the keys of the rows, noted by triggers that live as long as the connection.

The triggers are made from the schema, one set for every data table, so that a new table is noted without a word here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

Key = tuple[str | int, ...]
"""A row's primary key, in the order of its columns."""

ChangeSet = Mapping[str, frozenset[Key]]
"""Table -> keys of the rows that were added, changed or removed; of a renamed row, the old key and the new one."""

NO_CHANGES: ChangeSet = {}

_NOT_DATA = ("edit", "_sqlite_migrations")


def data_tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT name FROM main.sqlite_master"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    )
    return tuple(name for (name,) in found if name not in _NOT_DATA)


def key_columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    columns = connection.execute(f"SELECT name, pk FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")
    return tuple(name for name, _ in columns)


def note_changes(connection: sqlite3.Connection) -> None:
    """Makes the triggers; once for a connection, before its first edit."""
    connection.execute("CREATE TEMP TABLE touched (data_table TEXT NOT NULL, row_key TEXT NOT NULL) STRICT")
    for table in data_tables(connection):
        _note_table(connection, table)


def forget_changes(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM temp.touched")


def noted_changes(connection: sqlite3.Connection) -> ChangeSet:
    changes: dict[str, set[Key]] = {}
    for table, key in connection.execute("SELECT DISTINCT data_table, row_key FROM temp.touched"):
        changes.setdefault(table, set()).add(tuple(json.loads(key)))
    return {table: frozenset(keys) for table, keys in changes.items()}


def _note_table(connection: sqlite3.Connection, table: str) -> None:
    keys = key_columns(connection, table)
    columns = [row[0] for row in connection.execute(f"SELECT name FROM pragma_table_info('{table}')")]

    def note(row: str) -> str:
        key = ", ".join(f'{row}."{column}"' for column in keys)
        return f"INSERT INTO touched VALUES ('{table}', json_array({key}));"

    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    for event, condition, notes in (
        ("INSERT", "", note("NEW")),
        ("UPDATE", f"WHEN {differs}", note("OLD") + note("NEW")),
        ("DELETE", "", note("OLD")),
    ):
        connection.execute(
            f'CREATE TEMP TRIGGER "note_{event.lower()}_{table}" AFTER {event} ON main."{table}" {condition} '
            f"BEGIN {notes} END"
        )
