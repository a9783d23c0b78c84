"""The analysis of weights: against a published example, against the engine, and by what must hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.facts import Mark, YearFacts
from assessor.domain.results import GroupResult
from assessor.domain.reviewer_influence import without_reviewers
from assessor.domain.robustness import RobustnessSettings, analyse
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.panel import Panel
from assessor.domain.scheme import Quota
from assessor.domain.scoring import score_year
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.facts import load_facts
from assessor.workbook.workbook import Workbook
from tests.domain.asem import MEAN_SHIFTS, PILLARS, SCORES
from tests.domain.builders import CLOSED, category, leaf, scheme, score_group, three_categories, unit, year_facts

FEW = RobustnessSettings(draws=400)


def asem() -> GroupResult:
    """Each pillar as an indicator of as many points as make its sub-index half of 60."""
    codes = [f"1.{place}" for place in range(1, 6)] + [f"2.{place}" for place in range(1, 4)]
    points = [6] * 5 + [10] * 3
    leaves = [leaf(code, value, title=name) for code, value, name in zip(codes, points, PILLARS, strict=True)]
    of = scheme(category("1", *leaves[:5]), category("2", *leaves[5:]), full_marks=Decimal(60), decimals=4)
    units = []
    for name, *shares in SCORES:
        scores = (Decimal(str(share)) * value / 100 for value, share in zip(points, shares, strict=True))
        units.append(unit(name, given=dict(zip(codes, map(str, scores), strict=True))))
    return score_group(of, *units)


def test_the_published_index_and_its_rank_shifts_come_out() -> None:
    group = asem()
    top = [(item.unit.code, round(item.total / 60 * 100, 2)) for item in group.units[:6]]
    assert top == [
        ("CHE", Decimal("68.38")),
        ("NLD", Decimal("64.82")),
        ("DNK", Decimal("64.80")),
        ("NOR", Decimal("64.47")),
        ("BEL", Decimal("63.54")),
        ("SWE", Decimal("63.00")),
    ]
    first = group.units[0]
    halves = [round(item.subtotal / 30 * 100, 2) for item in first.categories if item.subtotal is not None]
    assert halves == [Decimal("62.79"), Decimal("73.98")]
    found = analyse(group, FEW)
    assert found is not None
    assert [str(item.mean_shift) for item in found.without_indicator] == list(MEAN_SHIFTS)


def test_no_spread_moves_nothing_and_a_spread_moves_the_close_ones_only() -> None:
    group = score_group(
        three_categories(quota=Quota(Decimal("0.5"))),
        unit("a", given={"1.1": 20, "1.2": 10, "2.1": 30, "3.1": 40}),
        unit("b", given={"1.1": 20, "1.2": 10, "2.1": 10, "3.1": 28}),
        unit("c", given={"1.1": 10, "1.2": 5, "2.1": 25, "3.1": 28}),
        unit("d", given={"1.1": 1, "1.2": 1, "2.1": 1, "3.1": 1}),
    )
    still = analyse(group, replace(FEW, spread=Decimal(0)))
    assert still is not None
    assert [(item.unit, item.rank, item.best, item.worst, item.grade_kept) for item in still.units] == [
        ("a", 1, 1, 1, 100),
        ("b", 2, 2, 2, 100),
        ("c", 2, 2, 2, 100),
        ("d", 4, 4, 4, 100),
    ]
    moved = analyse(group, FEW)
    assert moved is not None
    assert [(item.unit, item.best, item.worst) for item in moved.units] == [
        ("a", 1, 1),
        ("b", 2, 3),
        ("c", 2, 3),
        ("d", 4, 4),
    ]
    assert [(pair.upper, pair.lower) for pair in moved.near_pairs] == [("b", "c")]
    assert analyse(group, FEW) == moved


def test_leaving_a_category_out_ranks_by_the_others() -> None:
    group = score_group(
        three_categories(),
        unit("a", given={"1.1": 20, "1.2": 10, "2.1": 0, "3.1": 20}),
        unit("b", given={"1.1": 0, "1.2": 0, "2.1": 20, "3.1": 21}),
    )
    found = analyse(group, FEW)
    assert found is not None
    assert [(item.code, dict(item.shifts)) for item in found.without_category] == [
        ("1", {"a": -1, "b": 1}),
        ("2", {"a": 0, "b": 0}),
        ("3", {"a": 0, "b": 0}),
    ]
    assert [item.code for item in found.without_indicator] == [
        "1.1",
        "1.2",
    ]  # 2 and 3 are nothing without their only one


def test_fewer_than_two_ranked_units_are_no_ranking() -> None:
    assert (
        analyse(score_group(three_categories(), unit("a", given={"1.1": 20, "1.2": 1, "2.1": 1, "3.1": 1})), FEW)
        is None
    )


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_without_spread_the_samples_ranks_and_grades_are_the_engines(year: int) -> None:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        result = score_year(load_facts(workbook, year))
    for group in result.groups:
        found = analyse(group, RobustnessSettings(draws=1, spread=Decimal(0)))
        assert found is not None
        assert all((item.best, item.worst, item.grade_kept) == (item.rank, item.rank, 100) for item in found.units)


def test_a_reviewer_is_left_out_by_the_engine_itself() -> None:
    of = scheme(category("1", leaf("1.1", 100, Judgement((Panel("expert", "评委组"),)))))

    def marked(code: str, *values: int) -> object:
        marks = tuple(Mark("1.1", name, "expert", Decimal(value)) for name, value in zip("甲乙", values, strict=False))
        return unit(code, marks=marks)

    facts: YearFacts = year_facts(of, marked("a", 90, 60), marked("b", 70, 70), marked("c", 50), year=CLOSED)  # type: ignore[arg-type]
    (group,) = score_year(facts).groups
    assert [(item.unit.code, item.rank) for item in group.units] == [("a", 1), ("b", 2), ("c", 3)]
    first, second = without_reviewers(facts, group)
    assert (second.title, dict(second.shifts)) == ("甲", {"a": -1, "b": 1})  # c has no mark left and is provisional
    assert (first.title, dict(first.shifts)) == ("乙", {"a": 0, "b": 0, "c": 0})
