"""A year as screens, charts and reports see it, read at one moment."""

from __future__ import annotations

from assessor.domain.year_view import NEVER_SEALED, YearView, view_year
from assessor.workbook.facts import load_facts
from assessor.workbook.observations import load_observations
from assessor.workbook.plans import load_plan
from assessor.workbook.seals import load_seal_state
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import list_years


def load_view(workbook: Workbook, year: int) -> YearView:
    """With the year before for comparison, where the workbook has it. Raises WorkbookError where the year, the plan or
    a scheme is missing, and what scoring raises."""
    with workbook.snapshot():
        plan = load_plan(workbook)
        facts = load_facts(workbook, year)
        observations = load_observations(workbook)
        has_previous = any(known.year == year - 1 for known in list_years(workbook))
        previous = load_facts(workbook, year - 1) if has_previous else None
        seal = load_seal_state(workbook, year)
        previous_seal = load_seal_state(workbook, year - 1) if has_previous else NEVER_SEALED
    return view_year(plan, facts, observations, previous, seal=seal, previous_seal=previous_seal)
