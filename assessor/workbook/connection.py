"""Connections to a workbook's file, each closed to writing until an edit opens it.

A workbook on a local disk has a write-ahead log (WAL): whoever reads sees the last saved state while another writes.
The log's two files vanish when the last connection closes, and reading changes no byte of the workbook.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from assessor.workbook.disks import is_on_network, is_writable
from assessor.workbook.failures import translated
from assessor.workbook.format import corrupt, has_unsaved_log


def can_write(path: Path) -> bool:
    """Whether file and folder may be written: the log needs the folder."""
    return is_writable(path) and is_writable(path.resolve().parent)


def connect(path: Path, *, patience: float) -> sqlite3.Connection:
    """To an existing file whose header was checked. ``patience``: seconds to wait for another program's lock.

    Raises WorkbookError.
    """
    with translated(path):
        connection = sqlite3.connect(_address(path), uri=True, timeout=patience, isolation_level=None)
        try:
            _examine(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_new(path: Path) -> sqlite3.Connection:
    """To a file that this makes, open to writing: only its maker may know its name yet."""
    with translated(path):
        connection = sqlite3.connect(path, isolation_level=None)
        _set_up(connection)
        connection.execute("PRAGMA query_only = OFF")
    return connection


def settle_journal(connection: sqlite3.Connection, path: Path) -> None:
    """The journal that suits the disk the file lies on now; written to the file only where it changes."""
    wanted = "delete" if is_on_network(path) else "wal"
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
        connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()


def _examine(connection: sqlite3.Connection, path: Path) -> None:
    """The full checks, indexes and references included: a workbook is small, they take some milliseconds."""
    try:
        _set_up(connection)
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise corrupt(path, "内部检查未通过")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise corrupt(path, "数据对应关系检查未通过")
    except UnicodeDecodeError as problem:  # SQLite's own message quotes a broken name
        raise corrupt(path, "内部检查未通过") from problem
    except sqlite3.OperationalError as problem:
        # These statements are always the same: what SQLite cannot make of them is the file's fault.
        if problem.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise corrupt(path, "内部检查未通过") from problem
        raise


def _set_up(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    for pragma in (
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "query_only = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _address(path: Path) -> str:
    posix = path.absolute().as_posix()
    address = "file://" + quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"))
    if can_write(path):
        # Also for reading: a connection that may not write could not take its log's files away again.
        return address + "?mode=rw"
    return address + ("?mode=ro" if has_unsaved_log(path) else "?mode=ro&immutable=1")
