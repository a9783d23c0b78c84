"""SQLCipher's connections, to be used as if they were the standard library's: rows and errors are of sqlite3's kind.

Imported by ``driver.py`` alone, and only where a workbook has a password.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from assessor.open_files import note_closed, note_opened


def _as_sqlite(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*arguments: Any, **options: Any) -> Any:
        try:
            return method(*arguments, **options)
        except sqlcipher.Error as problem:
            raise _sqlite_error(problem) from problem

    return call


def _sqlite_error(problem: Exception) -> sqlite3.Error:
    """Of the same name, message and codes: the two libraries' errors have no base in common."""
    kind: type[sqlite3.Error] = getattr(sqlite3, type(problem).__name__, sqlite3.DatabaseError)
    error = kind(*problem.args)
    for name in ("sqlite_errorcode", "sqlite_errorname"):
        if hasattr(problem, name):
            setattr(error, name, getattr(problem, name))
    return error


class ProtectedCursor(sqlcipher.Cursor):  # type: ignore[misc]
    execute = _as_sqlite(sqlcipher.Cursor.execute)
    executemany = _as_sqlite(sqlcipher.Cursor.executemany)
    fetchone = _as_sqlite(sqlcipher.Cursor.fetchone)
    fetchmany = _as_sqlite(sqlcipher.Cursor.fetchmany)
    fetchall = _as_sqlite(sqlcipher.Cursor.fetchall)
    __next__ = _as_sqlite(sqlcipher.Cursor.__next__)


class ProtectedConnection(sqlcipher.Connection):  # type: ignore[misc]
    commit = _as_sqlite(sqlcipher.Connection.commit)
    rollback = _as_sqlite(sqlcipher.Connection.rollback)
    backup = _as_sqlite(sqlcipher.Connection.backup)
    execute = _as_sqlite(sqlcipher.Connection.execute)
    executemany = _as_sqlite(sqlcipher.Connection.executemany)

    _file: tuple[int, int] | None = None

    def note(self, path: Path) -> None:
        """``open_files`` knows of it until it is closed."""
        self._file = note_opened(path)

    def close(self) -> None:
        _as_sqlite(super().close)()
        file, self._file = self._file, None
        note_closed(file)

    def cursor(self, factory: type[ProtectedCursor] = ProtectedCursor) -> ProtectedCursor:
        return super().cursor(factory)  # type: ignore[no-any-return]


def open_unlocked(address: str, timeout: float) -> ProtectedConnection:
    """A connection that has no key yet: it reads plain files, and of others nothing but their salt."""
    connection = _as_sqlite(sqlcipher.connect)(
        address, uri=True, timeout=timeout, isolation_level=None, factory=ProtectedConnection
    )
    connection.row_factory = sqlcipher.Row
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the console of the command line
    assert isinstance(connection, ProtectedConnection)
    return connection
