"""Restoring: the backup takes the workbook's place, what was there is kept, and a failure changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assessor.errors import AssessorError, OutputError, WorkbookError
from assessor.workbook import restore as restoring
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import DAMAGED, Backup, Reason, folder_beside
from assessor.workbook.history import EditKind, last_edit
from assessor.workbook.restore import restore
from assessor.workbook.settings import Settings, load_settings, save_settings
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import small_workbook
from tests.workbook.test_backup import change, overwrite

NOON = datetime(2026, 11, 24, 12, 0).astimezone()


def clock() -> datetime:
    return NOON


def later() -> datetime:
    return NOON + timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


@pytest.fixture
def backup(path: Path) -> Backup:
    change(path, "备份时")
    made = backup_workbook(path, Reason.MANUAL, clock=clock)
    assert made is not None
    change(path, "备份后")
    return made


def title(path: Path) -> str:
    with Workbook.open(path, read_only=True, check=Check.FULL) as workbook:
        return load_settings(workbook).title


def files(folder: Path) -> set[str]:
    return {str(item.relative_to(folder)) for item in folder.rglob("*") if item.is_file()}


def test_the_backup_takes_the_place_and_the_present_file_is_kept(path: Path, backup: Backup) -> None:
    restored = restore(path, backup.path, clock=later, operator="李四")
    assert title(path) == "备份时"
    assert restored.was_sound
    assert restored.kept is not None
    assert title(restored.kept) == "备份后"
    assert restored.kept.name == "考核-20261124-130000-恢复前.assess"
    assert files(path.parent) == {"考核.assess", *(f"考核.backups/{item.path.name}" for item in list_backups(path))}
    with Workbook.open(path) as workbook:
        assert not workbook.read_only
        head = last_edit(workbook)
        assert head is not None
        assert (head.kind, head.label, head.operator) == (EditKind.RESTORE, "恢复备份 2026-11-24 12:00", "李四")


def test_what_was_restored_over_can_be_restored_again(path: Path, backup: Backup) -> None:
    kept = restore(path, backup.path, clock=later).kept
    assert kept is not None
    restore(path, kept)
    assert title(path) == "备份后"


def test_a_damaged_file_is_put_aside_with_its_log(path: Path, backup: Backup) -> None:
    overwrite(path, 3)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"what was left of the log")
    content = path.read_bytes()
    restored = restore(path, backup.path, clock=later)
    assert title(path) == "备份时"
    assert not restored.was_sound
    assert restored.kept is not None
    assert DAMAGED in restored.kept.name
    assert restored.kept.read_bytes() == content
    assert restored.kept.with_name(restored.kept.name + "-wal").read_bytes() == b"what was left of the log"
    assert not log.exists()
    assert list_backups(path) == (backup,)


@pytest.mark.parametrize("content", [b"", b"text\n" * 100, None])
def test_an_empty_a_foreign_and_a_missing_file_are_replaced(path: Path, backup: Backup, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    restored = restore(path, backup.path)
    assert title(path) == "备份时"
    assert restored.kept is None if content is None else restored.kept and restored.kept.read_bytes() == content


def test_what_is_in_the_log_is_kept_too(path: Path, backup: Backup, tmp_path: Path) -> None:
    """As a killed program leaves it: the last edit only in the log."""
    with Workbook.open(path) as workbook:
        with workbook.edit("改标题") as edit:
            save_settings(edit, Settings("只在日志里"))
        for ending in ("", "-wal"):
            shutil.copyfile(str(path) + ending, str(tmp_path / f"killed{ending}"))
    for ending in ("", "-wal"):
        shutil.copyfile(str(tmp_path / f"killed{ending}"), str(path) + ending)
    kept = restore(path, backup.path).kept
    assert kept is not None
    assert title(kept) == "只在日志里"
    assert title(path) == "备份时"


def test_a_backup_of_another_workbook_is_refused(path: Path, backup: Backup, tmp_path: Path) -> None:
    other = tmp_path / "别的.assess"
    Workbook.create(other).close()
    with Workbook.open(other) as workbook, workbook.edit("设置") as edit:
        save_settings(edit, Settings("别的"))
    foreign = backup_workbook(other, Reason.MANUAL)
    assert foreign is not None
    with pytest.raises(WorkbookError, match="另一个工作簿") as refusal:
        restore(path, foreign.path)
    assert refusal.value.place == str(foreign.path)
    assert title(path) == "备份后"


@pytest.mark.parametrize("page", [1, 2, 20])
def test_a_damaged_backup_is_refused(path: Path, backup: Backup, page: int) -> None:
    before = path.read_bytes()
    backup.path.chmod(0o644)
    overwrite(backup.path, page, lambda old: b"\xaa" * len(old))
    with pytest.raises(WorkbookError) as refusal:
        restore(path, backup.path)
    assert refusal.value.place == str(backup.path)
    assert path.read_bytes() == before


def test_a_workbook_that_is_open_elsewhere_is_not_replaced(path: Path, backup: Backup) -> None:
    with Workbook.open(path, operator="王五"), pytest.raises(WorkbookError, match="王五"):
        restore(path, backup.path)
    connection = sqlite3.connect(path)  # a reader holds no lock of ours
    connection.execute("PRAGMA journal_mode").fetchone()
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM settings").fetchall()
    with pytest.raises(WorkbookError, match="另一个程序"):
        restore(path, backup.path)
    connection.close()
    assert title(path) == "备份后"


def test_itself_a_missing_one_and_a_folder_are_no_backups(path: Path, backup: Backup) -> None:
    for wrong in (path, path.parent / "没有.assess", path.parent):
        with pytest.raises(WorkbookError) as refusal:
            restore(path, wrong)
        assert refusal.value.remedy
    assert title(path) == "备份后"


@pytest.mark.parametrize("step", ["_make_ready", "_keep", "_release", "_swap"])
def test_a_failure_at_any_step_leaves_the_old_state(
    path: Path, backup: Backup, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, step, fail)
    with pytest.raises(OutputError, match="磁盘已满"):
        restore(path, backup.path)
    monkeypatch.undo()
    assert title(path) == "备份后"
    assert not list(path.parent.glob(".restore-*"))
    with Workbook.open(path) as workbook:
        assert not workbook.read_only


def test_no_room_to_keep_the_present_file_means_no_restore(path: Path, backup: Backup, tmp_path: Path) -> None:
    moved = tmp_path / "备份.assess"
    backup.path.rename(moved)
    shutil.rmtree(folder_beside(path))
    folder_beside(path).write_text("这里不能放备份")
    with pytest.raises(AssessorError):
        restore(path, moved)
    assert title(path) == "备份后"
