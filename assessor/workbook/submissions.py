"""Submissions (填报): every revision is kept, the latest counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assessor.domain.form_flow import FormKey
from assessor.domain.scheme import Scope
from assessor.domain.submission import DONE, Blank, Evidence, FigureValue, Submission, SubmissionState
from assessor.errors import InputError
from assessor.workbook.known import KnownUnit, listed, require_indicator, require_task, require_unit
from assessor.workbook.rows import Row, among_units, put_row, put_rows
from assessor.workbook.values import date_text, decimal_text, optional_date, required_text
from assessor.workbook.workbook import Edit, Reading, Value

_OWN_FORM = ""
"""Form of the unit's own yearly form; any other form is the code of a task."""
_NUMBER = "number"

_FormKey = tuple[str, str]
"""Unit and form."""


@dataclass(frozen=True)
class _Parts:
    figures: dict[_FormKey, dict[str, FigureValue]]
    evidence: dict[_FormKey, list[Evidence]]


def save_submission(edit: Edit, year: int, submission: Submission) -> None:
    """Adds a revision, which must be the next one: 1, 2, 3.

    Raises InputError where the unit, task, figure or indicator is unknown, the task is not assigned to the unit, the
    revision is not the next, or a number is not finite.
    """
    unit = require_unit(edit, year, submission.unit)
    form = submission.task or _OWN_FORM
    place = unit.place(_form_title(submission))
    if submission.task is not None:
        _require_assigned(edit, unit, submission.task, place)
    _require_next(edit, year, submission, form, place)
    _require_figures(edit, unit, submission, place)
    key = _key(year, submission)
    put_row(edit, "submission", {**key, **_header(submission)})
    figures = [_figure_row(code, value, place) for code, value in submission.figures.items()]
    put_rows(edit, "submission_figure", [{**key, **figure} for figure in figures])
    evidence = [_evidence_row(edit, unit, at, item) for at, item in enumerate(submission.evidence)]
    first = _next_evidence_key(edit, year)
    put_rows(edit, "evidence", [{**key, **item, "key": first + at} for at, item in enumerate(evidence)])


def load_submissions(source: Reading, year: int, units: Sequence[str] | None = None) -> tuple[Submission, ...]:
    """The latest revision of every form of the year: by unit in the registry's order, its own form first; of ``units``,
    None: of all."""
    where, chosen = among_units(units)
    latest = (
        "(SELECT year, unit, form, max(revision) AS revision FROM submission"
        f" WHERE year = ?{where} GROUP BY unit, form)"
    )
    parameters: tuple[Value, ...] = (year, *chosen)
    rows = source.rows(
        f"SELECT submission.* FROM {latest} JOIN submission USING (year, unit, form, revision)"
        " JOIN unit ON unit.code = submission.unit ORDER BY unit.position, submission.form",
        parameters,
    )
    figures = source.rows(
        f"SELECT submission_figure.* FROM {latest} JOIN submission_figure USING (year, unit, form, revision)",
        parameters,
    )
    evidence = source.rows(
        f"SELECT evidence.* FROM {latest} JOIN evidence USING (year, unit, form, revision)"
        " ORDER BY evidence.position, evidence.key",
        parameters,
    )
    parts = _Parts(_figures(figures), _evidence(evidence))
    return tuple(_submission(row, parts) for row in rows)


def load_revisions(source: Reading, year: int, unit: str, form: str) -> tuple[Submission, ...]:
    """Every revision of one form (empty: the unit's own yearly one), the latest first."""
    where, parameters = "WHERE year = ? AND unit = ? AND form = ?", (year, unit, form)
    rows = source.rows(f"SELECT * FROM submission {where} ORDER BY revision DESC", parameters)
    figures = source.rows(f"SELECT * FROM submission_figure {where}", parameters)
    evidence = source.rows(f"SELECT * FROM evidence {where} ORDER BY position, key", parameters)
    return tuple(_submission(row, _parts_of(row["revision"], figures, evidence)) for row in rows)


def asked_codes(source: Reading, year: int, unit: str, form: str) -> list[str]:
    """Codes of the figures that a form asks for, in its order; a task's form always asks for the amount done."""
    scope = Scope.TASK if form else Scope.UNIT
    rows = source.rows(
        "SELECT figure.code FROM figure JOIN unit ON unit.group_code = figure.group_code"
        " WHERE figure.year = ? AND unit.code = ? AND figure.scope = ? ORDER BY figure.position",
        (year, unit, scope.value),
    )
    codes = [row["code"] for row in rows]
    return codes if scope is Scope.UNIT or DONE in codes else [DONE, *codes]


def save_figures(edit: Edit, year: int, submission: Submission, figures: Mapping[str, FigureValue]) -> None:
    """Figures of a revision that is there, in place of what it said. Raises InputError as ``save_submission``."""
    unit = require_unit(edit, year, submission.unit)
    place = unit.place(_form_title(submission))
    _require_figures(edit, unit, replace(submission, figures=figures), place)
    key = _key(year, submission)
    rows = [{**key, **_figure_row(code, value, place)} for code, value in figures.items()]
    put_rows(edit, "submission_figure", rows)


def update_submission(edit: Edit, year: int, submission: Submission) -> None:
    """State, dates, note and reason of a revision that is there; its figures and evidence stay."""
    put_row(edit, "submission", {**_key(year, submission), **_header(submission)})


def _require_assigned(edit: Edit, unit: KnownUnit, task: str, place: str) -> None:
    require_task(edit, task, place)
    rows = edit.rows("SELECT task FROM assignment WHERE year = ? AND unit = ? ORDER BY task", (unit.year, unit.code))
    tasks = [row["task"] for row in rows]
    if task not in tasks:
        raise InputError("这项任务没有分解给该单位", place=place, remedy=f"该单位的任务有：{listed(tasks)}")


def _require_next(edit: Edit, year: int, submission: Submission, form: str, place: str) -> None:
    latest = edit.rows(
        "SELECT coalesce(max(revision), 0) AS revision FROM submission WHERE year = ? AND unit = ? AND form = ?",
        (year, submission.unit, form),
    )[0]["revision"]
    if submission.revision != latest + 1:
        what = f"填报次数应为第 {latest + 1} 次，现为第 {submission.revision} 次"
        raise InputError(what, place=place, remedy="请按最新的一次填报继续，避免覆盖别人刚录入的内容")
    if submission.submitted_on < submission.first_submitted_on:
        raise InputError("本次报送日期早于首次报送日期", place=place, remedy="请检查报送日期")


def _require_figures(edit: Edit, unit: KnownUnit, submission: Submission, place: str) -> None:
    codes = asked_codes(edit, unit.year, unit.code, submission.task or _OWN_FORM)
    for code in submission.figures:
        if code not in codes:
            raise InputError(f"没有代码为“{code}”的填报项", place=place, remedy=f"这张表的填报项有：{listed(codes)}")


def _form_title(submission: Submission) -> str:
    return FormKey(submission.unit, submission.task or _OWN_FORM).title


def _key(year: int, submission: Submission) -> Row:
    form = submission.task or _OWN_FORM
    return {"year": year, "unit": submission.unit, "form": form, "revision": submission.revision}


def _header(submission: Submission) -> Row:
    return {
        "state": submission.state.value,
        "first_submitted_on": submission.first_submitted_on.isoformat(),
        "submitted_on": submission.submitted_on.isoformat(),
        "note": submission.note,
        "return_reason": submission.return_reason,
    }


def _parts_of(revision: int, figures: Iterable[sqlite3.Row], evidence: Iterable[sqlite3.Row]) -> _Parts:
    mine = (row for row in figures if row["revision"] == revision)
    return _Parts(_figures(mine), _evidence(row for row in evidence if row["revision"] == revision))


def _figure_row(code: str, value: FigureValue, place: str) -> Row:
    if isinstance(value, Blank):
        return {"figure": code, "state": value.value, "value": None}
    return {"figure": code, "state": _NUMBER, "value": decimal_text(value, f"{place} {code}")}


def _next_evidence_key(edit: Edit, year: int) -> int:
    found = edit.rows("SELECT coalesce(max(key), 0) + 1 AS next FROM evidence WHERE year = ?", (year,))
    return int(found[0]["next"])


def _evidence_row(edit: Edit, unit: KnownUnit, position: int, evidence: Evidence) -> Row:
    if evidence.indicator is not None:
        require_indicator(edit, unit, evidence.indicator)
    return {
        "position": position,
        "group_code": unit.group,
        "title": required_text(evidence.title, "佐证材料名称", unit.place()),
        "dated": date_text(evidence.dated),
        "description": "",
        "indicator": evidence.indicator,
    }


def _figures(rows: Iterable[sqlite3.Row]) -> dict[_FormKey, dict[str, FigureValue]]:
    figures: dict[_FormKey, dict[str, FigureValue]] = {}
    for row in rows:
        value = Decimal(row["value"]) if row["state"] == _NUMBER else Blank(row["state"])
        figures.setdefault((row["unit"], row["form"]), {})[row["figure"]] = value
    return figures


def _evidence(rows: Iterable[sqlite3.Row]) -> dict[_FormKey, list[Evidence]]:
    evidence: dict[_FormKey, list[Evidence]] = {}
    for row in rows:
        item = Evidence(row["title"], optional_date(row["dated"]), row["indicator"])
        evidence.setdefault((row["unit"], row["form"]), []).append(item)
    return evidence


def _submission(row: sqlite3.Row, parts: _Parts) -> Submission:
    key = (row["unit"], row["form"])
    return Submission(
        unit=row["unit"],
        task=row["task"],
        revision=row["revision"],
        state=SubmissionState(row["state"]),
        first_submitted_on=date.fromisoformat(row["first_submitted_on"]),
        submitted_on=date.fromisoformat(row["submitted_on"]),
        figures=parts.figures.get(key, {}),
        note=row["note"],
        return_reason=row["return_reason"],
        evidence=tuple(parts.evidence.get(key, ())),
    )
