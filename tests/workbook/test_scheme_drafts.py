"""Drafts: made, changed, renamed, removed, undone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.errors import InputError, WorkbookError
from assessor.workbook.scheme_drafts import (
    add_draft,
    load_draft,
    load_drafts,
    remove_draft,
    rename_draft,
    save_draft,
)
from assessor.workbook.undo import undo
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import COUNTY, MEMBER, small_scheme, small_workbook


def with_draft(folder: Path) -> Workbook:
    workbook = small_workbook(folder)
    with workbook.edit("新建草稿") as edit:
        add_draft(edit, "提高实效分", small_scheme(), "来自 2023 年度")
    return workbook


def test_a_draft_keeps_the_whole_scheme_sound_or_not(tmp_path: Path) -> None:
    unsound = replace(small_scheme(), full_marks=Decimal(90))
    with with_draft(tmp_path) as workbook:
        with workbook.edit("改草稿") as edit:
            save_draft(edit, "1", unsound)
        with workbook.edit("另一份") as edit:
            assert add_draft(edit, "县市区", small_scheme(COUNTY)).key == "2"
        (draft,) = load_drafts(workbook, MEMBER)
        assert (draft.title, draft.note, draft.scheme) == ("提高实效分", "来自 2023 年度", unsound)
        assert [item.key for item in load_drafts(workbook)] == ["1", "2"]


def test_names_are_told_apart_within_a_group(tmp_path: Path) -> None:
    with with_draft(tmp_path) as workbook:
        with workbook.edit("同名") as edit:
            add_draft(edit, "提高实效分", small_scheme(COUNTY))
        with pytest.raises(InputError, match="已有名为“提高实效分”的草稿"), workbook.edit("又一份") as edit:
            add_draft(edit, " 提高实效分 ", small_scheme())
        with pytest.raises(InputError), workbook.edit("无名") as edit:
            add_draft(edit, " ", small_scheme())
        with workbook.edit("改名") as edit:
            assert rename_draft(edit, "1", "第二稿").title == "第二稿"
        assert load_draft(workbook, "1").scheme == small_scheme()


def test_it_belongs_to_one_group(tmp_path: Path) -> None:
    with with_draft(tmp_path) as workbook:
        with pytest.raises(WorkbookError, match="草稿属于考核组别"), workbook.edit("改组别") as edit:
            save_draft(edit, "1", small_scheme(COUNTY))
        with pytest.raises(WorkbookError, match="没有代码为“x”的考核组别"), workbook.edit("没有的组别") as edit:
            add_draft(edit, "甲", replace(small_scheme(), group="x"))


def test_what_is_removed_comes_back_by_undo(tmp_path: Path) -> None:
    with with_draft(tmp_path) as workbook:
        with workbook.edit("删除草稿") as edit:
            remove_draft(edit, "1")
        assert load_drafts(workbook) == ()
        with pytest.raises(WorkbookError, match="没有这份细则草稿"):
            load_draft(workbook, "1")
        undo(workbook)
        assert load_draft(workbook, "1").scheme == small_scheme()
