"""Reads what can be read of a damaged file, row by row around the damage; the file is a copy that nobody else has.

A table is read from its beginning and from its end; rows between two broken pages are asked for one by one, by the
numbers that the table's indexes still know and by the keys that the history names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.workbook.changes import Key, RowValues, Value

_MOST_TRIES = 50_000
"""Row numbers that are tried one by one within a gap."""


@dataclass(frozen=True)
class Shape:
    """A table as the present format defines it."""

    table: str
    columns: tuple[str, ...]
    """Without generated ones."""
    keys: tuple[str, ...]
    indexes: tuple[str, ...]
    has_row_numbers: bool


@dataclass
class Found:
    """What was read of one table."""

    rows: dict[Key, RowValues] = field(default_factory=dict)
    is_whole: bool = True
    lost: set[Key] = field(default_factory=set)
    """Keys that an index still knows, without their row."""
    ends_known: bool = True
    """Whether the last row could be read; if not, there may have been more."""


def shapes(connection: sqlite3.Connection) -> Mapping[str, Shape]:
    """Of every table in a sound workbook."""
    tables = connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite~_%'"
        " ESCAPE '~' AND name <> '_sqlite_migrations' ORDER BY name"
    ).fetchall()
    return {name: _shape(connection, name, not without) for name, without in tables}


def read_table(connection: sqlite3.Connection, shape: Shape, known: Iterable[Key] = ()) -> Found:
    """``known``: keys that there may be beside those that can be found here."""
    found = Found()
    collect = _Collector(connection, shape, found)
    if collect.run(_select(shape, "ASC")):
        return found
    found.is_whole = False
    found.ends_known = collect.first_of(_select(shape, "DESC"))
    collect.run(_select(shape, "DESC"))
    if shape.has_row_numbers:
        collect.by_row_numbers()
    collect.by_keys(known)
    found.lost -= found.rows.keys()
    return found


def text_of(data: bytes) -> str:
    """For ``text_factory``: broken text must not end the reading; such rows are recognised by ``is_clean``."""
    return data.decode("utf-8", "surrogateescape")


def is_clean(values: Iterable[object]) -> bool:
    """Whether a row holds only what a workbook holds: texts, whole numbers, nothing."""
    for value in values:
        if isinstance(value, str):
            if any("\udc80" <= sign <= "\udcff" for sign in value):
                return False
        elif value is not None and not isinstance(value, int):
            return False
    return True


class _Collector:
    def __init__(self, connection: sqlite3.Connection, shape: Shape, found: Found) -> None:
        self._connection = connection
        self._shape = shape
        self._found = found
        self._numbers: set[int] = set()

    def run(self, sql: str, parameters: Sequence[Value] = ()) -> bool:
        """Takes rows until there are no more (True) or one cannot be read."""
        try:
            for row in self._connection.execute(sql, parameters):
                self._take(row)
        except (sqlite3.Error, OverflowError):
            return False
        return True

    def first_of(self, sql: str) -> bool:
        try:
            self._connection.execute(sql).fetchone()
        except (sqlite3.Error, OverflowError):
            return False
        return True

    def by_row_numbers(self) -> None:
        """Those that the indexes know, and those between the first and the last that was read."""
        numbers: dict[int, Key | None] = {}
        if self._numbers:
            low, high = min(self._numbers), max(self._numbers)
            numbers.update(dict.fromkeys(range(low, min(high, low + _MOST_TRIES))))
        for index in self._shape.indexes:
            numbers.update(self._numbers_in(index))
        sql = f"{_head(self._shape)} WHERE rowid = ?"
        for number in sorted(numbers.keys() - self._numbers):
            self.run(sql, (number,))
            key = numbers[number]
            if key is not None and number not in self._numbers:
                self._found.lost.add(key)

    def by_keys(self, known: Iterable[Key]) -> None:
        condition = " AND ".join(f'"{column}" = ?' for column in self._shape.keys)
        sql = f"{_head(self._shape)} WHERE {condition}"
        for key in known:
            if key not in self._found.rows and not self.run(sql, key):
                self._found.lost.add(key)

    def _numbers_in(self, index: str) -> dict[int, Key | None]:
        """Row numbers that an index knows, with the keys where it has them all. Only the index is read."""
        try:
            columns = [str(row[2]) for row in self._connection.execute(f"PRAGMA index_info('{index}')")]
        except sqlite3.Error:
            return {}
        wanted = self._shape.keys if set(self._shape.keys) <= set(columns) else ()
        chosen = ", ".join(["rowid", *(f'"{column}"' for column in wanted)])
        numbers: dict[int, Key | None] = {}
        for direction in ("ASC", "DESC"):
            order = ", ".join(f'"{column}" {direction}' for column in columns)
            sql = f'SELECT {chosen} FROM "{self._shape.table}" INDEXED BY "{index}" ORDER BY {order}'
            try:
                for number, *key in self._connection.execute(sql):
                    numbers.setdefault(number, tuple(key) if key and is_clean(key) else None)
            except sqlite3.Error:
                continue
            break
        return numbers

    def _take(self, row: Sequence[Value]) -> None:
        number, *rest = row if self._shape.has_row_numbers else (None, *row)
        values = dict(zip(self._shape.columns, rest, strict=True))
        key = tuple(values[column] for column in self._shape.keys)
        if isinstance(number, int):
            self._numbers.add(number)
        if not is_clean(rest) or None in key:
            self._found.is_whole = False
            return
        self._found.rows.setdefault(key, values)  # type: ignore[arg-type]


def _shape(connection: sqlite3.Connection, table: str, has_row_numbers: bool) -> Shape:
    columns = connection.execute(f"SELECT name, pk FROM pragma_table_info('{table}') ORDER BY cid").fetchall()
    keys = sorted((pk, name) for name, pk in columns if pk)
    indexes = connection.execute(f"SELECT name FROM pragma_index_list('{table}') ORDER BY origin DESC, name").fetchall()
    return Shape(
        table=table,
        columns=tuple(row[0] for row in columns),
        keys=tuple(name for _, name in keys),
        indexes=tuple(row[0] for row in indexes),
        has_row_numbers=has_row_numbers,
    )


def _head(shape: Shape) -> str:
    number = "rowid, " if shape.has_row_numbers else ""
    columns = ", ".join(f'"{column}"' for column in shape.columns)
    return f'SELECT {number}{columns} FROM "{shape.table}"'


def _select(shape: Shape, direction: str) -> str:
    if shape.has_row_numbers:
        return f"{_head(shape)} NOT INDEXED ORDER BY rowid {direction}"
    order = ", ".join(f'"{column}" {direction}' for column in shape.keys)
    return f"{_head(shape)} ORDER BY {order}"
