from __future__ import annotations

from dataclasses import replace
from datetime import date

from assessor.domain.facts import UnitFacts, YearFacts
from assessor.domain.figure_table import asked_figures, figure_lines, figure_table, forms_before
from assessor.domain.form_claims import open_claims
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow, FormState, count_states, form_matrix, form_rows
from assessor.domain.scheme import Scheme
from assessor.domain.standing import standing_of
from assessor.domain.submission import DONE, Blank, SubmissionState
from assessor.domain.year import Year
from assessor.domain.year_view import YearView, view_year
from tests.domain.builders import (
    CLOSED,
    OPEN,
    assignment,
    category,
    form_of,
    leaf,
    member,
    ratio,
    scheme,
    task_leaf,
    tasked_unit,
    unit,
    year_facts,
)
from tests.domain.plans import small_plan

BEFORE, AFTER = date(2024, 11, 20), date(2024, 12, 10)


def rules() -> Scheme:
    return scheme(category("1", leaf("1.1", 40, ratio("meetings", 2)), task_leaf("1.2", 60)))


def units() -> tuple[UnitFacts, ...]:
    late = form_of("kexie", {"meetings": 2}, handed_in=date(2024, 12, 3))
    return (
        tasked_unit("kexie", {"A1.1": 50, "A1.2": None}, form=late),
        tasked_unit(
            "nongye",
            {"A1.1": 100},
            submissions={"A1.1": form_of("nongye", {DONE: 1}, task="A1.1", state=SubmissionState.RETURNED)},
            figures={"meetings": Blank.NOT_APPLICABLE},
        ),
        unit("dizhen", assignments=(assignment("A1.2", "dizhen", not_applicable="没有这项职能"),)),
        unit("tongji", assignments=(assignment("A1.1", "tongji", deadline=date(2024, 12, 31)),), exempt="新设"),
    )


def view_of(year: Year = OPEN) -> YearView:
    facts: YearFacts = year_facts(rules(), *units(), year=year)
    return view_year(small_plan(), facts)


def rows_of(today: date, year: Year = OPEN) -> dict[FormKey, FormRow]:
    return {row.key: row for row in form_rows(view_of(year), today)}


def test_every_form_has_its_state() -> None:
    rows = rows_of(BEFORE)
    states = {(key.unit, key.task): row.state for key, row in rows.items()}
    assert states == {
        ("kexie", ""): FormState.ACCEPTED,
        ("kexie", "A1.1"): FormState.ACCEPTED,
        ("kexie", "A1.2"): FormState.MISSING,
        ("nongye", ""): FormState.ACCEPTED,
        ("nongye", "A1.1"): FormState.RETURNED,
        ("dizhen", ""): FormState.MISSING,
        ("dizhen", "A1.2"): FormState.NOT_APPLICABLE,
        ("tongji", ""): FormState.EXEMPT,
        ("tongji", "A1.1"): FormState.EXEMPT,
    }
    assert rows[FormKey("dizhen", "A1.2")].not_applicable == "没有这项职能"
    assert rows[FormKey("tongji", "A1.1")].not_applicable == "新设"
    assert not rows[FormKey("tongji")].is_due


def test_days_late_are_counted_to_the_first_handing_in_or_to_today() -> None:
    rows = rows_of(AFTER)
    assert rows[FormKey("kexie")].days_late == 3
    assert rows[FormKey("kexie")].is_late
    assert rows[FormKey("kexie")].state_text == "已审（逾期 3 天）"
    missing = rows[FormKey("kexie", "A1.2")]
    assert missing.state is FormState.OVERDUE
    assert missing.state_text == "逾期未报（已逾期 10 天）"
    assert not missing.is_late
    assert rows[FormKey("nongye")].state_text == "已审（“不涉及”待认定）"
    assert [key for key, row in rows.items() if row.has_claim] == [FormKey("nongye")]


def test_after_closing_what_never_came_has_no_days() -> None:
    missing = rows_of(date(2026, 1, 1), CLOSED)[FormKey("kexie", "A1.2")]
    assert (missing.state, missing.days_late) == (FormState.OVERDUE, 0)


def test_the_matrix_counts_rows_and_columns_as_the_standing_does() -> None:
    view = view_of()
    rows = form_rows(view, AFTER)
    matrix = form_matrix(view, rows)
    assert [column.task for column in matrix.columns] == ["", "A1.1", "A1.2"]
    assert [(row.unit.code, row.handed_in, row.due) for row in matrix.rows] == [
        ("kexie", 2, 3),
        ("nongye", 1, 2),
        ("dizhen", 0, 1),
        ("tongji", 0, 0),
    ]
    assert [(column.handed_in, column.due) for column in matrix.columns] == [(2, 3), (1, 2), (0, 1)]
    assert matrix.rows[1].cells[2] is None
    standing = standing_of(view, AFTER)
    assert sum(row.handed_in for row in matrix.rows) == standing.handed_in
    assert sum(row.due for row in matrix.rows) == standing.forms
    assert sum(count_states(rows).values()) == len(rows)


def test_a_figure_names_the_indicators_that_it_feeds_and_what_they_come_to() -> None:
    view = view_of()
    rows = {row.key: row for row in form_rows(view, BEFORE)}
    before = {FormKey("kexie"): form_of("kexie", {"meetings": 1})}
    (line,) = figure_lines(view, rows[FormKey("kexie")], before)
    assert (line.value, line.previous) == (2, 1)
    assert [(feed.indicator, feed.outcome) for feed in line.feeds] == [("1.1", "40.00 / 40")]
    (done,) = figure_lines(view, rows[FormKey("kexie", "A1.1")], {})
    assert done.target == "100 人次"
    assert done.previous is None
    assert [feed.outcome for feed in done.feeds] == ["50.00%"]
    (awaited,) = figure_lines(view, rows[FormKey("kexie", "A1.2")], {})
    assert awaited.value is Blank.NOT_SUBMITTED
    assert [feed.outcome for feed in awaited.feeds] == ["待评"]


def test_figures_over_all_units_tell_what_a_form_does_not_ask_for() -> None:
    view = view_of()
    own = [row for row in form_rows(view, BEFORE) if not row.key.task]
    table = figure_table(view, own, {})
    assert [figure.code for figure in table.figures] == ["meetings"]
    assert [row.values for row in table.rows] == [
        (2,),
        (Blank.NOT_APPLICABLE,),
        (Blank.NOT_SUBMITTED,),
        (Blank.NOT_SUBMITTED,),
    ]


def test_a_task_form_asks_for_the_amount_done_even_where_the_scheme_does_not_list_it() -> None:
    plain = scheme(category("1", leaf("1.1", 100)), figures=())
    assert [figure.code for figure in asked_figures(plain, "A1.1")] == [DONE]
    assert asked_figures(plain, "") == ()


def test_a_claim_names_what_waits_for_it() -> None:
    view = view_of()
    group = view.facts.groups[0]
    claims = [claim for facts in group.units for claim in open_claims(facts, group)]
    assert [(claim.key, claim.figure.code) for claim in claims] == [(FormKey("nongye"), "meetings")]
    assert [indicator.code for indicator in claims[0].indicators] == ["1.1"]


def test_settled_claims_are_open_no_longer() -> None:
    (group,) = year_facts(
        rules(),
        unit("a", figures={"meetings": Blank.NOT_APPLICABLE}, not_applicable={"1.1": "认定"}),
        tasked_unit("b", {"A1.1": Blank.NOT_APPLICABLE}, assignments=(assignment("A1.1", "b", not_applicable="认定"),)),
        tasked_unit("c", {"A1.1": Blank.NOT_APPLICABLE}),
        tasked_unit("d", {"A1.1": Blank.NOT_APPLICABLE}, exempt="新设"),
    ).groups
    found = {facts.unit.code: len(open_claims(facts, group)) for facts in group.units}
    assert found == {"a": 0, "b": 0, "c": 1, "d": 0}


def test_last_years_forms_are_those_of_the_unit_or_of_the_one_whose_history_it_carries() -> None:
    gone = replace(member("zaiqian"), valid_to=2023, successor="nongye")
    heirs = (gone, replace(member("nongye"), valid_from=2024), member("kexie"))
    view = view_year(replace(small_plan(), units=heirs), year_facts(rules(), *units()))
    forms = [form_of("zaiqian", {"meetings": 1}), form_of("kexie", {DONE: 5}, task="A1.1"), form_of("weizhi", {})]
    found = forms_before(view, forms)
    assert {key: form.unit for key, form in found.items()} == {
        FormKey("nongye"): "zaiqian",
        FormKey("kexie", "A1.1"): "kexie",
    }
