"""What the sample observes of the plan's targets: sums of its own forms where there are forms, else made-up states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from assessor.domain.facts import UnitFacts, YearFacts
from assessor.domain.submission import DONE, Submission
from assessor.domain.target import Observation
from sample_db.unit_data import ZONES

_LITERACY = {2023: "12.6", 2024: "13.9"}
"""Only two years have a (made-up) survey: no figure of the city is known, and a series has gaps."""
_MUSEUM = {2022: 0, 2023: 0, 2024: 1, 2025: 1}


def observations(facts: YearFacts) -> Iterator[Observation]:
    """Of one year; every one is marked as sample."""
    units = [unit for group in facts.groups for unit in group.units]
    year = facts.year.year
    collected = "" if facts.year.collection_closed else "，截至目前"
    by_forms = f"各单位填报汇总{collected}（示例数据）"
    yield _observation("counsellors", year, _sum_of_task(units, "A1.6"), by_forms)
    yield _observation("farm_workers", year, _sum_of_task(units, "A2.2"), by_forms)
    forms = [unit.form for unit in units if unit.form is not None]
    yield _observation("rural_leaders", year, _sum(forms, "leaders_fostered"), f"各县（市、区）{by_forms[2:]}")
    counties = [form for form in forms if form.unit not in ZONES]
    yield _observation("county_venues", year, _sum(counties, "venue_open"), f"各县（市、区）{by_forms[2:]}")
    yield _observation("city_museum", year, Decimal(_MUSEUM[year]), "市科协工作进度（示例数据）")
    if year in _LITERACY:
        yield _observation("literacy", year, Decimal(_LITERACY[year]), "示例数据，不是调查结果")


def _observation(target: str, year: int, value: Decimal, source: str) -> Observation:
    return Observation(target, year, value, source, is_sample=True)


def _sum_of_task(units: Iterable[UnitFacts], task: str) -> Decimal:
    return _sum((unit.submissions[task] for unit in units if task in unit.submissions), DONE)


def _sum(forms: Iterable[Submission], figure: str) -> Decimal:
    values = (form.figure(figure) for form in forms if form.counts)
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))
