"""A workbook from a plan: years, assignments and schemes, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assessor.domain.plan import Plan
from assessor.domain.scheme import Scheme
from assessor.domain.year import Stage, Year
from assessor.errors import SchemeError
from assessor.workbook.assignments import assign_from_plan
from assessor.workbook.history import EditKind
from assessor.workbook.placing import new_file
from assessor.workbook.plans import save_plan
from assessor.workbook.schemes import save_scheme
from assessor.workbook.settings import Settings, save_settings
from assessor.workbook.workbook import OPERATOR, Clock, Edit, Workbook, local_now
from assessor.workbook.years import add_year

_DEADLINE = (12, 15)
"""Month and day by which forms are due, until the office sets another."""


def create_from_plan(
    path: Path,
    plan: Plan,
    schemes: Sequence[Scheme],
    *,
    years: Sequence[int],
    sample: bool = False,
    clock: Clock = local_now,
    operator: str = OPERATOR,
) -> Workbook:
    """Makes the file and opens it. Raises WorkbookError where it exists or cannot be written, and what
    ``add_year_from_plan`` raises; then no file is left."""
    with (
        new_file(path) as temporary,
        Workbook.create(temporary, clock=clock, operator=operator) as workbook,
        workbook.edit("新建工作簿", EditKind.START) as edit,
    ):
        save_settings(edit, Settings(plan.title, sample))
        save_plan(edit, plan)
        for year in years:
            add_year_from_plan(edit, plan, schemes, calendar_year(year, is_sample=sample))
    return Workbook.open(path, clock=clock, operator=operator)


def calendar_year(year: int, *, is_sample: bool = False) -> Year:
    """The header of a year that nothing is known of yet."""
    return Year(
        year=year,
        starts=date(year, 1, 1),
        ends=date(year, 12, 31),
        deadline=date(year, *_DEADLINE),
        stage=Stage.ASSIGN,
        is_sample=is_sample,
    )


def add_year_from_plan(edit: Edit, plan: Plan, schemes: Sequence[Scheme], header: Year) -> None:
    """Adds a year with the plan's assignments and a scheme for every group of the plan.

    Raises WorkbookError where the year exists, InputError where its dates are out of order, SchemeError where a group
    has no scheme, or more than one.
    """
    year = header.year
    add_year(edit, header)
    assign_from_plan(edit, plan, year)
    for group in plan.groups:
        mine = [scheme for scheme in schemes if scheme.group == group.code]
        if len(mine) != 1:
            what = f"“{group.title}”有 {len(mine)} 个考核细则" if mine else f"“{group.title}”没有考核细则"
            remedy = f"请为组别 {group.code} 提供一个考核细则"
            raise SchemeError(what, place=f"{year} 年度", remedy=remedy)
        save_scheme(edit, year, mine[0])
