"""Makes the protected copy of a plain workbook, the plain one of a protected, or one with another password.

Everything is made and verified beside what it is to replace (``conversion_log.py``); nothing is replaced here.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.errors import AssessorError, OutputError, WorkbookError, os_reason
from assessor.work import Work
from assessor.workbook.backup import settle_file
from assessor.workbook.backup_list import backup_identity, list_backups
from assessor.workbook.connection import connect, file_address
from assessor.workbook.conversion_log import backup_workshop
from assessor.workbook.driver import attach_new, open_to_convert
from assessor.workbook.evidence_check import named_files
from assessor.workbook.evidence_cipher import cipher_for, new_key
from assessor.workbook.evidence_store import Store, StoredFile, store_beside, stored_names, sync_folder, write_checked
from assessor.workbook.failures import translated
from assessor.workbook.format import corrupt, is_protected_file
from assessor.workbook.history import last_edit
from assessor.workbook.looking import reading_of
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import PATIENCE, Check, Clock, Workbook

PROGRAM = "程序"
"""Operator of the edit that notes the evidence's key: nobody can undo it."""
_CODES = {
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database or disk is full": sqlite3.SQLITE_FULL,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}
_PAUSE = 0.05
"""Seconds."""
_NO_BACKUP = "请检查备份文件夹的权限和磁盘空间，或先把备份移到别处；工作簿和备份保持原样"


@dataclass(frozen=True)
class Protection:
    """How a workbook, its backups and its evidence lie on the disk; without a password plainly."""

    password: str | None
    evidence_key: str | None


@dataclass(frozen=True)
class Evidence:
    """What has become of the stored files."""

    made: tuple[str, ...]
    """Stored names that were not there before."""
    gone: tuple[str, ...]
    """Stored names that are not wanted any longer."""
    left: tuple[Path, ...]
    """Those that cannot be decrypted, which stay as they are."""


def convert_file(source: Path, copy: Path, before: str | None, after: Protection, label: str, clock: Clock) -> None:
    """Writes the workbook at ``source``, whose password is ``before``, to the new file ``copy``, and verifies it.

    Raises WorkbookError; the caller removes what was begun.
    """
    address = f"{file_address(source)}?mode=ro&immutable=1"
    with translated(copy), closing(open_to_convert(source, address, password=before)) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")
        attach_new(connection, "converted", copy, after.password)
        with _true_codes():
            connection.execute("SELECT sqlcipher_export('converted')").fetchone()
        for field in ("application_id", "user_version"):
            number = connection.execute(f"PRAGMA main.{field}").fetchone()[0]
            connection.execute(f"PRAGMA converted.{field} = {number}")
        digest = connection.execute("SELECT max(id), digest FROM main.edit").fetchone()[1]
        connection.execute("DETACH converted")
    options = {"password": after.password, "clock": clock, "operator": PROGRAM}
    with Workbook.open(copy, check=Check.FULL, **options) as workbook:  # type: ignore[arg-type]
        last = last_edit(workbook)
        if (last.digest if last else None) != digest:
            raise corrupt(source, "转换后与原件不一致")
        settings = load_settings(workbook)
        if settings.evidence_key != after.evidence_key:
            with workbook.edit(label) as edit:
                save_settings(edit, replace(settings, evidence_key=after.evidence_key))


@contextmanager
def _true_codes() -> Iterator[None]:
    """The export fails with the words of what went wrong within, and the code of nothing."""
    try:
        yield
    except sqlite3.Error as problem:
        problem.sqlite_errorcode = _CODES.get(str(problem), problem.sqlite_errorcode)
        raise


def protect_like(fresh: Path, own: str | None, real: Path, password: str | None, clock: Clock) -> None:
    """Gives the workbook at ``fresh``, whose password is ``own``, the protection of the one at ``real``, which may be
    damaged or missing: a restored backup must neither lie plainly nor lose its evidence.

    Raises WorkbookError.
    """
    with Workbook.open(fresh, read_only=True, check=Check.NONE, password=own) as workbook:
        present = Protection(workbook.password, load_settings(workbook).evidence_key)
    wanted = present
    if present.password is None and password is not None and is_protected_file(real):  # though it may be damaged
        wanted = Protection(password, new_key())
    with suppress(AssessorError), reading_of(real, password) as workbook:
        wanted = Protection(workbook.password, load_settings(workbook).evidence_key)
    if wanted != present:
        copy = fresh.with_name("converted.assess")
        convert_file(fresh, copy, present.password, wanted, "转换密码", clock)
        copy.replace(fresh)


def settle_log(real: Path, password: str | None) -> None:
    """Checks the workbook in full and brings what waits in its log into the file. Raises WorkbookError where it is
    damaged, or somebody has it open."""
    with translated(real), closing(connect(real, patience=PATIENCE, check=Check.FULL, password=password)) as connection:
        connection.execute("PRAGMA query_only = OFF")
        deadline = time.monotonic() + PATIENCE
        while not _has_no_log(connection):
            if time.monotonic() > deadline:
                remedy = "请关闭打开这个工作簿的其他窗口和程序后再试"
                raise WorkbookError("工作簿正被另一个程序占用", place=str(real), remedy=remedy)
            time.sleep(_PAUSE)


def _has_no_log(connection: sqlite3.Connection) -> bool:
    """False while somebody reads, as a backup does that has just begun; SQLite itself does not wait for them here."""
    try:
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False


def convert_backups(
    real: Path, passwords: tuple[str | None, ...], after: Protection, clock: Clock, work: Work
) -> tuple[int, list[Path]]:
    """Makes a converted copy of every backup that opens with one of ``passwords``. How many; and those that stay as
    they are, because they are damaged, another workbook's, or have another password."""
    backups = list_backups(real)
    identity = next(filter(None, (backup_identity(real, password) for password in (*passwords, after.password))), "")
    made, left = 0, []
    for number, backup in enumerate(backups):
        work.step(number / len(backups), f"正在转换备份 {backup.path.name}")
        if _is_of(backup.path, identity, after.password):
            continue
        before = [word for word in passwords if _is_of(backup.path, identity, word)]
        if before and _convert_backup(backup.path, before[0], after, clock):
            made += 1
        else:
            left.append(backup.path)
    return made, left


def _is_of(backup: Path, identity: str, password: str | None) -> bool:
    """Whether it is this workbook's and has this password, or none."""
    try:
        with Workbook.open(backup, read_only=True, check=Check.NONE, password=password) as workbook:
            first = workbook.rows("SELECT digest FROM edit ORDER BY id LIMIT 1")
            return workbook.password == password and bool(first) and first[0][0] == identity
    except AssessorError:
        return False


def _convert_backup(backup: Path, before: str | None, after: Protection, clock: Clock) -> bool:
    """False where it turns out to be damaged. Raises WorkbookError where there is no room."""
    try:
        with Workbook.open(backup, read_only=True, check=Check.FULL, password=before):
            pass
    except AssessorError:
        return False
    folder = backup_workshop(backup.parent)
    unfinished = folder / "unfinished.assess"
    try:
        folder.mkdir(exist_ok=True)
        unfinished.unlink(missing_ok=True)
        convert_file(backup, unfinished, before, after, "随工作簿转换密码", clock)
        settle_file(unfinished)
        unfinished.rename(folder / backup.name)
        sync_folder(folder)
    except OSError as problem:
        what = f"无法转换备份（{os_reason(problem)}）"
        raise OutputError(what, place=str(backup), remedy=_NO_BACKUP) from problem
    except WorkbookError as problem:
        if problem.place == str(unfinished):
            problem.place = str(backup)
        raise
    return True


def convert_evidence(workbook: Workbook, after: Protection, note: Callable[[list[str]], None], work: Work) -> Evidence:
    """Writes each file of evidence anew beside the old one. ``note`` is told the new names before any is written.

    Raises OutputError, OSError, Cancelled; what was written is the caller's to remove.
    """
    key = load_settings(workbook).evidence_key
    source = store_beside(workbook.path, cipher_for(key))
    target = store_beside(workbook.path, cipher_for(after.evidence_key))
    names = stored_names(source) if key != after.evidence_key else frozenset()
    known = {source.cipher.stored_name(item.file.digest): item.file.digest for item in named_files(workbook)}
    digests = {name: known.get(name) or (name if key is None else _digest_of(source, name)) for name in sorted(names)}
    fresh = {target.cipher.stored_name(digest) for digest in digests.values() if digest is not None}
    note(sorted(fresh - names))
    gone: list[str] = []
    for number, (name, digest) in enumerate(digests.items()):
        work.step(number / len(digests), "正在转换佐证文件")
        content = _decrypted(source, name)
        if content is not None and digest is not None:
            write_checked(target, StoredFile(digest, name, len(content)), content)
            gone.append(name)
    return Evidence(tuple(sorted(fresh - names)), tuple(gone), tuple(source.folder / name for name in names - {*gone}))


def _decrypted(store: Store, name: str) -> bytes | None:
    """None where it was altered."""
    try:
        return store.cipher.decrypt((store.folder / name).read_bytes())
    except ValueError:
        return None


def _digest_of(store: Store, name: str) -> str | None:
    content = _decrypted(store, name)
    return None if content is None else hashlib.sha256(content).hexdigest()
