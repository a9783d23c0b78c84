from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assessor.workbook.format import APPLICATION_ID, FORMAT_VERSION
from assessor.workbook.schema import MIGRATIONS
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook


@pytest.fixture
def file(tmp_path: Path) -> sqlite3.Connection:
    small_workbook(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "考核.assess")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def test_the_format_version_is_the_number_of_migrations(file: sqlite3.Connection) -> None:
    names = [name for (name,) in file.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert len(names) == FORMAT_VERSION
    assert file.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)
    assert file.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert len(MIGRATIONS._migrations) == FORMAT_VERSION


def test_every_table_is_strict(file: sqlite3.Connection) -> None:
    tables = file.execute(
        "SELECT name, strict FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    assert len(tables) > 30
    assert [name for name, strict in tables if not strict] == []


def test_no_column_can_hold_a_binary_float(file: sqlite3.Connection) -> None:
    columns = file.execute(
        "SELECT t.name, c.name, c.type FROM pragma_table_list t, pragma_table_xinfo(t.name) c WHERE t.schema = 'main'"
        " AND t.name NOT LIKE 'sqlite%'"
    ).fetchall()
    assert [column for column in columns if column[2] not in ("TEXT", "INTEGER")] == []


def test_every_table_has_a_key(file: sqlite3.Connection) -> None:
    keyless = file.execute(
        "SELECT name FROM pragma_table_list t WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
        " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk > 0)"
    ).fetchall()
    assert keyless == []


def test_a_new_workbook_passes_sqlites_own_checks(file: sqlite3.Connection) -> None:
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO assignment VALUES (2023, 'A9.9', 'kexie', 'lead', '1', NULL, '', NULL, '')",
        "INSERT INTO exemption VALUES (1999, 'kexie', '新设')",
        "INSERT INTO not_applicable VALUES (2023, 'kexie', 'county', '1.1', '组别不对')",
        "INSERT INTO self_score VALUES (2023, 'kexie', 'member', '1.1', '1E+3')",
        "INSERT INTO submission (year, unit, form, revision, state, first_submitted_on, submitted_on, note,"
        " return_reason) VALUES (2023, 'dongqu', 'A1.1', 1, 'submitted', '2023-01-01', '2023-01-01', '', '')",
        "INSERT INTO event (year, key, unit, group_code, kind, code, happened_on, matter, reason, points, shared_by,"
        " occurrences, evidence)"
        " VALUES (2023, 'k', 'kexie', 'member', 'veto', 'zan', '2023-01-01', '', 'r', '0', 1, 1, '')",
        "INSERT INTO award (year, unit, group_code, indicator, task, reason, points)"
        " VALUES (2023, 'kexie', 'member', '3.2', 'A1.2', 'r', '1')",
        "INSERT INTO event (year, key, unit, group_code, kind, code, happened_on, matter, reason, points, shared_by,"
        " occurrences, evidence, task)"
        " VALUES (2023, 'k', 'kexie', 'member', 'veto', 'jia', '2023-01-01', '', 'r', '0', 1, 1, '', 'A1.1')",
        "UPDATE year SET stage = 'done'",
        "DELETE FROM unit WHERE code = 'kexie'",
        "DELETE FROM year",
    ],
)
def test_the_database_itself_refuses_what_makes_no_sense(file: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        file.execute(statement)


def test_a_changed_unit_code_is_followed_everywhere(file: sqlite3.Connection) -> None:
    file.execute(
        "INSERT INTO award (year, unit, group_code, indicator, task, reason, points)"
        " VALUES (2023, 'kexie', 'member', '3.2', 'A1.1', 'r', '1')"
    )
    file.execute(
        "INSERT INTO event (year, key, unit, group_code, kind, code, happened_on, matter, reason, points, shared_by,"
        " occurrences, evidence, task)"
        " VALUES (2023, 'k', 'kexie', 'member', 'occurrence', '3.3', '2023-01-01', '', 'r', '0', 1, 1, '', 'A1.1')"
    )
    file.execute("UPDATE unit SET code = 'kx' WHERE code = 'kexie'")
    assert file.execute("SELECT (SELECT unit FROM award), (SELECT unit FROM event)").fetchone() == ("kx", "kx")
    assert file.execute("SELECT count(*) FROM assignment WHERE unit = 'kx'").fetchone() == (2,)
    assert file.execute("SELECT unit FROM section_lead WHERE section = 'P1'").fetchall() == [("kx",)]


def test_a_figure_without_a_number_says_which_blank_it_is(tmp_path: Path, file: sqlite3.Connection) -> None:
    file.execute(
        "INSERT INTO submission (year, unit, form, revision, state, first_submitted_on, submitted_on, note,"
        " return_reason) VALUES (2023, 'kexie', '', 1, 'submitted', '2023-01-01', '2023-01-01', '', '')"
    )
    with pytest.raises(sqlite3.IntegrityError):
        file.execute("INSERT INTO submission_figure VALUES (2023, 'kexie', '', 1, 'a', 'number', NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        file.execute("INSERT INTO submission_figure VALUES (2023, 'kexie', '', 1, 'a', 'empty', '0')")


def test_the_connection_is_set_up_for_untrusted_files_and_full_safety(tmp_path: Path) -> None:
    with Workbook.create(tmp_path / "a.assess") as workbook:
        settings = {
            name: workbook.rows(f"PRAGMA {name}")[0][0]
            for name in ("trusted_schema", "foreign_keys", "synchronous", "query_only", "journal_mode")
        }
    assert settings == {
        "trusted_schema": 0,
        "foreign_keys": 1,
        "synchronous": 2,
        "query_only": 1,
        "journal_mode": "wal",
    }
