"""A year's view bundles facts, results and progress, computed together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assessor.domain.scoring import score_year
from assessor.domain.target import Observation
from assessor.domain.year_view import view_year
from tests.domain.builders import CLOSED, category, scheme, task_leaf, tasked_unit, year_facts
from tests.domain.plans import small_plan

FACTS = year_facts(
    scheme(category("1", task_leaf("1.1", 100))), tasked_unit("kexie", {"A1.1": 100, "A1.2": 80, "P1.1": 60})
)


def test_a_view_holds_the_results_and_the_progress_of_the_same_facts() -> None:
    view = view_year(small_plan(), FACTS, [Observation("T1", 2024, Decimal(300), "统计")])
    assert view.result == score_year(FACTS)
    assert [item.completion for item in view.sections] == [Decimal("90.0"), Decimal("60.0")]
    assert [item.is_met for item in view.targets] == [True, False, False]
    assert (view.year, view.previous, view.is_sample) == (CLOSED, None, False)


def test_the_year_before_is_scored_for_comparison() -> None:
    earlier = replace(FACTS, year=replace(CLOSED, year=2023))
    assert view_year(small_plan(), FACTS, previous=earlier).previous == score_year(earlier)


def test_a_sample_year_says_so() -> None:
    assert view_year(small_plan(), replace(FACTS, year=replace(CLOSED, is_sample=True))).is_sample
