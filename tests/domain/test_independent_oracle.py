"""The engine's numbers, states, ranks and grades are those of a second, naive scorer (``oracle.py``)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from assessor.domain.facts import YearFacts
from assessor.domain.results import UnitResult
from assessor.domain.scoring import score_year
from assessor.workbook.facts import load_facts
from assessor.workbook.workbook import Workbook
from tests.domain import oracle
from tests.domain.strategies import Case, cases, rivalries
from tests.domain.test_properties import many

SAMPLE = Path(__file__).resolve().parents[2] / "sample_db" / "sample.assess"


def exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def engine_row(unit: UnitResult) -> dict[str, Any]:
    return {
        "leaves": {
            leaf.indicator.code: oracle.Leaf(leaf.state.value, exact(leaf.computed), exact(leaf.score))
            for leaf in unit.leaves
        },
        "subtotals": {item.category.code: exact(item.subtotal) for item in unit.categories},
        "contributions": {item.category.code: exact(item.contribution) for item in unit.categories},
        "base": unit.base,
        "bonus": unit.bonus,
        "deduction": unit.deduction,
        "total": unit.total,
        "coverage": unit.coverage,
        "exempt": bool(unit.exempt),
        "provisional": unit.provisional,
        "rank": unit.rank,
        "grade": unit.grade,
    }


def oracle_row(result: oracle.Outcome) -> dict[str, Any]:
    return {name: value for name, value in vars(result).items() if name != "unit"}


def check(facts: YearFacts) -> None:
    for group, scored in zip(facts.groups, score_year(facts).groups, strict=True):
        expected = {item.unit.unit.code: oracle_row(item) for item in oracle.score_group(facts.year, group)}
        assert {unit.unit.code: engine_row(unit) for unit in scored.units} == expected


@many
@given(cases())
def test_random_years(case: Case) -> None:
    check(case.facts)


@many
@given(rivalries())
def test_random_contests_for_the_top_grade(case: Case) -> None:
    check(case.facts)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_the_sample_workbook(year: int) -> None:
    with Workbook.open(SAMPLE, read_only=True) as workbook:
        check(load_facts(workbook, year))
