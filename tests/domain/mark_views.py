"""A scheme of every way to be scored by the office, and views of units that are scored by it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from assessor.domain.facts import YearFacts
from assessor.domain.mark_table import MarkRow, earlier_results, indicator_rows
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Level, Levels
from assessor.domain.rules.panel import Panel
from assessor.domain.scheme import Scheme, Scope
from assessor.domain.year_view import YearView, view_year
from tests.domain.builders import category, leaf, ratio, scheme, year_facts
from tests.domain.plans import small_plan

EXPERTS = Judgement((Panel("expert", "评委组"), Panel("self", "自评", Decimal(0))))
GOOD_OR_BAD = Levels((Level("好", Decimal(60), Decimal(100)), Level("差", Decimal(0), Decimal(60))))


def rules() -> Scheme:
    return scheme(
        category("1", leaf("1.1", 20, ratio("n", 10)), leaf("1.2", 20, EXPERTS)),
        category("2", leaf("2.1", 20), leaf("2.2", 20, GOOD_OR_BAD), leaf("2.3", 20, EXPERTS, scope=Scope.TASK)),
    )


def view_of(*units: Any, previous: YearFacts | None = None, **facts: Any) -> YearView:
    plan = replace(small_plan(), units=tuple(item.unit for item in units))
    earlier = previous and replace(previous, year=replace(previous.year, year=2023))
    return view_year(plan, replace(year_facts(rules(), *units), **facts), previous=earlier)


def rows_of(view: YearView, code: str, task: str = "") -> tuple[MarkRow, ...]:
    return indicator_rows(view, "member", code, earlier_results(view), task)
