"""Assessment years: add, save, list, load."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

from assessor.domain.year import Stage, Year
from assessor.errors import InputError, WorkbookError
from assessor.workbook.known import require_year
from assessor.workbook.rows import put_row
from assessor.workbook.workbook import Edit, Reading

_FIRST, _LAST = 1900, 2200


def add_year(edit: Edit, year: Year) -> None:
    """Raises WorkbookError where the workbook has the year already, InputError where its dates are out of order."""
    if edit.rows("SELECT 1 FROM year WHERE year = ?", (year.year,)):
        raise WorkbookError("年度已经存在", place=f"{year.year} 年度", remedy="请直接修改这个年度，或另建一个年度")
    _write(edit, year)


def save_year(edit: Edit, year: Year) -> None:
    """Raises WorkbookError where the workbook does not have the year, InputError where its dates are out of order."""
    require_year(edit, year.year)
    _write(edit, year)


def set_dates(edit: Edit, dates: Year) -> None:
    """Gives the year the dates of ``dates`` and leaves all else as it is stored. Raises as ``save_year``."""
    stored = load_year(edit, dates.year)
    _write(edit, replace(stored, starts=dates.starts, ends=dates.ends, deadline=dates.deadline))


def list_years(source: Reading) -> tuple[Year, ...]:
    with source.snapshot():
        return tuple(map(_year, source.rows("SELECT * FROM year ORDER BY year")))


def load_year(source: Reading, year: int) -> Year:
    """Raises WorkbookError naming the years there are."""
    require_year(source, year)
    return _year(source.rows("SELECT * FROM year WHERE year = ?", (year,))[0])


def _write(edit: Edit, year: Year) -> None:
    place = f"{year.year} 年度"
    if not _FIRST <= year.year <= _LAST:
        raise InputError("年度不合理", place=place, remedy=f"请填写 {_FIRST} 到 {_LAST} 之间的年度")
    if year.starts > year.ends:
        raise InputError("考核年度的起始日期晚于截止日期", place=place, remedy="请检查起止日期")
    if year.deadline < year.starts:
        raise InputError("报送期限早于考核年度的起始日期", place=place, remedy="请检查报送期限")
    row: dict[str, str | int] = {
        "year": year.year,
        "starts": year.starts.isoformat(),
        "ends": year.ends.isoformat(),
        "deadline": year.deadline.isoformat(),
        "stage": year.stage.value,
        "collection_closed": int(year.collection_closed),
        "is_sample": int(year.is_sample),
    }
    put_row(edit, "year", row)


def _year(row: sqlite3.Row) -> Year:
    return Year(
        year=row["year"],
        starts=date.fromisoformat(row["starts"]),
        ends=date.fromisoformat(row["ends"]),
        deadline=date.fromisoformat(row["deadline"]),
        stage=Stage(row["stage"]),
        collection_closed=bool(row["collection_closed"]),
        is_sample=bool(row["is_sample"]),
    )
