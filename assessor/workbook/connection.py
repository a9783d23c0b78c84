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

from assessor.open_files import is_open
from assessor.workbook.disks import is_on_network, is_writable
from assessor.workbook.driver import open_file, open_new
from assessor.workbook.failures import translated
from assessor.workbook.format import corrupt, has_unsaved_log
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
        with translated(path), closing(connect_unchecked(path, patience=patience, password=password)) as looking:
            _examine(looking, path, check)
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
    path: Path, *, patience: float, password: str | None = None, read_only: bool = True
) -> sqlite3.Connection:
    """As ``connect``, to a file that may be damaged: only to look at it, save what is in it, or find out."""
    with translated(path):
        address = _address(path, read_only)
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
        connection = open_new(_uri(path), password=password)
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


def _address(path: Path, read_only: bool) -> str:
    address = _uri(path)
    if can_write(path):
        # A workbook's readers, too, may write: else they could not take the log's files away again.
        return address + ("?mode=ro" if read_only else "?mode=rw")
    return address + ("?mode=ro" if has_unsaved_log(path) else "?mode=ro&immutable=1")


def _uri(path: Path) -> str:
    posix = path.absolute().as_posix()
    return "file://" + quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"))
