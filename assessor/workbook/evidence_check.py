"""Whether the files of evidence are there and as they were: for the page at a glance, for the check byte by byte.

A file is wanted as long as a row or the history names it: undoing brings rows back, and they must find their files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from assessor.work import Work
from assessor.workbook.evidence_list import EvidenceItem, Reuse, list_evidence
from assessor.workbook.evidence_store import (
    ALTERED_REMEDY,
    Condition,
    Store,
    StoredFile,
    condition,
    glance,
    missing_remedy,
    remove_stored,
    stored_names,
)
from assessor.workbook.integrity import Finding, FindingKind
from assessor.workbook.workbook import Reading

_ORPHANED_REMEDY = "它不影响考核；可在“佐证”页清理没有用到的文件"


class EvidenceState(Enum):
    NO_FILE = "no_file"
    GOOD = "good"
    REUSED = "reused"
    MISSING = "missing"
    ALTERED = "altered"

    @property
    def label(self) -> str:
        return {
            "no_file": "无文件",
            "good": "正常",
            "reused": "重复使用",
            "missing": "缺失",
            "altered": "被改动",
        }[self.value]


@dataclass(frozen=True)
class NamedFile:
    file: StoredFile
    place: str
    """Where it is named, for messages: of several places the first."""


@dataclass(frozen=True)
class FileCheck:
    named: tuple[NamedFile, ...]
    conditions: Mapping[str, Condition]
    """By digest."""
    orphans: tuple[str, ...]
    """Stored names of files that no row and no history names."""


def state_of(store: Store, item: EvidenceItem, reused: Mapping[str, Reuse]) -> EvidenceState:
    """By what the folder shows, without reading files: an altered one of the same size is found by the check only."""
    if item.file is None:
        return EvidenceState.NO_FILE
    seen = glance(store, item.file)
    if seen is not Condition.GOOD:
        return EvidenceState(seen.value)
    return EvidenceState.REUSED if item.file.digest in reused else EvidenceState.GOOD


def named_files(source: Reading) -> tuple[NamedFile, ...]:
    """Every file that rows or the history name, each once."""
    named: dict[str, NamedFile] = {}
    with source.snapshot():
        for item in list_evidence(source):
            for version in item.versions:
                named.setdefault(version.file.digest, NamedFile(version.file, item.place))
        for row in source.rows(
            "SELECT edit, coalesce(after, before) ->> 'digest' AS digest, coalesce(after, before) ->> 'name' AS name,"
            " coalesce(after, before) ->> 'size' AS size"
            " FROM change WHERE data_table = 'evidence_file' ORDER BY edit, position"
        ):
            file = StoredFile(row["digest"], row["name"], row["size"])
            named.setdefault(file.digest, NamedFile(file, f"修改历史 第 {row['edit']} 步"))
    return tuple(named.values())


def check_files(source: Reading, store: Store, work: Work) -> FileCheck:
    """Reads every file that is named. Raises WorkbookError where the folder cannot be read, Cancelled."""
    named = named_files(source)
    total, done = sum(item.file.size for item in named) or 1, 0
    conditions: dict[str, Condition] = {}
    for item in named:
        work.step(done / total, f"正在核对佐证文件 {item.file.name}")
        conditions[item.file.digest] = condition(store, item.file)
        done += item.file.size
    return FileCheck(named, conditions, _orphans(store, named))


def evidence_findings(source: Reading, store: Store, work: Work | None = None) -> tuple[Finding, ...]:
    """Missing, altered and orphaned files of all years. Raises as ``check_files``."""
    return findings_of(check_files(source, store, work or Work()), store)


def findings_of(check: FileCheck, store: Store) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for item in check.named:
        found = check.conditions[item.file.digest]
        if found is Condition.MISSING:
            what = f"找不到佐证文件“{item.file.name}”"
            findings.append(Finding(FindingKind.EVIDENCE_MISSING, what, item.place, missing_remedy(store)))
        elif found is Condition.ALTERED:
            what = f"佐证文件“{item.file.name}”的内容被改动或损坏"
            findings.append(Finding(FindingKind.EVIDENCE_ALTERED, what, item.place, ALTERED_REMEDY))
    for name in check.orphans:
        path = str(store.folder / name)
        findings.append(Finding(FindingKind.EVIDENCE_ORPHANED, "没有记录用到这个佐证文件", path, _ORPHANED_REMEDY))
    return tuple(findings)


def orphans(source: Reading, store: Store) -> tuple[str, ...]:
    """Stored names of files that no row and no history names."""
    return _orphans(store, named_files(source))


def remove_orphans(source: Reading, store: Store) -> tuple[str, ...]:
    """Deletes them, and returns their stored names. Raises OutputError."""
    names = orphans(source, store)
    remove_stored(store, names)
    return names


def _orphans(store: Store, named: Sequence[NamedFile]) -> tuple[str, ...]:
    wanted = {store.cipher.stored_name(item.file.digest) for item in named}
    return tuple(sorted(stored_names(store) - wanted))
