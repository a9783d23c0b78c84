"""Opens a workbook's file with the library that can: Python's own sqlite3, or SQLCipher where there is a password.

A protected file is encrypted whole, page by page (AES-256, each page authenticated), and begins with 16 random bytes,
its salt. The key is PBKDF2-HMAC-SHA512 of password and salt, SQLCipher 4's default, so that other SQLCipher tools open
the file by the same password. It is derived once in a process and handed on raw (0.1 s saved at each connection).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import unicodedata
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assessor.errors import MachineError, WrongPasswordError
from assessor.open_files import note_closed, note_opened, read_start

if TYPE_CHECKING:
    from assessor.workbook.protected import ProtectedConnection

KDF_ROUNDS = 256_000
MAGIC = b"SQLite format 3\x00"
SALT_BYTES = len(MAGIC)
_KEY_BYTES = 32

_salts: dict[str, bytes] = {}
"""Of the file that each password was last used on: new files take it over, so that backups open by the same key."""


class PlainConnection(sqlite3.Connection):
    """One that ``open_files`` knows of while it is open."""

    _file: tuple[int, int] | None = None

    def note(self, path: Path) -> None:
        self._file = note_opened(path)

    def close(self) -> None:
        super().close()
        file, self._file = self._file, None
        note_closed(file)


def is_protected(connection: sqlite3.Connection) -> bool:
    return not isinstance(connection, sqlite3.Connection)


def open_file(path: Path, address: str, *, password: str | None, timeout: float) -> sqlite3.Connection:
    """To an existing file by its URI. A plain file opens whether or not a password is given.

    Raises WrongPasswordError, without having written a byte; MachineError where SQLCipher is not installed;
    sqlite3.Error.
    """
    salt = MAGIC if password is None else _salt_of(path)
    if password is None or salt == MAGIC:
        plain = _open_plain(address, timeout)
        plain.note(path)
        return plain
    with closing(_open_protected(path, address.replace("?mode=rw", "?mode=ro"), password, salt, timeout)) as probe:
        _require_key(probe, path)  # of one that cannot write: any other puts the log into the file when it closes
    connection = _open_protected(path, address, password, salt, timeout)
    try:
        _refuse_wrong_key(connection, path)
    except BaseException:
        connection.close()
        raise
    _salts[normal(password)] = salt
    return cast(sqlite3.Connection, connection)


def open_new(address: str, *, password: str | None) -> sqlite3.Connection:
    """To a file that does not exist yet, by its URI."""
    if password is None:
        return _open_plain(address, 0.0)
    connection = _unlocked(address, 0.0)
    _unlock(connection, password, salt_for(password))
    return cast(sqlite3.Connection, connection)


def attach_new(connection: sqlite3.Connection, name: str, file: Path, password: str | None) -> None:
    """Attaches a file that does not exist yet to a connection of SQLCipher's, protected or plain."""
    key = "" if password is None else _raw_key(password, salt_for(password))
    connection.execute(f"ATTACH ? AS {name} KEY ?", (str(file), key))


def open_to_convert(path: Path, address: str, *, password: str | None) -> sqlite3.Connection:
    """As ``open_file``, by SQLCipher even where the file is plain: it alone can write the other kind."""
    if password is not None:
        return open_file(path, address, password=password, timeout=0.0)
    connection = _unlocked(address, 0.0)
    connection.note(path)
    return cast(sqlite3.Connection, connection)


def normal(password: str) -> str:
    """The same for the same characters however a keyboard composed them."""
    return unicodedata.normalize("NFC", password)


def salt_for(password: str) -> bytes:
    """The salt that a new file with this password gets."""
    return _salts.setdefault(normal(password), os.urandom(SALT_BYTES))


def file_key(password: str, salt: bytes) -> bytes:
    """What the file with this salt is encrypted with."""
    return _derived(normal(password), salt)


def require_installed() -> None:
    """Raises MachineError where SQLCipher, or what encrypts the evidence, is not installed."""
    try:
        import cryptography  # noqa: F401
        import sqlcipher3  # noqa: F401
    except ImportError as problem:
        raise MachineError(
            "这台电脑上没有安装加密组件，不能使用有密码的工作簿",
            remedy="请安装 sqlcipher3 和 cryptography，或换一台装有它们的电脑；没有密码的工作簿不受影响",
        ) from problem


def _salt_of(path: Path) -> bytes:
    """What the file begins with; of one that cannot be read SQLite says why."""
    try:
        return read_start(path, SALT_BYTES).ljust(SALT_BYTES, b"\0")
    except OSError:
        return bytes(SALT_BYTES)


def _open_plain(address: str, timeout: float) -> PlainConnection:
    connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, factory=PlainConnection)
    connection.row_factory = sqlite3.Row
    return connection


def _open_protected(path: Path, address: str, password: str, salt: bytes, timeout: float) -> ProtectedConnection:
    connection = _unlocked(address, timeout)
    connection.note(path)
    _unlock(connection, password, salt)
    return connection


def _unlocked(address: str, timeout: float) -> ProtectedConnection:
    require_installed()
    from assessor.workbook.protected import open_unlocked

    return open_unlocked(address, timeout)


def _require_key(connection: ProtectedConnection, path: Path) -> None:
    try:
        _refuse_wrong_key(connection, path)
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:  # a rollback waits for one that can write
            raise


def _refuse_wrong_key(connection: ProtectedConnection, path: Path) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as problem:
        if problem.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise wrong_password(path) from problem
        raise


def wrong_password(path: Path) -> WrongPasswordError:
    return WrongPasswordError(
        "密码不对，或文件第一页已损坏",
        place=str(path),
        remedy="请检查大小写和输入法后重新输入；文件没有改动。密码忘记后无法找回",
    )


def _unlock(connection: ProtectedConnection, password: str, salt: bytes) -> None:
    connection.execute(f'PRAGMA key = "{_raw_key(password, salt)}"')


def _raw_key(password: str, salt: bytes) -> str:
    return f"x'{file_key(password, salt).hex()}{salt.hex()}'"


@lru_cache(maxsize=64)
def _derived(password: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", password.encode(), salt, KDF_ROUNDS, _KEY_BYTES)
