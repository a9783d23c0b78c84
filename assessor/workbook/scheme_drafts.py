"""Drafts of schemes (细则草稿): what is being argued over, beside the schemes that years are scored by.

A draft is the whole scheme as TOML, as a version is; it may be unsound for as long as it is a draft.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_reader import scheme_table
from assessor.domain.toml_text import toml_text
from assessor.errors import InputError, WorkbookError
from assessor.workbook.known import listed
from assessor.workbook.rows import put_row, remove_row
from assessor.workbook.scheme_versions import scheme_of_text
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading


@dataclass(frozen=True)
class SchemeDraft:
    key: str
    group: str
    title: str
    """Of the draft; the scheme within has its own."""
    note: str
    """Where it came from, or what it is to try."""
    content: str
    """TOML, as scheme files have it."""

    @property
    def scheme(self) -> Scheme:
        """Raises SchemeError where it cannot be read."""
        return scheme_of_text(self.content, f"草稿“{self.title}”")


def add_draft(edit: Edit, title: str, scheme: Scheme, note: str = "") -> SchemeDraft:
    """Raises InputError without a title, or with one that another draft of the group has; WorkbookError where the
    workbook does not have the scheme's group."""
    numbers = [int(row["key"]) for row in edit.rows("SELECT key FROM scheme_draft")]
    return _write(edit, str(max(numbers, default=0) + 1), title, scheme, note)


def save_draft(edit: Edit, key: str, scheme: Scheme) -> SchemeDraft:
    """Puts ``scheme`` in the place of what the draft says. Raises WorkbookError where there is no such draft, or it is
    of another group."""
    known = load_draft(edit, key)
    if scheme.group != known.group:
        what = f"草稿属于考核组别“{known.group}”，这份细则属于“{scheme.group}”"
        raise WorkbookError(what, place=f"草稿“{known.title}”", remedy="请另存为新的草稿")
    return _write(edit, key, known.title, scheme, known.note)


def rename_draft(edit: Edit, key: str, title: str) -> SchemeDraft:
    """Raises as ``add_draft`` and where there is no such draft."""
    known = load_draft(edit, key)
    return _write(edit, key, title, known.scheme, known.note)


def remove_draft(edit: Edit, key: str) -> None:
    """Raises WorkbookError where there is no such draft."""
    load_draft(edit, key)
    remove_row(edit, "scheme_draft", {"key": key})


def load_drafts(source: Reading, group: str = "") -> tuple[SchemeDraft, ...]:
    """Of a group, or (empty) all, the oldest first."""
    rows = source.rows("SELECT * FROM scheme_draft ORDER BY CAST(key AS INTEGER)")
    return tuple(map(_draft, (row for row in rows if group in ("", row["group_code"]))))


def load_draft(source: Reading, key: str) -> SchemeDraft:
    """Raises WorkbookError where there is no such draft."""
    rows = source.rows("SELECT * FROM scheme_draft WHERE key = ?", (key,))
    if not rows:
        raise WorkbookError("没有这份细则草稿", place=f"草稿 {key}", remedy="可能已被删去；可以撤销，或另建一份")
    return _draft(rows[0])


def _write(edit: Edit, key: str, title: str, scheme: Scheme, note: str) -> SchemeDraft:
    name = required_text(title, "草稿名称", "细则草稿").strip()
    groups = [row["code"] for row in edit.rows("SELECT code FROM unit_group ORDER BY position")]
    if scheme.group not in groups:
        remedy = f"方案中的组别代码有：{listed(groups)}"
        raise WorkbookError(f"没有代码为“{scheme.group}”的考核组别", place=f"细则“{scheme.title}”", remedy=remedy)
    if any(item.title == name and item.key != key for item in load_drafts(edit, scheme.group)):
        raise InputError(f"已有名为“{name}”的草稿", place="细则草稿", remedy="请换一个名称")
    draft = SchemeDraft(key, scheme.group, name, note, toml_text(scheme_table(scheme)))
    row: dict[str, str | int | None] = {
        "key": key,
        "group_code": draft.group,
        "title": draft.title,
        "note": draft.note,
        "content": draft.content,
    }
    put_row(edit, "scheme_draft", row)
    return draft


def _draft(row: sqlite3.Row) -> SchemeDraft:
    return SchemeDraft(row["key"], row["group_code"], row["title"], row["note"], row["content"])
