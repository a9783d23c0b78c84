"""Reviews a year of the sample as an office does, step by step: ticks, second scores, appeals, decisions, notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from assessor.domain.appeal import Appeal, AppealState
from assessor.domain.facts import Adjustment, AdjustmentKind
from assessor.domain.note import Note
from assessor.domain.results import LeafResult
from assessor.domain.review import ReviewCheck, SecondScore
from assessor.domain.review_list import review_items
from assessor.workbook.appeals import Ruling, decide_appeal, save_appeal
from assessor.workbook.events import next_adjustment_key
from assessor.workbook.notes import add_note
from assessor.workbook.publicity import save_publicity
from assessor.workbook.review_checks import save_checks
from assessor.workbook.second_scores import save_second_score
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from sample_db.happenings import DECIDED_BY
from sample_db.reviewing import (
    APPEALS,
    CHECKED_ON,
    LOOKED_AT,
    NOTES,
    PUBLICITY,
    SECOND_SCORER,
    SECOND_SCORES,
    Filed,
)


def review(workbook: Workbook, set_clock: Callable[[date], None], year: int) -> None:
    """``set_clock`` takes the day of the next edits, which never goes back."""
    _write_notes(workbook, year)
    if year not in PUBLICITY:
        return
    with workbook.edit(f"登记 {year} 年度复评") as edit:
        for unit, indicator, change in SECOND_SCORES[year]:
            leaf = _leaf(workbook, year, unit, indicator)
            points = max(Decimal(0), min((leaf.score or Decimal(0)) + change, leaf.indicator.points))
            save_second_score(edit, year, SecondScore(unit, indicator, points, SECOND_SCORER))
    _tick(workbook, year)
    with workbook.edit(f"设定 {year} 年度公示期") as edit:
        save_publicity(edit, year, PUBLICITY[year])
    filed = [(f"{year}-S{number}", item) for number, item in enumerate(APPEALS.get(year, ()), start=1)]
    for key, item in filed:
        set_clock(item.filed_on)
        with workbook.edit(f"登记{item.kind.label} {key}") as edit:
            appeal = Appeal(key, item.unit, item.kind, item.filed_on, item.filed_by, item.claim, item.indicator)
            save_appeal(edit, year, appeal)
    for key, item in filed:
        set_clock(item.decided_on)
        _decide(workbook, year, key, item)


def _decide(workbook: Workbook, year: int, key: str, item: Filed) -> None:
    with workbook.edit(f"处理{item.kind.label} {key}") as edit:
        made = None
        if item.change is not None and item.indicator is not None:
            leaf = _leaf(workbook, year, item.unit, item.indicator)
            old = leaf.score or Decimal(0)
            made = Adjustment(
                key=f"{year}-{next_adjustment_key(edit, year)}",
                indicator=item.indicator,
                kind=AdjustmentKind.APPEAL,
                old=old,
                new=min(old + item.change, leaf.indicator.points),
                reason=item.decision,
                decided_by=DECIDED_BY,
                decided_on=item.decided_on,
            )
        state = AppealState.REJECTED if item.change is None else AppealState.UPHELD
        decide_appeal(edit, year, key, Ruling(state, item.decision, DECIDED_BY, item.decided_on, made))


def _tick(workbook: Workbook, year: int) -> None:
    notes = LOOKED_AT.get(year, {})
    items = [item for item in review_items(load_view(workbook, year)) if item.topic.value in notes]
    with workbook.edit(f"核对 {len(items)} 项") as edit:
        checks = [
            ReviewCheck(
                item.unit.unit.code,
                item.topic.value,
                item.subject,
                notes[item.topic.value],
                DECIDED_BY,
                CHECKED_ON[year],
            )
            for item in items
        ]
        save_checks(edit, year, checks)


def _write_notes(workbook: Workbook, year: int) -> None:
    with workbook.edit(f"记录 {year} 年度备注") as edit:
        for unit, indicator, text in NOTES.get(year, ()):
            add_note(edit, year, Note(unit, 0, text, edit.at.date(), edit.operator, indicator))


def _leaf(workbook: Workbook, year: int, unit: str, indicator: str) -> LeafResult:
    _group, result = load_view(workbook, year).assessed_unit(unit)
    return next(leaf for leaf in result.leaves if leaf.indicator.code == indicator)
