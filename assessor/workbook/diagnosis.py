"""What is wrong with a workbook that does not open, in words, and what can be done about it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from assessor.errors import AssessorError, PasswordNeededError, WorkbookError, WrongPasswordError, os_reason
from assessor.workbook.backup_list import newest_good_backup
from assessor.workbook.backup_names import Backup
from assessor.workbook.check import file_findings
from assessor.workbook.format import check_header, has_unsaved_log, is_protected_file
from assessor.workbook.integrity import Finding, FindingKind
from assessor.workbook.looking import looking_into


class Ailment(Enum):
    """What ails the file; the value is said to the user."""

    NONE = "没有发现问题"
    EMPTY = "文件是空的，一个字节也没有"
    NO_WORKBOOK = "文件不是工作簿，或开头部分已被破坏"
    TRUNCATED = "文件不完整，后面的部分丢失了"
    STALE_LOG = "旁边的日志文件（-wal）与它不配套，或已损坏；不用日志时，文件本身完好，但可能缺少最后几次修改"
    PAGES = "文件中有的部分已被破坏，读不出来"
    FOREIGN = "文件中有本程序没有建立过的表、视图或触发器，或缺少应有的"
    CONTENT = "文件能读出，但内容与修改历史对不上，可能被别的程序改动，或磁盘出错"


_OPENS_ITS_BACKUP = "这个密码打得开最近的备份，却打不开这个文件，文件第一页可能已损坏"
_BY_KIND: Mapping[FindingKind, Ailment] = {
    FindingKind.STRUCTURE: Ailment.PAGES,
    FindingKind.SCHEMA: Ailment.FOREIGN,
}


@dataclass(frozen=True)
class Diagnosis:
    path: Path
    ailment: Ailment
    findings: tuple[Finding, ...]
    backup: Backup | None
    """The newest good one."""
    can_salvage: bool


def diagnose(path: Path, password: str | None = None) -> Diagnosis:
    """Looks at copies only. Raises WorkbookError where the file is missing or cannot be read at all, is another
    format's, or the password is not its own."""
    real = path.resolve()
    backup = newest_good_backup(path, password)
    try:
        ailment, findings = _ailment(real, password)
    except WrongPasswordError:
        if backup is None or not is_protected_file(backup.path):
            raise
        ailment, findings = Ailment.NO_WORKBOOK, (Finding(FindingKind.STRUCTURE, _OPENS_ITS_BACKUP),)
    can_salvage = ailment not in (Ailment.NONE, Ailment.EMPTY)
    return Diagnosis(path, ailment, findings, backup, can_salvage)


def _ailment(real: Path, password: str | None) -> tuple[Ailment, tuple[Finding, ...]]:
    with tempfile.TemporaryDirectory(prefix="assess-") as folder:
        copy = Path(folder) / real.name
        try:
            shutil.copyfile(real, copy)
            if has_unsaved_log(real):
                shutil.copyfile(_log(real), _log(copy))
        except OSError as problem:
            what = f"无法读取（{os_reason(problem)}）"
            raise WorkbookError(what, place=str(real), remedy="请检查文件的读取权限和磁盘") from problem
        findings = _findings(copy, password)
        if not findings:
            return Ailment.NONE, ()
        if _log(copy).exists():
            _log(copy).unlink()
            if not _findings(copy, password):
                return Ailment.STALE_LOG, findings
        return _of_file(copy, findings), findings


def _of_file(copy: Path, findings: tuple[Finding, ...]) -> Ailment:
    if not copy.stat().st_size:
        return Ailment.EMPTY
    try:
        check_header(copy)
    except AssessorError as problem:
        return Ailment.TRUNCATED if "字节" in problem.what else Ailment.NO_WORKBOOK
    return _BY_KIND.get(findings[0].kind, Ailment.CONTENT)


def _findings(copy: Path, password: str | None) -> tuple[Finding, ...]:
    try:
        with looking_into(copy, password) as connection:
            return file_findings(connection)
    except (PasswordNeededError, WrongPasswordError):
        raise
    except WorkbookError as problem:
        return (Finding(FindingKind.STRUCTURE, problem.what, remedy=problem.remedy),)
    except sqlite3.Error as problem:  # what SQLite cannot make of statements that are always the same
        return (Finding(FindingKind.STRUCTURE, str(problem)),)


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
