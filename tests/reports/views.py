"""Year views for documents: the shipped sample, and small years built by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from assessor.domain.facts import UnitFacts, YearFacts
from assessor.domain.scheme import Scheme
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import YearView, view_year
from assessor.exchange.plan_file import find_plan, load_plan
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from tests.domain.builders import CLOSED, plain_scheme, unit, year_facts

SEALED = replace(CLOSED, stage=Stage.SEAL)


@cache
def sample_view(year: int) -> YearView:
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        return load_view(workbook, year)


def small_view(
    *units: UnitFacts, rules: Scheme | None = None, year: Year = SEALED, previous: YearFacts | None = None
) -> YearView:
    """A real (not sample) year of one group under the shipped plan; by default of two units."""
    facts = units or (member("kexie", "54", "36"), member("jiaotiju", "48", "30"))
    plan = load_plan(find_plan("yichun-2021-2025")).plan
    return view_year(plan, year_facts(rules or plain_scheme(), *facts, year=year), previous=previous)


def member(code: str, first: str, second: str, **facts: Any) -> UnitFacts:
    """A unit under ``plain_scheme`` with the points of its two indicators (60 and 40)."""
    return unit(code, given={"1.1": first, "2.1": second}, **facts)
