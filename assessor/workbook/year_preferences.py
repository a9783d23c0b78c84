"""What an office has set for one year, by key: settings that no score depends on."""

from __future__ import annotations

from decimal import Decimal

from assessor.domain.extremes import Extremes
from assessor.workbook.known import require_year
from assessor.workbook.rows import put_rows
from assessor.workbook.values import decimal_text
from assessor.workbook.workbook import Edit, Reading

_LOW, _HIGH = "extreme_low", "extreme_high"


def save_extremes(edit: Edit, year: int, extremes: Extremes) -> None:
    """Which marks and awards of the year have to say what they rest on."""
    require_year(edit, year)
    place = f"{year} 年度 极端分"
    values = {_LOW: decimal_text(extremes.low, place), _HIGH: decimal_text(extremes.high, place)}
    put_rows(edit, "year_preference", [{"year": year, "key": key, "value": text} for key, text in values.items()])


def load_extremes(source: Reading, year: int) -> Extremes:
    """The default where nothing was set."""
    rows = source.rows("SELECT key, value FROM year_preference WHERE year = ? AND key IN (?, ?)", (year, _LOW, _HIGH))
    found = {row["key"]: Decimal(row["value"]) for row in rows}
    default = Extremes()
    return Extremes(found.get(_LOW, default.low), found.get(_HIGH, default.high))
