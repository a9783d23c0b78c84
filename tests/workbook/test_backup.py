"""Backups of real workbooks: verified, named, only when something changed, and never of a damaged file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assessor.errors import DamagedWorkbookError, OutputError, WorkbookError
from assessor.work import Cancelled, Work
from assessor.workbook.backup import backup_workbook, before
from assessor.workbook.backup_list import ELSEWHERE, list_backups, newest_good_backup
from assessor.workbook.backup_names import Reason, folder_beside
from assessor.workbook.settings import Settings, save_settings
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

START = datetime(2026, 11, 24, 10, 32).astimezone()


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


def change(path: Path, title: str) -> None:
    with Workbook.open(path) as workbook, workbook.edit("改标题") as edit:
        save_settings(edit, Settings(title))


def overwrite(path: Path, page: int, content: Callable[[bytes], bytes] = lambda old: bytes(len(old))) -> None:
    whole = bytearray(path.read_bytes())
    place = slice((page - 1) * 4096, page * 4096)
    whole[place] = content(bytes(whole[place]))
    path.write_bytes(bytes(whole))


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_a_backup_is_the_workbook_under_a_name_that_says_when_and_why(path: Path, clock: Clock) -> None:
    made = backup_workbook(path, Reason.MANUAL, "初评后", clock=clock)
    assert made is not None
    assert made.path == path.parent / "考核.backups" / "考核-20261124-103200-手动-初评后.assess"
    assert dump(made.path) == dump(path)
    assert list_backups(path) == (made,)
    with Workbook.open(made.path) as backup:
        assert backup.read_only
    assert [item.name for item in made.path.parent.iterdir()] == [made.path.name]


def test_an_automatic_one_is_made_only_when_something_changed(path: Path, clock: Clock) -> None:
    assert backup_workbook(path, Reason.AUTOMATIC, clock=clock) is not None
    clock.forward(minutes=10)
    assert backup_workbook(path, Reason.AUTOMATIC, clock=clock) is None
    change(path, "新标题")
    second = backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    assert second is not None
    assert list_backups(path)[0] == second


def test_a_newest_one_that_has_gone_bad_does_not_count(path: Path, clock: Clock) -> None:
    made = backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    assert made is not None
    made.path.chmod(0o644)
    overwrite(made.path, 9)
    clock.forward(minutes=10)
    again = backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    assert again is not None
    assert newest_good_backup(path) == again


def test_a_clock_that_was_wrong_does_not_stop_backups_nor_multiply_them(path: Path, clock: Clock) -> None:
    clock.forward(days=1000)
    assert backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    clock.forward(days=-1000)
    assert backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    clock.forward(minutes=10)
    assert backup_workbook(path, Reason.AUTOMATIC, clock=clock) is None


def test_two_within_a_second_are_two(path: Path, clock: Clock) -> None:
    first, second = (backup_workbook(path, Reason.MANUAL, clock=clock) for _ in range(2))
    assert first and second and first.path != second.path
    assert len(list_backups(path)) == 2


def test_a_backup_is_made_while_another_thread_writes(path: Path) -> None:
    stop, problems = threading.Event(), []

    def write() -> None:
        with Workbook.open(path) as workbook:
            for number in range(10_000):
                if stop.is_set():
                    break
                with workbook.edit("改标题") as edit:
                    save_settings(edit, Settings(f"标题{number}"))

    thread = threading.Thread(target=lambda: problems.append(_caught(write)))
    thread.start()
    try:
        for _ in range(4):
            assert backup_workbook(path, Reason.MANUAL) is not None
    finally:
        stop.set()
        thread.join()
    assert problems == [None]
    assert len(list_backups(path)) == 4


def _caught(function: Callable[[], None]) -> BaseException | None:
    try:
        function()
    except BaseException as problem:
        return problem
    return None


@pytest.mark.parametrize("page", [1, 2, 9, 30])
def test_a_damaged_workbook_is_not_backed_up_and_nothing_is_thinned(path: Path, clock: Clock, page: int) -> None:
    for _ in range(12):
        backup_workbook(path, Reason.AUTOMATIC, clock=clock)
        change(path, str(clock.now))
        clock.forward(minutes=10)
    before_damage = {backup.path: backup.path.read_bytes() for backup in list_backups(path)}
    assert len(before_damage) == 12
    overwrite(path, page)
    clock.forward(days=700)
    with pytest.raises(WorkbookError) as refusal:
        backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    assert isinstance(refusal.value, DamagedWorkbookError)
    assert refusal.value.place == str(path)
    assert {item: item.read_bytes() for item in folder_beside(path).iterdir()} == before_damage


def test_an_empty_file_is_no_workbook(tmp_path: Path) -> None:
    empty = tmp_path / "空.assess"
    empty.touch()
    with pytest.raises(DamagedWorkbookError):
        backup_workbook(empty, Reason.AUTOMATIC)
    assert empty.read_bytes() == b""
    with pytest.raises(WorkbookError):
        backup_workbook(tmp_path / "没有.assess", Reason.AUTOMATIC)
    assert [item.name for item in tmp_path.iterdir()] == ["空.assess"]


def test_a_chosen_folder_is_used_and_found_again_without_the_workbook(path: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "移动盘"
    chosen.mkdir()
    with Workbook.open(path) as workbook, workbook.edit("改备份文件夹") as edit:
        save_settings(edit, Settings(backup_folder=str(chosen)))
    made = backup_workbook(path, Reason.AUTOMATIC)
    assert made is not None
    assert made.path.parent == chosen / "考核.backups"
    path.write_bytes(b"")
    assert list_backups(path) == (made,)
    assert (folder_beside(path) / ELSEWHERE).read_text("utf-8").splitlines()[1] == str(chosen)


def test_a_chosen_folder_that_is_away_is_stood_in_for(path: Path, tmp_path: Path) -> None:
    with Workbook.open(path) as workbook, workbook.edit("改备份文件夹") as edit:
        save_settings(edit, Settings(backup_folder=str(tmp_path / "拔掉的盘")))
    made = backup_workbook(path, Reason.AUTOMATIC)
    assert made is not None
    assert made.path.parent == folder_beside(path)
    assert "拔掉的盘" in made.note


def test_a_folder_that_cannot_be_written_is_named(path: Path) -> None:
    folder_beside(path).write_text("不是文件夹")
    with pytest.raises(OutputError) as refusal:
        backup_workbook(path, Reason.MANUAL)
    assert refusal.value.place == str(folder_beside(path))


def test_a_cancelled_backup_leaves_nothing(path: Path) -> None:
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        backup_workbook(path, Reason.MANUAL, work=work)
    assert list(folder_beside(path).iterdir()) == []


def test_the_backup_before_something_is_of_the_open_workbook(path: Path, clock: Clock) -> None:
    with Workbook.open(path, clock=clock) as workbook:
        made = before(workbook, Reason.IMPORT, "区县填报")
        with workbook.edit("改标题") as edit:
            save_settings(edit, Settings("改后"))
        assert made.path.name == "考核-20261124-103200-导入前-区县填报.assess"
    assert dump(made.path) != dump(path)


def test_backups_of_another_workbook_in_the_folder_are_left_alone(path: Path, clock: Clock, tmp_path: Path) -> None:
    other_place = tmp_path / "别处"
    other_place.mkdir()
    Workbook.create(other_place / "考核.assess", clock=clock).close()
    foreign = [backup_workbook(other_place / "考核.assess", Reason.MANUAL, clock=clock, folder=other_place)]
    folder_beside(path).mkdir()
    for backup in foreign:
        assert backup is not None
        for number in range(15):
            name = backup.path.name.replace("-手动", "-自动").replace("20261124", f"202401{number + 1:02}")
            (folder_beside(path) / name).write_bytes(backup.path.read_bytes())
    before_thinning = set(folder_beside(path).iterdir())
    for _ in range(12):
        clock.forward(days=40)
        change(path, str(clock.now))
        assert backup_workbook(path, Reason.AUTOMATIC, clock=clock)
    assert before_thinning <= set(folder_beside(path).iterdir())
