"""Pages of a protected workbook without SQLCipher: read, written, and what salvage makes of damaged ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assessor.errors import WorkbookError, WrongPasswordError
from assessor.workbook.backup_list import list_backups
from assessor.workbook.diagnosis import Ailment, diagnose
from assessor.workbook.evidence_store import store_of
from assessor.workbook.page_graft import definition_pages
from assessor.workbook.protected_pages import decrypted, encrypted, keys_of, readable_pages
from assessor.workbook.salvage import salvage
from assessor.workbook.settings import load_settings
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.with_backups import plain_texts, put_protected

PASSWORD = "第一个密码2024"
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file" / "考核.assess"
    path.parent.mkdir()
    put_protected(path, PASSWORD)
    return path


def spoil(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE + 200] ^= 1
    path.write_bytes(content)


def test_decrypted_pages_are_a_plain_database(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    plain = tmp_path / "plain.db"
    plain.write_bytes(decrypted(content, keys_of(PASSWORD, content[:16])))
    connection = sqlite3.connect(plain)
    assert connection.execute("SELECT title FROM settings").fetchone() == ("标题乙机密",)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_what_is_encrypted_anew_is_opened_by_sqlcipher(path: Path) -> None:
    content = path.read_bytes()
    keys = keys_of(PASSWORD, content[:16])
    path.write_bytes(encrypted(decrypted(content, keys), keys))
    assert path.read_bytes() != content
    with Workbook.open(path, password=PASSWORD, check=Check.FULL):
        pass


def test_an_altered_page_is_empty_and_the_others_stay(path: Path) -> None:
    content = path.read_bytes()
    keys = keys_of(PASSWORD, content[:16])
    whole = decrypted(content, keys)
    spoil(path, 5)
    found = decrypted(path.read_bytes(), keys)
    assert found == whole[: 4 * PAGE] + bytes(PAGE) + whole[5 * PAGE :]
    assert readable_pages(path.read_bytes(), "a wrong one") == path.read_bytes()


def pages_of(path: Path) -> list[int]:
    """The first; one of the definitions; those where the tables of edits and of settings begin."""
    content = path.read_bytes()
    plain = decrypted(content, keys_of(PASSWORD, content[:16]))
    with Workbook.open(path, read_only=True, password=PASSWORD) as workbook:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name IN ('edit', 'settings')"
        roots = [int(row[0]) for row in workbook.rows(sql)]
    return [1, max(definition_pages(plain, PAGE)), *roots]


def test_one_lost_page_is_no_lost_workbook(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    for page in pages_of(path):
        path.write_bytes(content)
        spoil(path, page)
        with pytest.raises(WorkbookError):
            Workbook.open(path, password=PASSWORD)
        new = tmp_path / f"{page}.assess"
        assert salvage(path, new, password=PASSWORD).rows > 50
        with Workbook.open(new, password=PASSWORD, check=Check.FULL) as workbook:
            assert workbook.password == PASSWORD
            assert load_settings(workbook).title == "标题乙机密"
            assert store_of(workbook)
        assert list(plain_texts(path.parent)) == list(plain_texts(tmp_path)) == []


def test_a_wrong_password_salvages_nothing(path: Path, tmp_path: Path) -> None:
    spoil(path, 1)
    with pytest.raises(WorkbookError, match="没有可以读出的数据"):
        salvage(path, tmp_path / "new.assess", password="a wrong one")
    assert sorted(item.name for item in tmp_path.iterdir()) == ["file"]


def test_a_damaged_first_page_is_told_from_a_wrong_password_by_the_backups(path: Path) -> None:
    with pytest.raises(WrongPasswordError):
        diagnose(path, "a wrong one")
    spoil(path, 1)
    found = diagnose(path, PASSWORD)
    assert found.ailment is Ailment.NO_WORKBOOK and found.can_salvage
    assert "打得开最近的备份" in found.findings[0].what
    assert found.backup == list_backups(path)[0]
    with pytest.raises(WrongPasswordError):
        diagnose(path, "a wrong one")
