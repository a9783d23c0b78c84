"""Which files this process has open as databases, so that nothing else closes a handle of one.

POSIX drops every lock that a process holds on a file as soon as it closes any handle of it
(https://www.sqlite.org/howtocorrupt.html, 2.2): SQLite takes care among its own connections, but a plain read of the
first bytes would unlock a workbook that is being written. So such a handle is kept until the last connection closes.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

_File = tuple[int, int]
"""Device and inode."""

_guard = threading.Lock()
_connections: dict[_File, int] = {}
_kept: dict[_File, int] = {}
"""Handles that wait for the last connection to close."""


def note_opened(path: Path) -> _File | None:
    """Called for every connection; answers with what ``note_closed`` takes. None where locks are not lost so."""
    if os.name != "posix":
        return None
    file = _identity(path)
    with _guard:
        _connections[file] = _connections.get(file, 0) + 1
    return file


def note_closed(file: _File | None) -> None:
    """Called after the connection has closed."""
    if file is None:
        return
    with _guard:
        _connections[file] -= 1
        if _connections[file] == 0:
            del _connections[file]
            handle = _kept.pop(file, None)
            if handle is not None:
                os.close(handle)


def is_open(path: Path) -> bool:
    """Whether this process has a connection to the file."""
    with _guard:
        return os.name == "posix" and path.exists() and _identity(path) in _connections


def read_start(path: Path, length: int) -> bytes:
    """The first bytes of a file. Raises OSError."""
    if os.name != "posix":
        with path.open("rb") as stream:
            return stream.read(length)
    file = _identity(path)
    with _guard:
        handle = _kept.get(file)
        if handle is None:
            handle = os.open(path, os.O_RDONLY)
        try:
            return os.pread(handle, length, 0)
        finally:
            if file in _connections:
                _kept[file] = handle
            else:
                os.close(handle)


def _identity(path: Path) -> _File:
    found = path.stat()
    return found.st_dev, found.st_ino
