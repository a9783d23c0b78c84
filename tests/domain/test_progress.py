"""Progress of assignments by section and of the plan's targets over the years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.domain.progress import (
    Delivery,
    SectionProgress,
    assignment_progress,
    delivery_of,
    percent,
    section_progress,
    target_progress,
)
from assessor.domain.submission import DONE, Blank, SubmissionState
from assessor.domain.target import Observation
from tests.domain.builders import CLOSED, assignment, category, dec, form_of, scheme, task_leaf, tasked_unit, year_facts
from tests.domain.plans import small_plan

RULES = scheme(category("1", task_leaf("1.1", 100)))


def sections(*units: object) -> tuple[SectionProgress, ...]:
    return section_progress(small_plan(), year_facts(RULES, *units))


class TestDelivery:
    @pytest.mark.parametrize(
        ("handed_in", "delivery"),
        [(date(2024, 11, 30), Delivery.ON_TIME), (date(2024, 12, 1), Delivery.LATE)],
    )
    def test_the_deadline_day_is_on_time(self, handed_in: date, delivery: Delivery) -> None:
        assert delivery_of(assignment("A1.1"), form_of("kexie", {}, handed_in=handed_in), CLOSED) is delivery

    def test_an_assignments_own_deadline_goes_before_the_years(self) -> None:
        own = assignment("A1.1", deadline=date(2024, 6, 30))
        assert delivery_of(own, form_of("kexie", {}, handed_in=date(2024, 7, 1)), CLOSED) is Delivery.LATE

    def test_missing_and_returned(self) -> None:
        returned = form_of("kexie", {}, state=SubmissionState.RETURNED)
        assert delivery_of(assignment("A1.1"), None, CLOSED) is Delivery.MISSING
        assert delivery_of(assignment("A1.1"), returned, CLOSED) is Delivery.RETURNED


class TestCompletion:
    @pytest.mark.parametrize(
        ("done", "completion"),
        [(50, Fraction(1, 2)), (100, Fraction(1)), (250, Fraction(1)), (0, Fraction(0)), (Blank.EMPTY, Fraction(0))],
    )
    def test_of_one_assignment(self, done: int | Blank, completion: Fraction) -> None:
        form = form_of("kexie", {DONE: done}, task="A1.1")
        assert assignment_progress(assignment("A1.1"), form, CLOSED).completion == completion

    def test_without_a_target_there_is_none(self) -> None:
        form = form_of("kexie", {DONE: 5}, task="A1.1")
        assert assignment_progress(assignment("A1.1", target=None), form, CLOSED).completion is None

    def test_a_returned_form_counts_nothing(self) -> None:
        form = form_of("kexie", {DONE: 100}, task="A1.1", state=SubmissionState.RETURNED)
        item = assignment_progress(assignment("A1.1"), form, CLOSED)
        assert (item.completion, item.accepted) == (Fraction(0), False)


class TestSections:
    def test_every_section_counts_its_own_assignments(self) -> None:
        first, second = sections(
            tasked_unit("kexie", {"A1.1": 100, "A1.2": 50}), tasked_unit("tuanshiwei", {"A1.1": None, "P1.1": 100})
        )
        assert (first.assigned, first.submitted, first.accepted) == (3, 2, 2)
        assert (first.submitted_rate, first.completion) == (dec("66.7"), dec("50.0"))
        assert (second.assigned, second.completion) == (1, dec("100.0"))

    def test_what_does_not_apply_is_counted_apart(self) -> None:
        tasks = (assignment("A1.1"), assignment("A1.2", not_applicable="不开展"))
        facts = tasked_unit("kexie", {"A1.1": 100}, assignments=tasks)
        first, second = sections(facts)
        assert (first.assigned, first.not_applicable, first.completion) == (1, 1, dec("100.0"))
        assert (second.assigned, second.completion, second.submitted_rate) == (0, None, dec("0.0"))


class TestTargets:
    def test_yearly_is_the_years_own_amount(self) -> None:
        yearly = self.progress(("T1", 2023, 310), ("T1", 2024, 285))[0]
        assert (yearly.reached, yearly.rate, yearly.is_met) == (dec(285), dec("95.0"), False)

    def test_a_yearly_target_without_this_years_figure_is_unknown(self) -> None:
        yearly = self.progress(("T1", 2023, 310))[0]
        assert (yearly.reached, yearly.rate, yearly.is_met) == (None, None, False)

    def test_cumulative_adds_up_the_years_so_far(self) -> None:
        item = self.progress(("T2", 2022, 9000), ("T2", 2023, 9000), ("T2", 2024, 12000), ("T2", 2025, 9000))[1]
        assert (item.reached, item.rate, item.is_met) == (dec(30000), dec("100.0"), True)

    def test_by_end_is_the_latest_state(self) -> None:
        item = self.progress(("T3", 2023, "14.9"), ("T3", 2022, "11.2"))[2]
        assert (item.reached, [seen.year for seen in item.observations]) == (dec("14.9"), [2022, 2023])

    def test_nothing_observed_is_not_zero(self) -> None:
        assert [item.reached for item in self.progress()] == [None, None, None]

    def test_made_up_observations_show(self) -> None:
        observed = (Observation("T1", 2024, Decimal(300), "示例数据", is_sample=True),)
        assert [item.is_sample for item in target_progress(small_plan(), observed, 2024)] == [True, False, False]

    def progress(self, *observed: tuple[str, int, int | str]) -> tuple[object, ...]:
        items = [Observation(code, year, Decimal(value), "统计") for code, year, value in observed]
        return target_progress(small_plan(), items, 2024)


@pytest.mark.parametrize(
    ("part", "whole", "printed"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (5, 0, "0.0"), (1, 2000, "0.1")]
)
def test_percent_is_half_up_to_one_place(part: int, whole: int, printed: str) -> None:
    assert str(percent(part, whole)) == printed
