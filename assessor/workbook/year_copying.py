"""A year copied from one before: what comes along, and what begins anew.

Plan and units belong to the workbook, not to a year. Of a year come along: schemes, assignments with roles, weights,
targets, measures and deadlines, what the year asks of tasks, and its settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessor.domain.lineage import plan_in_year
from assessor.domain.unit import Unit
from assessor.domain.year import Stage, Year
from assessor.domain.year_copy import YearCopy, copy_assignments
from assessor.errors import InputError
from assessor.workbook.assignments import load_assignments, save_assignments
from assessor.workbook.plans import load_plan
from assessor.workbook.requirements import load_requirements, save_requirement
from assessor.workbook.rows import Row, put_rows
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.workbook import Edit, Reading
from assessor.workbook.years import add_year, load_year

_LEFT_BEHIND = {
    "填报表": "SELECT count(DISTINCT unit || ' ' || form) FROM submission WHERE year = ?",
    "评委": "SELECT count(*) FROM reviewer WHERE year = ?",
    "评委评分": "SELECT count(*) FROM mark WHERE year = ?",
    "考核办评分": "SELECT count(*) FROM award WHERE year = ?",
    "自评分": "SELECT count(*) FROM self_score WHERE year = ?",
    "加减分事项": "SELECT count(*) FROM event WHERE year = ?",
    "复核调整": "SELECT count(*) FROM adjustment WHERE year = ?",
    "申诉和异议": "SELECT count(*) FROM appeal WHERE year = ?",
    "佐证材料": "SELECT count(*) FROM evidence WHERE year = ?",
    "不涉及的指标": "SELECT count(*) FROM not_applicable WHERE year = ?",
    "不参评": "SELECT count(*) FROM exemption WHERE year = ?",
    "监测值": "SELECT count(*) FROM observation WHERE year = ?",
}
"""What a year has that the next begins without."""

_SCHEME_TITLES = (
    "SELECT scheme.title FROM scheme JOIN unit_group ON unit_group.code = scheme.group_code"
    " WHERE year = ? ORDER BY unit_group.position"
)


@dataclass(frozen=True)
class CopyPreview:
    """What copying ``source`` would make, before it is made."""

    source: Year
    copy: YearCopy
    schemes: tuple[str, ...]
    """Titles."""
    requirements: int
    units: int
    """Units that have assignments in the new year."""
    left_behind: tuple[tuple[str, int], ...]
    """What is not copied, by its title, and how much there is of it."""
    names: Mapping[str, Unit]
    """Units by code, to name who hands over to whom."""


def preview_copy(source: Reading, year: int, to: int) -> CopyPreview:
    """Raises WorkbookError where ``year`` or the plan is missing, InputError where ``to`` does not come after it."""
    with source.snapshot():
        copy = _copy(source, year, to)
        schemes = source.rows(_SCHEME_TITLES, (year,))
        counts = [(title, int(source.rows(sql, (year,))[0][0])) for title, sql in _LEFT_BEHIND.items()]
        return CopyPreview(
            source=load_year(source, year),
            copy=copy,
            schemes=tuple(row["title"] for row in schemes),
            requirements=len(load_requirements(source, year)),
            units=len({item.unit for item in copy.assignments}),
            left_behind=(*((title, count) for title, count in counts if count), *_ruled_out(copy)),
            names=plan_in_year(load_plan(source), to).unit_by_code,
        )


def copy_year(edit: Edit, year: int, header: Year) -> YearCopy:
    """Adds ``header``'s year as a copy of ``year``; it begins at its first stage, whatever ``header`` says.

    Raises WorkbookError where ``year`` or the plan is missing or the new year exists, InputError where the dates are
    out of order or the new year does not come after ``year``.
    """
    copy = _copy(edit, year, header.year)
    to = header.year
    add_year(edit, Year(to, header.starts, header.ends, header.deadline, Stage.ASSIGN, is_sample=header.is_sample))
    for row in edit.rows("SELECT group_code FROM scheme WHERE year = ? ORDER BY group_code", (year,)):
        save_scheme(edit, to, load_scheme(edit, year, row["group_code"]))
    save_assignments(edit, to, copy.assignments)
    for task, text in load_requirements(edit, year).items():
        save_requirement(edit, to, task, text)
    preferences: list[Row] = [
        {"year": to, "key": row["key"], "value": row["value"]}
        for row in edit.rows("SELECT key, value FROM year_preference WHERE year = ? ORDER BY key", (year,))
    ]
    put_rows(edit, "year_preference", preferences)
    return copy


def copy_task(edit: Edit, year: int, task: str) -> int:
    """Brings a task's assignments along from the latest earlier year that has some: units that do not have it get it,
    those that have it get targets where none is set. Answers with how many were added or changed.

    Raises WorkbookError where a year or the plan is missing, InputError where no earlier year has the task.
    """
    rows = edit.rows("SELECT max(year) AS year FROM assignment WHERE year < ? AND task = ?", (year, task))
    source = rows[0]["year"]
    if source is None:
        place = f"{year} 年度 {task}"
        raise InputError("以前的年度没有下达过这项任务", place=place, remedy="请用“下达给单位…”选择承担的单位")
    own = {item.unit: item for item in load_assignments(edit, year) if item.task == task}
    changed = []
    for item in _copy(edit, source, year).assignments:
        mine = own.get(item.unit)
        if item.task != task or (mine is not None and (mine.target is not None or item.target is None)):
            continue
        changed.append(item if mine is None else replace(mine, target=item.target, measure=item.measure))
    save_assignments(edit, year, changed)
    return len(changed)


def _copy(source: Reading, year: int, to: int) -> YearCopy:
    header = load_year(source, year)
    if to <= year:
        raise InputError(f"不能把 {year} 年度复制到 {to} 年度", place=f"{to} 年度", remedy="请选择在它之后的年度")
    return copy_assignments(load_plan(source), header, load_assignments(source, year), to)


def _ruled_out(copy: YearCopy) -> tuple[tuple[str, int], ...]:
    return (("不涉及的任务", copy.ruled_out),) if copy.ruled_out else ()
