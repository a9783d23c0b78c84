"""How a year's totals become points of the city's overall assessment (折算), for each group.

Kept among the workbook's preferences and not the year's: a year is converted once it is sealed, and nothing that was
sealed depends on it. A year in which nothing was set takes the settings of the year before.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assessor.domain.conversion import Conversion, ConversionMethod, RankPoints
from assessor.workbook.known import require_year
from assessor.workbook.rows import Row, put_rows
from assessor.workbook.values import decimal_text
from assessor.workbook.workbook import Edit, Reading

_KEY = "conversion"
_METHOD, _FULL, _DECIMALS, _GRADE, _RANK = "method", "full", "decimals", "grade", "rank"


def save_conversion(edit: Edit, year: int, group: str, conversion: Conversion) -> None:
    """In place of the settings before; ``check_conversion`` is the caller's."""
    require_year(edit, year)
    start = _start(year, group)
    values = {f"{start}{name}": text for name, text in _texts(conversion).items()}
    for row in edit.rows("SELECT key FROM preference WHERE substr(key, 1, ?) = ?", (len(start), start)):
        if row["key"] not in values:
            edit.execute("DELETE FROM preference WHERE key = ?", (row["key"],))
    rows: list[Row] = [{"key": key, "value": text} for key, text in values.items()]
    put_rows(edit, "preference", rows)


def load_conversions(source: Reading, year: int) -> dict[str, Conversion]:
    """By group; a group is missing where nothing was set in the year or before."""
    rows = source.rows("SELECT key, value FROM preference WHERE substr(key, 1, ?) = ?", (len(_KEY) + 1, f"{_KEY}/"))
    found: dict[tuple[str, int], dict[str, str]] = {}
    for row in rows:
        _key, of, group, name = row["key"].split("/", 3)
        found.setdefault((group, int(of)), {})[name] = row["value"]
    known = sorted(key for key in found if key[1] <= year)
    return {group: _conversion(found[group, of]) for group, of in known}


def key_words(key: str, groups: Mapping[str, str]) -> str:
    """A preference's key in the user's words, by group code -> title; as it stands where it is another's."""
    if not key.startswith(f"{_KEY}/"):
        return key
    _key, year, group, name = key.split("/", 3)
    kind, _slash, of = name.partition("/")
    words = {_METHOD: "办法", _FULL: "满分", _DECIMALS: "小数位数", _GRADE: of, _RANK: f"至第 {of} 名"}
    return f"{year} 年度 {groups.get(group, group)} 折算 {words.get(kind, name)}"


def value_words(key: str, value: str) -> str:
    is_method = key.startswith(f"{_KEY}/") and key.endswith(f"/{_METHOD}")
    return ConversionMethod(value).label if is_method else value


def _start(year: int, group: str) -> str:
    return f"{_KEY}/{year}/{group}/"


def _texts(conversion: Conversion) -> dict[str, str]:
    texts = {
        _METHOD: conversion.method.value,
        _FULL: decimal_text(conversion.full, "折算满分"),
        _DECIMALS: str(conversion.decimals),
    }
    texts |= {f"{_GRADE}/{title}": decimal_text(points, title) for title, points in conversion.by_grade.items()}
    return texts | {f"{_RANK}/{band.to}": decimal_text(band.points, "按名次") for band in conversion.by_rank}


def _conversion(values: dict[str, str]) -> Conversion:
    grades = {name.partition("/")[2]: Decimal(text) for name, text in values.items() if name.startswith(f"{_GRADE}/")}
    ranks = {int(name.partition("/")[2]): text for name, text in values.items() if name.startswith(f"{_RANK}/")}
    return Conversion(
        ConversionMethod(values[_METHOD]),
        Decimal(values[_FULL]),
        int(values[_DECIMALS]),
        grades,
        tuple(RankPoints(to, Decimal(ranks[to])) for to in sorted(ranks)),
    )
