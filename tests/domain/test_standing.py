"""Where a year stands: forms due, days left, who is ranked, which year to open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.appeal import Appeal, AppealKind, Publicity
from assessor.domain.facts import UnitFacts, YearFacts
from assessor.domain.review import ReviewFacts
from assessor.domain.scheme import Scheme
from assessor.domain.scoring import score_year
from assessor.domain.standing import (
    deadline_text,
    due_forms,
    is_overdue,
    reminder_text,
    stage_count,
    standing_of,
    unit_deliveries,
    year_to_open,
)
from assessor.domain.submission import SubmissionState
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import YearView
from tests.domain.builders import (
    CLOSED,
    OPEN,
    assignment,
    category,
    form_of,
    leaf,
    plain_scheme,
    ratio,
    scheme,
    task_leaf,
    tasked_unit,
    unit,
    year_facts,
)
from tests.domain.plans import small_plan

BEFORE, AFTER = date(2024, 11, 18), date(2024, 12, 3)
LATE = date(2024, 12, 2)


def rules() -> Scheme:
    return scheme(category("1", leaf("1.1", 60, ratio("meetings", 2)), task_leaf("1.2", 40)))


def view_of(*units: UnitFacts, year: Year = OPEN, by: Scheme | None = None) -> YearView:
    facts = year_facts(by or rules(), *units, year=year)
    return YearView(small_plan(), facts, score_year(facts), (), ())


def facts_of(*units: UnitFacts) -> YearFacts:
    return view_of(*units).facts


def test_a_unit_owes_a_form_per_task_and_its_yearly_form() -> None:
    forms = due_forms(facts_of(tasked_unit("kexie", {"A1.1": 100, "A1.2": None})))
    assert [(form.task, form.is_handed_in) for form in forms] == [("A1.1", True), ("A1.2", False), (None, False)]
    assert forms[0].title == "开展科普活动"


def test_a_scheme_that_asks_no_unit_figures_asks_no_yearly_form() -> None:
    facts = year_facts(scheme(category("1", task_leaf("1.1", 100))), tasked_unit("kexie", {"A1.1": 100}))
    assert [form.task for form in due_forms(facts)] == ["A1.1"]


def test_an_exempt_unit_and_a_task_that_does_not_apply_owe_nothing() -> None:
    away = tasked_unit("tongjiju", {"A1.1": None}, exempt="机构改革")
    spared = unit("kexie", assignments=(assignment("A1.1", not_applicable="无此职能"),))
    assert [(form.unit.code, form.task) for form in due_forms(facts_of(away, spared))] == [("kexie", None)]


def test_a_returned_form_is_not_handed_in_and_a_late_one_is() -> None:
    returned = form_of("kexie", {"done": 5}, task="A1.1", state=SubmissionState.RETURNED)
    late = form_of("kexie", {"meetings": 2}, handed_in=LATE)
    facts = unit("kexie", assignments=(assignment("A1.1"),), submissions={"A1.1": returned}, form=late)
    standing = standing_of(view_of(facts), AFTER)
    assert (standing.forms, standing.handed_in, standing.on_time) == (2, 1, 0)
    assert (standing.completeness, standing.timeliness) == (Decimal("50.0"), Decimal("0.0"))


def test_a_unit_counts_as_complete_once_every_form_is_in() -> None:
    whole = tasked_unit("kexie", {"A1.1": 100}, form=form_of("kexie", {"meetings": 2}))
    part = tasked_unit("tongjiju", {"A1.1": 100})
    standing = standing_of(view_of(whole, part), BEFORE)
    assert (standing.complete_units, standing.units) == (1, 2)
    assert stage_count(Stage.COLLECT, standing) == "1/2"
    assert stage_count(Stage.SCORE, standing) == "1/2"
    assert stage_count(Stage.REVIEW, standing) == stage_count(Stage.SEAL, standing) == ""


def test_ranked_and_provisional_units_are_those_of_the_results() -> None:
    known = unit("kexie", given={"1.1": 60, "2.1": 40})
    waiting = unit("tongjiju", given={"1.1": 30})
    standing = standing_of(view_of(known, waiting, unit("away", exempt="撤销"), by=plain_scheme()), BEFORE)
    assert (standing.registered, standing.assessed, standing.ranked, standing.provisional) == (3, 2, 2, 1)


@pytest.mark.parametrize(
    ("today", "closed", "text"),
    [
        (date(2024, 11, 18), False, "还有 12 天"),
        (date(2024, 11, 30), False, "今天截止"),
        (date(2024, 12, 3), False, "已过 3 天"),
        (date(2025, 1, 29), False, "已过 60 天"),
        (date(2025, 1, 30), False, "已过截止日"),
        (date(2026, 11, 23), False, "已过截止日"),
        (date(2024, 11, 18), True, "已截止"),
    ],
)
def test_the_time_left_is_said_in_words(today: date, closed: bool, text: str) -> None:
    year = replace(OPEN, collection_closed=closed)
    assert deadline_text(year, standing_of(view_of(unit(), year=year), today)) == text


def test_lateness_alarms_only_while_forms_are_still_chased() -> None:
    def alarms(today: date, year: Year = OPEN) -> bool:
        return is_overdue(year, standing_of(view_of(unit(), year=year), today))

    assert not alarms(date(2024, 11, 30))
    assert alarms(date(2024, 12, 1))
    assert alarms(date(2025, 1, 29))
    assert not alarms(date(2025, 1, 30))
    assert not alarms(date(2024, 12, 1), replace(OPEN, collection_closed=True))


def test_the_year_to_open_is_the_last_that_has_begun() -> None:
    years = tuple(replace(OPEN, year=number, starts=date(number, 1, 1)) for number in (2022, 2023, 2024))
    assert year_to_open(years, date(2023, 5, 1)) == years[1]
    assert year_to_open(years, date(2030, 1, 1)) == years[2]
    assert year_to_open(years, date(2020, 1, 1)) == years[0]
    assert year_to_open((), date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("today", "days", "words"),
    [
        (date(2024, 11, 20), 10, "还有 10 天截止，1 个单位未报齐"),
        (date(2024, 11, 30), 10, "今天截止，1 个单位未报齐"),
        (date(2024, 11, 19), 10, ""),
        (date(2024, 12, 1), 10, ""),
        (date(2024, 11, 29), 0, ""),
    ],
)
def test_the_deadline_is_reminded_of_from_the_wanted_day_on(today: date, days: int, words: str) -> None:
    view = view_of(tasked_unit("a", {"A1.1": None}))
    assert reminder_text(view.year, standing_of(view, today), days) == words


def test_nobody_is_reminded_once_collection_is_closed() -> None:
    view = view_of(tasked_unit("a", {"A1.1": None}), year=CLOSED)
    assert reminder_text(view.year, standing_of(view, date(2024, 11, 29)), 10) == ""


def test_the_objection_period_and_open_appeals_are_counted_in_the_review() -> None:
    period = Publicity(date(2025, 1, 10), date(2025, 1, 16))
    appeal = Appeal("S1", "a", AppealKind.APPEAL, date(2025, 1, 12), "市a", "漏计")
    view = view_of(unit("a"))
    view = replace(view, facts=replace(view.facts, review=ReviewFacts(period, (appeal,))))
    for day, words in ((9, "申诉 1"), (10, "公示还有 6 天，申诉 1"), (16, "公示今天结束，申诉 1"), (17, "申诉 1")):
        standing = standing_of(view, date(2025, 1, day))
        assert stage_count(Stage.REVIEW, standing) == words


def test_deliveries_of_units_begin_with_the_least_complete() -> None:
    whole, half = tasked_unit("a", {"A1.1": 90, "A1.2": 90}), tasked_unit("b", {"A1.1": 90, "A1.2": None})
    found = unit_deliveries(year_facts(scheme(category("1", task_leaf("1.1", 100))), whole, half))
    assert [(item.unit.code, item.forms, item.handed_in) for item in found] == [("b", 2, 1), ("a", 2, 2)]
    assert [(str(item.completeness), str(item.timeliness)) for item in found] == [("50.0", "50.0"), ("100.0", "100.0")]
