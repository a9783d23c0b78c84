from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from assessor.errors import WorkbookError
from assessor.workbook.backup_list import backup_identity, identity_of, is_good, list_backups, newest_good_backup
from assessor.workbook.backup_names import Reason
from assessor.workbook.format import APPLICATION_ID, FORMAT_VERSION
from assessor.workbook.restore import restore
from assessor.workbook.schema import MIGRATIONS
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import clock

OLD = 2


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "旧.assess"
    connection = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS.apply(Database(connection, strict=True), stop_before="years_and_schemes")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {OLD}")
    connection.execute("INSERT INTO unit_group VALUES ('member', 0, '成员单位')")
    connection.close()
    return path


def test_an_older_workbook_is_upgraded_and_its_original_kept(old: Path) -> None:
    before = old.read_bytes()
    with Workbook.open(old, clock=clock) as workbook:
        assert workbook.rows("SELECT code FROM unit_group")[0]["code"] == "member"
        assert workbook.rows("SELECT * FROM year") == []
        assert workbook.rows("PRAGMA user_version")[0][0] == FORMAT_VERSION
        applied = workbook.rows("SELECT name, applied_at FROM _sqlite_migrations ORDER BY id")
    assert len(applied) == FORMAT_VERSION
    assert applied[-1]["applied_at"] == "2024-11-28T09:30:00+00:00"
    kept = old.with_name("旧.格式2.assess")
    assert kept.read_bytes() == before
    assert sorted(item.name for item in old.parent.iterdir()) == sorted([old.name, kept.name])


@pytest.mark.parametrize(("mode", "read_only"), [(0o444, False), (0o644, True)])
def test_an_older_workbook_opened_for_reading_only_is_refused(old: Path, mode: int, read_only: bool) -> None:
    before = old.read_bytes()
    old.chmod(mode)
    with pytest.raises(WorkbookError, match="须先升级") as refusal:
        Workbook.open(old, read_only=read_only)
    assert refusal.value.remedy
    assert old.read_bytes() == before


def test_an_upgrade_waits_for_no_one_who_has_the_file_open(old: Path) -> None:
    other = sqlite3.connect(old, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("INSERT INTO unit_group VALUES ('county', 1, '县市区')")
    with pytest.raises(WorkbookError, match="占用") as refusal:
        Workbook.open(old)
    assert refusal.value.remedy
    assert other.execute("SELECT count(*) FROM unit_group").fetchone() == (2,)
    other.close()
    assert list(old.parent.iterdir()) == [old]
    with Workbook.open(old) as workbook:
        assert workbook.rows("SELECT count(*) FROM unit_group")[0][0] == 2


def test_an_upgrade_does_not_overwrite_an_original_kept_before(old: Path) -> None:
    before = old.read_bytes()
    old.with_name("旧.格式2.assess").write_text("珍贵", "utf-8")
    with pytest.raises(WorkbookError, match="无处保存"):
        Workbook.open(old)
    assert old.read_bytes() == before


def test_an_older_workbook_whose_data_do_not_fit_together_is_left_as_it_was(old: Path) -> None:
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute("INSERT INTO unit VALUES ('x', 0, 'x', 'x', 'nowhere', NULL, NULL, NULL)")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(WorkbookError, match="对应关系检查未通过"):
        Workbook.open(old)
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_a_trial_version_from_before_the_first_release_is_refused_in_words(old: Path) -> None:
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute("CREATE TABLE evidence (year INTEGER)")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(WorkbookError, match="尚未发布的试用版") as refusal:
        Workbook.open(old)
    assert refusal.value.remedy
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("leftover", ["kept", "kept and unfinished"])
def test_an_upgrade_that_was_killed_is_finished_at_the_next_opening(old: Path, leftover: str) -> None:
    kept = old.with_name("旧.格式2.assess")
    kept.hardlink_to(old)
    if "unfinished" in leftover:
        old.with_name("旧.升级中.assess").write_bytes(b"half")
    with Workbook.open(old, clock=clock) as workbook:
        assert workbook.rows("SELECT code FROM unit_group")[0]["code"] == "member"
    assert sorted(item.name for item in old.parent.iterdir()) == sorted([old.name, kept.name])


def test_the_original_that_an_upgrade_kept_is_one_of_the_backups_and_good(tmp_path: Path) -> None:
    released = Path(__file__).parents[1] / "faults" / "released" / f"format-{FORMAT_VERSION - 1}.assess"
    path = Path(shutil.copy(released, tmp_path / "旧.assess"))
    with Workbook.open(path) as workbook:
        present = identity_of(workbook)
    [kept] = list_backups(path)
    assert (kept.reason, kept.label) == (Reason.UPGRADE, f"格式 {FORMAT_VERSION - 1}")
    before = kept.path.read_bytes()
    assert is_good(kept.path)
    assert kept.path.read_bytes() == before
    assert newest_good_backup(path) == kept
    assert backup_identity(kept.path) == present
    restored = restore(path, kept.path)
    assert restored.was_sound
    with Workbook.open(path, read_only=True) as workbook:
        assert workbook.rows("PRAGMA user_version")[0][0] == FORMAT_VERSION
