"""What an office has set for one year, by key: settings that no score depends on."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from assessor.domain.extremes import Extremes
from assessor.domain.review import LIMIT_TITLES, ReviewLimits
from assessor.workbook.known import require_unit, require_year
from assessor.workbook.rows import Row, put_rows
from assessor.workbook.values import decimal_text
from assessor.workbook.workbook import Edit, Reading

_LOW, _HIGH = "extreme_low", "extreme_high"
_REVIEW = "review_"
_HOST = "host"


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


def save_review_limits(edit: Edit, year: int, limits: ReviewLimits) -> None:
    """From how much on a score deserves a look, and whose office it is. Raises InputError where it is unknown."""
    require_year(edit, year)
    if limits.host:
        require_unit(edit, year, limits.host)
    values = {name: decimal_text(getattr(limits, name), f"{year} 年度 复核界限") for name in LIMIT_TITLES}
    values[_HOST] = limits.host
    rows: list[Row] = [{"year": year, "key": f"{_REVIEW}{name}", "value": text} for name, text in values.items()]
    put_rows(edit, "year_preference", rows)


def load_review_limits(source: Reading, year: int) -> ReviewLimits:
    """The default where nothing was set."""
    known = {item.name for item in fields(ReviewLimits)}
    rows = source.rows(
        "SELECT substr(key, ?) AS name, value FROM year_preference WHERE year = ? AND key GLOB ?",
        (len(_REVIEW) + 1, year, f"{_REVIEW}*"),
    )
    found = {row["name"]: row["value"] for row in rows if row["name"] in known}
    host = found.pop(_HOST, "")
    return ReviewLimits(**{name: Decimal(text) for name, text in found.items()}, host=host)
