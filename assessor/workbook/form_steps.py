"""What the office does with forms (填报): receive, correct, accept, return, take back, remove, and settle 不涉及.

Which step a form may take is decided in ``domain/form_flow``. A step changes rows of the latest revision or adds the
next one; what was before is in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assessor.domain.figure_table import proposed_figures
from assessor.domain.form_claims import Claim
from assessor.domain.form_flow import FormKey, FormStep, refusal, state_after
from assessor.domain.submission import Blank, FigureValue, Submission, SubmissionState
from assessor.errors import InputError
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.events import save_not_applicable
from assessor.workbook.evidence import copy_evidence
from assessor.workbook.known import require_unit
from assessor.workbook.submissions import asked_codes, load_revisions, save_figures, save_submission, update_submission
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading

PROPOSED = "按上年数据预填，请逐项核对"
"""In the note of a form whose figures were last year's."""

_NOTHING = (Blank.EMPTY, Blank.NOT_SUBMITTED)


@dataclass(frozen=True)
class Received:
    """What came in: the revision's own date, and figures that differ from the revision before."""

    submitted_on: date
    figures: Mapping[str, FigureValue] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """What was typed for one form; what is None was not."""

    figures: Mapping[str, FigureValue] = field(default_factory=dict)
    day: date | None = None
    note: str | None = None


def receive_form(edit: Edit, year: int, key: FormKey, received: Received) -> None:
    """Adds the next revision, 待审. It takes over the figures and the evidence of the one before.

    Raises InputError where the task is not assigned or settled as 不涉及, or the date is before the first handing in.
    """
    _require_applicable(edit, year, key)
    before = _latest(edit, year, key)
    submission = Submission(
        unit=key.unit,
        task=key.task or None,
        revision=before.revision + 1 if before else 1,
        state=SubmissionState.SUBMITTED,
        first_submitted_on=before.first_submitted_on if before else received.submitted_on,
        submitted_on=received.submitted_on,
        figures={**(before.figures if before else {}), **received.figures},
        note=received.note or (before.note if before else ""),
    )
    save_submission(edit, year, submission)
    if before is not None:
        copy_evidence(edit, year, (key.unit, key.task), before.revision, submission.revision)


def accept_form(edit: Edit, year: int, key: FormKey) -> None:
    """Raises InputError where it is not 待审."""
    _set_state(edit, year, key, FormStep.ACCEPT, "")


def return_form(edit: Edit, year: int, key: FormKey, reason: str) -> None:
    """It is awaited again, and does not count meanwhile. Raises InputError without a reason, or where it is returned
    already."""
    _set_state(edit, year, key, FormStep.RETURN, required_text(reason, "退回理由", _place(edit, year, key)))


def reopen_form(edit: Edit, year: int, key: FormKey) -> None:
    """Takes back what was decided: 待审 again. Raises InputError where nothing was."""
    _set_state(edit, year, key, FormStep.REOPEN, "")


def correct_figures(edit: Edit, year: int, key: FormKey, figures: Mapping[str, FigureValue]) -> None:
    """Mends figures of the latest revision in place; an accepted form stays accepted, for it is the office that mends.

    Raises InputError where nothing was handed in, it was returned, or the form does not ask for the figure.
    """
    save_figures(edit, year, _require(edit, year, key, FormStep.CORRECT), figures)


def correct_note(edit: Edit, year: int, key: FormKey, note: str) -> None:
    update_submission(edit, year, replace(_require(edit, year, key, FormStep.CORRECT), note=note.strip()))


def correct_date(edit: Edit, year: int, key: FormKey, day: date) -> None:
    """When the latest revision came; of the first one this is what lateness is counted from. Raises InputError where
    it is before the first handing in."""
    form = _require(edit, year, key, FormStep.CORRECT)
    if form.revision > 1 and day < form.first_submitted_on:
        what = f"早于首次报送日期 {form.first_submitted_on.isoformat()}"
        raise InputError(what, place=_place(edit, year, key), remedy="请检查报送日期")
    first = day if form.revision == 1 else form.first_submitted_on
    update_submission(edit, year, replace(form, submitted_on=day, first_submitted_on=first))


def remove_form(edit: Edit, year: int, key: FormKey) -> None:
    """Removes the latest revision with its figures and evidence; the one before counts again. Raises InputError where
    there is none."""
    form = _require(edit, year, key, FormStep.REMOVE)
    edit.execute(
        "DELETE FROM submission WHERE year = ? AND unit = ? AND form = ? AND revision = ?",
        (year, key.unit, key.task, form.revision),
    )


def enter_forms(edit: Edit, year: int, entries: Mapping[FormKey, Entry], today: date) -> None:
    """What is typed or pasted into a table of forms. A form that has not come yet is received: on the day that was
    typed, else ``today``; blanks alone receive none. Raises InputError as ``receive_form`` and ``correct_figures``.
    """
    for key, entry in entries.items():
        if _latest(edit, year, key) is None:
            if entry.day is not None or any(value not in _NOTHING for value in entry.figures.values()):
                receive_form(edit, year, key, Received(entry.day or today, entry.figures, entry.note or ""))
            continue
        if entry.figures:
            correct_figures(edit, year, key, entry.figures)
        if entry.day is not None:
            correct_date(edit, year, key, entry.day)
        if entry.note is not None:
            correct_note(edit, year, key, entry.note)


def propose_figures(edit: Edit, year: int, key: FormKey, before: Submission, today: date) -> None:
    """Last year's figures where none are filled in yet, to be looked through: the note says so. A form that has not
    come yet is received ``today``. Raises InputError where it was returned, or nothing is left to propose."""
    latest = _latest(edit, year, key)
    missing = proposed_figures(latest, before, asked_codes(edit, year, key.unit, key.task))
    if not missing:
        raise InputError("没有可以预填的数据", place=_place(edit, year, key), remedy="上年没有填报，或各项都已填写")
    enter_forms(edit, year, {key: Entry(missing)}, today)
    note = _require(edit, year, key, FormStep.CORRECT).note
    if PROPOSED not in note:
        correct_note(edit, year, key, "\n".join(line for line in (note, PROPOSED) if line))


def accept_claim(edit: Edit, year: int, claim: Claim, reason: str) -> None:
    """不涉及 stands: the task, or the indicators that wait for the figure, do not apply to the unit."""
    said = required_text(reason, "认定理由", _place(edit, year, claim.key))
    if not claim.key.task:
        for indicator in claim.indicators:
            save_not_applicable(edit, year, claim.key.unit, indicator.code, said)
        return
    for assignment in load_assignments(edit, year):
        if (assignment.unit, assignment.task) == (claim.key.unit, claim.key.task):
            save_assignment(edit, year, replace(assignment, not_applicable=said))


def reject_claim(edit: Edit, year: int, claim: Claim, reason: str) -> None:
    """不涉及 does not stand: the figure is 未填 until the unit fills it in, and the form's note says why."""
    said = required_text(reason, "不予认定的理由", _place(edit, year, claim.key))
    correct_figures(edit, year, claim.key, {claim.figure.code: Blank.EMPTY})
    form = _require(edit, year, claim.key, FormStep.CORRECT)
    lines = [form.note, f"“{claim.figure.title}”报不涉及，不予认定：{said}"]
    correct_note(edit, year, claim.key, "\n".join(line for line in lines if line))


def _set_state(edit: Edit, year: int, key: FormKey, step: FormStep, reason: str) -> None:
    form = _require(edit, year, key, step)
    update_submission(edit, year, replace(form, state=state_after(step), return_reason=reason))


def _require(edit: Edit, year: int, key: FormKey, step: FormStep) -> Submission:
    form = _latest(edit, year, key)
    refused = refusal(step, form.state if form else None)
    if refused is not None:
        raise InputError(refused.what, place=_place(edit, year, key), remedy=refused.remedy)
    assert form is not None, "only receiving asks for none"
    return form


def _require_applicable(edit: Edit, year: int, key: FormKey) -> None:
    rows = edit.rows(
        "SELECT not_applicable FROM assignment WHERE year = ? AND unit = ? AND task = ?", (year, key.unit, key.task)
    )
    if rows and rows[0]["not_applicable"]:
        what = f"已认定该单位不涉及这项任务（{rows[0]['not_applicable']}）"
        raise InputError(what, place=_place(edit, year, key), remedy="如应填报，请先在“任务”页取消不涉及")


def _latest(source: Reading, year: int, key: FormKey) -> Submission | None:
    return next(iter(load_revisions(source, year, key.unit, key.task)), None)


def _place(source: Reading, year: int, key: FormKey) -> str:
    return require_unit(source, year, key.unit).place(key.title)
