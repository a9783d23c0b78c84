"""What was entered in a scoring table, written in one edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from assessor.domain.mark_entry import (
    AwardGiven,
    AwardTaken,
    Decision,
    MarkGiven,
    MarkTaken,
    Ruled,
    SelfScoreGiven,
)
from assessor.errors import InputError
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.events import save_not_applicable
from assessor.workbook.marks import (
    remove_award,
    remove_mark,
    remove_self_score,
    save_award,
    save_mark,
    save_self_score,
)
from assessor.workbook.workbook import Edit


def save_decisions(edit: Edit, year: int, decisions: Iterable[Decision]) -> None:
    """All of them, or none. Raises InputError as the functions that save each."""
    for decision in decisions:
        _save(edit, year, decision)


def _save(edit: Edit, year: int, decision: Decision) -> None:
    match decision:
        case MarkGiven(unit, mark):
            save_mark(edit, year, unit, mark)
        case MarkTaken(unit, mark):
            remove_mark(edit, year, unit, mark)
        case AwardGiven(unit, award):
            save_award(edit, year, unit, award)
        case AwardTaken(unit, indicator, task):
            remove_award(edit, year, unit, indicator, task)
        case SelfScoreGiven(unit, indicator, Decimal() as points):
            save_self_score(edit, year, unit, indicator, points)
        case SelfScoreGiven(unit, indicator):
            remove_self_score(edit, year, unit, indicator)
        case Ruled(unit, _, str() as task, reason):
            _rule_task(edit, year, unit, task, reason)
        case Ruled(unit, indicator, _, reason):
            save_not_applicable(edit, year, unit, indicator, reason)


def _rule_task(edit: Edit, year: int, unit: str, task: str, reason: str) -> None:
    """A task that does not apply to the unit leaves every indicator that is scored task by task."""
    assignment = next((item for item in load_assignments(edit, year, [unit]) if item.task == task), None)
    if assignment is None:
        raise InputError(f"任务 {task} 没有分解给该单位", place=f"{year} 年度", remedy="请刷新后再试")
    save_assignment(edit, year, replace(assignment, not_applicable=reason))
