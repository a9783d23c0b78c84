"""Forms through their states, as the office moves them; each step is one edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.form_claims import Claim, open_claims
from assessor.domain.form_flow import FormKey
from assessor.domain.submission import DONE, Blank, Evidence, Submission, SubmissionState
from assessor.errors import InputError, WorkbookError
from assessor.workbook.assignments import load_assignments
from assessor.workbook.events import load_not_applicable
from assessor.workbook.evidence import EvidenceFacts, Owner, add_evidence
from assessor.workbook.evidence_list import list_evidence
from assessor.workbook.evidence_store import StoredFile
from assessor.workbook.facts import load_facts
from assessor.workbook.form_steps import (
    PROPOSED,
    Entry,
    Received,
    accept_claim,
    accept_form,
    correct_date,
    correct_figures,
    correct_note,
    enter_forms,
    propose_figures,
    receive_form,
    reject_claim,
    remove_form,
    reopen_form,
    return_form,
)
from assessor.workbook.seal import seal_year
from assessor.workbook.submissions import load_revisions, load_submissions, save_submission
from assessor.workbook.undo import undo
from assessor.workbook.workbook import Edit, Workbook
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import form, own_form, small_workbook

OWN, TASK = FormKey("kexie"), FormKey("kexie", "A1.1")
DAY = date(2023, 11, 20)
NEXT = date(2023, 12, 5)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path, (2022, 2023)) as opened:
        yield opened


def make(workbook: Workbook, *steps: Callable[[Edit], object]) -> None:
    for step in steps:
        with workbook.edit("填报") as edit:
            step(edit)


def receive(key: FormKey = OWN, day: date = DAY, note: str = "", **figures: Decimal | Blank) -> Callable[[Edit], None]:
    return lambda edit: receive_form(edit, 2023, key, Received(day, figures, note))


def latest(workbook: Workbook, key: FormKey = OWN) -> Submission:
    return load_revisions(workbook, 2023, key.unit, key.task)[0]


def test_what_is_received_waits_to_be_checked(workbook: Workbook) -> None:
    make(workbook, receive(articles=Decimal(3), note="纸质件"), receive(TASK, done=Decimal(0)))
    own, task = load_submissions(workbook, 2023)
    assert own == own_form(figures={"articles": Decimal(3)}, note="纸质件", first_submitted_on=DAY, submitted_on=DAY)
    assert task == form("kexie", "A1.1", figures={DONE: Decimal(0)}, first_submitted_on=DAY, submitted_on=DAY)


def test_the_next_revision_takes_over_what_did_not_change(workbook: Workbook) -> None:
    make(workbook, receive(articles=Decimal(3), note="纸质件"))
    proof = StoredFile("a" * 64, "照片.jpg", 3)
    with workbook.edit("佐证") as edit:
        add_evidence(edit, 2023, "kexie", EvidenceFacts("照片", Owner("", 1), "1.2", DAY, NEXT, "说明"), proof)
    make(workbook, lambda edit: return_form(edit, 2023, OWN, "缺总结"), receive(day=NEXT))
    second, first = load_revisions(workbook, 2023, "kexie", "")
    assert (second.revision, second.state, second.return_reason) == (2, SubmissionState.SUBMITTED, "")
    assert (second.first_submitted_on, second.submitted_on) == (DAY, NEXT)
    assert second.figures == first.figures == {"articles": Decimal(3)}
    assert second.evidence == first.evidence == (Evidence("照片", DAY, "1.2"),)
    assert second.note == "纸质件"
    assert first.state is SubmissionState.RETURNED
    old, new = list_evidence(workbook, 2023)
    assert (new.owner.revision, new.file, new.received, new.description) == (2, proof, NEXT, "说明")
    assert old.key != new.key


def test_accepting_returning_and_taking_back(workbook: Workbook) -> None:
    make(workbook, receive(), lambda edit: accept_form(edit, 2023, OWN))
    assert latest(workbook).state is SubmissionState.ACCEPTED
    make(workbook, lambda edit: return_form(edit, 2023, OWN, "缺少佐证"))
    assert (latest(workbook).state, latest(workbook).return_reason) == (SubmissionState.RETURNED, "缺少佐证")
    make(workbook, lambda edit: reopen_form(edit, 2023, OWN))
    assert (latest(workbook).state, latest(workbook).return_reason) == (SubmissionState.SUBMITTED, "")
    undo(workbook)
    assert latest(workbook).return_reason == "缺少佐证"


def test_a_figure_is_mended_in_place_and_an_accepted_form_stays_accepted(workbook: Workbook) -> None:
    make(workbook, receive(articles=Decimal(3)), lambda edit: accept_form(edit, 2023, OWN))
    make(workbook, lambda edit: correct_figures(edit, 2023, OWN, {"articles": Blank.NOT_APPLICABLE}))
    (only,) = load_revisions(workbook, 2023, "kexie", "")
    assert (only.figure("articles"), only.state) == (Blank.NOT_APPLICABLE, SubmissionState.ACCEPTED)


@pytest.mark.parametrize(
    ("step", "what"),
    [
        (lambda edit: accept_form(edit, 2023, OWN), "已退回，正等单位重报"),
        (lambda edit: return_form(edit, 2023, OWN, "再退"), "已退回，不能退回"),
        (lambda edit: correct_figures(edit, 2023, OWN, {"articles": Decimal(1)}), "已退回，数据不再计入"),
        (lambda edit: correct_note(edit, 2023, OWN, "说明"), "已退回"),
        (lambda edit: accept_form(edit, 2023, TASK), "还没有收到填报"),
        (lambda edit: remove_form(edit, 2023, TASK), "还没有收到填报"),
        (lambda edit: return_form(edit, 2023, OWN, "  "), "没有填写退回理由"),
        (lambda edit: receive_form(edit, 2023, OWN, Received(date(2023, 1, 1))), "早于首次报送日期"),
        (lambda edit: receive_form(edit, 2023, FormKey("kexie", "A1.2"), Received(DAY)), "没有分解给该单位"),
        (lambda edit: receive_form(edit, 2023, TASK, Received(DAY, {"articles": Decimal(1)})), "没有代码为"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(
    workbook: Workbook, step: Callable[[Edit], object], what: str
) -> None:
    make(workbook, receive(), lambda edit: return_form(edit, 2023, OWN, "缺总结"))
    before = load_submissions(workbook, 2023)
    with pytest.raises(InputError, match=what) as refused:
        make(workbook, step)
    assert refused.value.place.startswith("2023 年度 市科协")
    assert refused.value.remedy
    assert load_submissions(workbook, 2023) == before


def test_the_date_of_the_first_revision_is_what_lateness_counts_from(workbook: Workbook) -> None:
    make(workbook, receive(), lambda edit: correct_date(edit, 2023, OWN, NEXT))
    assert (latest(workbook).first_submitted_on, latest(workbook).submitted_on) == (NEXT, NEXT)
    later = date(2023, 12, 20)
    make(workbook, receive(day=NEXT), lambda edit: correct_date(edit, 2023, OWN, later))
    assert (latest(workbook).first_submitted_on, latest(workbook).submitted_on) == (NEXT, later)
    with pytest.raises(InputError, match="早于首次报送日期 2023-12-05"):
        make(workbook, lambda edit: correct_date(edit, 2023, OWN, DAY))


def test_a_revision_entered_by_mistake_goes_and_the_one_before_counts_again(workbook: Workbook) -> None:
    make(workbook, receive(articles=Decimal(1)), receive(day=NEXT, articles=Decimal(9)))
    make(workbook, lambda edit: remove_form(edit, 2023, OWN))
    assert latest(workbook).figures == {"articles": Decimal(1)}
    make(workbook, lambda edit: remove_form(edit, 2023, OWN))
    assert load_submissions(workbook, 2023) == ()
    undo(workbook)
    assert latest(workbook).figures == {"articles": Decimal(1)}


def test_what_is_typed_into_a_table_receives_the_forms_that_have_not_come(workbook: Workbook) -> None:
    make(workbook, receive(articles=Decimal(1)))
    block = {
        OWN: Entry({"articles": Decimal(2)}, note="电话更正"),
        FormKey("nongye"): Entry({"articles": Decimal(0)}),
        TASK: Entry(day=DAY),
        FormKey("dongqu"): Entry({"articles": Blank.EMPTY}),
        FormKey("xiangcun"): Entry({"articles": Blank.NOT_SUBMITTED}),
    }
    make(workbook, lambda edit: enter_forms(edit, 2023, block, NEXT))
    found = {
        (item.unit, item.task): (item.figure("articles"), item.submitted_on, item.note)
        for item in load_submissions(workbook, 2023)
    }
    assert found == {
        ("kexie", None): (Decimal(2), DAY, "电话更正"),
        ("kexie", "A1.1"): (Blank.EMPTY, DAY, ""),
        ("nongye", None): (Decimal(0), NEXT, ""),
    }
    make(workbook, lambda edit: enter_forms(edit, 2023, {OWN: Entry(day=NEXT)}, NEXT))
    assert latest(workbook).submitted_on == NEXT


def test_last_years_figures_are_proposed_where_nothing_is_filled_in(workbook: Workbook) -> None:
    before = own_form(figures={"articles": Decimal(7)})
    with workbook.edit("上年") as edit:
        save_submission(edit, 2022, before)
    make(workbook, lambda edit: propose_figures(edit, 2023, OWN, before, DAY))
    assert latest(workbook).figures == {"articles": Decimal(7)}
    assert latest(workbook).note == PROPOSED
    with pytest.raises(InputError, match="没有可以预填的数据"):
        make(workbook, lambda edit: propose_figures(edit, 2023, OWN, before, DAY))


def claims(workbook: Workbook) -> list[Claim]:
    return [
        claim
        for group in load_facts(workbook, 2023).groups
        for unit in group.units
        for claim in open_claims(unit, group)
    ]


def test_an_accepted_claim_settles_the_indicators_or_the_task(workbook: Workbook) -> None:
    make(workbook, receive(articles=Blank.NOT_APPLICABLE), receive(TASK, done=Blank.NOT_APPLICABLE))
    for claim in claims(workbook):
        make(workbook, lambda edit, claim=claim: accept_claim(edit, 2023, claim, "没有这项职能"))
    assert claims(workbook) == []
    assert load_not_applicable(workbook, 2023) == {"kexie": {"1.2": "没有这项职能"}}
    settled = [item.task for item in load_assignments(workbook, 2023) if item.not_applicable]
    assert settled == ["A1.1"]
    with pytest.raises(InputError, match="已认定该单位不涉及这项任务"):
        make(workbook, receive(TASK, day=NEXT))


def test_a_rejected_claim_leaves_the_figure_to_be_filled_in(workbook: Workbook) -> None:
    make(workbook, receive(articles=Blank.NOT_APPLICABLE, note="纸质件"))
    (claim,) = claims(workbook)
    make(workbook, lambda edit: reject_claim(edit, 2023, claim, "上年有此工作"))
    assert latest(workbook).figure("articles") is Blank.EMPTY
    assert latest(workbook).note == "纸质件\n“稿件”报不涉及，不予认定：上年有此工作"
    assert claims(workbook) == []


def test_a_sealed_year_is_refused(workbook: Workbook) -> None:
    make(workbook, receive(articles=Decimal(1)))
    with workbook.edit("截止") as edit:
        save_year(edit, replace(load_year(edit, 2023), collection_closed=True))
    seal_year(workbook, 2023, accept_pending=True)
    with pytest.raises(WorkbookError, match="定稿"):
        make(workbook, lambda edit: correct_figures(edit, 2023, OWN, {"articles": Decimal(2)}))
