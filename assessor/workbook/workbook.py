"""The workbook as the rest of the program holds it: open, read, and change by named edits only.

``with workbook.edit("录入评分") as edit:`` is one transaction. The connection refuses to write outside of it, triggers
note what it touches (``changes.py``), and it leaves a row in ``edit``: number, label, time, operator. History builds on
this without a change for callers: the triggers of ``changes.py`` write each row before and after as JSON under the
edit's number instead of its key alone; undo is an edit that puts the old rows back; the hash chain and the seal's check
belong in ``Workbook._finish``, just before the commit; a lock on the file belongs in ``Workbook.open``.

A workbook belongs to the thread that opened it: a worker thread opens its own, ``read_only``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from assessor.errors import WorkbookError
from assessor.workbook.changes import NO_CHANGES, ChangeSet, forget_changes, key_columns, note_changes, noted_changes
from assessor.workbook.connection import can_write, connect, connect_new, settle_journal
from assessor.workbook.failures import readable, translated
from assessor.workbook.format import FORMAT_VERSION, check_header
from assessor.workbook.placing import new_file

Value = str | int | None
Clock = Callable[[], datetime]

OPERATOR = "操作员"
PATIENCE = 3.0
"""Seconds to wait for another program's lock."""


class Reading(Protocol):
    """What load functions ask: a workbook, or an edit that has changed it already."""

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[sqlite3.Row]: ...

    def snapshot(self) -> AbstractContextManager[None]: ...


def local_now() -> datetime:
    return datetime.now().astimezone()


def time_text(clock: Clock) -> str:
    return clock().isoformat(timespec="seconds")


class Edit:
    """A running edit, the first argument of every function that writes."""

    def __init__(self, label: str, number: int, connection: sqlite3.Connection, path: Path) -> None:
        self.label = label
        self.number = number
        self.path = path
        self.changes: ChangeSet = NO_CHANGES
        """What was touched; known once the edit has ended well."""
        self._connection: sqlite3.Connection | None = connection

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[sqlite3.Row]:
        return self.execute(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> sqlite3.Cursor:
        with translated(self.path):
            return self._open().execute(sql, parameters)

    def execute_many(self, sql: str, parameters: Sequence[Sequence[Value]]) -> None:
        with translated(self.path):
            self._open().executemany(sql, parameters)

    def snapshot(self) -> AbstractContextManager[None]:
        """An edit sees one state as it is."""
        return nullcontext()

    def key_columns(self, table: str) -> tuple[str, ...]:
        return key_columns(self._open(), table)

    def end(self, changes: ChangeSet) -> None:
        self.changes = changes
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("the edit is over")
        if not self._connection.in_transaction:
            raise RuntimeError("a failure has taken the edit back")
        return self._connection


class Workbook:
    """An open workbook file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool, clock: Clock, operator: str):
        self.path = path
        self.read_only = read_only
        """Asked for, or because file or folder is read-only."""
        self._connection = connection
        self._clock = clock
        self._operator = operator
        self._edit: Edit | None = None
        self._notes_changes = False

    @classmethod
    def create(cls, path: Path, *, clock: Clock = local_now, operator: str = OPERATOR) -> Workbook:
        """A new, empty workbook. Raises WorkbookError where the file exists or cannot be made."""
        with new_file(path) as temporary:
            make_empty(temporary, clock)
        return cls.open(path, clock=clock, operator=operator)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        clock: Clock = local_now,
        operator: str = OPERATOR,
        patience: float = PATIENCE,
    ) -> Workbook:
        """Raises WorkbookError where the file is no workbook, newer than this program, damaged or unreadable.

        A file or folder that cannot be written opens ``read_only``. An older workbook is upgraded first, unless it is
        opened ``read_only``: then it is refused.
        """
        header = check_header(path)
        writable = can_write(path)
        if header.version < FORMAT_VERSION:
            if read_only or not writable:
                raise WorkbookError(
                    "工作簿由旧版程序建立，须先升级，不能以只读方式打开",
                    place=str(path),
                    remedy="请把工作簿放在可以写入的文件夹，在窗口中打开一次",
                )
            from assessor.workbook.upgrade import upgrade

            upgrade(path.resolve(), header.version, at=time_text(clock), patience=patience)
        connection = connect(path, patience=patience)
        return cls(path, connection, read_only=read_only or not writable, clock=clock, operator=operator)

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """The last to close puts what is in the log into the file and removes the log."""
        self._connection.close()

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Every row of a query; the connection refuses statements that write."""
        with translated(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Queries within see one state, whatever another connection writes meanwhile. Raises WorkbookError also where
        what they read cannot be understood."""
        if self._connection.in_transaction:
            yield
            return
        with translated(self.path), readable(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def edit(self, label: str) -> Iterator[Edit]:
        """One transaction named ``label``. Whatever is raised within takes all of it back; an edit that changes
        nothing leaves no trace. Raises WorkbookError where the workbook is read-only, locked, or the disk is full."""
        if self._edit is not None:
            raise RuntimeError(f"edit {label!r} within edit {self._edit.label!r}")
        if self.read_only:
            raise WorkbookError(
                "工作簿以只读方式打开，不能修改",
                place=str(self.path),
                remedy="请取消文件和文件夹的只读属性后重新打开，或把工作簿复制到别处再打开",
            )
        with translated(self.path), self._writable():
            self._edit = edit = self._begin(label)
            changes = NO_CHANGES
            try:
                yield edit
                changes = self._finish()
            finally:
                self._edit = None
                edit.end(changes)
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _writable(self) -> Iterator[None]:
        self._connection.execute("PRAGMA query_only = OFF")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA query_only = ON")

    def _begin(self, label: str) -> Edit:
        connection = self._connection
        if not self._notes_changes:
            settle_journal(connection, self.path)
            note_changes(connection)
            self._notes_changes = True
        forget_changes(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            row = connection.execute(
                "INSERT INTO edit (label, at, operator) VALUES (?, ?, ?) RETURNING id",
                (label, time_text(self._clock), self._operator),
            ).fetchone()
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        return Edit(label, row["id"], connection, self.path)

    def _finish(self) -> ChangeSet:
        changes = noted_changes(self._connection)
        self._connection.execute("COMMIT" if changes else "ROLLBACK")
        return changes


def make_empty(path: Path, clock: Clock) -> None:
    """Writes a workbook without contents at a name that nobody else knows yet."""
    from assessor.workbook.schema import migrate

    connection = connect_new(path)
    try:
        with translated(path):
            migrate(connection, time_text(clock))
            settle_journal(connection, path)
    finally:
        connection.close()
