"""Appeals: filed, decided with an adjustment or without, taken back; what else a review keeps; notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.appeal import Appeal, AppealKind, AppealState, Publicity
from assessor.domain.facts import Adjustment, AdjustmentKind, Award
from assessor.domain.note import Note
from assessor.domain.review import Proofs, ReviewCheck, ReviewFacts, ReviewLimits, SecondScore
from assessor.errors import InputError
from assessor.workbook.appeals import (
    Ruling,
    decide_appeal,
    load_appeals,
    next_appeal_key,
    remove_appeal,
    reopen_appeal,
    save_appeal,
)
from assessor.workbook.events import load_adjustments, next_adjustment_key, remove_adjustment, save_adjustment
from assessor.workbook.evidence import EvidenceFacts, Owner, add_evidence
from assessor.workbook.marks import save_award
from assessor.workbook.notes import add_note, load_notes, remove_note, update_note
from assessor.workbook.publicity import load_publicity, save_publicity
from assessor.workbook.review_checks import load_review, remove_checks, save_checks
from assessor.workbook.second_scores import load_second_scores, remove_second_score, save_second_score
from assessor.workbook.undo import undo
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from assessor.workbook.year_preferences import save_review_limits
from tests.workbook.builders import small_workbook

YEAR = 2023
DAY = date(2024, 1, 10)
APPEAL = Appeal("S1", "kexie", AppealKind.APPEAL, DAY, "市科协", "漏计一次活动", "2.2")
MORE = Adjustment("F1", "2.2", AdjustmentKind.APPEAL, Decimal("8.00"), Decimal("9.00"), "补交证明", "张三", DAY)
UPHELD = Ruling(AppealState.UPHELD, "予以补计", "张三", DAY, MORE)
REJECTED = Ruling(AppealState.REJECTED, "活动不在本年度", "张三", DAY)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("录入") as edit:
            save_award(edit, YEAR, "kexie", Award("2.2", "核定", points=Decimal(8)))
            save_appeal(edit, YEAR, APPEAL)
        yield workbook


def score(workbook: Workbook) -> Decimal | None:
    _group, unit = load_view(workbook, YEAR).assessed_unit("kexie")
    return next(leaf.score for leaf in unit.leaves if leaf.indicator.code == "2.2")


def test_an_appeal_is_kept_as_it_was_filed_and_may_be_reworded(workbook: Workbook) -> None:
    assert load_appeals(workbook, YEAR) == (APPEAL,)
    assert next_appeal_key(workbook, YEAR) == "S2"
    other = replace(APPEAL, claim="漏计两次活动", indicator=None, kind=AppealKind.OBJECTION)
    with workbook.edit("修改申诉") as edit:
        save_appeal(edit, YEAR, other)
    assert load_appeals(workbook, YEAR) == (other,)


def test_an_upheld_appeal_changes_the_score_by_its_adjustment_and_gives_it_back(workbook: Workbook) -> None:
    assert score(workbook) == Decimal(8)
    with workbook.edit("处理申诉") as edit:
        decide_appeal(edit, YEAR, "S1", UPHELD)
    assert score(workbook) == Decimal(9)
    (decided,) = load_appeals(workbook, YEAR)
    assert (decided.state, decided.adjustment, decided.decided_on) == (AppealState.UPHELD, "F1", DAY)
    assert next_adjustment_key(workbook, YEAR) == "F2"
    with pytest.raises(InputError, match="采纳申诉"), workbook.edit("取消调整") as edit:
        remove_adjustment(edit, YEAR, "F1")
    with workbook.edit("撤回") as edit:
        reopen_appeal(edit, YEAR, "S1")
    assert (score(workbook), load_appeals(workbook, YEAR)) == (Decimal(8), (APPEAL,))
    assert load_adjustments(workbook, YEAR) == {}
    undo(workbook)
    assert (score(workbook), load_appeals(workbook, YEAR)) == (Decimal(9), (decided,))


def test_a_decided_appeal_is_neither_reworded_nor_removed_nor_decided_again(workbook: Workbook) -> None:
    with workbook.edit("处理申诉") as edit:
        decide_appeal(edit, YEAR, "S1", REJECTED)
    for change in (
        lambda edit: save_appeal(edit, YEAR, APPEAL),
        lambda edit: remove_appeal(edit, YEAR, "S1"),
        lambda edit: decide_appeal(edit, YEAR, "S1", UPHELD),
    ):
        with pytest.raises(InputError, match="已经处理"), workbook.edit("再来") as edit:
            change(edit)
    assert score(workbook) == Decimal(8)


def test_what_is_unknown_or_empty_is_refused(workbook: Workbook) -> None:
    for appeal, words in (
        (replace(APPEAL, claim=" "), "没有填写申诉内容"),
        (replace(APPEAL, filed_by=""), "没有填写提出人"),
        (replace(APPEAL, indicator="9.9"), "没有代码为“9.9”的指标"),
        (replace(APPEAL, unit="meiyou"), "没有代码为“meiyou”的单位"),
    ):
        with pytest.raises(InputError, match=words), workbook.edit("登记") as edit:
            save_appeal(edit, YEAR, appeal)
    with pytest.raises(InputError, match="没有填写处理意见"), workbook.edit("处理") as edit:
        decide_appeal(edit, YEAR, "S1", replace(REJECTED, decision=""))
    with pytest.raises(InputError, match="没有编号为“S7”"), workbook.edit("处理") as edit:
        decide_appeal(edit, YEAR, "S7", REJECTED)
    with workbook.edit("删除") as edit:
        remove_appeal(edit, YEAR, "S1")
    assert load_appeals(workbook, YEAR) == ()


def test_an_adjustment_without_an_appeal_is_taken_back(workbook: Workbook) -> None:
    with workbook.edit("复核调整") as edit:
        save_adjustment(edit, YEAR, "kexie", replace(MORE, kind=AdjustmentKind.REVIEW))
    assert score(workbook) == Decimal(9)
    with workbook.edit("取消调整") as edit:
        remove_adjustment(edit, YEAR, "F1")
    assert score(workbook) == Decimal(8)
    with pytest.raises(InputError, match="没有编号为“F1”"), workbook.edit("取消调整") as edit:
        remove_adjustment(edit, YEAR, "F1")


def test_all_of_a_review_is_read_back(workbook: Workbook) -> None:
    period, second = Publicity(DAY, date(2024, 1, 16)), SecondScore("kexie", "2.2", Decimal("7.5"), "李四")
    check = ReviewCheck("kexie", "host", "2.2", "已看原件", "张三", DAY)
    limits = ReviewLimits(self_gap=Decimal(30), spread=Decimal("12.5"), host="nongye")
    with workbook.edit("复核") as edit:
        save_publicity(edit, YEAR, period)
        save_second_score(edit, YEAR, second)
        save_checks(edit, YEAR, [check])
        save_review_limits(edit, YEAR, limits)
        add_evidence(edit, YEAR, "kexie", EvidenceFacts("总结", Owner(), "2.1"))
    assert load_review(workbook, YEAR) == ReviewFacts(
        publicity=period,
        appeals=(APPEAL,),
        second_scores={("kexie", "2.2"): second},
        checks={("host", "kexie", "2.2"): check},
        proofs=Proofs(indicators={("kexie", "2.1"): 1}),
        limits=limits,
    )
    with workbook.edit("撤回") as edit:
        save_publicity(edit, YEAR, None)
        remove_second_score(edit, YEAR, "kexie", "2.2")
        remove_checks(edit, YEAR, [("host", "kexie", "2.2")])
    assert load_publicity(workbook, YEAR) is None
    assert load_second_scores(workbook, YEAR) == load_review(workbook, YEAR).checks == {}


def test_a_second_score_stays_within_the_points(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="不在 0 到 10"), workbook.edit("复评") as edit:
        save_second_score(edit, YEAR, SecondScore("kexie", "2.2", Decimal(11), "李四"))


def test_notes_are_added_changed_and_removed(workbook: Workbook) -> None:
    first, second = (
        Note("kexie", 0, text, DAY, "张三", code) for text, code in (("联系人已换", ""), ("补件中", "2.2"))
    )
    with workbook.edit("备注") as edit:
        assert [add_note(edit, YEAR, note) for note in (first, second)] == [1, 2]
        update_note(edit, YEAR, replace(first, key=1, text="联系人 12 月已换"))
    assert [(note.key, note.text) for note in load_notes(workbook, YEAR, "kexie")] == [
        (2, "补件中"),
        (1, "联系人 12 月已换"),
    ]
    assert load_notes(workbook, YEAR, "nongye") == ()
    with workbook.edit("备注") as edit:
        remove_note(edit, YEAR, "kexie", 2)
    assert [note.key for note in load_notes(workbook, YEAR)] == [1]
    with pytest.raises(InputError, match="没有填写备注"), workbook.edit("备注") as edit:
        add_note(edit, YEAR, replace(first, text=" "))
    with pytest.raises(InputError, match="没有这条备注"), workbook.edit("备注") as edit:
        update_note(edit, YEAR, replace(first, key=9))
