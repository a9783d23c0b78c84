"""Connections to a workbook's file, each closed to writing until an edit opens it.

A workbook on a local disk has a write-ahead log (WAL): whoever reads sees the last saved state while another writes.
The log's two files vanish when the last connection closes, and reading changes no byte of the workbook.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from assessor.errors import DamagedWorkbookError, WrongPasswordError
from assessor.open_files import is_open
from assessor.workbook.disks import is_on_network, is_writable
from assessor.workbook.driver import open_file, open_new
from assessor.workbook.failures import translated
from assessor.workbook.format import corrupt, has_unsaved_log
from assessor.workbook.history import Head, read_head
from assessor.workbook.integrity import full_findings, quick_findings


def can_write(path: Path) -> bool:
    """Whether file and folder may be written: the log needs the folder."""
    return is_writable(path) and is_writable(path.resolve().parent)


class Check(Enum):
    """How closely a file is looked at when it is opened."""

    NONE = "none"
    """Another connection of this process has looked."""
    QUICK = "quick"
    FULL = "full"


def connect(
    path: Path, *, patience: float, check: Check = Check.QUICK, password: str | None = None
) -> sqlite3.Connection:
    """To an existing file whose header was checked. ``patience``: seconds to wait for another program's lock.

    Raises WorkbookError; DamagedWorkbookError where ``check`` finds something, with the file as it was.
    """
    if check is not Check.NONE and has_unsaved_log(path) and not is_open(path):
        # A connection that may write puts the log into the file when it closes, even one that is not the file's own.
        alone = _head_without_log(path, patience, password)
        with translated(path), closing(connect_unchecked(path, patience=patience, password=password)) as looking:
            _examine(looking, path, check)
            _require_own_log(looking, path, alone)
        check = Check.NONE
    connection = connect_unchecked(path, patience=patience, password=password, read_only=False)
    try:
        with translated(path):
            _examine(connection, path, check)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_unchecked(
    path: Path, *, patience: float, password: str | None = None, read_only: bool = True, without_log: bool = False
) -> sqlite3.Connection:
    """As ``connect``, to a file that may be damaged: only to look at it, save what is in it, or find out.
    ``without_log``: to the file as it lies, whatever waits in a log beside it."""
    with translated(path):
        address = _address(path, read_only, without_log)
        connection = open_file(path, address, password=password, timeout=patience)
        try:
            with _blamed_on_the_file(path):
                set_up(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_new(path: Path, password: str | None = None) -> sqlite3.Connection:
    """To a file that this makes, open to writing: only its maker may know its name yet."""
    with translated(path):
        connection = open_new(file_address(path), password=password)
        set_up(connection)
        connection.execute("PRAGMA query_only = OFF")
    return connection


def settle_journal(connection: sqlite3.Connection, path: Path) -> None:
    """The journal that suits the disk the file lies on now; written to the file only where it changes."""
    wanted = "delete" if is_on_network(path) else "wal"
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
        connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()


def _examine(connection: sqlite3.Connection, path: Path, check: Check) -> None:
    if check is Check.NONE:
        return
    connection.execute("BEGIN")  # one state, whatever another connection writes meanwhile
    try:
        with _blamed_on_the_file(path):
            found = quick_findings(connection) if check is Check.QUICK else full_findings(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if found:
        first = found[0]
        raise corrupt(path, "：".join(part for part in (first.place, first.what) if part))


def require_own_log(path: Path, *, patience: float, password: str | None = None) -> None:
    """Raises DamagedWorkbookError where the log beside the file is another copy's. Not for a file that this process has
    open: closing it here would undo, as POSIX has it, the locks of the other connection."""
    if has_unsaved_log(path):
        alone = _head_without_log(path, patience, password)
        looking = connect_unchecked(path, patience=patience, password=password)
        with translated(path), closing(looking), _blamed_on_the_file(path):
            _require_own_log(looking, path, alone)


def _head_without_log(path: Path, patience: float, password: str | None) -> Head:
    """Where the history stands in the file itself; nowhere where the file is not sound by itself, because a log was
    about to be taken into it."""
    try:
        alone = connect_unchecked(path, patience=patience, password=password, without_log=True)
        with translated(path), closing(alone):
            _examine(alone, path, Check.QUICK)
            return read_head(alone)
    except (DamagedWorkbookError, WrongPasswordError):  # a torn first page makes the right password seem wrong
        return Head()


def _require_own_log(connection: sqlite3.Connection, path: Path, alone: Head) -> None:
    """The log of another copy can fit the file so well that both together are that copy, sound and whole. But a log of
    the file's own only goes on from where the file stands."""
    found = connection.execute("SELECT digest FROM edit WHERE id = ?", (alone.number,)).fetchone()
    if alone.number and (found is None or found[0] != alone.digest):
        raise corrupt(path, "旁边的日志文件不是它的，而是另一份工作簿的")


@contextmanager
def _blamed_on_the_file(path: Path) -> Iterator[None]:
    """Around statements and readings that are always the same: what cannot be made of them is the file's fault."""
    try:
        yield
    except UnicodeDecodeError as problem:  # SQLite's own message quotes a broken name
        raise corrupt(path, "内部检查未通过") from problem
    except sqlite3.OperationalError as problem:
        if getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR:
            raise corrupt(path, "内部检查未通过") from problem
        raise
    except (ValueError, ArithmeticError, LookupError, TypeError) as problem:  # what no edit could have written
        raise corrupt(path, "修改历史无法识别") from problem


def set_up(connection: sqlite3.Connection) -> None:
    for pragma in (
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "query_only = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _address(path: Path, read_only: bool, without_log: bool) -> str:
    address = file_address(path)
    if without_log:
        return address + "?mode=ro&immutable=1"
    if can_write(path):
        # A workbook's readers, too, may write: else they could not take the log's files away again.
        return address + ("?mode=ro" if read_only else "?mode=rw")
    return address + ("?mode=ro" if has_unsaved_log(path) else "?mode=ro&immutable=1")


def file_address(path: Path) -> str:
    """As a URI, for names with any characters."""
    posix = path.absolute().as_posix()
    return "file://" + quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"))
