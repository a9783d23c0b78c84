"""Setting, changing and removing a password: what opens with what, what follows, and what is left on the disk."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from assessor.errors import InputError, PasswordNeededError, WorkbookError, WrongPasswordError
from assessor.work import Cancelled, Work
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Reason
from assessor.workbook.conversion_log import workshop
from assessor.workbook.evidence_check import check_files
from assessor.workbook.evidence_store import Condition, store_of, stored_names
from assessor.workbook.history import list_edits
from assessor.workbook.password import change_password, check_new_password, remove_password, set_password
from assessor.workbook.password_traces import copies_beside
from assessor.workbook.restore import restore
from assessor.workbook.settings import load_settings
from assessor.workbook.undo import next_undo
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import clock
from tests.workbook.dump import canonical_dump
from tests.workbook.with_backups import ORPHAN, PROOF, plain_texts, put_protected, rename, workbook_with_backups

FIRST, SECOND = "第一个密码2024", "another one"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook_with_backups(tmp_path)


def require_sound(path: Path, password: str | None) -> None:
    with Workbook.open(path, password=password, check=Check.FULL) as workbook:
        assert workbook.password == password
        found = check_files(workbook, store_of(workbook), Work())
        assert set(found.conditions.values()) == {Condition.GOOD} and found.orphans == ()
    backups = list_backups(path)
    assert len(backups) == 2
    for backup in backups:
        with Workbook.open(backup.path, read_only=True, password=password, check=Check.FULL) as kept:
            assert kept.password == password


def test_a_password_covers_workbook_evidence_and_backups(path: Path) -> None:
    assert len(list(plain_texts(path.parent))) > 5
    said: list[float] = []
    done = set_password(path, FIRST, clock=clock, operator="张三", work=Work(lambda share, _text: said.append(share)))
    assert (done.backups, done.evidence, done.left) == (2, 1, ())
    assert said == sorted(said) and said[-1] == 1.0
    assert list(plain_texts(path.parent)) == []
    require_sound(path, FIRST)
    with pytest.raises(PasswordNeededError):
        Workbook.open(path)
    with pytest.raises(WrongPasswordError):
        Workbook.open(path, password=SECOND)
    assert sorted(item.name for item in path.parent.iterdir()) == ["考核.assess", "考核.backups", "考核.evidence"]
    assert not any(file.name == hashlib.sha256(PROOF).hexdigest() for file in path.parent.rglob("*"))


def test_the_log_of_a_protected_workbook_shows_nothing(path: Path) -> None:
    put_protected(path, FIRST)
    with Workbook.open(path, password=FIRST) as workbook:
        rename_in = load_settings(workbook)
        assert rename_in.evidence_key is not None
        with workbook.edit("标题甲机密") as edit:
            edit.execute("UPDATE settings SET title = '标题甲机密'")
        assert path.with_name(path.name + "-wal").stat().st_size > 0
        assert list(plain_texts(path.parent)) == []


def test_a_changed_password_keeps_the_evidence_as_it_lies(path: Path) -> None:
    put_protected(path, FIRST)
    evidence = {file.name: file.read_bytes() for file in path.with_suffix(".evidence").iterdir()}
    done = change_password(path, FIRST, SECOND, clock=clock)
    assert (done.backups, done.evidence, done.left) == (2, 0, ())
    require_sound(path, SECOND)
    assert {file.name: file.read_bytes() for file in path.with_suffix(".evidence").iterdir()} == evidence
    for file in [path, *(backup.path for backup in list_backups(path))]:
        with pytest.raises(WrongPasswordError):
            Workbook.open(file, password=FIRST)


def test_without_its_password_all_lies_plainly_again(path: Path) -> None:
    before = {file.name for file in path.with_suffix(".evidence").iterdir()}
    set_password(path, FIRST, clock=clock)
    done = remove_password(path, FIRST, clock=clock)
    assert (done.backups, done.evidence, done.left) == (2, 1, ())
    require_sound(path, None)
    assert {file.name for file in path.with_suffix(".evidence").iterdir()} == before
    with Workbook.open(path) as workbook:
        assert load_settings(workbook).evidence_key is None


def test_a_wrong_password_changes_nothing(path: Path) -> None:
    put_protected(path, FIRST)
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    with pytest.raises(WrongPasswordError):
        change_password(path, SECOND, "third one")
    with pytest.raises(WrongPasswordError):
        remove_password(path, SECOND)
    with pytest.raises(WorkbookError, match="已有密码"):
        set_password(path, SECOND)
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before


def test_what_a_plain_workbook_refuses(path: Path) -> None:
    with pytest.raises(WorkbookError, match="没有密码"):
        change_password(path, FIRST, SECOND)
    with Workbook.open(path), pytest.raises(WorkbookError, match="正被使用"):
        set_password(path, FIRST)
    with pytest.raises(WorkbookError, match="找不到"):
        set_password(path.with_name("别的.assess"), FIRST)


@pytest.mark.parametrize("bad", ["", "12345", " secret", "secret ", "a\tb\nccc"])
def test_what_is_no_password(bad: str) -> None:
    with pytest.raises(InputError):
        check_new_password(bad)


def test_a_new_password_is_another(path: Path) -> None:
    with pytest.raises(InputError, match="相同"):
        change_password(path, "caf\u00e9 au lait", "cafe\u0301 au lait")


def test_history_undo_and_edits_go_on(path: Path) -> None:
    with Workbook.open(path, operator="张三") as workbook:
        undoable = next_undo(workbook)
    set_password(path, FIRST, clock=clock, operator="张三")
    with Workbook.open(path, operator="张三", password=FIRST) as workbook:
        record = list_edits(workbook, limit=1)[0]
        assert (record.label, record.operator) == ("设置密码（张三）", "程序")
        assert undoable is not None and next_undo(workbook) == undoable
    rename(path, "新标题", FIRST)
    require_sound(path, FIRST)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.6])
def test_cancelling_leaves_all_as_it_was(path: Path, share: float) -> None:
    before, data = files_but(path), canonical_dump(path)
    work = Work(lambda reached, _text: work.cancel() if reached >= share else None)
    with pytest.raises(Cancelled):
        set_password(path, FIRST, clock=clock, work=work)
    assert (files_but(path), canonical_dump(path)) == (before, data)
    assert sorted(item.name for item in path.parent.iterdir()) == ["考核.assess", "考核.backups", "考核.evidence"]


def test_once_swapped_it_is_too_late_to_cancel(path: Path) -> None:
    work = Work(lambda reached, _text: work.cancel() if reached == 1.0 else None)
    set_password(path, FIRST, clock=clock, work=work)
    require_sound(path, FIRST)
    assert not workshop(path).exists()


def files_but(path: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file() and file != path}


def test_files_that_nobody_converts_are_named(path: Path) -> None:
    beside = [path.with_name("考核.格式5.assess"), path.with_name("考核.assess.zip")]
    for file in beside:
        file.write_bytes(b"SQLite format 3 old")
    foreign = path.with_suffix(".backups") / "考核-20240101-000000-手动.assess"
    foreign.write_bytes(b"SQLite format 3 damaged")
    aside = path.with_suffix(".backups") / "考核-20240101-000000-恢复前-损坏原件.assess"
    aside.write_bytes(b"SQLite format 3 damaged")
    done = set_password(path, FIRST, clock=clock)
    assert set(done.left) == {*beside, foreign, aside}
    assert set(copies_beside(path)) == {*beside, aside}


def test_a_second_run_converts_what_was_left(path: Path, tmp_path: Path) -> None:
    """A backup on a disk that was not there, or put back by hand."""
    plain = {backup.path: backup.path.read_bytes() for backup in list_backups(path)}
    set_password(path, FIRST, clock=clock)
    for file, content in plain.items():
        file.chmod(0o644)
        file.write_bytes(content)
    done = set_password(path, FIRST, clock=clock)
    assert (done.backups, done.evidence, done.left) == (2, 0, ())
    require_sound(path, FIRST)
    assert list(plain_texts(path.parent)) == []


def test_altered_and_orphaned_evidence_is_encrypted_too(path: Path) -> None:
    folder = path.with_suffix(".evidence")
    (name,) = [file.name for file in folder.iterdir()]
    (folder / name).write_bytes(PROOF[:-1] + b"!")
    (folder / hashlib.sha256(ORPHAN).hexdigest()).write_bytes(ORPHAN)
    done = set_password(path, FIRST, clock=clock)
    assert (done.evidence, done.left) == (2, ())
    assert list(plain_texts(path.parent)) == []
    with Workbook.open(path, password=FIRST) as workbook:
        found = check_files(workbook, store_of(workbook), Work())
        assert list(found.conditions.values()) == [Condition.ALTERED] and len(found.orphans) == 1
        (stored,) = stored_names(store_of(workbook)) - set(found.orphans)
    garbled = bytearray((folder / stored).read_bytes())
    garbled[20] ^= 1
    (folder / stored).write_bytes(garbled)
    done = remove_password(path, FIRST, clock=clock)
    assert (done.evidence, done.left) == (1, (folder / stored,))
    assert (folder / hashlib.sha256(ORPHAN).hexdigest()).read_bytes() == ORPHAN


def test_backups_and_restoring_go_on_with_the_password(path: Path) -> None:
    put_protected(path, FIRST)
    rename(path, "标题甲机密", FIRST)
    made = backup_workbook(path, Reason.AUTOMATIC, password=FIRST)
    assert made is not None
    rename(path, "标题乙机密", FIRST)
    restore(path, made.path, password=FIRST)
    assert list(plain_texts(path.parent)) == []
    with Workbook.open(path, password=FIRST, check=Check.FULL) as workbook:
        assert load_settings(workbook).title == "标题甲机密"
        found = check_files(workbook, store_of(workbook), Work())
        assert set(found.conditions.values()) == {Condition.GOOD}


def test_a_backup_of_before_knows_the_evidence(path: Path) -> None:
    put_protected(path, FIRST)
    restore(path, list_backups(path)[-1].path, password=FIRST)
    with Workbook.open(path, password=FIRST, check=Check.FULL) as workbook:
        assert load_settings(workbook).title == "标题甲机密"
        found = check_files(workbook, store_of(workbook), Work())
        assert set(found.conditions.values()) == {Condition.GOOD}


def test_a_backup_with_the_old_password_is_restored_under_the_present_one(path: Path, tmp_path: Path) -> None:
    """One that lay on another disk while the password was set."""
    away = tmp_path / "away.assess"
    backup = list_backups(path)[-1].path
    away.write_bytes(backup.read_bytes())
    set_password(path, FIRST, clock=clock)
    restore(path, away, password=FIRST)
    with Workbook.open(path, password=FIRST, check=Check.FULL) as workbook:
        assert workbook.password == FIRST
        found = check_files(workbook, store_of(workbook), Work())
        assert set(found.conditions.values()) == {Condition.GOOD}


def test_no_plain_backup_takes_a_protected_workbooks_place_without_its_password(path: Path, tmp_path: Path) -> None:
    away = tmp_path / "away.assess"
    away.write_bytes(list_backups(path)[-1].path.read_bytes())
    set_password(path, FIRST, clock=clock)
    before = path.read_bytes()
    with pytest.raises(PasswordNeededError):
        restore(path, away)
    with pytest.raises(WrongPasswordError) as caught:
        restore(path, away, password=SECOND)
    assert caught.value.place == str(path)
    assert path.read_bytes() == before


def test_a_damaged_first_page_is_restored_by_the_password_of_the_backup(path: Path) -> None:
    put_protected(path, FIRST)
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:])
    with pytest.raises(WrongPasswordError, match="或文件第一页已损坏"):
        Workbook.open(path, password=FIRST)
    with pytest.raises(WrongPasswordError):
        restore(path, list_backups(path)[0].path, password=SECOND)
    done = restore(path, list_backups(path)[0].path, password=FIRST)
    assert not done.was_sound
    require_sound(path, FIRST)


def test_a_plain_workbook_that_looks_protected_is_restored_without_one(path: Path) -> None:
    path.write_bytes(os.urandom(4096) + path.read_bytes()[4096:])
    with pytest.raises(PasswordNeededError, match="工作簿有密码"):
        Workbook.open(path)
    assert not restore(path, list_backups(path)[0].path).was_sound
    require_sound(path, None)


@pytest.mark.parametrize("is_gone", [True, False])
def test_it_waits_for_a_reader_and_not_for_ever(path: Path, is_gone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor.workbook.conversion.PATIENCE", 5.0 if is_gone else 0.1)
    rename(path, "标题丙机密")
    reading, leave = threading.Event(), threading.Event()

    def read() -> None:
        with Workbook.open(path, read_only=True) as workbook, workbook.snapshot():
            workbook.rows("SELECT title FROM settings")
            reading.set()
            leave.wait(0.3 if is_gone else 10.0)

    thread = threading.Thread(target=read)
    thread.start()
    assert reading.wait(10.0)
    if is_gone:
        set_password(path, FIRST, clock=clock)
    else:
        with pytest.raises(WorkbookError, match="占用"):
            set_password(path, FIRST, clock=clock)
    leave.set()
    thread.join()
    require_sound(path, FIRST if is_gone else None)
