"""The workbook as the rest of the program holds it: open, read, and change by named edits only.

``with workbook.edit("录入评分") as edit:`` is one transaction. The connection refuses to write outside of it, triggers
note every row that it touches (``changes.py``), and it leaves its label, time, operator and rows in the history
(``history.py``), on which undo is built (``undo.py``). Who has a workbook open for writing holds its lock;
whoever comes later reads.

A workbook belongs to the thread that opened it: a worker thread opens its own, ``read_only``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType

from assessor.errors import WorkbookError
from assessor.work import Work
from assessor.workbook.backup_names import read_name
from assessor.workbook.changes import (
    NO_CHANGES,
    ChangeSet,
    Value,
    change_set,
    forget_changes,
    key_columns,
    note_changes,
    noted_changes,
)
from assessor.workbook.connection import Check, can_write, connect, connect_new, settle_journal
from assessor.workbook.disks import is_on_network
from assessor.workbook.driver import is_protected
from assessor.workbook.evidence_store import clear_leftovers, store_beside
from assessor.workbook.failures import readable, translated
from assessor.workbook.format import FORMAT_VERSION
from assessor.workbook.history import EditKind, EditRecord, Head, read_head, write_edit
from assessor.workbook.lock import Holder, LockHeldError, WorkbookLock
from assessor.workbook.placing import new_file
from assessor.workbook.protected_header import read_header
from assessor.workbook.reading import Reading
from assessor.workbook.sealed_refusal import sealed_refusals

__all__ = ["Check", "Clock", "Edit", "Reading", "Value", "Workbook", "local_now", "time_text"]

Clock = Callable[[], datetime]

OPERATOR = "未署名"
"""Until a name is set; never the login of the machine."""
PATIENCE = 3.0
"""Seconds to wait for another program's lock."""
_PAGES_A_STEP = 256
_ASKED_FOR = "以只读方式打开"
_PROTECTED = "文件或所在文件夹是只读的"
_BACKUP = "这是备份，只供查看；要用它，请打开原来的工作簿，在“文件 > 备份与恢复”中恢复"


def local_now() -> datetime:
    return datetime.now().astimezone()


def time_text(clock: Clock) -> str:
    return clock().isoformat(timespec="seconds")


class Edit:
    """A running edit, the first argument of every function that writes."""

    def __init__(
        self,
        label: str,
        kind: EditKind,
        reverses: int | None,
        head: Head,
        at: datetime,
        operator: str,
        connection: sqlite3.Connection,
        path: Path,
    ) -> None:
        self.label = label
        self.kind = kind
        self.reverses = reverses
        self.number = head.number + 1
        self.head = head
        """Where the history stood when the edit began."""
        self.at = at
        self.operator = operator
        self.path = path
        self.changes: ChangeSet = NO_CHANGES
        """What was touched; known once the edit has ended well."""
        self._connection: sqlite3.Connection | None = connection

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[sqlite3.Row]:
        return self.execute(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> sqlite3.Cursor:
        connection = self._open()
        with translated(self.path), sealed_refusals(connection, parameters):
            return connection.execute(sql, parameters)

    def execute_many(self, sql: str, parameters: Sequence[Sequence[Value]]) -> None:
        connection = self._open()
        with translated(self.path), sealed_refusals(connection, parameters):
            connection.executemany(sql, parameters)

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

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        read_only_reason: str,
        lock: WorkbookLock | None,
        clock: Clock,
        operator: str,
        password: str | None,
    ) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        """In a short sentence; empty where it can be changed."""
        self.was_unclean = lock is not None and lock.was_left_behind
        """The program that had it open before was killed; the full check has passed since."""
        self.password = password if is_protected(connection) else None
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._operator = operator
        self._edit: Edit | None = None
        self._notes_changes = False

    @classmethod
    def create(
        cls, path: Path, *, clock: Clock = local_now, operator: str = OPERATOR, password: str | None = None
    ) -> Workbook:
        """A new, empty workbook. Raises WorkbookError where the file exists or cannot be made."""
        with new_file(path) as temporary:
            make_empty(temporary, clock, password)
        return cls.open(path, clock=clock, operator=operator, password=password)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        clock: Clock = local_now,
        operator: str = OPERATOR,
        patience: float = PATIENCE,
        password: str | None = None,
        check: Check = Check.QUICK,
    ) -> Workbook:
        """Raises WorkbookError where the file is no workbook, newer than this program or unreadable,
        DamagedWorkbookError where ``check`` finds damage; after an unclean exit the check is a full one.

        A file that cannot be written, or that somebody else has open for writing, opens ``read_only``. An older
        workbook is upgraded first, unless it opens read-only: then it is refused.
        """
        header = read_header(path, password)
        lock, reason = None, _ASKED_FOR
        if not read_only:
            lock, reason = _take_lock(path, operator, time_text(clock))
        try:
            if header.version < FORMAT_VERSION:
                _upgrade(path, header.version, reason, clock, patience, password)
            if lock is not None and lock.was_left_behind:
                check = Check.FULL
            connection = connect(path, patience=patience, check=check, password=password)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        if lock is not None:
            from assessor.workbook.conversion_log import finish_conversion

            finish_conversion(path)
            clear_leftovers(store_beside(path))
        return cls(
            path,
            connection,
            read_only_reason=reason,
            lock=lock,
            clock=clock,
            operator=operator,
            password=password,
        )

    @property
    def read_only(self) -> bool:
        """Asked for, or because it cannot be written, or somebody else writes in it."""
        return bool(self.read_only_reason)

    @property
    def on_network(self) -> bool:
        """On another machine's disk: a rollback journal stands in for the write-ahead log."""
        return is_on_network(self.path)

    @property
    def operator(self) -> str:
        return self._operator

    @operator.setter
    def operator(self, name: str) -> None:
        self._operator = name
        if self._lock is not None:
            self._lock.rename_holder(name)

    def clock(self) -> datetime:
        return self._clock()

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """The last to close puts what is in the log into the file and removes the log."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

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
    def edit(self, label: str, kind: EditKind = EditKind.EDIT, reverses: int | None = None) -> Iterator[Edit]:
        """One transaction named ``label``. Whatever is raised within takes all of it back; an ordinary edit that
        changes nothing leaves no trace. Raises WorkbookError where the workbook is read-only or locked, the year is
        sealed, or the disk is full.

        An edit that ``reverses`` another puts rows back as they lay: references are checked at its end, and no change
        is handed on along them.
        """
        if self._edit is not None:
            raise RuntimeError(f"edit {label!r} within edit {self._edit.label!r}")
        if self.read_only:
            raise WorkbookError(
                f"工作簿不能修改：{self.read_only_reason}",
                place=str(self.path),
                remedy="请取消只读后重新打开，或等对方关闭后重新打开；也可以把工作簿复制到别处再打开",
            )
        with translated(self.path), self._writable(keeps_references=reverses is None):
            self._edit = edit = self._begin(label, kind, reverses)
            changes = NO_CHANGES
            try:
                yield edit
                changes = self._finish(edit)
            finally:
                self._edit = None
                edit.end(changes)
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def backup_to(self, target: Path, work: Work | None = None) -> None:
        """A copy of the workbook as it is saved now, at a name that nobody else knows yet.

        Raises WorkbookError; Cancelled, leaving an unfinished file that is the caller's to remove.
        """
        progress = work or Work()

        def report(_status: int, remaining: int, total: int) -> None:
            progress.step(1 - remaining / total if total else 1.0, "正在复制工作簿")

        with translated(target), closing(connect_new(target, password=self.password)) as copy:
            self._connection.backup(copy, pages=_PAGES_A_STEP, progress=report)

    @contextmanager
    def _writable(self, *, keeps_references: bool) -> Iterator[None]:
        self._connection.execute("PRAGMA query_only = OFF")
        if not keeps_references:
            self._connection.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA query_only = ON")

    def _begin(self, label: str, kind: EditKind, reverses: int | None) -> Edit:
        connection = self._connection
        if not self._notes_changes:
            settle_journal(connection, self.path)
            note_changes(connection)
            self._notes_changes = True
        forget_changes(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            head = read_head(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        at = self._clock().replace(microsecond=0)
        return Edit(label, kind, reverses, head, at, self._operator, connection, self.path)

    def _finish(self, edit: Edit) -> ChangeSet:
        touched = noted_changes(self._connection)
        if not touched and edit.kind is EditKind.EDIT:
            self._connection.execute("ROLLBACK")
            return NO_CHANGES
        entry = EditRecord(edit.number, edit.kind, edit.label, edit.at, edit.operator, edit.reverses, "", "")
        write_edit(self._connection, edit.head, entry, touched)
        self._connection.execute("COMMIT")
        return change_set(touched)


def make_empty(path: Path, clock: Clock, password: str | None = None) -> None:
    """Writes a workbook without contents at a name that nobody else knows yet."""
    from assessor.workbook.schema import migrate

    connection = connect_new(path, password=password)
    try:
        with translated(path):
            migrate(connection, time_text(clock))
            settle_journal(connection, path)
    finally:
        connection.close()


def _take_lock(path: Path, operator: str, at: str) -> tuple[WorkbookLock | None, str]:
    """The lock, or the reason why the workbook can only be read."""
    if not can_write(path):
        return None, _BACKUP if read_name(path.name) else _PROTECTED
    try:
        return WorkbookLock.acquire(path, operator=operator, at=at), ""
    except LockHeldError as held:
        return None, _held_by(held.holder)
    except OSError:
        return None, _PROTECTED


def _held_by(holder: Holder | None) -> str:
    if holder is None:
        return "另一个窗口或程序正在使用它"
    since = holder.since[:16].replace("T", " ")
    return f"{holder.operator}（{holder.host}）正在使用它，自 {since} 起"


def _upgrade(
    path: Path, version: int, read_only_reason: str, clock: Clock, patience: float, password: str | None
) -> None:
    if read_only_reason:
        raise WorkbookError(
            "工作簿由旧版程序建立，须先升级，不能以只读方式打开",
            place=str(path),
            remedy="请把工作簿放在可以写入的文件夹，在窗口中打开一次",
        )
    from assessor.workbook.upgrade import upgrade

    upgrade(path.resolve(), version, at=clock(), patience=patience, password=password)
