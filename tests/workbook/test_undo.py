from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Mark
from assessor.errors import WorkbookError
from assessor.workbook.events import save_exemption
from assessor.workbook.history import EditKind, list_edits
from assessor.workbook.marks import load_marks, save_mark
from assessor.workbook.undo import next_redo, next_undo, redo, undo
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import clock, small_workbook

YEAR = 2023


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def mark(workbook: Workbook, value: int, label: str = "录入评分") -> None:
    with workbook.edit(label) as edit:
        save_mark(edit, YEAR, "kexie", Mark("2.1", "张某", "office", Decimal(value)))


def marks(workbook: Workbook) -> list[Decimal]:
    return [item.value for item in load_marks(workbook, YEAR).get("kexie", [])]


def test_the_creation_of_a_workbook_is_not_undone(workbook: Workbook) -> None:
    assert next_undo(workbook) is None
    with pytest.raises(WorkbookError, match="没有可以撤销") as refusal:
        undo(workbook)
    assert refusal.value.remedy


def test_undo_and_redo_go_back_and_forth_by_name(workbook: Workbook) -> None:
    mark(workbook, 80, "录入评分")
    mark(workbook, 90, "改评分")
    assert getattr(next_undo(workbook), "label", "") == "改评分"
    undo(workbook)
    assert marks(workbook) == [80]
    undo(workbook)
    assert marks(workbook) == []
    assert next_undo(workbook) is None
    assert getattr(next_redo(workbook), "label", "") == "录入评分"
    redo(workbook)
    redo(workbook)
    assert marks(workbook) == [90]
    assert next_redo(workbook) is None
    labels = [record.label for record in list_edits(workbook)]
    assert labels[:4] == ["重做 改评分", "重做 录入评分", "撤销 录入评分", "撤销 改评分"]


def test_undo_outlives_the_program(workbook: Workbook) -> None:
    mark(workbook, 80)
    workbook.close()
    with Workbook.open(workbook.path, clock=clock, operator="张三") as again:
        undo(again)
        assert marks(again) == []
        again.close()
    with Workbook.open(workbook.path, clock=clock, operator="张三") as later:
        redo(later)
        assert marks(later) == [80]


def test_an_edit_after_an_undo_ends_redoing(workbook: Workbook) -> None:
    mark(workbook, 80)
    undo(workbook)
    mark(workbook, 70)
    assert next_redo(workbook) is None
    with pytest.raises(WorkbookError, match="没有可以重做"):
        redo(workbook)
    undo(workbook)
    assert marks(workbook) == []
    assert next_undo(workbook) is None


def test_each_operator_takes_back_his_own_edits(workbook: Workbook) -> None:
    mark(workbook, 80)
    workbook.operator = "李四"
    assert next_undo(workbook) is None
    with workbook.edit("不参评") as edit:
        save_exemption(edit, YEAR, "dongqu", "新设")
    workbook.operator = "张三"
    undo(workbook)
    assert marks(workbook) == []
    assert len(workbook.rows("SELECT * FROM exemption")) == 1


def test_what_somebody_else_changed_since_is_not_undone(workbook: Workbook) -> None:
    mark(workbook, 80)
    workbook.operator = "李四"
    mark(workbook, 60, "改评分")
    workbook.operator = "张三"
    with pytest.raises(WorkbookError, match=r"李四 于 2024-11-28 09:30 在“改评分”中又改过同一处") as refusal:
        undo(workbook)
    assert refusal.value.remedy
    assert marks(workbook) == [60]


def test_a_redo_that_is_refused_speaks_of_a_redo(workbook: Workbook) -> None:
    mark(workbook, 80)
    undo(workbook)
    workbook.operator = "李四"
    mark(workbook, 60, "改评分")
    workbook.operator = "张三"
    with pytest.raises(WorkbookError, match=r"不能重做“录入评分”：李四 于"):
        redo(workbook)


def test_the_way_back_goes_past_many_edits_of_others(workbook: Workbook) -> None:
    mark(workbook, 80, "最早")
    workbook.operator = "李四"
    for value in range(150):
        mark(workbook, value % 100, "别人的")
    assert getattr(next_undo(workbook), "label", "") == "别人的"
    workbook.operator = "张三"
    assert getattr(next_undo(workbook), "label", "") == "最早"
    workbook.operator = "王五"
    assert next_undo(workbook) is None
    assert next_redo(workbook) is None


def test_what_later_data_need_is_not_undone(workbook: Workbook) -> None:
    with workbook.edit("加评委") as edit:
        edit.execute("INSERT INTO reviewer VALUES (2023, 'office', '张某')")
    workbook.operator = "李四"
    mark(workbook, 60)
    workbook.operator = "张三"
    with pytest.raises(WorkbookError, match="后来录入的数据要用到它") as refusal:
        undo(workbook)
    assert refusal.value.remedy
    assert marks(workbook) == [60]


def test_a_changed_code_goes_back_with_all_that_followed_it(workbook: Workbook) -> None:
    before = workbook.rows("SELECT * FROM task_unit ORDER BY task, unit")
    with workbook.edit("改代码") as edit:
        edit.execute("UPDATE unit SET code = 'kx' WHERE code = 'kexie'")
    undo(workbook)
    assert [tuple(row) for row in workbook.rows("SELECT * FROM task_unit ORDER BY task, unit")] == [
        tuple(row) for row in before
    ]
    assert [record.kind for record in list_edits(workbook, limit=1)] == [EditKind.UNDO]
