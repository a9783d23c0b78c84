from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.workbook import Edit, Workbook
from tests.workbook.builders import small_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def title(workbook: Workbook) -> str:
    return str(workbook.rows("SELECT title FROM settings")[0]["title"])


def rename(edit: Edit, name: str = "新名") -> None:
    edit.execute("UPDATE settings SET title = ?", (name,))


def test_an_edit_leaves_a_row_with_label_time_and_operator(workbook: Workbook) -> None:
    workbook.operator = "李四"
    with workbook.edit("改名") as edit:
        rename(edit)
    last = workbook.rows("SELECT id, label, at, operator FROM edit ORDER BY id DESC LIMIT 1")[0]
    assert tuple(last) == (2, "改名", "2024-11-28T09:30:00+00:00", "李四")


def test_an_edit_says_which_rows_it_touched(workbook: Workbook) -> None:
    with workbook.edit("录入") as edit:
        rename(edit)
        edit.execute("INSERT INTO exemption VALUES (2023, 'kexie', '新设')")
        edit.execute("UPDATE unit SET name = name || '局' WHERE code = 'dongqu'")
        edit.execute("DELETE FROM section_lead WHERE section = 'P1'")
    assert edit.changes == {
        "settings": {(1,)},
        "exemption": {(2023, "kexie")},
        "unit": {("dongqu",)},
        "section_lead": {("P1", "kexie")},
    }


def test_a_changed_key_counts_as_the_old_row_and_the_new(workbook: Workbook) -> None:
    with workbook.edit("改代码") as edit:
        edit.execute("UPDATE unit SET code = 'kx' WHERE code = 'kexie'")
    assert edit.changes["unit"] == {("kexie",), ("kx",)}
    assert edit.changes["task_unit"] == {("A1.1", "kexie"), ("A1.1", "kx"), ("P1.1", "kexie"), ("P1.1", "kx")}


def test_each_edit_tells_only_its_own_changes(workbook: Workbook) -> None:
    with workbook.edit("一") as first:
        rename(first)
    with workbook.edit("二") as second:
        second.execute("INSERT INTO exemption VALUES (2023, 'kexie', '新设')")
    assert set(first.changes) == {"settings"}
    assert set(second.changes) == {"exemption"}


def test_an_edit_that_changes_nothing_leaves_no_trace(workbook: Workbook) -> None:
    with workbook.edit("改名") as edit:
        rename(edit, title(workbook))
    assert edit.changes == {}
    assert [row["label"] for row in workbook.rows("SELECT label FROM edit")] == ["新建工作簿"]


@pytest.mark.parametrize("problem", [ValueError("x"), KeyboardInterrupt()])
def test_whatever_is_raised_takes_back_the_whole_edit(workbook: Workbook, problem: BaseException) -> None:
    before = title(workbook)
    edits = workbook.edit("改名")
    with pytest.raises(type(problem)), edits as edit:
        rename(edit)
        edit.execute("INSERT INTO exemption VALUES (2023, 'kexie', '新设')")
        raise problem
    assert title(workbook) == before
    assert workbook.rows("SELECT * FROM exemption") == []
    assert [row["label"] for row in workbook.rows("SELECT label FROM edit")] == ["新建工作簿"]
    assert edit.changes == {}
    with workbook.edit("再改") as again:
        rename(again)
    assert set(again.changes) == {"settings"}


def test_an_edit_within_an_edit_is_refused_and_the_outer_one_taken_back(workbook: Workbook) -> None:
    before = title(workbook)
    with pytest.raises(RuntimeError, match="within edit"), workbook.edit("外") as edit:
        rename(edit)
        with workbook.edit("内"):
            pass
    assert title(workbook) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE settings SET title = 'x'",
        "DELETE FROM edit",
        "INSERT INTO exemption VALUES (2023, 'kexie', 'x')",
        "CREATE TABLE t (a)",
        "DROP TABLE mark",
        "PRAGMA user_version = 99",
    ],
)
@pytest.mark.parametrize("after_an_edit", [False, True])
def test_nothing_is_written_outside_an_edit(workbook: Workbook, statement: str, after_an_edit: bool) -> None:
    if after_an_edit:
        with workbook.edit("改名") as edit:
            rename(edit)
    workbook.close()
    before = workbook.path.read_bytes()
    with Workbook.open(workbook.path) as again, pytest.raises(WorkbookError):
        again.rows(statement)
    assert workbook.path.read_bytes() == before


def test_nothing_is_written_outside_an_edit_after_one_failed(workbook: Workbook) -> None:
    with pytest.raises(ValueError), workbook.edit("改名"):
        raise ValueError
    with pytest.raises(WorkbookError):
        workbook.rows("UPDATE settings SET title = 'x'")


def test_an_edit_that_is_over_writes_no_more(workbook: Workbook) -> None:
    with workbook.edit("改名") as edit:
        rename(edit)
    with pytest.raises(RuntimeError, match="over"):
        rename(edit, "更新")


def test_an_edit_must_have_a_label(workbook: Workbook) -> None:
    with pytest.raises(sqlite3.IntegrityError), workbook.edit("") as edit:
        rename(edit)
    with workbook.edit("改名") as edit:
        rename(edit)


def test_a_locked_workbook_is_said_to_be_in_use(workbook: Workbook) -> None:
    other = sqlite3.connect(workbook.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    workbook.close()
    with (
        Workbook.open(workbook.path, patience=0.01) as waiting,
        pytest.raises(WorkbookError, match="占用") as refusal,
        waiting.edit("改名"),
    ):
        pass
    assert refusal.value.place == str(workbook.path)
    assert refusal.value.remedy
    other.execute("ROLLBACK")
    other.close()
    with Workbook.open(workbook.path) as again:
        with again.edit("改名") as edit:
            rename(edit)
        assert title(again) == "新名"


def test_a_full_disk_is_said_and_nothing_is_kept(workbook: Workbook) -> None:
    pages = workbook.rows("PRAGMA page_count")[0][0]
    workbook.rows(f"PRAGMA max_page_count = {pages}")
    before = title(workbook)
    with pytest.raises(WorkbookError, match="磁盘已满") as refusal, workbook.edit("改名") as edit:
        rename(edit, "长" * 100_000)
    assert refusal.value.remedy
    assert title(workbook) == before


def test_an_edit_whose_transaction_is_gone_writes_no_more(workbook: Workbook) -> None:
    before = title(workbook)
    with pytest.raises(RuntimeError, match="taken the edit back"), workbook.edit("改名") as edit:
        edit.execute("ROLLBACK")  # as SQLite itself does after some failures of the disk
        rename(edit, "后来")
    assert title(workbook) == before


def test_a_deferred_reference_that_stays_broken_takes_back_the_edit(workbook: Workbook) -> None:
    with pytest.raises(sqlite3.IntegrityError), workbook.edit("承接") as edit:
        edit.execute("UPDATE unit SET successor = 'nobody' WHERE code = 'dongqu'")
    assert workbook.rows("SELECT successor FROM unit WHERE code = 'dongqu'")[0]["successor"] is None


def test_a_fault_of_the_program_is_not_dressed_up_as_the_users(workbook: Workbook) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        workbook.rows("SELECT * FROM absent")
