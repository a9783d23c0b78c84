"""Whether the workbook knows what a fact names: year, unit, task, indicator. The database would refuse it, too, but
could not tell the user what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessor.errors import InputError, WorkbookError
from assessor.workbook.unit_columns import short_name_in
from assessor.workbook.workbook import Reading


@dataclass(frozen=True)
class KnownUnit:
    """A unit that is valid in the year it was looked up for."""

    year: int
    code: str
    short_name: str
    group: str

    def place(self, *parts: str) -> str:
        """Where a fact belongs, for messages."""
        return " ".join((f"{self.year} 年度", self.short_name, *parts))


def require_year(source: Reading, year: int) -> None:
    """Raises WorkbookError naming the years there are."""
    years = [row["year"] for row in source.rows("SELECT year FROM year ORDER BY year")]
    if year not in years:
        there = f"工作簿中的年度有：{listed(years)}" if years else "工作簿中还没有年度，请先建立年度"
        raise WorkbookError(f"没有 {year} 年度", place=f"{year} 年度", remedy=there)


def require_unit(source: Reading, year: int, unit: str) -> KnownUnit:
    """Raises WorkbookError for the year; InputError where there is no such unit, or not in that year."""
    require_year(source, year)
    found = source.rows(
        f"SELECT {short_name_in('?1')} AS short_name, unit.group_code, unit.valid_from, unit.valid_to,"
        f" CASE WHEN heir.code IS NOT NULL THEN {short_name_in('?1', 'heir')} END AS heir"
        " FROM unit LEFT JOIN unit AS heir ON heir.code = unit.successor WHERE unit.code = ?2",
        (year, unit),
    )
    if not found:
        codes = [row["code"] for row in source.rows("SELECT code FROM unit ORDER BY position")]
        there = f"登记的单位代码有：{listed(codes)}" if codes else "工作簿中还没有单位，请先导入实施方案"
        raise InputError(f"没有代码为“{unit}”的单位", place=f"{year} 年度", remedy=there)
    row = found[0]
    if (row["valid_from"] or year) > year or (row["valid_to"] or year) < year:
        remedy = f"请改填承接单位 {row['heir']}" if row["heir"] else "请检查单位的起止年度"
        raise InputError(f"{row['short_name']}在 {year} 年度不是考核单位", place=f"{year} 年度", remedy=remedy)
    return KnownUnit(year, unit, row["short_name"], row["group_code"])


def require_task(source: Reading, task: str, place: str) -> None:
    codes = [row["code"] for row in source.rows("SELECT code FROM task ORDER BY section, number")]
    if task not in codes:
        raise InputError(f"没有代码为“{task}”的任务", place=place, remedy=f"方案中的任务代码有：{listed(codes)}")


def require_indicator(source: Reading, unit: KnownUnit, indicator: str) -> Decimal:
    """The indicator's points. Raises InputError naming the indicators of the unit's scheme."""
    rows = source.rows(
        "SELECT code, points FROM indicator WHERE year = ? AND group_code = ? ORDER BY position",
        (unit.year, unit.group),
    )
    points = {row["code"]: row["points"] for row in rows}
    if indicator not in points:
        there = f"本组细则的指标代码有：{listed(points)}" if points else "本组还没有考核细则，请先设置细则"
        raise InputError(f"没有代码为“{indicator}”的指标", place=unit.place(), remedy=there)
    return Decimal(points[indicator])


def listed(items: Iterable[str | int]) -> str:
    return "、".join(map(str, items)) or "（无）"


def next_number(source: Reading, table: str, year: int, prefix: str) -> int:
    """Past every number that ends a key of the year's rows in ``table`` after ``prefix``, such as 2 after F1."""
    keys = (row["key"].rpartition(prefix)[2] for row in source.rows(f"SELECT key FROM {table} WHERE year = ?", (year,)))
    return max((int(key) for key in keys if key.isascii() and key.isdigit()), default=0) + 1
