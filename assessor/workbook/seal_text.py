"""What a year's seal covers, as the lines of its canonical text: every row of the year with all its columns, the rows
of plan and registry that these name, and the results."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator

from assessor.domain.result_lines import result_lines
from assessor.domain.results import YearResult
from assessor.domain.seal import SealLine, canonical_text
from assessor.workbook.seal_triggers import SHARED_TABLES, UNIT_COLUMNS
from assessor.workbook.workbook import Reading

SECTIONS = {
    "年度": ("year", "year_preference", "publicity"),
    "细则": (
        "scheme",
        "role_factor",
        "category",
        "indicator",
        "grade",
        "entry_kind",
        "veto_kind",
        "figure",
        "scheme_version",
    ),
    "填报": ("assignment", "annual_requirement", "submission", "submission_figure", "observation"),
    "评分": (
        "reviewer",
        "reviewer_unit",
        "reviewer_assignment",
        "mark",
        "mark_fact",
        "award",
        "second_score",
        "self_score",
        "not_applicable",
        "adjustment",
        "appeal",
        "review_check",
        "exemption",
        "event",
    ),
    "佐证": ("evidence", "evidence_file"),
}
"""Section -> tables of ``seal_triggers.YEAR_TABLES``."""
_SHARED = "方案和单位"
_RESULTS = "结果"

_UNITS = "SELECT code FROM unit WHERE ?1 BETWEEN coalesce(valid_from, ?1) AND coalesce(valid_to, ?1)"
_NAMED = {
    "unit_group": "code IN (SELECT group_code FROM scheme WHERE year = ?1)",
    "section": "code IN (SELECT task.section FROM assignment JOIN task ON task.code = assignment.task WHERE year = ?1)",
    "task": "code IN (SELECT task FROM assignment WHERE year = ?1)",
    "target": "code IN (SELECT target FROM observation WHERE year = ?1)",
    "unit": "?1 BETWEEN coalesce(valid_from, ?1) AND coalesce(valid_to, ?1)",
}
"""Of a table without years: which of its rows the year names."""


def seal_text(source: Reading, result: YearResult) -> str:
    """The canonical text of ``result``'s year; ``result`` is computed of the same state of ``source``."""
    year = result.year.year
    sections = row_sections(source, year)
    return canonical_text(year, result.engine_version, [*sections.items(), (_RESULTS, result_lines(result))])


def row_sections(source: Reading, year: int) -> dict[str, tuple[SealLine, ...]]:
    """Section -> lines of every row that the year's seal covers, as they stand, whatever their values."""
    shared = [*((item.table, item.columns) for item in SHARED_TABLES), ("unit", UNIT_COLUMNS)]
    with source.snapshot():
        sections = {
            title: tuple(line for table in tables for line in _rows(source, table, year))
            for title, tables in SECTIONS.items()
        }
        named = tuple(line for table, columns in shared for line in _named(source, table, columns, year))
        renamed = tuple(_rows(source, "unit_name", year, f"from_year <= ?1 AND unit IN ({_UNITS})"))
    return {_SHARED: (*named, *renamed), **sections}


def pack(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def unpack(packed: str) -> str:
    """Raises ValueError where it was altered."""
    try:
        return zlib.decompress(base64.b64decode(packed, validate=True)).decode("utf-8")
    except zlib.error as problem:
        raise ValueError("not a packed text") from problem


def _rows(source: Reading, table: str, year: int, condition: str = "year = ?1") -> Iterator[SealLine]:
    columns = source.rows("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    keys = [row["name"] for row in columns]
    for row in source.rows(f"SELECT * FROM {table} WHERE {condition}", (year,)):
        yield SealLine(table, tuple(row[name] for name in keys), {name: row[name] for name in row.keys()})  # noqa: SIM118


def _named(source: Reading, table: str, columns: tuple[str, ...], year: int) -> Iterator[SealLine]:
    for row in source.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {_NAMED[table]}", (year,)):
        yield SealLine(table, (row["code"],), {name: row[name] for name in columns})
