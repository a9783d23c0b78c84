"""A year as screens, charts and reports see it, read at one moment."""

from __future__ import annotations

from assessor.domain.lineage import plan_in_year
from assessor.domain.year_view import NEVER_SEALED, YearView, renewed_view, view_year
from assessor.workbook.facts import load_facts, reload_units
from assessor.workbook.observations import load_observations
from assessor.workbook.plans import load_plan
from assessor.workbook.seals import load_seal_state
from assessor.workbook.view_changes import Changed, Reach
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import list_years


def load_view(workbook: Workbook, year: int) -> YearView:
    """With the year before for comparison, where the workbook has it. Raises WorkbookError where the year, the plan or
    a scheme is missing, and what scoring raises."""
    with workbook.snapshot():
        plan = plan_in_year(load_plan(workbook), year)
        facts = load_facts(workbook, year)
        observations = load_observations(workbook)
        has_previous = any(known.year == year - 1 for known in list_years(workbook))
        previous = load_facts(workbook, year - 1) if has_previous else None
        seal = load_seal_state(workbook, year)
        previous_seal = load_seal_state(workbook, year - 1) if has_previous else NEVER_SEALED
    return view_year(plan, facts, observations, previous, seal=seal, previous_seal=previous_seal)


def reload_view(workbook: Workbook, before: YearView, changed: Changed | None) -> YearView:
    """What ``load_view`` gives for the year of ``before``, where only ``changed`` was touched since (None: anything):
    what is as it was is taken from ``before``. Raises as ``load_view``."""
    reach = Reach.ALL if changed is None else changed.reach
    if changed is None or reach is Reach.ALL or (reach is Reach.UNITS and before.seal is not None):
        return load_view(workbook, before.year.year)
    if reach is Reach.NOTHING:
        return before
    with workbook.snapshot():
        if reach is Reach.YEAR:
            return _reload_year(workbook, before)
        observations = load_observations(workbook) if changed.touches_targets else None
        facts, review = before.facts, changed.touches_review
        if changed.units or changed.touches_reviewers or review:
            facts = reload_units(workbook, facts, sorted(changed.units), with_review=review)
    return renewed_view(before, facts, observations)


def _reload_year(workbook: Workbook, before: YearView) -> YearView:
    """All of it but the year before, which needs most of the time."""
    facts = load_facts(workbook, before.year.year)
    seal = load_seal_state(workbook, before.year.year)
    return view_year(before.plan, facts, load_observations(workbook), before.previous, seal=seal)
