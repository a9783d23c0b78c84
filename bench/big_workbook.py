"""Workbooks to measure with: the sample with a year of it open for marks, as it is and with ten times its units.

The same every time: copies of a unit hand in what it handed in, and are marked a little differently.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from assessor.domain.facts import UnitFacts
from assessor.domain.plan import Plan
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.assignments import save_assignment
from assessor.workbook.events import save_adjustment, save_event, save_exemption, save_not_applicable
from assessor.workbook.facts import load_facts
from assessor.workbook.marks import save_award, save_mark, save_self_score
from assessor.workbook.plans import load_plan, save_plan
from assessor.workbook.seal import unseal_year
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Edit, Workbook

YEAR = 2024
"""Every unit has handed in and is marked, so that a mark moves totals, ranks and grades."""


def measured_workbook(folder: Path, times: int = 1) -> Path:
    """A copy of the sample with ``YEAR`` unsealed and ``times`` its units in it."""
    path = Path(shutil.copy(SAMPLE_WORKBOOK, folder / f"{times}.assess"))
    with Workbook.open(path, clock=lambda: datetime(2025, 2, 1, 9, tzinfo=UTC), operator="测速") as workbook:
        unseal_year(workbook, YEAR, "测速")
        facts = load_facts(workbook, YEAR)
        units = [unit for group in facts.groups for unit in group.units]
        with workbook.edit("增加单位") as edit:
            if times > 1:
                save_plan(edit, _enlarged(load_plan(edit), [unit.unit.code for unit in units], times))
            for copy in range(1, times):
                for unit in units:
                    _save(edit, unit, copy)
    return path


def _enlarged(plan: Plan, codes: list[str], times: int) -> Plan:
    known = [plan.unit_by_code[code] for code in codes]
    copies = (
        replace(
            unit,
            code=_code(unit.code, copy),
            name=f"{unit.name}{copy}",
            short_name=f"{unit.short_name}{copy}",
            aliases=(),
            valid_from=YEAR,
            valid_to=None,
            successor=None,
        )
        for copy in range(1, times)
        for unit in known
    )
    return replace(plan, units=(*plan.units, *copies))


def _code(code: str, copy: int) -> str:
    return f"{code}{copy}"


def _save(edit: Edit, unit: UnitFacts, copy: int) -> None:
    code = _code(unit.unit.code, copy)
    for assignment in unit.assignments:
        save_assignment(edit, YEAR, replace(assignment, unit=code))
    for form in (*((unit.form,) if unit.form else ()), *unit.submissions.values()):
        save_submission(edit, YEAR, replace(form, unit=code, revision=1))
    for mark in unit.marks:
        save_mark(edit, YEAR, code, replace(mark, value=Decimal((int(mark.value) + 7 * copy) % 101)))
    for award in unit.awards:
        save_award(edit, YEAR, code, award)
    for indicator, points in unit.self_scores.items():
        save_self_score(edit, YEAR, code, indicator, points)
    for indicator, reason in unit.not_applicable.items():
        save_not_applicable(edit, YEAR, code, indicator, reason)
    for event in unit.events:
        save_event(edit, YEAR, code, replace(event, key=f"{event.key}-{copy}"))
    for adjustment in unit.adjustments:
        save_adjustment(edit, YEAR, code, replace(adjustment, key=f"{adjustment.key}-{copy}"))
    if unit.exempt:
        save_exemption(edit, YEAR, code, unit.exempt)
