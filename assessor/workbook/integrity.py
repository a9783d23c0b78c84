"""Whether a workbook's data are what its edits made of them.

The quick look at every opening: pages and indexes, references, nothing in the file that this program did not make, the
sum of all rows equal to the one that the last edit left, and the chain of digests through the history unbroken (some
0.1 s for four years of 41 units). The full one names all that is wrong, and compares every row with the history's
last word on it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from assessor.workbook.changes import Value, columns_of, data_tables, key_columns, row_values
from assessor.workbook.format import SCHEMA_DIGESTS
from assessor.workbook.history import (
    chain_digest,
    key_text,
    read_head,
    stored_changes,
    sum_of_rows,
)
from assessor.workbook.row_titles import column_title, table_title

_WORST_FIRST = 20
"""Findings of one kind that are named one by one."""


class FindingKind(Enum):
    STRUCTURE = "structure"
    SCHEMA = "schema"
    REFERENCE = "reference"
    STATE = "state"
    HISTORY = "history"
    SEAL = "seal"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_ALTERED = "evidence_altered"
    EVIDENCE_ORPHANED = "evidence_orphaned"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    FindingKind.STRUCTURE: "文件结构",
    FindingKind.SCHEMA: "数据表定义",
    FindingKind.REFERENCE: "数据对应关系",
    FindingKind.STATE: "数据内容",
    FindingKind.HISTORY: "修改历史",
    FindingKind.SEAL: "定稿",
    FindingKind.EVIDENCE_MISSING: "佐证缺失",
    FindingKind.EVIDENCE_ALTERED: "佐证被改动",
    FindingKind.EVIDENCE_ORPHANED: "多余的佐证文件",
}


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a workbook."""

    kind: FindingKind
    what: str
    place: str = ""
    """Where: a table and row, an edit, a unit, a file."""
    remedy: str = ""


@dataclass(frozen=True)
class Difference:
    """A row that is not what the history says of it."""

    table: str
    key: str
    """JSON array."""
    stored: dict[str, Value] | None
    """As it lies in its table; None: it does not."""
    recorded: dict[str, Value] | None
    """As the history leaves it; None: there is none."""


def quick_findings(connection: sqlite3.Connection) -> tuple[Finding, ...]:
    """Empty where all is well. Raises sqlite3.DatabaseError where the file cannot even be read so far."""
    found = tuple(_structure(connection, limit=1))
    if found:
        return found  # whatever else would be said of broken pages is noise
    found = tuple(_references(connection))
    if _is_released(connection):
        found += tuple(_schema(connection))
        found += () if found else (*_state(connection), *_chain(connection))
    return found


def full_findings(connection: sqlite3.Connection) -> tuple[Finding, ...]:
    """As ``quick_findings``, with everything that is wrong named, row by row and edit by edit."""
    found = tuple(_structure(connection, limit=_WORST_FIRST))
    if found:
        return found
    found = tuple(_references(connection))
    if _is_released(connection):
        found += tuple(_schema(connection))
    if not _is_released(connection) or any(finding.kind is FindingKind.SCHEMA for finding in found):
        return found
    chain = tuple(_chain(connection))
    rows = tuple(_rows_apart(connection))
    state = () if rows else tuple(_state(connection))
    return (*found, *chain, *rows, *state)


def state_of_tables(connection: sqlite3.Connection) -> int:
    """The state (see ``history``) computed from the tables themselves."""
    return sum_of_rows(_all_rows(connection))


def schema_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 of every definition in the file that a migration made; it depends on the format alone."""
    digest = hashlib.sha256()
    for definition in definitions(connection):
        digest.update(json.dumps(definition, ensure_ascii=False).encode())
    return digest.hexdigest()


def definitions(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Type, name and SQL of everything that is defined in the file."""
    # sqlite_utils makes its own table in words of its own, which may change with its version.
    found = connection.execute(
        "SELECT type, name, sql FROM main.sqlite_master"
        " WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> '_sqlite_migrations' ORDER BY type, name"
    )
    return [(row[0], row[1], row[2] or "") for row in found]


def differences(connection: sqlite3.Connection) -> Iterator[Difference]:
    """Every row of a data table that the history tells otherwise."""
    recorded = _recorded_rows(connection)
    for table in data_tables(connection):
        columns, keys = columns_of(connection, table), key_columns(connection, table)
        for row in connection.execute(_select(table, columns)):
            values = dict(zip(columns, tuple(row), strict=True))
            key = key_text(tuple(value for column in keys if (value := values[column]) is not None))
            known = recorded.pop((table, key), None)
            if known != values:
                yield Difference(table, key, values, known)
    for (table, key), known in recorded.items():
        if known is not None:
            yield Difference(table, key, None, known)


def _structure(connection: sqlite3.Connection, *, limit: int) -> Iterator[Finding]:
    for row in connection.execute(f"PRAGMA integrity_check({limit})"):
        if row[0] != "ok":
            yield Finding(FindingKind.STRUCTURE, "内部检查未通过", str(row[0])[:200], _USE_A_BACKUP)


def _references(connection: sqlite3.Connection) -> Iterator[Finding]:
    for place, row in enumerate(connection.execute("PRAGMA foreign_key_check")):
        if place == _WORST_FIRST:
            return
        yield Finding(
            FindingKind.REFERENCE, f"数据对应关系检查未通过（引用的 {row[2]} 不存在）", str(row[0]), _USE_A_BACKUP
        )


def _schema(connection: sqlite3.Connection) -> Iterator[Finding]:
    if schema_digest(connection) == SCHEMA_DIGESTS.get(_version(connection)):
        return
    from assessor.workbook.schema import expected_definitions

    expected, present = set(expected_definitions()), set(definitions(connection))
    kinds = {"trigger": "触发器", "view": "视图", "table": "数据表", "index": "索引"}
    for kind, name, _sql in sorted(present - expected):
        yield Finding(
            FindingKind.SCHEMA, f"有不属于本程序的{kinds.get(kind, kind)}，或它的定义被改过", name, _USE_A_BACKUP
        )
    for kind, name, _sql in sorted(expected - present):
        if not any(item[1] == name for item in present):
            yield Finding(FindingKind.SCHEMA, f"缺少{kinds.get(kind, kind)}", name, _USE_A_BACKUP)


def _state(connection: sqlite3.Connection) -> Iterator[Finding]:
    if state_of_tables(connection) != read_head(connection).state:
        yield Finding(FindingKind.STATE, "数据内容与最后一次修改留下的不一致", "", _USE_A_BACKUP)


def _chain(connection: sqlite3.Connection) -> Iterator[Finding]:
    previous, expected = "", 1
    for row in connection.execute("SELECT * FROM edit ORDER BY id").fetchall():
        place = f"第 {row['id']} 次修改（{row['at']} {row['operator']} {row['label']}）"
        if row["id"] != expected:
            yield Finding(FindingKind.HISTORY, f"缺少第 {expected} 到 {row['id'] - 1} 次修改", place, _KEEP)
        fields = [row[name] for name in ("id", "kind", "label", "at", "operator", "reverses", "state")]
        if chain_digest(previous, fields, stored_changes(connection, row["id"])) != row["digest"]:
            yield Finding(FindingKind.HISTORY, "修改记录被改动，或损坏", place, _KEEP)
        previous, expected = row["digest"], row["id"] + 1


def _rows_apart(connection: sqlite3.Connection) -> Iterator[Finding]:
    for place, item in enumerate(differences(connection)):
        if place == _WORST_FIRST:
            yield Finding(FindingKind.STATE, "还有更多行与修改历史不一致", "", _USE_A_BACKUP)
            return
        yield Finding(
            FindingKind.STATE, describe_difference(item), f"{table_title(item.table)} {item.key}", _USE_A_BACKUP
        )


def describe_difference(item: Difference) -> str:
    """In words: which columns differ from the history, and how."""
    if item.stored is None:
        return "修改历史中有这一行，数据表中没有"
    if item.recorded is None:
        return "数据表中有这一行，修改历史中没有"
    recorded = item.recorded
    parts = [
        f"{column_title(item.table, column)} 现为“{value}”，应为“{recorded.get(column)}”"
        for column, value in item.stored.items()
        if value != recorded.get(column)
    ]
    return "；".join(parts)


def _recorded_rows(connection: sqlite3.Connection) -> dict[tuple[str, str], dict[str, Value] | None]:
    rows: dict[tuple[str, str], dict[str, Value] | None] = {}
    for row in connection.execute("SELECT data_table, row_key, after FROM change ORDER BY edit, position"):
        values = row_values(row[2])
        rows[(row[0], row[1])] = None if values is None else dict(values)
    return rows


def _all_rows(connection: sqlite3.Connection) -> Iterable[tuple[str, tuple[Value, ...]]]:
    for table in data_tables(connection):
        for row in connection.execute(_select(table, columns_of(connection, table))):
            yield table, tuple(row)


def _select(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'SELECT {names} FROM main."{table}"'


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_released(connection: sqlite3.Connection) -> bool:
    """Formats before the first release kept no history."""
    return _version(connection) in SCHEMA_DIGESTS


_USE_A_BACKUP = "请保留此文件，改用最近的备份打开"
_KEEP = "请保留此文件，并与备份核对"
