"""The history of a workbook: every edit with its rows before and after, bound together by digests.

``edit.digest`` chains an edit to the one before: it covers the digest before it, the edit's own fields and its rows.
``edit.state`` stands for all data after the edit: the sum, modulo 2^256, of the SHA-256 of every row. A sum does not
depend on order, so an edit changes it by its own rows alone, and any reader can compute it anew from the tables.
Both find damage and clumsy tampering; that a year is as it was printed is proved by its seal.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from assessor.workbook.changes import Key, RowValues, Touched, Value, row_values
from assessor.workbook.reading import Reading

_MODULUS = 1 << 256
_NO_DIGEST = ""
_PAST_ALL = (1 << 63) - 1


class EditKind(Enum):
    START = "start"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    SEAL = "seal"
    UNSEAL = "unseal"
    RESTORE = "restore"
    UPGRADE = "upgrade"
    SALVAGE = "salvage"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    EditKind.START: "新建",
    EditKind.EDIT: "修改",
    EditKind.UNDO: "撤销",
    EditKind.REDO: "重做",
    EditKind.SEAL: "定稿",
    EditKind.UNSEAL: "解除定稿",
    EditKind.RESTORE: "恢复备份",
    EditKind.UPGRADE: "升级格式",
    EditKind.SALVAGE: "抢救数据",
}


@dataclass(frozen=True)
class EditRecord:
    number: int
    kind: EditKind
    label: str
    at: datetime
    operator: str
    reverses: int | None
    """Of an undo or a redo: the number of the edit that it takes back or puts back."""
    state: str
    digest: str


@dataclass(frozen=True)
class RowChange:
    edit: int
    table: str
    key: Key
    year: int | None
    unit: str | None
    before: RowValues | None
    after: RowValues | None


@dataclass(frozen=True)
class HistoryFilter:
    """What the history is asked for; what is None or empty does not narrow it."""

    tables: frozenset[str] = frozenset()
    year: int | None = None
    unit: str | None = None
    operator: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    text: str = ""
    """In the label."""
    values: str = ""
    """In a row before or after, as it lies in the file."""


@dataclass(frozen=True)
class Head:
    """Where the chain stands: the last edit's number, state and digest; of an empty workbook 0, no rows, no digest."""

    number: int = 0
    state: int = 0
    digest: str = _NO_DIGEST


def read_head(connection: sqlite3.Connection) -> Head:
    row = connection.execute("SELECT id, state, digest FROM edit ORDER BY id DESC LIMIT 1").fetchone()
    return Head() if row is None else Head(row[0], int(row[1], 16), row[2])


def write_edit(connection: sqlite3.Connection, head: Head, entry: EditRecord, touched: Sequence[Touched]) -> EditRecord:
    """Adds an edit and its rows to the history; ``entry``'s state and digest are computed here."""
    state = head.state
    for row in touched:
        state += _row_number(row.table, row.after) - _row_number(row.table, row.before)
    return append_edit(connection, head.digest, entry, state % _MODULUS, touched)


def append_edit(
    connection: sqlite3.Connection, previous: str, entry: EditRecord, state: int, touched: Sequence[Touched]
) -> EditRecord:
    """As ``write_edit``, where the state is known: after an upgrade or a rescue it is computed from the tables."""
    lines = [_change_line(place, row) for place, row in enumerate(touched)]
    fields = [entry.number, entry.kind.value, entry.label, entry.at.isoformat(), entry.operator, entry.reverses]
    state_text = f"{state:064x}"
    digest = chain_digest(previous, [*fields, state_text], lines)
    connection.execute("INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*fields, state_text, digest))
    connection.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [(entry.number, *line) for line in lines]
    )
    return EditRecord(
        entry.number, entry.kind, entry.label, entry.at, entry.operator, entry.reverses, state_text, digest
    )


def chain_digest(previous: str, fields: Sequence[Value], lines: Iterable[Sequence[Value]]) -> str:
    """Of an edit: ``fields`` are its columns up to the state, ``lines`` its rows as they are stored."""
    digest = hashlib.sha256(_encoded([previous, *fields]))
    for line in lines:
        digest.update(b"\n")
        digest.update(_encoded(list(line)))
    return digest.hexdigest()


def row_number(table: str, values: Sequence[Value]) -> int:
    """What a row adds to the state."""
    return int.from_bytes(hashlib.sha256(table.encode() + b"\0" + _encoded(list(values))).digest(), "big")


def sum_of_rows(rows: Iterable[tuple[str, Sequence[Value]]]) -> int:
    """The state that these rows (table, values) make."""
    return sum(row_number(table, values) for table, values in rows) % _MODULUS


def list_edits(
    source: Reading, wanted: HistoryFilter | None = None, *, limit: int | None = None, before: int | None = None
) -> tuple[EditRecord, ...]:
    """Newest first; only those with a number under ``before``, at most ``limit``."""
    conditions, parameters = _conditions(wanted or HistoryFilter())
    if before is not None:
        conditions.append("edit.id < ?")
        parameters.append(before)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    parameters.append(-1 if limit is None else limit)
    return tuple(map(_record, source.rows(f"SELECT * FROM edit{where} ORDER BY id DESC LIMIT ?", parameters)))


def list_edits_of(
    source: Reading, operator: str, kinds: Sequence[EditKind], *, limit: int, before: int | None = None
) -> tuple[EditRecord, ...]:
    """Newest first: the operator's edits and, whoever made them, those of ``kinds``."""
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT * FROM edit WHERE id < ? AND (operator = ? OR kind IN ({marks})) ORDER BY id DESC LIMIT ?"
    newest = before if before is not None else _PAST_ALL
    return tuple(map(_record, source.rows(sql, (newest, operator, *(kind.value for kind in kinds), limit))))


def load_edit(source: Reading, number: int) -> EditRecord | None:
    rows = source.rows("SELECT * FROM edit WHERE id = ?", (number,))
    return _record(rows[0]) if rows else None


def last_edit(source: Reading) -> EditRecord | None:
    rows = source.rows("SELECT * FROM edit ORDER BY id DESC LIMIT 1")
    return _record(rows[0]) if rows else None


def load_changes(source: Reading, number: int) -> tuple[RowChange, ...]:
    """The rows of one edit, in the order in which it touched them."""
    return tuple(map(_change, source.rows("SELECT * FROM change WHERE edit = ? ORDER BY position", (number,))))


def row_history(source: Reading, table: str, key: Key) -> tuple[tuple[EditRecord, RowChange], ...]:
    """Everything that ever happened to one row, newest first."""
    changes = source.rows(
        "SELECT * FROM change WHERE data_table = ? AND row_key = ? ORDER BY edit DESC", (table, key_text(key))
    )
    found = ((load_edit(source, row["edit"]), _change(row)) for row in changes)
    return tuple((record, change) for record, change in found if record is not None)


def key_text(key: Key) -> str:
    """A key as it is stored and compared."""
    return json.dumps(list(key), ensure_ascii=False, separators=(",", ":"))


def stored_changes(connection: sqlite3.Connection, number: int) -> Iterator[tuple[Value, ...]]:
    """The rows of one edit exactly as they are stored, without the edit's number."""
    for row in connection.execute("SELECT * FROM change WHERE edit = ? ORDER BY position", (number,)):
        yield tuple(row)[1:]


def _change_line(position: int, row: Touched) -> tuple[Value, ...]:
    values = row.after or row.before or {}
    year, unit = values.get("year"), values.get("code" if row.table == "unit" else "unit")
    return (
        position,
        row.table,
        key_text(row.key),
        year if isinstance(year, int) else None,
        unit if isinstance(unit, str) else None,
        _json(row.before),
        _json(row.after),
    )


def _json(values: RowValues | None) -> str | None:
    return None if values is None else _ENCODE(values)


def _row_number(table: str, values: Mapping[str, Value] | None) -> int:
    return 0 if values is None else row_number(table, list(values.values()))


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _encoded(values: list[Value]) -> bytes:
    return _ENCODE(values).encode()


def _conditions(wanted: HistoryFilter) -> tuple[list[str], list[Value]]:
    conditions: list[str] = []
    parameters: list[Value] = []

    def add(condition: str, *values: Value) -> None:
        conditions.append(condition)
        parameters.extend(values)

    if wanted.operator:
        add("edit.operator = ?", wanted.operator)
    if wanted.first_day is not None:
        add("substr(edit.at, 1, 10) >= ?", wanted.first_day.isoformat())
    if wanted.last_day is not None:
        add("substr(edit.at, 1, 10) <= ?", wanted.last_day.isoformat())
    if wanted.text:
        add("instr(edit.label, ?) > 0", wanted.text)
    rows: list[str] = []
    among: list[Value] = []
    if wanted.tables:
        rows.append(f"change.data_table IN ({', '.join('?' * len(wanted.tables))})")
        among.extend(sorted(wanted.tables))
    for column, value in (("year", wanted.year), ("unit", wanted.unit)):
        if value is not None:
            rows.append(f"change.{column} = ?")
            among.append(value)
    if wanted.values:
        rows.append("(instr(change.before, ?) > 0 OR instr(change.after, ?) > 0)")
        among.extend((wanted.values, wanted.values))
    if rows:
        add(f"EXISTS (SELECT 1 FROM change WHERE change.edit = edit.id AND {' AND '.join(rows)})", *among)
    return conditions, parameters


def _record(row: sqlite3.Row) -> EditRecord:
    return EditRecord(
        number=row["id"],
        kind=EditKind(row["kind"]),
        label=row["label"],
        at=datetime.fromisoformat(row["at"]),
        operator=row["operator"],
        reverses=row["reverses"],
        state=row["state"],
        digest=row["digest"],
    )


def _change(row: sqlite3.Row) -> RowChange:
    return RowChange(
        edit=row["edit"],
        table=row["data_table"],
        key=tuple(json.loads(row["row_key"])),
        year=row["year"],
        unit=row["unit"],
        before=row_values(row["before"]),
        after=row_values(row["after"]),
    )
