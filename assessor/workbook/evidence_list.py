"""Evidence as it is listed: every item with the words of its unit, owner and indicator, its file's versions, and where
else the same file is used."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assessor.domain.facts import EventKind
from assessor.workbook.evidence import Owner
from assessor.workbook.evidence_store import StoredFile
from assessor.workbook.unit_columns import short_name_in
from assessor.workbook.values import optional_date
from assessor.workbook.workbook import Reading

OWN_FORM = "年度填报表"
AT_LARGE = "单位综合材料"


@dataclass(frozen=True)
class FileVersion:
    number: int
    file: StoredFile
    added: datetime


@dataclass(frozen=True)
class EvidenceItem:
    year: int
    key: int
    unit: str
    unit_name: str
    owner: Owner
    owner_title: str
    """年度填报表, a task or an event in words; with its revision where a later one has taken its place."""
    title: str
    indicator: str | None
    indicator_title: str
    dated: date | None
    received: date | None
    description: str
    versions: tuple[FileVersion, ...]
    """Newest first; empty: no file was handed in."""

    @property
    def file(self) -> StoredFile | None:
        """The one that counts."""
        return self.versions[0].file if self.versions else None

    @property
    def place(self) -> str:
        """For messages."""
        return f"{self.year} 年度 {self.unit_name} {self.owner_title}“{self.title}”"


@dataclass(frozen=True)
class OwnerChoice:
    """A submission, an event or a unit at large that evidence can be added to."""

    unit: str
    unit_name: str
    owner: Owner
    title: str


@dataclass(frozen=True)
class Reuse:
    """One file that serves several units, forms or events, or years."""

    digest: str
    items: tuple[EvidenceItem, ...]
    """At least two, of different places."""

    def others(self, item: EvidenceItem) -> tuple[EvidenceItem, ...]:
        return tuple(other for other in self.items if _place_of(other) != _place_of(item))


def list_evidence(source: Reading, year: int | None = None) -> tuple[EvidenceItem, ...]:
    """Of a year (of all years without one), by unit in the registry's order, own form, tasks, events."""
    with source.snapshot():
        wanted, parameters = ("WHERE {}.year = ?", (year,)) if year is not None else ("", ())
        files = source.rows(
            f"SELECT * FROM evidence_file {wanted.format('evidence_file')} ORDER BY version DESC", parameters
        )
        rows = source.rows(
            f"SELECT evidence.*, {short_name_in('evidence.year')} AS short_name, task.title AS task_title,"
            " event.kind, event.matter,"
            " indicator.title AS indicator_title,"
            " (SELECT max(revision) FROM submission WHERE submission.year = evidence.year"
            "  AND submission.unit = evidence.unit AND submission.form = evidence.form) AS latest"
            " FROM evidence JOIN unit ON unit.code = evidence.unit"
            " LEFT JOIN task ON task.code = evidence.form"
            " LEFT JOIN event ON event.year = evidence.year AND event.key = evidence.event"
            " LEFT JOIN indicator ON indicator.year = evidence.year"
            "  AND indicator.group_code = evidence.group_code AND indicator.code = evidence.indicator"
            f" {wanted.format('evidence')}"
            " ORDER BY evidence.year, unit.position, evidence.form IS NULL, evidence.form, evidence.revision,"
            " evidence.event, evidence.position, evidence.key",
            parameters,
        )
    versions: dict[tuple[int, int], list[FileVersion]] = {}
    for row in files:
        versions.setdefault((row["year"], row["key"]), []).append(_version(row))
    return tuple(_item(row, tuple(versions.get((row["year"], row["key"]), ()))) for row in rows)


def evidence_of(
    source: Reading, year: int, unit: str, indicator: str | None, *, is_by_task: bool = False
) -> tuple[EvidenceItem, ...]:
    """A unit's evidence, or of that what an indicator rests on: what was handed in for it by name, and what came with
    the forms that it is scored by (``is_by_task``: of the tasks, else the unit's own) for nothing in particular."""
    own = [item for item in list_evidence(source, year) if item.unit == unit]
    if indicator is None:
        return tuple(own)
    return tuple(item for item in own if item.indicator == indicator or _serves(item, is_by_task=is_by_task))


def _serves(item: EvidenceItem, *, is_by_task: bool) -> bool:
    form = item.owner.form
    return item.indicator is None and form is not None and bool(form) == is_by_task


def list_owners(source: Reading, year: int) -> tuple[OwnerChoice, ...]:
    """The latest submission of every form, every event, and every unit of the year: by unit in the registry's order."""
    with source.snapshot():
        forms = source.rows(
            f"SELECT submission.unit, {short_name_in('year')} AS short_name, unit.position, form,"
            " max(revision) AS revision, NULL AS event, task.title AS task_title, NULL AS kind, NULL AS matter"
            " FROM submission JOIN unit ON unit.code = submission.unit LEFT JOIN task ON task.code = submission.form"
            " WHERE year = ? GROUP BY submission.unit, form ORDER BY unit.position, form",
            (year,),
        )
        events = source.rows(
            f"SELECT event.unit, {short_name_in('year')} AS short_name, unit.position, NULL AS form, NULL AS revision,"
            " event.key AS event, NULL AS task_title, event.kind, event.matter"
            " FROM event JOIN unit ON unit.code = event.unit WHERE year = ? ORDER BY unit.position, event.key",
            (year,),
        )
        units = source.rows(
            f"SELECT code AS unit, {short_name_in('?1')} AS short_name, position, NULL AS form,"
            " NULL AS revision, NULL AS event, NULL AS task_title, NULL AS kind, NULL AS matter"
            " FROM unit WHERE coalesce(valid_from, ?1) <= ?1 AND coalesce(valid_to, ?1) >= ?1 ORDER BY position",
            (year,),
        )
    ordered = sorted([*forms, *events, *units], key=lambda row: int(row["position"]))  # stable: forms, then events
    return tuple(OwnerChoice(row["unit"], row["short_name"], _owner(row), _owner_title(row)) for row in ordered)


def reused_digests(source: Reading) -> Mapping[str, Reuse]:
    """Digest -> where it is used, of files that serve two units, two forms or events, or two years."""
    used: dict[str, list[EvidenceItem]] = {}
    for item in list_evidence(source):
        if item.file is not None:
            used.setdefault(item.file.digest, []).append(item)
    return {
        digest: Reuse(digest, tuple(items))
        for digest, items in used.items()
        if len({_place_of(item) for item in items}) > 1
    }


def _place_of(item: EvidenceItem) -> tuple[object, ...]:
    """Later revisions of a form are the same place."""
    return item.year, item.unit, item.owner.form, item.owner.event


def _item(row: sqlite3.Row, versions: tuple[FileVersion, ...]) -> EvidenceItem:
    title = _owner_title(row)
    if row["form"] is not None and row["revision"] != row["latest"]:
        title = f"{title}（第 {row['revision']} 次，已有更新的填报）"
    return EvidenceItem(
        year=row["year"],
        key=row["key"],
        unit=row["unit"],
        unit_name=row["short_name"],
        owner=_owner(row),
        owner_title=title,
        title=row["title"],
        indicator=row["indicator"],
        indicator_title=row["indicator_title"] or "",
        dated=optional_date(row["dated"]),
        received=optional_date(row["received"]),
        description=row["description"],
        versions=versions,
    )


def _version(row: sqlite3.Row) -> FileVersion:
    file = StoredFile(row["digest"], row["name"], row["size"])
    return FileVersion(row["version"], file, datetime.fromisoformat(row["added"]))


def _owner(row: sqlite3.Row) -> Owner:
    return Owner(row["form"], row["revision"], row["event"])


def _owner_title(row: sqlite3.Row) -> str:
    if row["event"] is not None:
        return f"{EventKind(row['kind']).label} {row['event']} {row['matter']}".rstrip()
    if row["form"] is None:
        return AT_LARGE
    return f"{row['form']} {row['task_title'] or ''}".rstrip() if row["form"] else OWN_FORM
