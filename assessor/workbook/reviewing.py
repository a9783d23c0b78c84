"""Where reviewers come from, and what each is to mark (``reviewer_unit``, ``reviewer_assignment``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assessor.domain.reviewing import Duty, ReviewerKey, Reviewing
from assessor.domain.rules.rule import OfficeInput, PanelRule
from assessor.errors import InputError
from assessor.workbook.known import KnownUnit, require_unit
from assessor.workbook.reviewers import require_reviewer
from assessor.workbook.rows import Row, put_row, remove_row, replace_rows
from assessor.workbook.schemes import load_indicator
from assessor.workbook.workbook import Edit, Reading


def save_reviewer_unit(edit: Edit, year: int, reviewer: ReviewerKey, unit: str | None) -> None:
    """The unit (code) that a reviewer comes from; None: from none. Raises InputError where the panel has no such
    reviewer, or there is no such unit in the year."""
    panel, name = reviewer
    require_reviewer(edit, year, panel, name)
    key: Row = {"year": year, "panel": panel, "reviewer": name}
    if unit is None:
        remove_row(edit, "reviewer_unit", key)
        return
    require_unit(edit, year, unit)
    put_row(edit, "reviewer_unit", {**key, "unit": unit})


def save_duties(edit: Edit, year: int, duties: Mapping[ReviewerKey, Sequence[Duty] | None]) -> None:
    """What each of the reviewers named is to mark from now on; None: everything of his panel.

    Raises InputError where one is to mark nothing, the panel has no such reviewer, a unit or indicator is unknown, or
    the panel does not mark the indicator.
    """
    units: dict[str, KnownUnit] = {}
    allowed: dict[tuple[str, str], frozenset[str]] = {}
    for (panel, name), wanted in duties.items():
        require_reviewer(edit, year, panel, name)
        if wanted is not None and not wanted:
            what, remedy = f"没有给评委“{name}”分配任何评分", "请至少勾选一项；不再评分的评委请删去"
            raise InputError(what, place=f"{year} 年度 评委分工", remedy=remedy)
        rows = [_duty_row(edit, year, (panel, name), duty, units, allowed) for duty in wanted or ()]
        scope: Row = {"year": year, "panel": panel, "reviewer": name}
        replace_rows(edit, [("reviewer_assignment", rows)], scope)


def load_reviewing(source: Reading, year: int) -> Reviewing:
    units = source.rows("SELECT * FROM reviewer_unit WHERE year = ? ORDER BY panel, reviewer", (year,))
    duties: dict[ReviewerKey, list[Duty]] = {}
    for row in source.rows(
        "SELECT * FROM reviewer_assignment WHERE year = ? ORDER BY panel, reviewer, unit, indicator", (year,)
    ):
        duties.setdefault((row["panel"], row["reviewer"]), []).append((row["unit"], row["indicator"]))
    return Reviewing(
        units={(row["panel"], row["reviewer"]): row["unit"] for row in units},
        duties={reviewer: tuple(mine) for reviewer, mine in duties.items()},
    )


def _duty_row(
    edit: Edit,
    year: int,
    reviewer: ReviewerKey,
    duty: Duty,
    units: dict[str, KnownUnit],
    allowed: dict[tuple[str, str], frozenset[str]],
) -> Row:
    """``units`` and ``allowed`` (group and indicator -> panels that mark) remember what was looked up."""
    code, indicator = duty
    panel, name = reviewer
    if code not in units:
        units[code] = require_unit(edit, year, code)
    unit = units[code]
    place = unit.place(indicator, name)
    if (unit.group, indicator) not in allowed:
        allowed[unit.group, indicator] = frozenset(_panels(edit, unit, indicator))
    if panel not in allowed[unit.group, indicator]:
        raise InputError("这个指标不由该评委组评分", place=place, remedy="请刷新后重新分工：细则可能已经改过")
    return {
        "year": year,
        "panel": panel,
        "reviewer": name,
        "unit": code,
        "group_code": unit.group,
        "indicator": indicator,
    }


def _panels(source: Reading, unit: KnownUnit, indicator: str) -> Iterable[str]:
    rule = load_indicator(source, unit, indicator).rule
    if OfficeInput.MARKS not in rule.office_inputs() or not isinstance(rule, PanelRule):
        return ()
    return (panel.code for panel in rule.panels if not panel.is_self)
