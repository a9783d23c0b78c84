"""An older workbook becomes a present one: a copy is migrated and verified, and only then takes the file's name.

The original is kept beside it. Imports sqlite_utils, so it is itself imported only when there is something to migrate.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from assessor.errors import WorkbookError, os_reason
from assessor.workbook.backup_names import kept_original
from assessor.workbook.changes import Touched
from assessor.workbook.connection import connect, connect_new, settle_journal
from assessor.workbook.driver import is_protected
from assessor.workbook.failures import translated
from assessor.workbook.format import FORMAT_VERSION, corrupt
from assessor.workbook.history import EditKind, EditRecord, append_edit, read_head
from assessor.workbook.integrity import differences, state_of_tables
from assessor.workbook.placing import new_file
from assessor.workbook.schema import migrate


def upgrade(path: Path, version: int, *, at: datetime, patience: float, password: str | None = None) -> Path:
    """Migrates the workbook at ``path``, of format ``version``; returns where the original is kept.

    Raises WorkbookError, with ``path`` as it was.
    """
    kept = kept_original(path, version)
    if kept.exists() and not _is_same(kept, path):
        raise WorkbookError(
            "升级前的原件无处保存，文件已经存在", place=str(kept), remedy="请把这个文件移到别处后再打开"
        )
    upgraded = path.with_name(f"{path.stem}.升级中{path.suffix}")
    upgraded.unlink(missing_ok=True)  # of an upgrade that was killed
    with new_file(upgraded) as temporary:
        _migrate_copy(path, temporary, at, patience, password)
    try:
        _swap(path, kept, upgraded)
    except OSError as problem:
        raise WorkbookError(
            f"无法升级工作簿（{os_reason(problem)}）", place=str(kept), remedy="请检查文件夹权限和磁盘空间后再打开"
        ) from problem
    finally:
        upgraded.unlink(missing_ok=True)
    return kept


def _swap(path: Path, kept: Path, upgraded: Path) -> None:
    """Killed at any point, there is a workbook at ``path``, and the next opening finishes."""
    if path.with_name(path.name + "-wal").exists():
        raise WorkbookError(
            "工作簿须先升级，但正被另一个程序占用", place=str(path), remedy="请关闭其他打开此文件的程序，稍后再试"
        )
    if not kept.exists():
        _keep(path, kept)
    upgraded.replace(path)


def _keep(path: Path, kept: Path) -> None:
    """A second name for the original; a copy where the disk knows no second names."""
    try:
        os.link(path, kept)
    except OSError:
        unfinished = kept.with_name(f".{kept.name}.tmp")
        shutil.copyfile(path, unfinished)
        unfinished.replace(kept)


def _is_same(kept: Path, path: Path) -> bool:
    """Whether an upgrade that was killed has kept this very original."""
    return kept.samefile(path) or filecmp.cmp(kept, path, shallow=False)


def _migrate_copy(path: Path, copy: Path, at: datetime, patience: float, password: str | None) -> None:
    source = connect(path, patience=patience, password=password)
    target = connect_new(copy, password if is_protected(source) else None)
    try:
        with translated(path):
            source.backup(target)
            _migrate(target, path, at)
            _record(target, at)
            _verify(target, path)
            settle_journal(target, path)
    finally:
        target.close()
        source.close()


def _migrate(connection: sqlite3.Connection, path: Path, at: datetime) -> None:
    try:
        migrate(connection, at.isoformat(timespec="seconds"))
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        # Trial versions before the first release wrote tables that no migration knows.
        raise WorkbookError(
            "工作簿由尚未发布的试用版程序建立，不能升级",
            place=str(path),
            remedy="请用建立它的程序打开，或用本程序新建工作簿；原文件没有改动",
        ) from problem


def _record(connection: sqlite3.Connection, at: datetime) -> None:
    """What the migration did to the rows: the history's state starts anew, its last word on every row is right."""
    head = read_head(connection)
    entry = EditRecord(
        head.number + 1,
        EditKind.UPGRADE,
        f"升级到格式 {FORMAT_VERSION}",
        at.replace(microsecond=0),
        "程序",
        None,
        "",
        "",
    )
    touched = [
        Touched(item.table, tuple(json.loads(item.key)), item.recorded, item.stored) for item in differences(connection)
    ]
    append_edit(connection, head.digest, entry, state_of_tables(connection), touched)


def _verify(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise corrupt(path, "升级后检查未通过")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise corrupt(path, "升级后数据对应关系检查未通过")
