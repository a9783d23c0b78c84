"""What the tables of forms show and make of what is typed, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.figure_table import FigureRow, FigureTable, figure_table
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow, FormState, form_matrix, form_rows
from assessor.domain.next_steps import FORM_TOPICS, Topic
from assessor.domain.scheme import Figure, Scope
from assessor.domain.submission import Blank, Submission, SubmissionState
from assessor.domain.year_view import YearView, view_year
from assessor.errors import InputError
from assessor.ui.forms.figure_columns import entries_of, figure_columns
from assessor.ui.forms.matrix_columns import FIRST_FORM, matrix_columns
from assessor.ui.forms.revisions import revision_columns, revision_lines
from assessor.ui.forms.self_scores import scores_of, self_score_columns
from assessor.ui.forms.state_look import CLAIM, LATE, is_meant, state_of
from assessor.ui.grid.column import CellChange, Column
from assessor.workbook.form_steps import Entry
from tests.domain.builders import OPEN, category, form_of, leaf, ratio, scheme, task_leaf, tasked_unit, year_facts
from tests.domain.plans import small_plan

TODAY = date(2024, 12, 10)


def view() -> YearView:
    rules = scheme(category("1", leaf("1.1", 40, ratio("meetings", 2)), task_leaf("1.2", 60)))
    late = form_of("kexie", {"meetings": Blank.NOT_APPLICABLE}, handed_in=date(2024, 12, 3))
    returned = form_of("nongye", {"meetings": 1}, state=SubmissionState.RETURNED)
    units = (tasked_unit("kexie", {"A1.1": None}, form=late), tasked_unit("nongye", {}, form=returned))
    return view_year(small_plan(), year_facts(rules, *units, year=OPEN))


def rows() -> dict[FormKey, FormRow]:
    return {row.key: row for row in form_rows(view(), TODAY)}


def table() -> FigureTable:
    own = [row for row in rows().values() if not row.key.task]
    return figure_table(view(), own, {FormKey("kexie"): form_of("kexie", {"meetings": 3})})


def column(columns: tuple[Column[FigureRow], ...], key: str) -> Column[FigureRow]:
    return next(item for item in columns if item.key == key)


def test_the_matrix_marks_lateness_and_claims_in_words_and_colours_only_what_is_meant() -> None:
    matrix = form_matrix(view(), form_rows(view(), TODAY))
    kexie, nongye = matrix.rows
    own, task = matrix_columns(matrix, "")[FIRST_FORM:]
    assert (own.text(kexie), own.fill(kexie)) == ("已审+3?", "good_soft")
    assert (task.text(kexie), task.fill(kexie)) == ("逾期", "bad_soft")
    assert (task.text(nongye), task.fill(nongye)) == ("", "window")
    assert "未分解" in task.tooltip(nongye)
    assert own.title == "年度表\n1/2"
    only = matrix_columns(matrix, FormState.RETURNED.value)[FIRST_FORM]
    assert (only.fill(kexie), only.fill(nongye)) == ("", "warn_soft")


def test_states_and_marks_are_meant_apart() -> None:
    found = rows()
    own, task = found[FormKey("kexie")], found[FormKey("kexie", "A1.1")]
    assert is_meant(own, "")
    assert is_meant(own, LATE)
    assert is_meant(own, CLAIM)
    assert not is_meant(own, FormState.OVERDUE.value)
    assert is_meant(task, FormState.OVERDUE.value)


def test_every_finding_about_forms_leads_to_a_state_or_mark() -> None:
    found = list(rows().values())
    assert all(state_of(topic, found) for topic in FORM_TOPICS)
    assert state_of(Topic.CHASE, found) == FormState.OVERDUE.value
    waiting = [replace(row, state=FormState.MISSING) for row in found]
    assert state_of(Topic.CHASE, waiting) == FormState.MISSING.value


def test_figures_show_the_four_states_and_refuse_what_is_returned() -> None:
    shown = table()
    meetings = column(figure_columns(shown, with_previous=True), "figure:meetings")
    kexie, nongye = shown.rows
    assert (meetings.text(kexie), meetings.tone(kexie)) == ("不涉及", "warn")
    assert meetings.edit is not None
    assert meetings.edit.refusal(kexie) == ""
    assert "已退回" in meetings.edit.refusal(nongye)
    assert meetings.edit.parse(kexie, "") is Blank.EMPTY
    assert column(figure_columns(shown, with_previous=True), "previous:meetings").text(kexie) == "3"
    assert all(item.key != "previous:meetings" for item in figure_columns(shown, with_previous=False))


def test_a_figure_that_a_form_does_not_ask_for_is_blank_and_cannot_be_typed() -> None:
    shown = table()
    odd = replace(shown.rows[0], values=(None,))
    meetings = column(figure_columns(shown, with_previous=False), "figure:meetings")
    assert meetings.text(odd) == ""
    assert meetings.edit is not None
    assert "没有这一项" in meetings.edit.refusal(odd)


def test_what_is_pasted_is_one_entry_for_each_form() -> None:
    kexie, nongye = table().rows
    changes = [
        CellChange(kexie, "figure:meetings", Decimal(1)),
        CellChange(kexie, "day", TODAY),
        CellChange(nongye, "note", "电话核实"),
        CellChange(kexie, "figure:other", Blank.NOT_APPLICABLE),
    ]
    assert entries_of(changes) == {
        FormKey("kexie"): Entry({"meetings": Decimal(1), "other": Blank.NOT_APPLICABLE}, TODAY),
        FormKey("nongye"): Entry(note="电话核实"),
    }


def test_revisions_stand_side_by_side_and_show_what_changed() -> None:
    figure = Figure("meetings", "会议", "次", Scope.UNIT)
    first = form_of("kexie", {"meetings": 1}, state=SubmissionState.RETURNED)
    second: Submission = replace(form_of("kexie", {"meetings": 2}), revision=2, submitted_on=TODAY)
    lines = revision_lines((second, first), (figure,))
    latest, before = revision_columns((second, first))[1:]
    assert latest.title == "第 2 次\n2024-12-10"
    assert [(latest.text(line), before.text(line), latest.fill(line)) for line in lines] == [
        ("已审", "已退回", "warn_soft"),
        ("0 件", "0 件", ""),
        ("", "", ""),
        ("", "", ""),
        ("2", "1", "warn_soft"),
    ]


@pytest.mark.parametrize(("typed", "points"), [("", None), ("0", Decimal(0)), ("39.5", Decimal("39.5"))])
def test_a_self_score_is_a_number_or_none(typed: str, points: Decimal | None) -> None:
    own = view().result.groups[0].units[0].leaves[0]
    edit = next(item.edit for item in self_score_columns() if item.key == "self")
    assert edit is not None
    assert edit.parse(own, typed) == points
    assert scores_of([CellChange(own, "self", points)]) == {"1.1": points}


@pytest.mark.parametrize("typed", ["41", "-1", "不涉及", "好"])
def test_a_self_score_outside_its_points_is_refused(typed: str) -> None:
    own = view().result.groups[0].units[0].leaves[0]
    edit = next(item.edit for item in self_score_columns() if item.key == "self")
    assert edit is not None
    with pytest.raises(InputError) as refused:
        edit.parse(own, typed)
    assert refused.value.remedy
