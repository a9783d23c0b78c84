"""Rows of evidence (佐证材料): what it is called, whom it serves, its dates, and the versions of its file.

A row belongs to a submission (form and revision), to an event, or to the unit at large. Its file is in the store
(``evidence_store``) before a row names it; removing a row leaves the file, so that undoing finds it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessor.errors import InputError
from assessor.workbook.evidence_store import StoredFile
from assessor.workbook.known import require_indicator, require_unit
from assessor.workbook.rows import Row, put_row, put_rows, remove_row
from assessor.workbook.values import date_text, required_text
from assessor.workbook.workbook import Edit, Reading

_GONE = "请刷新后再试：它可能已被别人删除或撤销"


@dataclass(frozen=True)
class Owner:
    """Whom evidence serves: a submission (``form`` empty for the unit's own yearly one), an event by its key, or with
    neither the unit at large."""

    form: str | None = None
    revision: int | None = None
    event: str | None = None


@dataclass(frozen=True)
class EvidenceFacts:
    """What is typed about an item of evidence."""

    title: str
    owner: Owner
    indicator: str | None = None
    """None: for all of what it was handed in with."""
    dated: date | None = None
    """材料日期: the day that the document itself bears."""
    received: date | None = None
    """收到日期."""
    description: str = ""


def add_evidence(edit: Edit, year: int, unit: str, facts: EvidenceFacts, file: StoredFile | None = None) -> int:
    """Returns the item's key, which is unique in the year. ``file`` is in the store already.

    Raises InputError where the unit, its submission, event or indicator is unknown, or the title is empty.
    """
    key = next_key(edit, year)
    owner = facts.owner
    position = edit.rows(
        "SELECT coalesce(max(position) + 1, 0) AS position FROM evidence"
        " WHERE year = ? AND unit = ? AND form IS ? AND revision IS ? AND event IS ?",
        (year, unit, owner.form, owner.revision, owner.event),
    )[0]["position"]
    put_row(edit, "evidence", {**_row(edit, year, unit, facts), "key": key, "position": position})
    if file is not None:
        attach_file(edit, year, key, file)
    return key


def update_evidence(edit: Edit, year: int, key: int, facts: EvidenceFacts) -> None:
    """Gives an item other words, dates, indicator or owner of the same unit. Raises InputError as ``add_evidence``."""
    present = _require(edit, year, key)
    unit = present["unit"]
    assert isinstance(unit, str)
    put_row(edit, "evidence", {**_row(edit, year, unit, facts), "key": key, "position": present["position"]})


def attach_file(edit: Edit, year: int, key: int, file: StoredFile) -> int:
    """Makes ``file`` the item's newest version and returns its number; older versions are kept. The very file that is
    attached already is not attached again. Raises InputError where there is no such item."""
    _require(edit, year, key)
    versions = edit.rows(
        "SELECT version, digest, name FROM evidence_file WHERE year = ? AND key = ? ORDER BY version DESC", (year, key)
    )
    if versions and (versions[0]["digest"], versions[0]["name"]) == (file.digest, file.name):
        return int(versions[0]["version"])
    version = versions[0]["version"] + 1 if versions else 1
    row: Row = {
        "year": year,
        "key": key,
        "version": version,
        "digest": file.digest,
        "name": file.name,
        "size": file.size,
        "added": edit.at.isoformat(timespec="seconds"),
    }
    put_row(edit, "evidence_file", row)
    return int(version)


def remove_evidence(edit: Edit, year: int, keys: Iterable[int]) -> None:
    """Removes items; their files stay in the store, so that undoing brings both back."""
    for key in keys:
        remove_row(edit, "evidence", {"year": year, "key": key})


def copy_evidence(edit: Edit, year: int, form: tuple[str, str], revision: int, to: int) -> None:
    """What came with one revision of a form (unit and form) counts for a later one, too; the files are not doubled."""
    where, owner = "year = ? AND unit = ? AND form = ? AND revision = ?", (year, *form, revision)
    for row in edit.rows(f"SELECT * FROM evidence WHERE {where} ORDER BY position, key", owner):
        key = next_key(edit, year)
        put_row(edit, "evidence", {**dict(row), "key": key, "revision": to})
        versions = edit.rows("SELECT * FROM evidence_file WHERE year = ? AND key = ?", (year, row["key"]))
        put_rows(edit, "evidence_file", [{**dict(version), "key": key} for version in versions])


def count_by_event(source: Reading, year: int) -> dict[str, int]:
    """Event -> how many items of evidence hang on it, of those that have some."""
    condition = "year = ? AND event IS NOT NULL GROUP BY event ORDER BY event"
    rows = source.rows(f"SELECT event, count(*) AS items FROM evidence WHERE {condition}", (year,))
    return {row["event"]: row["items"] for row in rows}


def next_key(source: Reading, year: int) -> int:
    """Of the year's next item of evidence: 1, 2, 3."""
    rows = source.rows("SELECT coalesce(max(key) + 1, 1) AS key FROM evidence WHERE year = ?", (year,))
    return int(rows[0]["key"])


def _row(edit: Edit, year: int, unit: str, facts: EvidenceFacts) -> Row:
    known = require_unit(edit, year, unit)
    place = known.place("佐证材料")
    if facts.indicator is not None:
        require_indicator(edit, known, facts.indicator)
    _require_owner(edit, year, unit, facts.owner, place)
    return {
        "year": year,
        "unit": unit,
        "group_code": known.group,
        "form": facts.owner.form,
        "revision": facts.owner.revision,
        "event": facts.owner.event,
        "title": required_text(facts.title, "佐证材料名称", place),
        "dated": date_text(facts.dated),
        "received": date_text(facts.received),
        "description": facts.description,
        "indicator": facts.indicator,
    }


def _require_owner(source: Reading, year: int, unit: str, owner: Owner, place: str) -> None:
    if owner.event is not None and owner.form is not None:
        raise ValueError(f"{owner} is both a submission's and an event's")
    if owner.event is not None:
        if not source.rows("SELECT 1 FROM event WHERE year = ? AND key = ? AND unit = ?", (year, owner.event, unit)):
            what = f"该单位没有编号为“{owner.event}”的加扣分、否决或扣分事项"
            raise InputError(what, place=place, remedy="请从列表中选择事项，或先登记这个事项")
    elif owner.form is not None and not source.rows(
        "SELECT 1 FROM submission WHERE year = ? AND unit = ? AND form = ? AND revision IS ?",
        (year, unit, owner.form, owner.revision),
    ):
        form = f"任务 {owner.form} " if owner.form else "年度填报表"
        remedy = "请先录入这张填报表，或从列表中选择已有的填报"
        raise InputError(f"该单位没有{form}的第 {owner.revision} 次填报", place=place, remedy=remedy)


def _require(source: Reading, year: int, key: int) -> Row:
    rows = source.rows("SELECT * FROM evidence WHERE year = ? AND key = ?", (year, key))
    if not rows:
        raise InputError(f"没有编号为 {key} 的佐证材料", place=f"{year} 年度", remedy=_GONE)
    return dict(rows[0])
