"""What reviewers, the office and the unit itself give on an indicator: marks, awards, self-scores."""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal

from assessor.domain.facts import Award, Mark
from assessor.domain.rules.rule import LeafFacts
from assessor.errors import InputError
from assessor.workbook.known import KnownUnit, require_indicator, require_unit
from assessor.workbook.rows import Row, put_row
from assessor.workbook.schemes import parse_rule
from assessor.workbook.values import (
    bounded_decimal_text,
    optional_decimal,
    optional_decimal_text,
    required_text,
)
from assessor.workbook.workbook import Edit, Reading


def save_mark(edit: Edit, year: int, unit: str, mark: Mark) -> None:
    """A reviewer's mark, in place of the one given before. Raises InputError where it is not within 0-100, or the unit
    or indicator is unknown."""
    known = require_unit(edit, year, unit)
    require_indicator(edit, known, mark.indicator)
    place = known.place(mark.indicator, mark.reviewer)
    value = bounded_decimal_text(mark.value, 0, 100, place)
    reviewer: Row = {
        "year": year,
        "panel": required_text(mark.panel, "评委所在的组", place),
        "name": required_text(mark.reviewer, "评委姓名", place),
    }
    put_row(edit, "reviewer", reviewer)
    key: Row = {"year": year, "unit": unit, "group_code": known.group, "indicator": mark.indicator}
    put_row(edit, "mark", {**key, "panel": mark.panel, "reviewer": mark.reviewer, "value": value})


def save_award(edit: Edit, year: int, unit: str, award: Award) -> None:
    """What the office gives, in place of what it gave before. Raises InputError where points and level are both or
    neither given, or the indicator's rule refuses them or takes no award."""
    known = require_unit(edit, year, unit)
    points = require_indicator(edit, known, award.indicator)
    place = known.place(award.indicator)
    if (award.points is None) == (award.level is None):
        raise InputError("应给出分数或等级，且只给一种", place=place, remedy="请填写分数，或选择一个等级")
    if award.percentage is not None and award.level is None:
        raise InputError("给了百分比而没有等级", place=place, remedy="请先选择等级")
    row: Row = {
        "year": year,
        "unit": unit,
        "group_code": known.group,
        "indicator": award.indicator,
        "reason": required_text(award.reason, "评分理由", place),
        "points": optional_decimal_text(award.points, place),
        "level": award.level,
        "percentage": optional_decimal_text(award.percentage, place),
    }
    _require_taken(edit, known, award, points)
    put_row(edit, "award", row)


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


def load_marks(source: Reading, year: int) -> dict[str, list[Mark]]:
    """Unit -> its marks, by indicator, panel and reviewer."""
    marks: dict[str, list[Mark]] = {}
    for row in source.rows("SELECT * FROM mark WHERE year = ? ORDER BY unit, indicator, panel, reviewer", (year,)):
        mark = Mark(row["indicator"], row["reviewer"], row["panel"], Decimal(row["value"]))
        marks.setdefault(row["unit"], []).append(mark)
    return marks


def load_awards(source: Reading, year: int) -> dict[str, dict[str, Award]]:
    """Unit -> indicator -> award."""
    awards: dict[str, dict[str, Award]] = {}
    for row in source.rows("SELECT * FROM award WHERE year = ? ORDER BY unit, indicator", (year,)):
        awards.setdefault(row["unit"], {})[row["indicator"]] = _award(row)
    return awards


def load_self_scores(source: Reading, year: int) -> dict[str, dict[str, Decimal]]:
    """Unit -> indicator -> points."""
    scores: dict[str, dict[str, Decimal]] = {}
    for row in source.rows("SELECT * FROM self_score WHERE year = ? ORDER BY unit, indicator", (year,)):
        scores.setdefault(row["unit"], {})[row["indicator"]] = Decimal(row["points"])
    return scores


def _require_taken(edit: Edit, unit: KnownUnit, award: Award, points: Decimal) -> None:
    """The indicator's own rule says whether it takes this award: no rule kind is named here."""
    row = edit.rows(
        "SELECT rule, decimals, deadline FROM indicator JOIN scheme USING (year, group_code) JOIN year USING (year)"
        " WHERE year = ? AND group_code = ? AND indicator.code = ?",
        (unit.year, unit.group, award.indicator),
    )[0]
    place = unit.place(award.indicator)
    rule = parse_rule(row["rule"], place)

    def outcome(given: Award | None) -> object:
        facts = LeafFacts(
            indicator=place,
            points=points,
            decimals=row["decimals"],
            collection_closed=False,
            deadline=date.fromisoformat(row["deadline"]),
            award=given,
        )
        return rule.evaluate(facts)

    if outcome(award) == outcome(None):
        raise InputError(
            f"这个指标按“{rule.label}”评分，不由考核办直接给分", place=place, remedy="请改录它需要的填报、评议或事项"
        )


def _award(row: sqlite3.Row) -> Award:
    return Award(
        indicator=row["indicator"],
        reason=row["reason"],
        points=optional_decimal(row["points"]),
        level=row["level"],
        percentage=optional_decimal(row["percentage"]),
    )
