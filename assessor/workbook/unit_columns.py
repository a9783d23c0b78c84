"""A unit's name in a year, as SQL: every list that reads its rows itself names units the same way."""

from __future__ import annotations


def short_name_in(year: str, unit: str = "unit") -> str:
    """``year``: an SQL expression; ``unit``: the table or alias that the query calls the registry by."""
    return (
        f"coalesce((SELECT unit_name.short_name FROM unit_name WHERE unit_name.unit = {unit}.code"
        f" AND unit_name.from_year <= {year} ORDER BY unit_name.from_year DESC LIMIT 1), {unit}.short_name)"
    )
