"""Versions of a year's schemes (细则版本): what a scheme said when scoring began, and whenever it was changed after.

A version is the whole scheme as TOML, so that it can be read, compared and handed on without the workbook.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_reader import read_unsound, scheme_table
from assessor.domain.table_reader import TableReader
from assessor.domain.toml_text import toml_text
from assessor.errors import SchemeError
from assessor.workbook.rows import put_row
from assessor.workbook.schemes import load_scheme
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading


@dataclass(frozen=True)
class SchemeVersion:
    group: str
    number: int
    """1 is what scoring began with."""
    frozen_at: datetime
    frozen_by: str
    reason: str
    content: str
    """TOML, as scheme files have it."""


def freeze_schemes(edit: Edit, year: int, reason: str) -> tuple[SchemeVersion, ...]:
    """Keeps every scheme of the year as its next version, and answers with those; one that reads as its latest version
    does is kept already. Raises InputError without a reason, WorkbookError and SchemeError as ``load_scheme``."""
    groups = edit.rows("SELECT group_code FROM scheme WHERE year = ? ORDER BY group_code", (year,))
    found = (freeze_scheme(edit, year, row["group_code"], reason) for row in groups)
    return tuple(version for version in found if version is not None)


def freeze_scheme(edit: Edit, year: int, group: str, reason: str) -> SchemeVersion | None:
    """The same for one group; None where nothing has changed since the latest version."""
    text = required_text(reason, "原因", f"{year} 年度 细则")
    content = toml_text(scheme_table(load_scheme(edit, year, group)))
    earlier = load_versions(edit, year, group)
    if earlier and earlier[-1].content == content:
        return None
    version = SchemeVersion(group, len(earlier) + 1, edit.at, edit.operator, text.strip(), content)
    row: dict[str, str | int | None] = {
        "year": year,
        "group_code": group,
        "number": version.number,
        "frozen_at": version.frozen_at.isoformat(),
        "frozen_by": version.frozen_by,
        "reason": version.reason,
        "content": version.content,
    }
    put_row(edit, "scheme_version", row)
    return version


def load_versions(source: Reading, year: int, group: str) -> tuple[SchemeVersion, ...]:
    """From the first on."""
    rows = source.rows("SELECT * FROM scheme_version WHERE year = ? AND group_code = ? ORDER BY number", (year, group))
    return tuple(
        SchemeVersion(
            group=row["group_code"],
            number=row["number"],
            frozen_at=datetime.fromisoformat(row["frozen_at"]),
            frozen_by=row["frozen_by"],
            reason=row["reason"],
            content=row["content"],
        )
        for row in rows
    )


def scheme_of_text(text: str, place: str) -> Scheme:
    """The scheme that a version or a draft keeps, sound or not. Raises SchemeError at ``place`` where it cannot be
    read."""
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise SchemeError("保存的细则读不出来", place=place, remedy="请从备份恢复这个工作簿") from problem
    return read_unsound(TableReader(table, place, SchemeError))


def load_all_versions(source: Reading, year: int) -> dict[str, tuple[SchemeVersion, ...]]:
    """Of every group of the year that has some."""
    with source.snapshot():
        groups = source.rows("SELECT DISTINCT group_code FROM scheme_version WHERE year = ?", (year,))
        return {row["group_code"]: load_versions(source, year, row["group_code"]) for row in groups}
