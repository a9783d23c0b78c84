"""The backups of a workbook: in which folders they lie, which there are, and which is the newest good one.

The list is read from file names alone; a damaged workbook has one, too. The folder that was chosen is kept in the
workbook's settings and, for the day when those cannot be read, in a text beside it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from assessor.errors import AssessorError, OutputError, os_reason
from assessor.output import write_file
from assessor.workbook.backup_names import Backup, Reason, folder_beside, folder_within, kept_original, read_name
from assessor.workbook.connection import connect_unchecked
from assessor.workbook.disks import is_writable
from assessor.workbook.format import FORMAT_VERSION, check_header
from assessor.workbook.protected_header import read_header
from assessor.workbook.settings import load_settings
from assessor.workbook.workbook import PATIENCE, Check, Reading, Workbook

ELSEWHERE = "备份在别的文件夹.txt"
"""In the folder beside the workbook: names the chosen one in its second line."""


def list_backups(path: Path) -> tuple[Backup, ...]:
    """Newest first. Of the folder beside the workbook and of the chosen one, as far as they can be reached, and the
    originals that upgrades have kept beside it."""
    found = {backup.path: backup for folder in backup_folders(path) for backup in _listed(folder)}
    found |= {backup.path: backup for backup in _kept_by_upgrades(path)}
    return tuple(sorted(found.values(), key=lambda backup: (backup.at, backup.path.name), reverse=True))


def newest_good_backup(path: Path, password: str | None = None, before: datetime | None = None) -> Backup | None:
    """The newest that opens and passes the quick check. ``before``: leaves out what is dated later."""
    for backup in list_backups(path):
        if backup.is_readable and (before is None or backup.at <= before) and is_good(backup.path, password):
            return backup
    return None


def is_good(backup: Path, password: str | None = None, check: Check = Check.QUICK) -> bool:
    """Whether it opens; one of an older format, whether a copy of it can be upgraded."""
    try:
        if read_header(backup, password).version < FORMAT_VERSION:
            return _is_upgradable(backup, password)
        with Workbook.open(backup, read_only=True, check=check, password=password):
            return True
    except (AssessorError, OSError):
        return False


def _is_upgradable(backup: Path, password: str | None) -> bool:
    with tempfile.TemporaryDirectory(prefix="assess-") as folder:
        copy = Path(shutil.copyfile(backup, Path(folder) / backup.name))
        with Workbook.open(copy, password=password):
            return True


def identity_of(source: Reading) -> str:
    """What a workbook and all its backups have in common: the digest of the first edit. Empty where there is none."""
    rows = source.rows("SELECT digest FROM edit ORDER BY id LIMIT 1")
    return str(rows[0]["digest"]) if rows else ""


def backup_identity(backup: Path, password: str | None = None) -> str:
    """Whose backup it is; empty where it cannot be read."""
    try:
        found = backup.stat()
    except OSError:
        return ""
    return _identity(backup, found.st_mtime_ns, found.st_size, password)


def head_of(backup: Path, password: str | None = None) -> str:
    """Digest of the last edit; empty where it cannot be read."""
    return _digest(backup, "DESC", password)


def _digest(backup: Path, order: str, password: str | None) -> str:
    """Of the last edit or the first, in any format that has a history."""
    with (
        suppress(AssessorError, sqlite3.Error),
        closing(connect_unchecked(backup, patience=PATIENCE, password=password)) as connection,
    ):
        row = connection.execute(f"SELECT digest FROM edit ORDER BY id {order} LIMIT 1").fetchone()
        return str(row[0]) if row else ""
    return ""


def chosen_folder(path: Path) -> Path | None:
    """The chosen folder as the text beside the workbook names it: for a workbook that cannot be read."""
    try:
        lines = (folder_beside(path) / ELSEWHERE).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    return Path(lines[1]) if len(lines) > 1 and lines[1] else None


def place_for(source: Workbook) -> tuple[Path, str]:
    """The folder for the next backup, made if need be, and why it is not the chosen one, or nothing.

    Raises OutputError where there can be none.
    """
    beside = folder_beside(source.path)
    wanted = load_settings(source).backup_folder
    if not wanted:
        with suppress(OSError):
            (beside / ELSEWHERE).unlink(missing_ok=True)
        return _made(beside), ""
    place = folder_within(Path(wanted), source.path)
    try:
        _made(place)
    except OutputError as problem:
        return _made(beside), f"选定的备份文件夹用不了（{problem.place}：{problem.what}），这次备份在工作簿旁边"
    _remember(source.path, wanted)
    return place, ""


def _remember(path: Path, wanted: str) -> None:
    beside = folder_beside(path)
    if chosen_folder(path) != Path(wanted):
        with suppress(OSError, OutputError):  # a hint for a bad day, not a part of the backup
            beside.mkdir(exist_ok=True)
            write_file(beside / ELSEWHERE, f"这个工作簿的备份放在：\n{wanted}\n".encode())


def _made(folder: Path) -> Path:
    try:
        if not folder.parent.is_dir():
            raise OutputError("文件夹不存在", place=str(folder.parent), remedy="请接上磁盘，或另选备份文件夹")
        folder.mkdir(exist_ok=True)
        if not is_writable(folder):
            raise OutputError("文件夹是只读的", place=str(folder), remedy="请另选备份文件夹")
    except (OSError, ValueError) as problem:
        raise OutputError(
            f"无法建立备份文件夹（{os_reason(problem)}）", place=str(folder), remedy="请另选备份文件夹"
        ) from problem
    return folder


def backup_folders(path: Path) -> Iterator[Path]:
    yield folder_beside(path)
    chosen = chosen_folder(path)
    if chosen is not None:
        yield folder_within(chosen, path)


def _listed(folder: Path) -> Iterator[Backup]:
    try:
        entries = [entry for entry in os.scandir(folder) if entry.is_file()]
    except OSError:  # there is none yet, or the disk is not there
        return
    for entry in entries:
        said = read_name(entry.name)
        if said is not None:
            path = folder / entry.name
            yield Backup(path, *said, size=entry.stat().st_size, is_readable=_has_header(path))


def _has_header(path: Path) -> bool:
    try:
        check_header(path)
    except AssessorError:
        return False
    return True


@lru_cache(maxsize=4096)
def _identity(backup: Path, _changed: int, _size: int, password: str | None) -> str:
    """A backup never changes: it is read once."""
    return _digest(backup, "ASC", password)


def _kept_by_upgrades(path: Path) -> Iterator[Backup]:
    real = path.resolve()
    for version in range(1, FORMAT_VERSION):
        kept = kept_original(real, version)
        if kept.is_file():
            found = kept.stat()
            at = datetime.fromtimestamp(found.st_mtime).replace(microsecond=0)  # noqa: DTZ006 - wall-clock time
            yield Backup(kept, at, Reason.UPGRADE, f"格式 {version}", found.st_size, is_readable=_has_header(kept))
