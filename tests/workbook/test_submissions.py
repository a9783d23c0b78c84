from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.domain.submission import Blank, Evidence, Submission, SubmissionState
from assessor.errors import InputError
from assessor.workbook.submissions import load_submissions, save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import form, own_form, small_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path) as opened:
        yield opened


def save(workbook: Workbook, *submissions: Submission) -> None:
    with workbook.edit("录入填报") as edit:
        for submission in submissions:
            save_submission(edit, 2023, submission)


def test_a_submission_comes_back_as_it_was_saved(workbook: Workbook) -> None:
    own = own_form(
        state=SubmissionState.ACCEPTED,
        figures={"articles": Decimal("0.10")},
        note="备注",
        return_reason="",
        evidence=(Evidence("总结", date(2023, 10, 1), "1.2"), Evidence("照片")),
        submitted_on=date(2023, 11, 28),
    )
    task = form("kexie", "A1.1", figures={"done": Decimal(285)})
    save(workbook, own, task)
    assert load_submissions(workbook, 2023) == (own, task)


@pytest.mark.parametrize("value", [Decimal(0), Decimal("0.00"), *Blank])
def test_zero_and_the_three_blanks_stay_what_they_are(workbook: Workbook, value: Decimal | Blank) -> None:
    save(workbook, own_form(figures={"articles": value}))
    stored = load_submissions(workbook, 2023)[0].figure("articles")
    assert stored == value
    assert str(stored) == str(value)


def test_a_figure_that_was_not_on_the_form_is_still_not_on_it(workbook: Workbook) -> None:
    save(workbook, own_form())
    submission = load_submissions(workbook, 2023)[0]
    assert submission.figures == {}
    assert submission.figure("articles") is Blank.EMPTY


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_any_number_comes_back_exactly(workbook: Workbook, value: Decimal) -> None:
    known = load_submissions(workbook, 2023)
    save(workbook, own_form(revision=known[0].revision + 1 if known else 1, figures={"articles": value}))
    assert load_submissions(workbook, 2023)[0].figures == {"articles": value}


def test_the_latest_revision_counts_and_the_earlier_ones_are_kept(workbook: Workbook) -> None:
    save(workbook, own_form(figures={"articles": Decimal(1)}, evidence=(Evidence("旧"),)))
    latest = own_form(
        revision=2, figures={"articles": Decimal(2)}, evidence=(Evidence("新"),), submitted_on=date(2023, 12, 1)
    )
    save(workbook, latest)
    assert load_submissions(workbook, 2023) == (latest,)
    kept = workbook.rows("SELECT revision, value FROM submission_figure ORDER BY revision")
    assert [tuple(row) for row in kept] == [(1, "1"), (2, "2")]


@pytest.mark.parametrize("revision", [0, 1, 3])
def test_a_revision_that_is_not_the_next_is_refused(workbook: Workbook, revision: int) -> None:
    save(workbook, own_form())
    with pytest.raises(InputError, match="应为第 2 次") as refusal:
        save(workbook, own_form(revision=revision))
    assert refusal.value.place == "2023 年度 市科协 年度填报表"
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("submission", "what"),
    [
        (own_form("nobody"), "没有代码为“nobody”的单位"),
        (form("kexie", "Z9.9"), "没有代码为“Z9.9”的任务"),
        (form("kexie", "A1.2"), "没有分解给该单位"),
        (own_form(figures={"done": Decimal(1)}), "没有代码为“done”的填报项"),
        (form("kexie", "A1.1", figures={"articles": Decimal(1)}), "没有代码为“articles”的填报项"),
        (own_form(figures={"articles": Decimal("Infinity")}), "不是有限的数字"),
        (own_form(evidence=(Evidence("总结", None, "9.9"),)), "没有代码为“9.9”的指标"),
        (own_form(evidence=(Evidence(" "),)), "没有填写佐证材料名称"),
        (own_form(submitted_on=date(2023, 10, 31)), "早于首次报送日期"),
    ],
)
def test_a_submission_that_cannot_be_is_refused(workbook: Workbook, submission: Submission, what: str) -> None:
    with pytest.raises(InputError, match=what) as refusal:
        save(workbook, submission)
    assert refusal.value.remedy
    assert load_submissions(workbook, 2023) == ()


def test_the_amount_done_may_be_handed_in_where_the_scheme_lists_no_task_figures(workbook: Workbook) -> None:
    with workbook.edit("修改细则") as edit:
        edit.execute("DELETE FROM figure WHERE code = 'done'")
    submission = form("kexie", "A1.1", figures={"done": Decimal(3)})
    save(workbook, submission)
    assert load_submissions(workbook, 2023) == (submission,)


def test_an_edit_tells_which_form_was_touched(workbook: Workbook) -> None:
    with workbook.edit("录入填报") as edit:
        save_submission(edit, 2023, form("kexie", "A1.1", figures={"done": Decimal(3)}))
    assert edit.changes == {
        "submission": {(2023, "kexie", "A1.1", 1)},
        "submission_figure": {(2023, "kexie", "A1.1", 1, "done")},
    }


def test_a_returned_form_keeps_the_reason(workbook: Workbook) -> None:
    returned = dataclasses.replace(own_form(), state=SubmissionState.RETURNED, return_reason="佐证不清")
    save(workbook, returned)
    assert load_submissions(workbook, 2023) == (returned,)
