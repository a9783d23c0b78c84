"""The whole check of a workbook: file, definitions, references, history, seals, evidence; everything that is wrong is
named, with its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from assessor.errors import AssessorError, DamagedWorkbookError
from assessor.work import Work
from assessor.workbook.changes import data_tables
from assessor.workbook.integrity import Finding, FindingKind, full_findings
from assessor.workbook.looking import looking_into, workbook_on
from assessor.workbook.workbook import Workbook

_UNREADABLE = (ValueError, ArithmeticError, LookupError, TypeError)
"""What reading raises of a value that no edit could have written."""
_FORBIDDEN_VALUE = "CHECK constraint failed"
"""As SQLite's own check begins to say it."""
USE_A_BACKUP = "请保留此文件，改用最近的备份打开"


@dataclass(frozen=True)
class Counts:
    """What was looked at."""

    rows: int = 0
    edits: int = 0
    seals: int = 0
    files: int = 0
    """Versions of evidence files."""


@dataclass(frozen=True)
class CheckReport:
    findings: tuple[Finding, ...]
    counts: Counts = field(default_factory=Counts)


def check_workbook(path: Path, password: str | None = None, work: Work | None = None) -> CheckReport:
    """Also of a damaged workbook, and of one that is open elsewhere. Nothing is written.

    Raises WorkbookError where there is no file, it is another format's, or the password is wrong; Cancelled.
    """
    work = work or Work()
    try:
        with looking_into(path, password) as connection:
            workbook = workbook_on(connection, path, password)
            with workbook.snapshot():  # somebody may be writing
                work.step(0.1, "正在检查数据和修改历史")
                findings = file_findings(connection)
                if any(map(_breaks_tables, findings)):
                    return CheckReport(findings)  # what broken tables would say of seals and evidence is noise
                return CheckReport((*findings, *_of_features(workbook, work)), _counted(connection))
    except DamagedWorkbookError as problem:
        return CheckReport((_from(problem),))


def file_findings(connection: sqlite3.Connection) -> tuple[Finding, ...]:
    """As ``full_findings``, where even looking may fail."""
    try:
        return full_findings(connection)
    except _UNREADABLE as problem:
        return (_unreadable(problem),)


def _breaks_tables(finding: Finding) -> bool:
    """A value that its table forbids can still be read and named."""
    is_value = finding.kind is FindingKind.STRUCTURE and finding.place.startswith(_FORBIDDEN_VALUE)
    return finding.kind in (FindingKind.STRUCTURE, FindingKind.SCHEMA) and not is_value


def _of_features(workbook: Workbook, work: Work) -> tuple[Finding, ...]:
    from assessor.workbook.evidence_check import evidence_findings
    from assessor.workbook.evidence_store import store_of
    from assessor.workbook.seal_findings import seal_findings

    work.step(0.4, "正在核对定稿")
    seals = _as_far_as_readable(lambda: seal_findings(workbook))
    work.step(0.6, "正在核对佐证文件")
    return (*seals, *_as_far_as_readable(lambda: evidence_findings(workbook, store_of(workbook), work)))


def _as_far_as_readable(find: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What one feature cannot understand does not silence the other."""
    try:
        return find()
    except AssessorError as problem:
        return (_from(problem),)
    except _UNREADABLE as problem:
        return (_unreadable(problem),)


def _unreadable(problem: Exception) -> Finding:
    return Finding(FindingKind.HISTORY, f"内容无法识别（{str(problem)[:80]}）", "", USE_A_BACKUP)


def _from(problem: AssessorError) -> Finding:
    return Finding(FindingKind.STRUCTURE, problem.what, problem.place, problem.remedy)


def _counted(connection: sqlite3.Connection) -> Counts:
    def count(table: str) -> int:
        return int(connection.execute(f'SELECT count(*) FROM main."{table}"').fetchone()[0])

    return Counts(
        rows=sum(count(table) for table in data_tables(connection)),
        edits=count("edit"),
        seals=count("seal"),
        files=count("evidence_file"),
    )
