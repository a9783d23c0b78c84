from __future__ import annotations

import pytest

from assessor.domain.form_flow import FormKey, FormStep, is_open_to, refusal, state_after
from assessor.domain.submission import SubmissionState
from tests.domain.builders import form_of

ALLOWED = {
    None: {FormStep.RECEIVE},
    SubmissionState.SUBMITTED: set(FormStep) - {FormStep.REOPEN},
    SubmissionState.ACCEPTED: set(FormStep) - {FormStep.ACCEPT},
    SubmissionState.RETURNED: {FormStep.RECEIVE, FormStep.REOPEN, FormStep.REMOVE},
}


@pytest.mark.parametrize("state", ALLOWED)
def test_what_may_be_done_depends_on_the_state(state: SubmissionState | None) -> None:
    assert {step for step in FormStep if refusal(step, state) is None} == ALLOWED[state]
    form = None if state is None else form_of("kexie", {}, state=state)
    assert {step for step in FormStep if is_open_to(step, form)} == ALLOWED[state]


def test_a_refusal_says_what_to_do_instead() -> None:
    for state, allowed in ALLOWED.items():
        for step in set(FormStep) - allowed:
            refused = refusal(step, state)
            assert refused is not None
            assert refused.what
            assert refused.remedy


def test_the_steps_that_change_the_state_alone() -> None:
    assert state_after(FormStep.ACCEPT) is SubmissionState.ACCEPTED
    assert state_after(FormStep.RETURN) is SubmissionState.RETURNED
    assert state_after(FormStep.REOPEN) is SubmissionState.SUBMITTED


def test_a_form_is_named_by_its_task() -> None:
    assert FormKey("kexie").title == "年度填报表"
    assert FormKey("kexie", "A1.1").title == "任务 A1.1"
