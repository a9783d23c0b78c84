"""Changing a year's scheme: every change is an ordinary edit; once scoring has begun it takes a reason, must leave the
scheme without faults, and makes a new version."""

from __future__ import annotations

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_check import check_scheme
from assessor.domain.scheme_edit import SchemeChange
from assessor.domain.scoring import score_group
from assessor.domain.year import Stage, Year
from assessor.errors import AssessorError, WorkbookError
from assessor.workbook.facts import load_facts
from assessor.workbook.scheme_use import facts_without_place
from assessor.workbook.scheme_versions import SchemeVersion, freeze_scheme
from assessor.workbook.schemes import load_scheme, save_scheme
from assessor.workbook.workbook import Edit
from assessor.workbook.years import load_year


def is_frozen(year: Year) -> bool:
    """Whether scoring has begun, so that a change of the scheme moves scores that are known."""
    return year.stage.position >= Stage.SCORE.position


def change_scheme(edit: Edit, year: int, group: str, change: SchemeChange) -> Scheme:
    """Applies ``change`` to the scheme as it is stored, before scoring begins; it may be left unsound.

    Raises WorkbookError where the year is frozen or what would go is in use, InputError and SchemeError where the year
    could not be scored any longer.
    """
    if is_frozen(load_year(edit, year)):
        remedy = "请用“修改细则…”，写明原因另存为新版"
        raise WorkbookError("评分已经开始，细则已固定", place=f"{year} 年度", remedy=remedy)
    before = load_scheme(edit, year, group)
    return _save(edit, year, before, change(before))


def revise_scheme(edit: Edit, year: int, scheme: Scheme, reason: str) -> SchemeVersion | None:
    """Puts ``scheme`` in the place of its group's frozen one, as the next version; None where nothing has changed.

    Raises SchemeError where the scheme has faults, InputError without a reason, and as ``change_scheme``.
    """
    for fault in check_scheme(scheme).faults:
        raise WorkbookError(f"改后的细则有错误：{fault.what}", place=f"《{scheme.title}》", remedy=fault.remedy)
    _save(edit, year, load_scheme(edit, year, scheme.group), scheme)
    return freeze_scheme(edit, year, scheme.group, reason)


def _save(edit: Edit, year: int, before: Scheme, after: Scheme) -> Scheme:
    used = facts_without_place(edit, year, before, after)
    if used:
        what = f"{'；'.join(used)}，不能删去或改代码"
        raise WorkbookError(what, place=f"{year} 年度", remedy="请先删去这些数据，或保留这些项目")
    save_scheme(edit, year, after)
    _require_scores(edit, year, after)
    return after


def _require_scores(edit: Edit, year: int, scheme: Scheme) -> None:
    """What was entered before must still be such as the scheme takes, or the year could not be opened any longer."""
    facts = load_facts(edit, year)
    for group in facts.groups:
        if group.group.code == scheme.group:
            try:
                score_group(group, facts.year, facts.task_titles)
            except AssessorError as problem:
                problem.what = f"改后不能计分：{problem.what}"
                raise
