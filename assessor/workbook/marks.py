"""What reviewers, the office and the unit itself give on an indicator: marks, awards, self-scores."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from decimal import Decimal

from assessor.domain.facts import Award, Mark
from assessor.domain.rules.rule import OfficeInput
from assessor.errors import InputError
from assessor.workbook.known import require_indicator, require_unit
from assessor.workbook.office_inputs import require_leaf
from assessor.workbook.rows import Row, among_units, put_row, remove_row
from assessor.workbook.values import (
    bounded_decimal_text,
    optional_decimal,
    optional_decimal_text,
    required_text,
)
from assessor.workbook.workbook import Edit, Reading


def save_mark(edit: Edit, year: int, unit: str, mark: Mark) -> None:
    """A reviewer's mark, in place of the one given before. Raises InputError where it is not within 0-100, the unit or
    indicator is unknown, the indicator is not judged by the panel, or the task does not fit (see ``Mark.task``)."""
    known = require_unit(edit, year, unit)
    leaf = require_leaf(edit, known, OfficeInput.MARKS, mark.indicator, mark.task)
    place = f"{leaf.place} {mark.reviewer}"
    value = bounded_decimal_text(mark.value, 0, 100, place)
    reviewer: Row = {
        "year": year,
        "panel": required_text(mark.panel, "评委所在的组", place),
        "name": required_text(mark.reviewer, "评委姓名", place),
    }
    leaf.check_mark(mark)
    row: Row = {
        "year": year,
        "unit": unit,
        "group_code": known.group,
        "indicator": mark.indicator,
        "task": mark.task or "",
        "panel": mark.panel,
        "reviewer": mark.reviewer,
        "value": value,
    }
    put_row(edit, "reviewer", reviewer)
    put_row(edit, "mark", row)
    key = _mark_key(year, unit, mark)
    if mark.fact.strip():
        put_row(edit, "mark_fact", {**key, "text": mark.fact.strip()})
    else:
        remove_row(edit, "mark_fact", key)


def remove_mark(edit: Edit, year: int, unit: str, mark: Mark) -> None:
    """Takes back a reviewer's mark, with the fact behind it; the value does not matter. The reviewer stays."""
    remove_row(edit, "mark", _mark_key(year, unit, mark))


def save_award(edit: Edit, year: int, unit: str, award: Award) -> None:
    """What the office gives, in place of what it gave before. The reason may follow later: what lacks one is shown as
    such. Raises InputError where points and level are both or neither given, the indicator's rule refuses them or takes
    no award, or the task does not fit (``Award.task``)."""
    known = require_unit(edit, year, unit)
    leaf = require_leaf(edit, known, OfficeInput.AWARD, award.indicator, award.task)
    place = leaf.place
    if (award.points is None) == (award.level is None):
        raise InputError("应给出分数或等级，且只给一种", place=place, remedy="请填写分数，或选择一个等级")
    if award.percentage is not None and award.level is None:
        raise InputError("给了百分比而没有等级", place=place, remedy="请先选择等级")
    row: Row = {
        "year": year,
        "unit": unit,
        "group_code": known.group,
        "indicator": award.indicator,
        "task": award.task or "",
        "reason": award.reason.strip(),
        "points": optional_decimal_text(award.points, place),
        "level": award.level,
        "percentage": optional_decimal_text(award.percentage, place),
    }
    leaf.check_award(award)
    put_row(edit, "award", row)


def remove_award(edit: Edit, year: int, unit: str, indicator: str, task: str | None = None) -> None:
    """Takes back what the office gave, with its reason; nothing happens where it gave nothing."""
    remove_row(edit, "award", {"year": year, "unit": unit, "indicator": indicator, "task": task or ""})


def save_self_score(edit: Edit, year: int, unit: str, indicator: str, points: Decimal) -> None:
    """自评分, in place of the one before. Raises InputError where it is outside 0 to the indicator's points."""
    known = require_unit(edit, year, unit)
    full = require_indicator(edit, known, indicator)
    place = known.place(indicator, "自评分")
    row: Row = {
        "year": year,
        "unit": unit,
        "group_code": known.group,
        "indicator": indicator,
        "points": bounded_decimal_text(points, 0, full, place),
    }
    put_row(edit, "self_score", row)


def remove_self_score(edit: Edit, year: int, unit: str, indicator: str) -> None:
    remove_row(edit, "self_score", {"year": year, "unit": unit, "indicator": indicator})


def load_marks(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, list[Mark]]:
    """Unit -> its marks, by indicator, task, panel and reviewer; of ``units``, None: of all."""
    marks: dict[str, list[Mark]] = {}
    where, chosen = among_units(units, "mark.unit")
    sql = (
        "SELECT mark.*, coalesce(mark_fact.text, '') AS fact, reviewer_unit.unit IS mark.unit AS is_recused FROM mark"
        " LEFT JOIN mark_fact USING (year, unit, indicator, task, panel, reviewer)"
        " LEFT JOIN reviewer_unit USING (year, panel, reviewer)"
        f" WHERE mark.year = ?{where} ORDER BY mark.unit, indicator, task, panel, reviewer"
    )
    for row in source.rows(sql, (year, *chosen)):
        value, task = Decimal(row["value"]), row["task"] or None
        is_recused = bool(row["is_recused"])
        mark = Mark(row["indicator"], row["reviewer"], row["panel"], value, task, row["fact"], is_recused)
        marks.setdefault(row["unit"], []).append(mark)
    return marks


def load_awards(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, list[Award]]:
    """Unit -> its awards, by indicator and task; of ``units``, None: of all."""
    awards: dict[str, list[Award]] = {}
    where, chosen = among_units(units)
    sql = f"SELECT * FROM award WHERE year = ?{where} ORDER BY unit, indicator, task"
    for row in source.rows(sql, (year, *chosen)):
        awards.setdefault(row["unit"], []).append(_award(row))
    return awards


def load_self_scores(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, dict[str, Decimal]]:
    """Unit -> indicator -> points; of ``units``, None: of all."""
    scores: dict[str, dict[str, Decimal]] = {}
    where, chosen = among_units(units)
    sql = f"SELECT * FROM self_score WHERE year = ?{where} ORDER BY unit, indicator"
    for row in source.rows(sql, (year, *chosen)):
        scores.setdefault(row["unit"], {})[row["indicator"]] = Decimal(row["points"])
    return scores


def _mark_key(year: int, unit: str, mark: Mark) -> Row:
    return {
        "year": year,
        "unit": unit,
        "indicator": mark.indicator,
        "task": mark.task or "",
        "panel": mark.panel,
        "reviewer": mark.reviewer,
    }


def _award(row: sqlite3.Row) -> Award:
    return Award(
        indicator=row["indicator"],
        reason=row["reason"],
        points=optional_decimal(row["points"]),
        level=row["level"],
        percentage=optional_decimal(row["percentage"]),
        task=row["task"] or None,
    )
