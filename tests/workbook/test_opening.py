from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.facts import load_facts
from assessor.workbook.format import APPLICATION_ID, FORMAT_VERSION
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import list_years
from tests.workbook.builders import small_workbook


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 1234")
        connection.execute("CREATE TABLE t (a)")
    connection.close()


def newer_workbook(path: Path) -> None:
    small_workbook(path.parent).close()
    connection = sqlite3.connect(path.parent / "考核.assess")
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
    connection.close()
    (path.parent / "考核.assess").rename(path)


def truncated_workbook(path: Path) -> None:
    small_workbook(path.parent).close()
    content = (path.parent / "考核.assess").read_bytes()
    path.write_bytes(content[: len(content) // 2])


def scrambled_workbook(path: Path) -> None:
    small_workbook(path.parent).close()
    content = bytearray((path.parent / "考核.assess").read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


def scrambled_schema(path: Path) -> None:
    small_workbook(path.parent).close()
    content = bytearray((path.parent / "考核.assess").read_bytes())
    content[100:4096] = b"\xa5" * 3996
    path.write_bytes(content)


def workbook_without_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("CREATE TABLE t (a)")
    connection.close()


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path: path.write_bytes(b""), "空文件"),
        (lambda path: path.write_text("单位,得分\n市科协,95\n", "utf-8"), "不是考核工作簿"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00"), "不是考核工作簿"),
        (foreign_database, "别的程序"),
        (newer_workbook, "更新版本的程序"),
        (truncated_workbook, "已损坏"),
        (scrambled_workbook, "已损坏"),
        (scrambled_schema, "已损坏"),
        (workbook_without_version, "已损坏"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_sound_workbook_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], what: str, read_only: bool
) -> None:
    path = tmp_path / "坏.assess"
    make(path)
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match=what) as refusal:
        Workbook.open(path, read_only=read_only)
    assert str(path) == refusal.value.place
    assert refusal.value.remedy
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("坏.assess-*"))


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="找不到工作簿"):
        Workbook.open(tmp_path / "无.assess")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="文件夹"):
        Workbook.open(tmp_path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 200)
    for make in (Workbook.open, Workbook.create):
        with pytest.raises(WorkbookError) as refusal:
            make(path)
        assert refusal.value.remedy


def test_a_link_opens_what_it_points_to(tmp_path: Path) -> None:
    small_workbook(tmp_path).close()
    link = tmp_path / "links" / "快捷.assess"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "考核.assess")
    with Workbook.open(link) as workbook, workbook.edit("改名") as edit:
        edit.execute("UPDATE settings SET title = '新名'")
    assert list(link.parent.iterdir()) == [link]
    with Workbook.open(tmp_path / "考核.assess") as workbook:
        assert workbook.rows("SELECT title FROM settings")[0][0] == "新名"


@pytest.mark.parametrize("name", ["年 度?x=1#2.assess", "100%.assess", "a&b;'\".assess"])
def test_any_file_name_can_be_opened(tmp_path: Path, name: str) -> None:
    small_workbook(tmp_path).close()
    path = (tmp_path / "考核.assess").rename(tmp_path / name)
    with Workbook.open(path) as workbook:
        assert len(list_years(workbook)) == 1


@pytest.mark.parametrize("read_only", [False, True])
def test_reading_changes_no_byte_and_leaves_no_file(tmp_path: Path, read_only: bool) -> None:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    before, modified = path.read_bytes(), path.stat().st_mtime_ns
    with Workbook.open(path, read_only=read_only) as workbook:
        load_facts(workbook, 2023)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == modified
    assert list(tmp_path.iterdir()) == [path]


def test_closing_after_an_edit_leaves_the_one_file(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook, workbook.edit("改名") as edit:
        edit.execute("UPDATE settings SET title = '新名'")
    assert [item.name for item in tmp_path.iterdir()] == ["考核.assess"]


def test_a_workbook_asked_for_reading_refuses_an_edit(tmp_path: Path) -> None:
    small_workbook(tmp_path).close()
    with (
        Workbook.open(tmp_path / "考核.assess", read_only=True) as workbook,
        pytest.raises(WorkbookError, match="只读") as refusal,
        workbook.edit("录入"),
    ):
        pass
    assert refusal.value.remedy


@pytest.mark.parametrize("marked", ["file", "folder", "both"])
def test_a_read_only_file_or_folder_opens_for_reading(tmp_path: Path, marked: str) -> None:
    folder = tmp_path / "光盘"
    folder.mkdir()
    small_workbook(folder).close()
    path = folder / "考核.assess"
    before = path.read_bytes()
    if marked in ("file", "both"):
        path.chmod(0o444)
    if marked in ("folder", "both"):
        folder.chmod(0o555)
    try:
        with Workbook.open(path) as workbook:
            assert workbook.read_only
            assert load_facts(workbook, 2023).year.year == 2023
            assert list(folder.iterdir()) == [path]
    finally:
        folder.chmod(0o755)
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_two_readers_and_a_writer_work_at_once(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as writer:
        path = writer.path
        with Workbook.open(path, read_only=True) as first, Workbook.open(path, read_only=True) as second:
            with writer.edit("改名") as edit:
                edit.execute("UPDATE settings SET title = '新名'")
                titles = [reader.rows("SELECT title FROM settings")[0][0] for reader in (first, second)]
                assert titles == ["某市实施方案"] * 2
            titles = [reader.rows("SELECT title FROM settings")[0][0] for reader in (first, second)]
            assert titles == ["新名"] * 2


def test_a_snapshot_keeps_its_state_while_another_writes(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as writer, Workbook.open(writer.path, read_only=True) as reader:
        with reader.snapshot():
            before = reader.rows("SELECT title FROM settings")[0][0]
            with writer.edit("改名") as edit:
                edit.execute("UPDATE settings SET title = '新名'")
            assert reader.rows("SELECT title FROM settings")[0][0] == before
        assert reader.rows("SELECT title FROM settings")[0][0] == "新名"


def test_a_worker_thread_reads_with_its_own_workbook(tmp_path: Path) -> None:
    units: list[int] = []
    with small_workbook(tmp_path) as window:

        def work() -> None:
            with Workbook.open(window.path, read_only=True) as mine:
                units.append(sum(len(group.units) for group in load_facts(mine, 2023).groups))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with window.edit("改名") as edit:
            edit.execute("UPDATE settings SET title = '新名'")
    assert units == [4] * 4
    assert [item.name for item in tmp_path.iterdir()] == ["考核.assess"]


def test_what_a_killed_program_saved_is_there_when_opened_again(tmp_path: Path) -> None:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    script = (
        "import os, sys; from pathlib import Path; from assessor.workbook.workbook import Workbook\n"
        "workbook = Workbook.open(Path(sys.argv[1]))\n"
        "with workbook.edit('已保存') as edit: edit.execute(\"UPDATE settings SET title = '已保存'\")\n"
        "unfinished = workbook.edit('未保存'); edit = unfinished.__enter__()\n"
        "edit.execute(\"UPDATE settings SET title = '未保存'\")\n"
        "os._exit(9)\n"
    )
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, check=False)
    assert killed.returncode == 9
    with Workbook.open(path) as workbook:
        assert workbook.rows("SELECT title FROM settings")[0][0] == "已保存"
        assert [row["label"] for row in workbook.rows("SELECT label FROM edit")] == ["新建工作簿", "已保存"]
    assert list(tmp_path.iterdir()) == [path]


def test_opening_and_reading_do_not_import_sqlite_utils(tmp_path: Path) -> None:
    small_workbook(tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from assessor.workbook.workbook import Workbook\n"
        "from assessor.workbook.facts import load_facts\n"
        "with Workbook.open(Path(sys.argv[1])) as workbook: load_facts(workbook, 2023)\n"
        "sys.exit('sqlite_utils' in sys.modules)\n"
    )
    root = Path(__file__).resolve().parents[2]
    path = str(tmp_path / "考核.assess")
    assert subprocess.run([sys.executable, "-c", script, path], cwd=root, check=False).returncode == 0
