"""What the canonical text of a seal covers; its format is pinned."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assessor.domain.scoring import score_year
from assessor.domain.seal import digest_of, read_text
from assessor.workbook.facts import load_facts
from assessor.workbook.seal_text import SECTIONS, pack, row_sections, seal_text, unpack
from assessor.workbook.seal_triggers import SHARED_TABLES, YEAR_TABLES
from assessor.workbook.workbook import Workbook
from tests.workbook.sealed import YEAR, ready_workbook

COLUMNS_OF_FORMAT_1 = "c6d8dbdc0f56c2e41eb0c55554f29b3193bd0ae0322b9d2d2f229e2f83623415"
"""Digest of the tables and columns that ``assessor-seal/1`` covers; see docs/sealing.md before changing it."""


def test_every_table_of_a_year_is_in_one_section() -> None:
    assert sorted(table for tables in SECTIONS.values() for table in tables) == sorted(YEAR_TABLES)


def test_every_table_with_a_year_is_covered(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        tables = workbook.rows(
            "SELECT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' AND c.name = 'year' ORDER BY m.name"
        )
    assert {row["name"] for row in tables} == {*YEAR_TABLES, "note", "seal", "change"}


def test_a_new_column_of_a_sealed_table_needs_a_new_format(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        found = [(line.kind, sorted(line.fields)) for lines in row_sections(workbook, YEAR).values() for line in lines]
    columns = sorted({(kind, tuple(fields)) for kind, fields in found})
    assert {kind for kind, _fields in columns} == {*YEAR_TABLES, *(item.table for item in SHARED_TABLES), "unit"}
    assert digest_of(str(columns)) == COLUMNS_OF_FORMAT_1


def test_only_units_tasks_and_targets_of_the_year_are_named(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        lines = {(line.kind, line.key) for line in row_sections(workbook, YEAR)["方案和单位"]}
    assert {key for kind, key in lines if kind == "unit"} == {("kexie",), ("nongye",), ("xiangcun",), ("dongqu",)}
    assert {key for kind, key in lines if kind == "target"} == {("suzhi",)}
    assert ("section", ("P1",)) in lines


def test_the_order_of_storage_changes_no_byte(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        text = text_of(workbook)
        path = workbook.path
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in ("mark", "award", "indicator", "submission", "event"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
            names = ", ".join(columns)
            connection.execute(f"CREATE TEMP TABLE kept AS SELECT {names} FROM {table} ORDER BY rowid DESC")
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM kept")
            connection.execute("DROP TABLE kept")
        connection.commit()
    with Workbook.open(path, read_only=True) as workbook:
        assert text_of(workbook) == text


def test_packed_and_back(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        text = text_of(workbook)
    assert unpack(pack(text)) == text
    assert read_text(text).year == YEAR
    for broken in ("", "!!!", pack(text)[:-8], pack(text)[4:]):
        with pytest.raises(ValueError, match=r"packed|padding|base64|decode|encoded|multiple"):
            unpack(broken)


def text_of(workbook: Workbook) -> str:
    return seal_text(workbook, score_year(load_facts(workbook, YEAR)))
