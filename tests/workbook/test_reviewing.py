"""Where reviewers come from and what they are to mark: kept, refused, and what follows for scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Mark
from assessor.domain.results import LeafResult
from assessor.domain.reviewing import Reviewing
from assessor.domain.rules.rule import LeafState
from assessor.errors import InputError
from assessor.workbook.history import last_edit, load_changes
from assessor.workbook.marks import load_marks, save_mark
from assessor.workbook.reviewers import add_reviewer, copy_reviewers, load_reviewers, remove_reviewer, rename_reviewer
from assessor.workbook.reviewing import load_reviewing, save_duties, save_reviewer_unit
from assessor.workbook.row_titles import table_title
from assessor.workbook.row_words import load_names, place_of
from assessor.workbook.undo import undo
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

YEAR = 2023
ZHANG, LI = ("office", "张三"), ("office", "李四")


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path, (2022, YEAR, 2024)) as opened:
        with opened.edit("录入评分") as edit:
            for unit in ("kexie", "nongye"):
                save_mark(edit, YEAR, unit, Mark("2.1", "张三", "office", Decimal(60)))
                save_mark(edit, YEAR, unit, Mark("2.1", "李四", "office", Decimal(80)))
        yield opened


def leaf(workbook: Workbook, unit: str, code: str = "2.1") -> LeafResult:
    _group, scored = load_view(workbook, YEAR).assessed_unit(unit)
    return next(leaf for leaf in scored.leaves if leaf.indicator.code == code)


def test_a_mark_on_the_reviewers_own_unit_is_kept_and_does_not_count(workbook: Workbook) -> None:
    before = leaf(workbook, "kexie"), leaf(workbook, "nongye")
    assert before[0].score == Decimal("14.00")  # 70 % of 20
    with workbook.edit("设置评委所在单位") as edit:
        save_reviewer_unit(edit, YEAR, ZHANG, "kexie")
    assert leaf(workbook, "kexie").score == Decimal("16.00")
    assert leaf(workbook, "nongye") == before[1]
    assert "评委 张三（本单位，回避不计）" in [item.source for item in leaf(workbook, "kexie").inputs]
    assert [mark.is_recused for mark in load_marks(workbook, YEAR)["kexie"]] == [True, False]
    assert [mark.is_recused for mark in load_marks(workbook, YEAR, ["nongye"])["nongye"]] == [False, False]
    undo(workbook)
    assert (leaf(workbook, "kexie"), leaf(workbook, "nongye")) == before


def test_where_all_marks_are_of_the_units_own_the_leaf_is_awaited(workbook: Workbook) -> None:
    with workbook.edit("设置评委所在单位") as edit:
        for reviewer in (ZHANG, LI):
            save_reviewer_unit(edit, YEAR, reviewer, "nongye")
    assert leaf(workbook, "nongye").state is LeafState.PENDING
    assert leaf(workbook, "kexie").score == Decimal("14.00")
    with workbook.edit("设置评委所在单位") as edit:
        for reviewer in (ZHANG, LI):
            save_reviewer_unit(edit, YEAR, reviewer, None)
    assert leaf(workbook, "nongye").state is LeafState.SCORED


def test_duties_come_back_sorted_and_go_again(workbook: Workbook) -> None:
    with workbook.edit("评委分工") as edit:
        save_duties(edit, YEAR, {ZHANG: [("nongye", "3.1"), ("kexie", "2.1")], LI: None})
    known = load_reviewing(workbook, YEAR)
    assert known == Reviewing({}, {ZHANG: (("kexie", "2.1"), ("nongye", "3.1"))})
    assert known.is_expected(ZHANG, ("kexie", "2.1")) and not known.is_expected(ZHANG, ("kexie", "3.1"))
    assert known.is_expected(LI, ("kexie", "3.1"))
    with workbook.edit("评委分工") as edit:
        save_duties(edit, YEAR, {ZHANG: [("kexie", "2.1")]})
    assert edit.changes.keys() == {"reviewer_assignment"}
    with workbook.edit("评委分工") as edit:
        save_duties(edit, YEAR, {ZHANG: None})
    assert load_reviewing(workbook, YEAR) == Reviewing()


@pytest.mark.parametrize(
    ("reviewer", "duties", "what"),
    [
        (ZHANG, [], "没有给评委“张三”分配任何评分"),
        (ZHANG, [("kexie", "2.2")], "这个指标不由该评委组评分"),
        (ZHANG, [("kexie", "9.9")], "没有代码为“9.9”的指标"),
        (ZHANG, [("gone", "2.1")], "没有代码为“gone”的单位"),
        (("office", "王五"), [("kexie", "2.1")], "没有“王五”"),
    ],
)
def test_duties_that_cannot_be_are_refused(
    workbook: Workbook, reviewer: tuple[str, str], duties: list[tuple[str, str]], what: str
) -> None:
    with pytest.raises(InputError, match=what), workbook.edit("评委分工") as edit:
        save_duties(edit, YEAR, {reviewer: duties})
    assert load_reviewing(workbook, YEAR) == Reviewing()


def test_a_unit_or_reviewer_that_is_unknown_is_refused(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="没有代码为“gone”的单位"), workbook.edit("回避") as edit:
        save_reviewer_unit(edit, YEAR, ZHANG, "gone")
    with pytest.raises(InputError, match="没有“王五”"), workbook.edit("回避") as edit:
        save_reviewer_unit(edit, YEAR, ("office", "王五"), "kexie")


def test_both_follow_a_new_name_and_go_with_the_reviewer(workbook: Workbook) -> None:
    with workbook.edit("评委") as edit:
        add_reviewer(edit, YEAR, "office", "王五")
        save_reviewer_unit(edit, YEAR, ("office", "王五"), "kexie")
        save_duties(edit, YEAR, {("office", "王五"): [("nongye", "2.1")]})
        rename_reviewer(edit, YEAR, "office", "王五", "王武")
    new = ("office", "王武")
    assert load_reviewing(workbook, YEAR) == Reviewing({new: "kexie"}, {new: (("nongye", "2.1"),)})
    with workbook.edit("删除评委") as edit:
        remove_reviewer(edit, YEAR, "office", "王武")
    assert load_reviewing(workbook, YEAR) == Reviewing()


def test_the_year_after_takes_reviewers_over_with_units_that_still_are(workbook: Workbook) -> None:
    with workbook.edit("评委") as edit:
        save_reviewer_unit(edit, YEAR, ZHANG, "kexie")
        save_reviewer_unit(edit, YEAR, LI, "xiangcun")  # folded into another after this year
    with workbook.edit("沿用上年评委") as edit:
        assert copy_reviewers(edit, 2024) == 2
    assert load_reviewers(workbook, 2024) == {"office": ("张三", "李四")}
    assert load_reviewing(workbook, 2024) == Reviewing({ZHANG: "kexie"})


def test_the_history_says_it_in_words(workbook: Workbook) -> None:
    with workbook.edit("设置评委所在单位") as edit:
        save_reviewer_unit(edit, YEAR, ZHANG, "kexie")
        save_duties(edit, YEAR, {ZHANG: [("nongye", "2.1")]})
    last = last_edit(workbook)
    assert last is not None
    names = load_names(workbook)
    places = [
        f"{table_title(change.table)} {place_of(change, names)}" for change in load_changes(workbook, last.number)
    ]
    assert sorted(places) == ["评委分工 考核办 张三 市农业农村局 2.1 评议", "评委所在单位 考核办 张三 市科协"]
