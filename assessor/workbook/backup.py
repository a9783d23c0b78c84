"""Backups: by SQLite's own copying, while others read and write; verified before they get their name; then thinned.

A backup is a workbook like any other, write-protected so that nobody goes on working in it by mistake. Evidence files
are not in it: they are named by their content and never overwritten (docs/backups.md).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from assessor.errors import DamagedWorkbookError, OutputError, WorkbookError, os_reason
from assessor.work import Work
from assessor.workbook.backup_list import (
    backup_identity,
    head_of,
    identity_of,
    is_good,
    list_backups,
    place_for,
)
from assessor.workbook.backup_names import Backup, Reason, backup_name, safe_label
from assessor.workbook.evidence_store import sync_folder
from assessor.workbook.history import last_edit
from assessor.workbook.looking import reading_of
from assessor.workbook.thinning import kept
from assessor.workbook.workbook import Check, Clock, Workbook, local_now

_LEFTOVER = ".backup-"
_LEFTOVER_SECONDS = 3600
_REMEDY = "请清理磁盘空间，或在“备份与恢复”中另选备份文件夹；工作簿没有改动"


def backup_workbook(
    path: Path,
    reason: Reason,
    label: str = "",
    *,
    folder: Path | None = None,
    password: str | None = None,
    clock: Clock = local_now,
    work: Work | None = None,
) -> Backup | None:
    """Makes a backup in ``folder``, else where the workbook's settings say; None where an automatic one would only
    repeat the newest. It goes on while another connection writes.

    Raises DamagedWorkbookError where the workbook is damaged, WorkbookError where it cannot be read, OutputError where
    the backup cannot be written, Cancelled; then nothing is left behind, and no other backup is touched.
    """
    at = clock().replace(tzinfo=None, microsecond=0)
    with reading_of(path, password, clock) as source:
        place, note = (folder, "") if folder is not None else place_for(source)
        head, identity = last_edit(source), identity_of(source)
        if reason is Reason.AUTOMATIC and head is not None and _is_backed_up(path, head.digest, at, password):
            return None
        clear_leftovers(place, _LEFTOVER)
        made = _write(source, place, at, reason, label, work or Work())
    if folder is None:
        _thin(path, identity, at, password)
    return Backup(made, at, reason, safe_label(label), made.stat().st_size, note=note)


def before(workbook: Workbook, reason: Reason, label: str = "", work: Work | None = None) -> Backup:
    """To be called before an import, a seal and whatever else changes much; what it raises keeps that from beginning.

    Not within an edit. Raises as ``backup_workbook``.
    """
    made = backup_workbook(workbook.path, reason, label, password=workbook.password, clock=workbook.clock, work=work)
    assert made is not None
    return made


def _is_backed_up(path: Path, digest: str, at: datetime, password: str | None) -> bool:
    """Whether the newest says the same and is still good. One dated in the future comes of a clock that was wrong."""
    newest = next((backup for backup in list_backups(path) if backup.is_readable and backup.at <= at), None)
    return newest is not None and head_of(newest.path, password) == digest and is_good(newest.path, password)


def _write(source: Workbook, folder: Path, at: datetime, reason: Reason, label: str, work: Work) -> Path:
    try:
        with tempfile.TemporaryDirectory(prefix=_LEFTOVER, dir=folder, ignore_cleanup_errors=True) as scratch:
            temporary = Path(scratch) / "new.assess"
            try:
                source.backup_to(temporary, work)
                _verify(temporary, source, Check.FULL if reason is Reason.MANUAL else Check.QUICK)
            except WorkbookError as problem:
                if isinstance(problem, DamagedWorkbookError) or problem.place == str(source.path):
                    raise
                raise OutputError(f"无法备份（{problem.what}）", place=str(folder), remedy=_REMEDY) from problem
            work.step(1.0, "正在写入磁盘")
            settle_file(temporary)
            target = _free_name(source.path, folder, at, reason, label)
            temporary.rename(target)
        sync_folder(folder)
    except OSError as problem:
        raise OutputError(f"无法备份（{os_reason(problem)}）", place=str(folder), remedy=_REMEDY) from problem
    return target


def _verify(copy: Path, source: Workbook, check: Check) -> None:
    """What is wrong with the copy is wrong with the workbook."""
    try:
        with Workbook.open(copy, read_only=True, check=check, password=source.password):
            pass
    except DamagedWorkbookError as problem:
        raise DamagedWorkbookError(
            f"{problem.what}，没有备份", place=str(source.path), remedy=problem.remedy
        ) from problem


def settle_file(file: Path) -> None:
    """On the disk itself, and protected from being written."""
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
    file.chmod(0o444)


def _free_name(workbook: Path, folder: Path, at: datetime, reason: Reason, label: str) -> Path:
    number = 1
    while (target := folder / backup_name(workbook, at, reason, label, number)).exists():
        number += 1
    return target


def _thin(path: Path, identity: str, now: datetime, password: str | None) -> None:
    """Removes what the policy no longer wants. What cannot be read, or is another workbook's, is left alone."""
    mine = [
        backup
        for backup in list_backups(path)
        if backup.is_readable and identity and backup_identity(backup.path, password) == identity
    ]
    stay = {backup.path for backup in kept(mine, now)}
    for backup in mine:
        if backup.path not in stay:
            remove_backup(backup.path)


def remove_backup(file: Path) -> None:
    """One that cannot be removed now is removed the next time."""
    with suppress(OSError):
        if os.name == "nt":
            file.chmod(0o644)  # Windows removes no write-protected file
        file.unlink(missing_ok=True)


def clear_leftovers(folder: Path, prefix: str) -> None:
    """Of a program that was killed at its work in the folder."""
    for leftover in folder.glob(f"{prefix}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFTOVER_SECONDS:
                shutil.rmtree(leftover)
