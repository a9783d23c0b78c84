"""The header of a workbook, whether or not it has a password: a protected one says nothing until it is unlocked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from assessor.workbook.connection import connect_unchecked
from assessor.workbook.failures import translated
from assessor.workbook.format import Header, check_header, corrupt, has_unsaved_log, password_needed, require_ours

_PATIENCE = 3.0
"""Seconds to wait for another program's lock."""


def read_header(path: Path, password: str | None) -> Header:
    """As ``check_header``. Raises also PasswordNeededError, WrongPasswordError, MachineError."""
    header = check_header(path)
    if not header.is_protected:
        return header
    if password is None:
        raise password_needed(path)
    connection = connect_unchecked(path, patience=_PATIENCE, password=password, read_only=has_unsaved_log(path))
    with translated(path), closing(connection):
        number, version, pages, page_bytes = (
            int(connection.execute(f"PRAGMA {field}").fetchone()[0])
            for field in ("application_id", "user_version", "page_count", "page_size")
        )
    found = Header(version, number, pages * page_bytes, is_protected=True)
    require_ours(found, path)
    size = path.stat().st_size
    if size < found.expected_bytes and not has_unsaved_log(path):
        raise corrupt(path, f"应有 {found.expected_bytes} 字节，只有 {size} 字节")
    return found
