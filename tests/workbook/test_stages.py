from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.scheme_reader import read_scheme
from assessor.domain.table_reader import TableReader
from assessor.domain.year import Stage
from assessor.errors import InputError, SchemeError, WorkbookError
from assessor.workbook.facts import load_facts
from assessor.workbook.scheme_versions import load_versions
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.stages import (
    START_AGAIN,
    START_OF_SCORING,
    advance_stage,
    back_label,
    close_collection,
    go_back,
)
from assessor.workbook.undo import undo
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import load_year
from tests.workbook.builders import clock, small_workbook

YEAR = 2023


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def make_sound(workbook: Workbook) -> None:
    """The small schemes add up to 120 points, so that they cannot start a scoring."""
    with workbook.edit("改满分") as edit:
        for group in ("member", "county"):
            save_scheme(edit, YEAR, replace(load_scheme(edit, YEAR, group), full_marks=Decimal(120)))


def advance(workbook: Workbook, *, keeps_open: bool = False) -> Stage:
    with workbook.edit("下一阶段") as edit:
        return advance_stage(edit, YEAR, keeps_open=keeps_open).stage


def test_a_year_goes_through_its_stages_one_by_one(workbook: Workbook) -> None:
    make_sound(workbook)
    assert [advance(workbook) for _ in range(3)] == [Stage.COLLECT, Stage.SCORE, Stage.REVIEW]
    assert load_year(workbook, YEAR).stage is Stage.REVIEW
    with pytest.raises(WorkbookError, match="下一步是定稿") as refusal:
        advance(workbook)
    assert refusal.value.remedy


def test_starting_to_score_closes_the_collection_so_that_what_is_not_submitted_is_awaited_no_longer(
    workbook: Workbook,
) -> None:
    make_sound(workbook)
    advance(workbook)
    assert any(leaf.indicator.code == "1.2" for leaf in pending_of_kexie(workbook))
    advance(workbook)
    assert load_year(workbook, YEAR).collection_closed
    assert all(leaf.indicator.code != "1.2" for leaf in pending_of_kexie(workbook))


def pending_of_kexie(workbook: Workbook) -> tuple[object, ...]:
    found = load_view(workbook, YEAR).result.find("kexie")
    assert found is not None
    return found[1].pending


def test_the_collection_may_stay_open_while_scoring_begins_but_not_in_review(workbook: Workbook) -> None:
    make_sound(workbook)
    advance(workbook)
    advance(workbook, keeps_open=True)
    assert not load_year(workbook, YEAR).collection_closed
    advance(workbook)
    assert load_year(workbook, YEAR).collection_closed


def test_closing_the_collection_alone_keeps_the_stage(workbook: Workbook) -> None:
    with workbook.edit("截止收集") as edit:
        close_collection(edit, YEAR)
    assert load_year(workbook, YEAR).collection_closed
    assert load_year(workbook, YEAR).stage is Stage.ASSIGN


def test_starting_to_score_keeps_every_scheme_as_version_1(workbook: Workbook) -> None:
    make_sound(workbook)
    advance(workbook)
    advance(workbook)
    for group in ("member", "county"):
        (version,) = load_versions(workbook, YEAR, group)
        assert (version.number, version.reason, version.frozen_by) == (1, START_OF_SCORING, "张三")
        assert version.frozen_at == clock()
        table = tomllib.loads(version.content, parse_float=Decimal)
        kept = read_scheme(TableReader(table, "第1版", SchemeError))
        assert kept == load_scheme(workbook, YEAR, group)


def test_only_a_scheme_that_was_changed_meanwhile_gets_another_version(workbook: Workbook) -> None:
    make_sound(workbook)
    advance(workbook)
    advance(workbook)
    with workbook.edit("退回") as edit:
        go_back(edit, YEAR, Stage.COLLECT, "补报")
        save_scheme(edit, YEAR, replace(load_scheme(edit, YEAR, "member"), note="改定"))
    advance(workbook)
    assert [item.number for item in load_versions(workbook, YEAR, "county")] == [1]
    assert [(item.number, item.reason) for item in load_versions(workbook, YEAR, "member")] == [
        (1, START_OF_SCORING),
        (2, START_AGAIN),
    ]


def test_an_unsound_scheme_keeps_scoring_from_beginning(workbook: Workbook) -> None:
    advance(workbook)
    with pytest.raises(WorkbookError, match="120") as refusal:
        advance(workbook)
    assert refusal.value.remedy
    assert load_year(workbook, YEAR).stage is Stage.COLLECT


def test_nothing_is_collected_before_anything_is_assigned(workbook: Workbook) -> None:
    with workbook.edit("清空") as edit:
        edit.execute("DELETE FROM assignment WHERE year = ?", (YEAR,))
    with pytest.raises(WorkbookError, match="还没有下达任何任务"):
        advance(workbook)


def test_going_back_to_collecting_opens_the_collection_again_and_keeps_what_was_entered(workbook: Workbook) -> None:
    make_sound(workbook)
    for _ in range(3):
        advance(workbook)
    with workbook.edit(back_label(YEAR, Stage.SCORE, "补评")) as edit:
        assert go_back(edit, YEAR, Stage.SCORE, "补评").collection_closed
    with workbook.edit(back_label(YEAR, Stage.COLLECT, "两家\n补报")) as edit:
        assert not go_back(edit, YEAR, Stage.COLLECT, "两家\n补报").collection_closed
    assert edit.label == "2023 年度退回收集阶段：两家 补报"
    assert load_facts(workbook, YEAR).year.stage is Stage.COLLECT


@pytest.mark.parametrize(("to", "reason", "what"), [
    (Stage.ASSIGN, "  ", "没有填写退回的原因"),
    (Stage.COLLECT, "补报", "不能退回到收集阶段"),
    (Stage.REVIEW, "补报", "不能退回到复核阶段"),
])  # fmt: skip
def test_going_back_takes_a_reason_and_an_earlier_stage(workbook: Workbook, to: Stage, reason: str, what: str) -> None:
    advance(workbook)
    with pytest.raises(InputError, match=what) as refusal, workbook.edit("退回") as edit:
        go_back(edit, YEAR, to, reason)
    assert refusal.value.remedy


def test_a_step_is_an_edit_that_can_be_undone(workbook: Workbook) -> None:
    make_sound(workbook)
    advance(workbook)
    advance(workbook)
    undo(workbook)
    year = load_year(workbook, YEAR)
    assert (year.stage, year.collection_closed) == (Stage.COLLECT, False)
    assert load_versions(workbook, YEAR, "member") == ()
