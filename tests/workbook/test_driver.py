"""Connections with a password behave as those without: rows, errors, pragmas; and what they leave on the disk."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assessor.errors import DamagedWorkbookError, PasswordNeededError, WorkbookError, WrongPasswordError
from assessor.workbook.connection import connect, connect_new, connect_unchecked
from assessor.workbook.driver import KDF_ROUNDS, is_protected
from assessor.workbook.format import FORMAT_VERSION, check_header, looks_protected
from assessor.workbook.protected_header import read_header
from assessor.workbook.workbook import Check, Workbook, local_now, make_empty

PASSWORD = "科协2024!密码"


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    path = tmp_path / "考核.assess"
    make_empty(path, local_now, PASSWORD)
    return path


def test_rows_are_named_and_numbered(protected: Path) -> None:
    with closing(connect(protected, patience=0.1, password=PASSWORD)) as connection:
        assert is_protected(connection)
        row = connection.execute("SELECT 1 AS one, '二' AS two").fetchone()
        assert (row["one"], row[1], list(row.keys())) == (1, "二", ["one", "two"])
        assert [tuple(row) for row in connection.execute("VALUES (1), (2)")] == [(1,), (2,)]


def test_errors_are_those_of_the_standard_library(protected: Path) -> None:
    with closing(connect(protected, patience=0.1, password=PASSWORD)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="no such table") as caught:
            connection.execute("SELECT * FROM nowhere")
        assert caught.value.sqlite_errorcode == sqlite3.SQLITE_ERROR
        with pytest.raises(sqlite3.OperationalError) as refused:
            connection.execute("DELETE FROM settings")
        assert refused.value.sqlite_errorcode == sqlite3.SQLITE_READONLY
        connection.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.IntegrityError):
            connection.executemany("INSERT INTO settings VALUES (?, '', 0, '', 0, NULL)", [(1,), (2,)])


def test_the_same_pragmas_hold(protected: Path) -> None:
    with closing(connect(protected, patience=0.1, password=PASSWORD)) as connection:
        wanted = {"trusted_schema": 0, "foreign_keys": 1, "recursive_triggers": 1, "synchronous": 2, "query_only": 1}
        found = {name: int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in wanted}
    assert found == wanted


def test_the_file_is_what_any_tool_for_sqlcipher_opens(protected: Path) -> None:
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(protected))) as connection:
        connection.execute(f"PRAGMA key = '{PASSWORD}'")
        assert connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT_VERSION
        assert int(connection.execute("PRAGMA kdf_iter").fetchone()[0]) == KDF_ROUNDS


def test_a_password_is_the_same_however_it_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "考核.assess"
    make_empty(path, local_now, "caf\u00e9")
    with Workbook.open(path, password="cafe\u0301"):
        pass


def test_the_header_asks_for_the_password(protected: Path) -> None:
    assert check_header(protected).is_protected
    assert read_header(protected, PASSWORD).version == FORMAT_VERSION
    with pytest.raises(PasswordNeededError, match="工作簿有密码"):
        read_header(protected, None)
    with pytest.raises(PasswordNeededError):
        connect_unchecked(protected, patience=0.1)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_wrong_password_changes_no_byte(protected: Path, read_only: bool, capfd: pytest.CaptureFixture[str]) -> None:
    before = protected.read_bytes()
    with pytest.raises(WrongPasswordError) as caught:
        Workbook.open(protected, password=PASSWORD + "x", read_only=read_only)
    assert caught.value.what == "密码不对，或文件第一页已损坏"
    assert protected.read_bytes() == before
    assert sorted(item.name for item in protected.parent.iterdir()) == [protected.name]
    assert capfd.readouterr().err == ""


def test_a_wrong_password_leaves_a_log_that_waits(protected: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.assess"
    with Workbook.open(protected, password=PASSWORD) as workbook:
        with workbook.edit("改题目") as edit:
            edit.execute("INSERT INTO settings VALUES (1, '题目', 0, '', 0, NULL)")
        for ending in ("", "-wal"):
            copy.with_name(copy.name + ending).write_bytes(protected.with_name(protected.name + ending).read_bytes())
    files = [copy, copy.with_name(copy.name + "-wal")]
    before = [file.read_bytes() for file in files]
    assert "题目".encode() not in b"".join(before)
    with pytest.raises(WrongPasswordError):
        Workbook.open(copy, password="another")
    assert [file.read_bytes() for file in files] == before
    with Workbook.open(copy, password=PASSWORD, check=Check.FULL) as workbook:
        assert workbook.rows("SELECT title FROM settings")[0][0] == "题目"


def test_a_read_only_file_opens(protected: Path) -> None:
    protected.chmod(0o444)
    with Workbook.open(protected, password=PASSWORD) as workbook:
        assert workbook.read_only and workbook.password == PASSWORD


def test_a_plain_workbook_ignores_a_password(tmp_path: Path) -> None:
    path = tmp_path / "考核.assess"
    make_empty(path, local_now)
    with Workbook.open(path, password="unneeded") as workbook:
        assert workbook.password is None
        workbook.backup_to(tmp_path / "copy.assess")
    with Workbook.open(tmp_path / "copy.assess"):
        pass


def test_a_backup_has_the_same_password_and_key(protected: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.assess"
    with Workbook.open(protected, password=PASSWORD) as workbook:
        workbook.backup_to(copy)
    assert copy.read_bytes()[:16] == protected.read_bytes()[:16]
    with Workbook.open(copy, password=PASSWORD, check=Check.FULL):
        pass


def test_damage_behind_the_first_page_is_damage(protected: Path) -> None:
    content = protected.read_bytes()
    for page in range(1, len(content) // 4096, 7):
        place = page * 4096 + 77
        protected.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(DamagedWorkbookError):
            Workbook.open(protected, password=PASSWORD)
    for size in (len(content) - 4096, len(content) - 100, 4096):
        protected.write_bytes(content[:size])
        with pytest.raises(DamagedWorkbookError):
            Workbook.open(protected, password=PASSWORD)


def test_what_looks_protected() -> None:
    page = os.urandom(4096)
    assert looks_protected(page, 8192, is_named_workbook=False)
    assert looks_protected(page, 8200, is_named_workbook=True)
    assert not looks_protected(page, 8200, is_named_workbook=False)
    assert not looks_protected(page[:4000], 4000, is_named_workbook=True)
    assert not looks_protected("工作簿".encode() * 500, 4096, is_named_workbook=True)
    assert not looks_protected(b"SQLite format 3\x00" + page[16:], 8192, is_named_workbook=True)


def test_it_says_so_where_sqlcipher_is_missing(protected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from assessor.errors import MachineError

    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(MachineError, match="没有安装加密组件"):
        Workbook.open(protected, password=PASSWORD)
    with pytest.raises(PasswordNeededError):
        Workbook.open(protected)
    plain = protected.with_name("plain.assess")
    make_empty(plain, local_now)
    with Workbook.open(plain):
        pass


def test_a_new_file_needs_room(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError):
        connect_new(tmp_path / "nowhere" / "考核.assess", PASSWORD)


def test_sqlite_utils_works_on_a_protected_connection(tmp_path: Path) -> None:
    """Migrations and transactions go through it."""
    from sqlite_utils import Database

    with closing(connect_new(tmp_path / "new.assess", PASSWORD)) as connection:
        database = Database(connection, strict=True)
        with database.atomic():
            database["city"].insert({"name": "宜春", "rank": 1}, pk="name")
        with pytest.raises(ZeroDivisionError), database.atomic():
            database["city"].insert({"name": "新余", "rank": 1 // 0})
        with database.atomic():
            database["city"].upsert({"name": "宜春", "rank": 2}, pk="name")
        assert list(database["city"].rows) == [{"name": "宜春", "rank": 2}]
        assert database["city"].strict and database["city"].pks == ["name"]


def test_an_older_protected_workbook_is_upgraded(tmp_path: Path) -> None:
    from sqlite_utils import Database

    from assessor.workbook.format import APPLICATION_ID
    from assessor.workbook.schema import MIGRATIONS

    path = tmp_path / "考核.assess"
    with closing(connect_new(path, PASSWORD)) as connection:
        MIGRATIONS.apply(Database(connection, strict=True), stop_before="years_and_schemes")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 2")
        connection.execute("INSERT INTO unit_group VALUES ('member', 0, '成员单位')")
    with Workbook.open(path, password=PASSWORD) as workbook:
        assert workbook.password == PASSWORD and not workbook.read_only
        assert workbook.rows("SELECT title FROM unit_group")[0]["title"] == "成员单位"
    assert {item.name for item in tmp_path.iterdir()} == {"考核.assess", "考核.格式2.assess"}
    assert all(check_header(item).is_protected for item in tmp_path.iterdir())
    with Workbook.open(path, password=PASSWORD, check=Check.FULL):
        pass
