"""Deleting a year that nothing has been entered into: set up by mistake, or to be set up again."""

from __future__ import annotations

from assessor.errors import WorkbookError
from assessor.workbook.known import require_year
from assessor.workbook.row_titles import table_title
from assessor.workbook.seal_triggers import YEAR_TABLES
from assessor.workbook.workbook import Edit, Reading

_SET_UP = frozenset(
    {
        "year",
        "scheme",
        "role_factor",
        "category",
        "indicator",
        "grade",
        "entry_kind",
        "veto_kind",
        "figure",
        "scheme_version",
        "assignment",
        "annual_requirement",
        "year_preference",
        "publicity",
        "reviewer",
        "reviewer_unit",
        "reviewer_assignment",
    }
)
"""Of ``YEAR_TABLES``: what setting a year up fills, and what can be made anew. Rows of any other table were entered."""


def entered_in(source: Reading, year: int) -> tuple[tuple[str, int], ...]:
    """What has been entered into the year, as Chinese titles with counts; empty: the year is empty and may be deleted.

    Raises WorkbookError where the year is missing.
    """
    require_year(source, year)
    tables = [table for table in (*YEAR_TABLES, "note", "seal") if table not in _SET_UP]
    counts = [(table_title(table), _count(source, table, year)) for table in tables]
    return tuple((title, count) for title, count in counts if count)


def delete_year(edit: Edit, year: int) -> None:
    """Raises WorkbookError where the year is missing or anything has been entered into it."""
    entered = entered_in(edit, year)
    if entered:
        what = "、".join(f"{title} {count} 条" for title, count in entered)
        raise WorkbookError(
            f"这个年度不是空的，不能删除：已有{what}",
            place=f"{year} 年度",
            remedy="刚刚录入的可以撤销；不再使用的年度可以留着，不影响其他年度",
        )
    for table in reversed(YEAR_TABLES):
        edit.execute(f"DELETE FROM {table} WHERE year = ?", (year,))


def _count(source: Reading, table: str, year: int) -> int:
    return int(source.rows(f"SELECT count(*) FROM {table} WHERE year = ?", (year,))[0][0])
