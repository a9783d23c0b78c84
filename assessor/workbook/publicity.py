"""The objection period of a year (公示期)."""

from __future__ import annotations

from datetime import date

from assessor.domain.appeal import Publicity
from assessor.workbook.known import require_year
from assessor.workbook.rows import put_row, remove_row
from assessor.workbook.workbook import Edit, Reading


def save_publicity(edit: Edit, year: int, publicity: Publicity | None) -> None:
    """In place of the one before; None: the results are not made public."""
    require_year(edit, year)
    if publicity is None:
        remove_row(edit, "publicity", {"year": year})
    else:
        days = {"starts": publicity.starts.isoformat(), "ends": publicity.ends.isoformat()}
        put_row(edit, "publicity", {"year": year, **days})


def load_publicity(source: Reading, year: int) -> Publicity | None:
    rows = source.rows("SELECT starts, ends FROM publicity WHERE year = ?", (year,))
    return Publicity(*(date.fromisoformat(rows[0][name]) for name in ("starts", "ends"))) if rows else None
