"""A backup takes the place of the workbook. The present file is kept, and until the last step it stays as it is.

The backup is copied beside the workbook, checked in full, given an edit that says what was restored, and then swapped
in by a rename. A sound present file becomes a backup of its own; a damaged one is put aside as it lies, with its log.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor.errors import (
    AssessorError,
    DamagedWorkbookError,
    OutputError,
    PasswordNeededError,
    WorkbookError,
    WrongPasswordError,
    os_reason,
)
from assessor.work import Work
from assessor.workbook.backup import backup_workbook, clear_leftovers, settle_file
from assessor.workbook.backup_list import identity_of, list_backups
from assessor.workbook.backup_names import Reason, damaged_name, folder_beside, read_name
from assessor.workbook.connection import can_write, connect_unchecked, require_own_log
from assessor.workbook.conversion_log import finish_conversion
from assessor.workbook.evidence_store import sync_folder
from assessor.workbook.failures import translated
from assessor.workbook.format import is_protected_file, password_needed
from assessor.workbook.history import EditKind
from assessor.workbook.lock import LockHeldError, WorkbookLock
from assessor.workbook.looking import reading_of
from assessor.workbook.protected_header import read_header
from assessor.workbook.workbook import OPERATOR, PATIENCE, Check, Clock, Workbook, local_now, time_text

LOGS = ("-wal", "-journal", "-shm")
"""What SQLite keeps beside a file; the last holds nothing of its own."""

_LEFTOVER = ".restore-"
_IN_USE = "请关闭打开这个工作簿的其他窗口和程序，再恢复"
_NOT_WRITTEN = "请检查磁盘空间和文件夹权限；工作簿保持原样"


@dataclass(frozen=True)
class Restored:
    kept: Path | None
    """Where the file that was there before lies now; None: there was none."""
    was_sound: bool
    """False: it was damaged, and ``kept`` is no backup."""


def restore(
    path: Path,
    backup: Path,
    *,
    password: str | None = None,
    backup_password: str | None = None,
    clock: Clock = local_now,
    operator: str = OPERATOR,
    work: Work | None = None,
) -> Restored:
    """Puts ``backup`` in the place of the workbook at ``path``, which nobody may have open. An older backup is
    upgraded. ``backup_password``: where it differs from the present one, which it gets.

    Raises WorkbookError where the backup is no good, another workbook's, or the workbook is open elsewhere;
    OutputError where there is no room; Cancelled. Whatever is raised, the workbook is as it was.
    """
    work = work or Work()
    real = path.resolve()
    if backup.resolve() == real:
        raise WorkbookError("这就是正在使用的工作簿，不是它的备份", place=str(backup), remedy="请选择备份文件")
    _require_writable(real)
    if password is None and _has_password(real):
        raise password_needed(real)
    has_own_log = _has_own_log(real, password)
    with _locked(real, operator, time_text(clock)), _scratch(real) as scratch:
        finish_conversion(real)
        work.step(0.1, "正在检查备份")
        fresh = scratch / real.name
        _copy_whole(backup, fresh)
        own = backup_password or password
        _require_own_password(real, password, fresh if own == password else None)
        _make_ready(fresh, backup, real, (password, own), (clock, operator))
        if password is not None or own is not None:
            from assessor.workbook.conversion import protect_like

            protect_like(fresh, own, real, password, clock)
        work.step(0.5, "正在保留现在的文件")
        restored = _keep(real, password, clock, is_damaged=not has_own_log)
        work.step(0.9, "正在换上备份")
        _release(real, password, is_sound=restored.was_sound)
        _swap(fresh, real)
    return restored


def _has_password(real: Path) -> bool:
    """A plain workbook whose first page was overwritten can look like a protected one; its backups do not."""
    backups = list_backups(real)
    return is_protected_file(real) and (not backups or any(is_protected_file(backup.path) for backup in backups))


def _require_own_password(real: Path, password: str | None, fresh: Path | None) -> None:
    """Raises WrongPasswordError. A workbook whose first page is damaged opens by no password: then the right one is
    that which opens its backup ``fresh``, and a plain one proves nothing."""
    if password is None or not is_protected_file(real):
        return
    try:
        read_header(real, password)
    except WrongPasswordError:
        if fresh is None or not is_protected_file(fresh):
            raise
    except WorkbookError:  # damaged behind the first page
        return


def _require_writable(real: Path) -> None:
    if not real.parent.is_dir():
        raise WorkbookError("文件夹不存在", place=str(real.parent), remedy="请先新建这个文件夹，或换一个已有的文件夹")
    if not can_write(real if real.exists() else real.parent):
        raise WorkbookError("工作簿或它的文件夹是只读的，不能恢复", place=str(real), remedy="请先取消只读属性")


@contextmanager
def _locked(real: Path, operator: str, at: str) -> Iterator[None]:
    if not real.exists():  # nobody can have it open
        yield
        return
    try:
        lock = WorkbookLock.acquire(real, operator=operator, at=at)
    except LockHeldError as problem:
        who = f"，正由 {problem.holder.operator}（{problem.holder.host}）打开" if problem.holder else ""
        raise WorkbookError(f"工作簿正被使用{who}，不能恢复", place=str(real), remedy=_IN_USE) from problem
    except OSError as problem:
        raise OutputError(f"无法锁定工作簿（{os_reason(problem)}）", place=str(real), remedy=_NOT_WRITTEN) from problem
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _scratch(real: Path) -> Iterator[Path]:
    """A folder on the same disk, so that the last step is a rename."""
    clear_leftovers(real.parent, _LEFTOVER)
    try:
        with tempfile.TemporaryDirectory(prefix=_LEFTOVER, dir=real.parent, ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as problem:
        raise OutputError(f"无法恢复（{os_reason(problem)}）", place=str(real), remedy=_NOT_WRITTEN) from problem


def _copy_whole(source: Path, target: Path) -> None:
    """With its logs, as they lie."""
    if not source.is_file():
        raise WorkbookError("找不到备份", place=str(source), remedy="请检查文件名和所在文件夹")
    for ending in ("", *LOGS[:2]):
        part = source.with_name(source.name + ending)
        if part.is_file():
            copy = target.with_name(target.name + ending)
            shutil.copyfile(part, copy)


def _make_ready(
    fresh: Path, backup: Path, real: Path, passwords: tuple[str | None, str | None], who: tuple[Clock, str]
) -> None:
    """Checks the copy in full, and writes into its history what it was restored from."""
    present, own = passwords
    try:
        with Workbook.open(fresh, check=Check.FULL, password=own, clock=who[0], operator=who[1]) as workbook:
            _refuse_foreign(workbook, backup, real, present)
            with workbook.edit(f"恢复备份 {_when(backup)}", kind=EditKind.RESTORE):
                pass
    except DamagedWorkbookError as problem:
        raise WorkbookError(f"备份不能用：{problem.what}", place=str(backup), remedy="请改用另一个备份") from problem
    except WorkbookError as problem:
        if problem.place == str(fresh):
            problem.place = str(backup)
        raise


def _refuse_foreign(fresh: Workbook, backup: Path, real: Path, password: str | None) -> None:
    """A workbook and its backups begin with the same edit. Of a damaged one that may no longer be known."""
    own = ""
    with suppress(AssessorError), reading_of(real, password) as present:
        own = identity_of(present)
    if own and own != identity_of(fresh):
        remedy = "请选择这个工作簿自己的备份；要用那一个工作簿，请直接打开它"
        raise WorkbookError("这是另一个工作簿的备份，不能用来恢复", place=str(backup), remedy=remedy)


def _when(backup: Path) -> str:
    said = read_name(backup.name)
    at = said[0] if said else datetime.fromtimestamp(backup.stat().st_mtime)  # noqa: DTZ006 - wall-clock time
    return at.strftime("%Y-%m-%d %H:%M")


def _has_own_log(real: Path, password: str | None) -> bool:
    try:
        require_own_log(real, patience=PATIENCE, password=password)
    except WorkbookError:
        return False
    return True


def _keep(real: Path, password: str | None, clock: Clock, *, is_damaged: bool) -> Restored:
    if not real.exists():
        return Restored(None, was_sound=False)
    if is_damaged:
        return Restored(_put_aside(real, clock().replace(tzinfo=None)), was_sound=False)
    try:
        made = backup_workbook(real, Reason.RESTORE, password=password, clock=clock)
    except OutputError:
        raise
    except WorkbookError:  # damaged, or no workbook at all
        return Restored(_put_aside(real, clock().replace(tzinfo=None)), was_sound=False)
    return Restored(made.path if made else None, was_sound=True)


def _put_aside(real: Path, at: datetime) -> Path:
    folder = folder_beside(real)
    try:
        folder.mkdir(exist_ok=True)
        number = 1
        while (target := folder / damaged_name(real, at, number)).exists():
            number += 1
        _copy_whole(real, target)
        for ending in ("", *LOGS[:2]):
            part = target.with_name(target.name + ending)
            if part.exists():
                settle_file(part)
        sync_folder(folder)
    except OSError as problem:
        what = f"现在的文件无处保留（{os_reason(problem)}），没有恢复"
        raise OutputError(what, place=str(folder), remedy=_NOT_WRITTEN) from problem
    return target


def _release(real: Path, password: str | None, *, is_sound: bool) -> None:
    """Brings what is in the log into the present file and removes the log: beside the new file, the old one's log would
    be taken for its own. Raises WorkbookError where a reader still has the file open."""
    if not real.exists():
        return
    try:
        connection = connect_unchecked(real, patience=PATIENCE, password=password, read_only=False)
        with closing(connection), translated(real):
            connection.execute("PRAGMA query_only = OFF")
            if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise WorkbookError("工作簿正被另一个程序占用", place=str(real), remedy=_IN_USE)
    except (DamagedWorkbookError, PasswordNeededError, WrongPasswordError):
        if is_sound:
            raise
    for ending in LOGS:
        with suppress(FileNotFoundError):
            real.with_name(real.name + ending).unlink()


def _swap(fresh: Path, real: Path) -> None:
    if real.exists():
        shutil.copymode(real, fresh)
    with fresh.open("r+b") as stream:
        os.fsync(stream.fileno())
    fresh.replace(real)
    sync_folder(real.parent)
