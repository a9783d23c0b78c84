from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Mark
from assessor.errors import InputError
from assessor.workbook.marks import load_marks, save_mark
from assessor.workbook.reviewers import add_reviewer, load_reviewers, remove_reviewer, rename_reviewer
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

YEAR = 2023
MARK = Mark("2.1", "张三", "office", Decimal(99), fact="获全国表彰")


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        with opened.edit("录入评分") as edit:
            save_mark(edit, YEAR, "kexie", MARK)
        yield opened


def test_a_reviewer_is_there_before_he_marks(workbook: Workbook) -> None:
    with workbook.edit("添加评委") as edit:
        add_reviewer(edit, YEAR, "office", " 李四 ")
        add_reviewer(edit, YEAR, "public", "张三")
    assert load_reviewers(workbook, YEAR) == {"office": ("张三", "李四"), "public": ("张三",)}


@pytest.mark.parametrize(("name", "what"), [("张三", "已有“张三”"), (" ", "没有填写评委姓名")])
def test_a_name_that_is_taken_or_missing_is_refused(workbook: Workbook, name: str, what: str) -> None:
    with pytest.raises(InputError, match=what), workbook.edit("添加评委") as edit:
        add_reviewer(edit, YEAR, "office", name)


def test_marks_and_their_facts_follow_a_new_name(workbook: Workbook) -> None:
    with workbook.edit("评委改名") as edit:
        rename_reviewer(edit, YEAR, "office", "张三", "张山")
    (mark,) = load_marks(workbook, YEAR)["kexie"]
    assert (mark.reviewer, mark.fact) == ("张山", "获全国表彰")
    with workbook.edit("评委改名") as edit:
        rename_reviewer(edit, YEAR, "office", "张山", "张山 ")
    assert not edit.changes


def test_a_reviewer_is_not_renamed_into_another(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="已有“李四”"), workbook.edit("评委改名") as edit:
        add_reviewer(edit, YEAR, "office", "李四")
        rename_reviewer(edit, YEAR, "office", "张三", "李四")


def test_only_a_reviewer_who_has_not_marked_goes(workbook: Workbook) -> None:
    with workbook.edit("评委") as edit:
        add_reviewer(edit, YEAR, "office", "李四")
        remove_reviewer(edit, YEAR, "office", "李四")
    assert load_reviewers(workbook, YEAR) == {"office": ("张三",)}
    with pytest.raises(InputError, match="“张三”已有 1 个评分，不能删除"), workbook.edit("删除评委") as edit:
        remove_reviewer(edit, YEAR, "office", "张三")
    with pytest.raises(InputError, match="没有“王五”"), workbook.edit("删除评委") as edit:
        remove_reviewer(edit, YEAR, "office", "王五")
