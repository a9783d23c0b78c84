"""An older workbook becomes a present one: a copy is migrated and verified, and only then takes the file's name.

The original is kept beside it. Imports sqlite_utils, so it is itself imported only when there is something to migrate.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assessor.errors import WorkbookError
from assessor.workbook.connection import connect, connect_new, settle_journal
from assessor.workbook.failures import translated
from assessor.workbook.format import corrupt
from assessor.workbook.placing import new_file
from assessor.workbook.schema import migrate


def upgrade(path: Path, version: int, *, at: str, patience: float) -> Path:
    """Migrates the workbook at ``path``, of format ``version``; returns where the original is kept.

    Raises WorkbookError, with ``path`` as it was.
    """
    kept = path.with_name(f"{path.stem}.格式{version}{path.suffix}")
    if kept.exists():
        raise WorkbookError(
            "升级前的原件无处保存，文件已经存在", place=str(kept), remedy="请把这个文件移到别处后再打开"
        )
    upgraded = path.with_name(f"{path.stem}.升级中{path.suffix}")
    with new_file(upgraded) as temporary:
        _migrate_copy(path, temporary, at, patience)
    try:
        _swap(path, kept, upgraded)
    finally:
        upgraded.unlink(missing_ok=True)
    return kept


def _swap(path: Path, kept: Path, upgraded: Path) -> None:
    if path.with_name(path.name + "-wal").exists():
        raise WorkbookError(
            "工作簿须先升级，但正被另一个程序占用", place=str(path), remedy="请关闭其他打开此文件的程序，稍后再试"
        )
    path.rename(kept)
    try:
        upgraded.rename(path)
    except OSError:
        kept.rename(path)
        raise


def _migrate_copy(path: Path, copy: Path, at: str, patience: float) -> None:
    source = connect(path, patience=patience)
    target = connect_new(copy)
    try:
        with translated(path):
            source.backup(target)
            migrate(target, at)
            _verify(target, path)
            settle_journal(target, path)
    finally:
        target.close()
        source.close()


def _verify(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise corrupt(path, "升级后检查未通过")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise corrupt(path, "升级后数据对应关系检查未通过")
