from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.facts import Award, Mark
from assessor.errors import InputError
from assessor.workbook.marks import (
    load_awards,
    load_marks,
    load_self_scores,
    remove_award,
    remove_mark,
    remove_self_score,
    save_award,
    save_mark,
    save_self_score,
)
from assessor.workbook.reviewers import load_reviewers
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def test_marks_come_back_and_a_reviewers_second_thought_replaces_the_first(workbook: Workbook) -> None:
    first, second = Mark("2.1", "张三", "office", Decimal("86.50")), Mark("2.1", "李四", "office", Decimal(0))
    with workbook.edit("录入评议") as edit:
        save_mark(edit, 2023, "kexie", Mark("2.1", "张三", "office", Decimal(50)))
        save_mark(edit, 2023, "kexie", first)
        save_mark(edit, 2023, "kexie", second)
    assert load_marks(workbook, 2023) == {"kexie": [first, second]}
    assert str(load_marks(workbook, 2023)["kexie"][0].value) == "86.50"
    assert edit.changes["reviewer"] == {(2023, "office", "张三"), (2023, "office", "李四")}


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        (Mark("2.1", "张三", "office", Decimal("100.01")), "不在 0 到 100 之间"),
        (Mark("2.1", "张三", "office", Decimal(-1)), "不在 0 到 100 之间"),
        (Mark("2.1", "张三", "office", Decimal("NaN")), "不是有限的数字"),
        (Mark("9.9", "张三", "office", Decimal(1)), "没有代码为“9.9”的指标"),
        (Mark("2.1", "", "office", Decimal(1)), "没有填写评委姓名"),
        (Mark("2.1", "张三", "", Decimal(1)), "没有填写评委所在的组"),
        (Mark("2.1", "张三", "public", Decimal(1)), "细则没有评委组“public”"),
        (Mark("2.2", "张三", "office", Decimal(1)), "按“直接评分”评分，不用评委评分"),
        (Mark("2.1", "张三", "office", Decimal(1), "A1.1"), "按单位评分，评委评分不能写任务"),
        (Mark("3.1", "张三", "office", Decimal(1)), "评委评分没有写任务"),
        (Mark("3.1", "张三", "office", Decimal(1), "A1.2"), "任务 A1.2 没有分解给该单位"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(workbook: Workbook, mark: Mark, what: str) -> None:
    with pytest.raises(InputError, match=what) as refusal, workbook.edit("录入评议") as edit:
        save_mark(edit, 2023, "kexie", mark)
    assert "市科协" in refusal.value.place
    assert refusal.value.remedy


def test_awards_come_back(workbook: Workbook) -> None:
    awards = [
        Award("2.2", "机制健全", points=Decimal("9.50")),
        Award("2.3", "较好", level="好", percentage=Decimal("60")),
    ]
    with workbook.edit("考核办评分") as edit:
        for award in awards:
            save_award(edit, 2023, "kexie", award)
    assert load_awards(workbook, 2023) == {"kexie": awards}


@pytest.mark.parametrize(
    ("award", "what"),
    [
        (Award("2.2", "理由", points=Decimal("10.01")), "10.01"),
        (Award("2.2", "理由", points=Decimal("-0.01")), "-0.01"),
        (Award("2.2", "理由"), "只给一种"),
        (Award("2.3", "理由", points=Decimal(1), level="好"), "只给一种"),
        (Award("2.2", "理由", points=Decimal(1), percentage=Decimal(5)), "没有等级"),
        (Award("2.3", "理由", level="甲"), "甲"),
        (Award("2.3", "理由", level="好", percentage=Decimal(59)), "59"),
        (Award("2.3", "理由", level="好", percentage=Decimal("NaN")), "不是有限的数字"),
        (Award("2.1", "理由", points=Decimal(1)), "按“评议”评分，不用考核办评分"),
        (Award("2.2", "理由", points=Decimal(1), task="A1.1"), "按单位评分，考核办评分不能写任务"),
        (Award("3.2", "理由", points=Decimal(1)), "考核办评分没有写任务"),
        (Award("3.2", "理由", points=Decimal(1), task="A1.2"), "任务 A1.2 没有分解给该单位"),
        (Award("3.2", "理由", points=Decimal("4.01"), task="A1.1"), "4.01"),
        (Award("9.9", "理由", points=Decimal(1)), "没有代码为“9.9”的指标"),
    ],
)
def test_an_award_that_cannot_be_is_refused(workbook: Workbook, award: Award, what: str) -> None:
    with pytest.raises(InputError) as refusal, workbook.edit("考核办评分") as edit:
        save_award(edit, 2023, "kexie", award)
    assert what in refusal.value.what
    assert refusal.value.remedy
    assert load_awards(workbook, 2023) == {}


def test_what_is_given_task_by_task_comes_back_for_each_task(workbook: Workbook) -> None:
    marks = [Mark("3.1", "张三", "office", Decimal(value), task) for value, task in ((90, "A1.1"), (70, "P1.1"))]
    awards = [Award("3.2", "核定", points=Decimal(value), task=task) for value, task in ((4, "A1.1"), (1, "P1.1"))]
    with workbook.edit("逐项评分") as edit:
        save_mark(edit, 2023, "kexie", replace(marks[0], value=Decimal(10)))
        save_award(edit, 2023, "kexie", replace(awards[0], points=Decimal(2)))
        for mark, award in zip(marks, awards, strict=True):
            save_mark(edit, 2023, "kexie", mark)
            save_award(edit, 2023, "kexie", award)
    assert load_marks(workbook, 2023) == {"kexie": marks}
    assert load_awards(workbook, 2023) == {"kexie": awards}
    assert edit.changes["award"] == {(2023, "kexie", "3.2", "A1.1"), (2023, "kexie", "3.2", "P1.1")}


def test_self_scores_come_back(workbook: Workbook) -> None:
    with workbook.edit("自评") as edit:
        save_self_score(edit, 2023, "kexie", "1.1", Decimal("40"))
        save_self_score(edit, 2023, "dongqu", "1.2", Decimal("0.10"))
    assert load_self_scores(workbook, 2023) == {"kexie": {"1.1": Decimal(40)}, "dongqu": {"1.2": Decimal("0.10")}}
    assert edit.changes == {"self_score": {(2023, "kexie", "1.1"), (2023, "dongqu", "1.2")}}


@pytest.mark.parametrize("points", ["40.01", "-1", "NaN"])
def test_a_self_score_outside_the_indicators_points_is_refused(workbook: Workbook, points: str) -> None:
    with pytest.raises(InputError), workbook.edit("自评") as edit:
        save_self_score(edit, 2023, "kexie", "1.1", Decimal(points))


def test_the_fact_behind_a_mark_comes_back_and_goes_with_an_empty_one(workbook: Workbook) -> None:
    mark = Mark("3.1", "张三", "office", Decimal(99), "A1.1", fact="获全国表彰")
    with workbook.edit("录入评分") as edit:
        save_mark(edit, 2023, "kexie", replace(mark, fact=" 获全国表彰\n"))
    assert load_marks(workbook, 2023) == {"kexie": [mark]}
    with workbook.edit("录入评分") as edit:
        save_mark(edit, 2023, "kexie", replace(mark, fact=""))
    assert load_marks(workbook, 2023) == {"kexie": [replace(mark, fact="")]}
    assert edit.changes.keys() == {"mark_fact"}


def test_a_mark_is_taken_back_with_its_fact_and_leaves_the_reviewer_and_the_others(workbook: Workbook) -> None:
    gone, kept = Mark("2.1", "张三", "office", Decimal(99), fact="表彰"), Mark("2.1", "李四", "office", Decimal(80))
    with workbook.edit("录入评分") as edit:
        save_mark(edit, 2023, "kexie", gone)
        save_mark(edit, 2023, "kexie", kept)
    with workbook.edit("删除评分") as edit:
        remove_mark(edit, 2023, "kexie", gone)
        remove_mark(edit, 2023, "nongye", gone)
    assert load_marks(workbook, 2023) == {"kexie": [kept]}
    assert edit.changes.keys() == {"mark", "mark_fact"}
    assert load_reviewers(workbook, 2023) == {"office": ("张三", "李四")}


def test_an_award_may_wait_for_its_reason(workbook: Workbook) -> None:
    with workbook.edit("录入评分") as edit:
        save_award(edit, 2023, "kexie", Award("2.2", " ", points=Decimal(9)))
    assert load_awards(workbook, 2023) == {"kexie": [Award("2.2", "", points=Decimal(9))]}


def test_awards_and_self_scores_are_taken_back(workbook: Workbook) -> None:
    with workbook.edit("录入评分") as edit:
        for task in ("A1.1", "P1.1"):
            save_award(edit, 2023, "kexie", Award("3.2", "核定", points=Decimal(1), task=task))
        save_award(edit, 2023, "kexie", Award("2.2", "核定", points=Decimal(1)))
        save_self_score(edit, 2023, "kexie", "2.2", Decimal(5))
    with workbook.edit("删除评分") as edit:
        remove_award(edit, 2023, "kexie", "3.2", "A1.1")
        remove_award(edit, 2023, "kexie", "2.2")
        remove_self_score(edit, 2023, "kexie", "2.2")
    assert [award.task for award in load_awards(workbook, 2023)["kexie"]] == ["P1.1"]
    assert load_self_scores(workbook, 2023) == {}
