"""Appeals and objections (申诉、公示异议) of a year, and the decisions on them; a changed score is an adjustment."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from assessor.domain.appeal import Appeal, AppealKind, AppealState
from assessor.domain.facts import Adjustment
from assessor.errors import InputError
from assessor.workbook.events import remove_adjustment, save_adjustment
from assessor.workbook.known import next_number, require_indicator, require_unit
from assessor.workbook.rows import Row, put_row, remove_row
from assessor.workbook.values import date_text, optional_date, required_text
from assessor.workbook.workbook import Edit, Reading

_UNDECIDED = "请先撤回处理意见"


@dataclass(frozen=True)
class Ruling:
    """What is decided on an appeal."""

    state: AppealState
    """UPHELD or REJECTED."""
    decision: str
    decided_by: str
    decided_on: date
    adjustment: Adjustment | None = None
    """Of an upheld appeal on an indicator: its new score."""


def save_appeal(edit: Edit, year: int, appeal: Appeal) -> None:
    """Adds an appeal that is open, or gives the open one of that key other words. Raises InputError where the unit or
    indicator is unknown, something is not filled in, or it has been decided."""
    known = require_unit(edit, year, appeal.unit)
    place = known.place(appeal.kind.label, appeal.key)
    if appeal.indicator is not None:
        require_indicator(edit, known, appeal.indicator)
    present = edit.rows("SELECT state FROM appeal WHERE year = ? AND key = ?", (year, appeal.key))
    if present and present[0]["state"] != AppealState.OPEN.value:
        raise InputError(f"{appeal.kind.label} {appeal.key} 已经处理", place=place, remedy=_UNDECIDED)
    row: Row = {
        "year": year,
        "key": required_text(appeal.key, "编号", place),
        "unit": appeal.unit,
        "group_code": known.group,
        "indicator": appeal.indicator,
        "kind": appeal.kind.value,
        "filed_on": appeal.filed_on.isoformat(),
        "filed_by": required_text(appeal.filed_by, "提出人", place),
        "claim": required_text(appeal.claim, "申诉内容", place),
        "state": AppealState.OPEN.value,
        "decision": "",
        "decided_by": "",
        "decided_on": None,
        "adjustment": None,
    }
    put_row(edit, "appeal", row)


def next_appeal_key(source: Reading, year: int) -> str:
    """For a new appeal: S1, S2, past every number that the year has."""
    return f"S{next_number(source, 'appeal', year, 'S')}"


def decide_appeal(edit: Edit, year: int, key: str, ruling: Ruling) -> None:
    """Decides an open appeal, and adjusts the score where the ruling says so. Raises InputError where there is no such
    appeal or it has been decided, and as ``save_adjustment``."""
    appeal = _require(edit, year, key)
    known = require_unit(edit, year, appeal.unit)
    place = known.place(appeal.kind.label, key)
    if not appeal.is_open:
        raise InputError(f"{appeal.kind.label} {key} 已经处理", place=place, remedy=_UNDECIDED)
    if ruling.state is AppealState.OPEN:
        raise ValueError("a ruling upholds or rejects")
    made = ruling.adjustment
    if made is not None:
        if ruling.state is not AppealState.UPHELD or made.indicator != appeal.indicator:
            raise ValueError(f"{made.key} is not what appeal {key} asks for")
        save_adjustment(edit, year, appeal.unit, made)
    changes: Row = {
        "state": ruling.state.value,
        "decision": required_text(ruling.decision, "处理意见", place),
        "decided_by": required_text(ruling.decided_by, "决定人", place),
        "decided_on": date_text(ruling.decided_on),
        "adjustment": made.key if made else None,
    }
    put_row(edit, "appeal", {**_stored(edit, year, key), **changes})


def reopen_appeal(edit: Edit, year: int, key: str) -> None:
    """Takes the decision back, and the adjustment that came of it; nothing happens where it is open."""
    appeal = _require(edit, year, key)
    undecided: Row = {"state": "open", "decision": "", "decided_by": "", "decided_on": None, "adjustment": None}
    put_row(edit, "appeal", {**_stored(edit, year, key), **undecided})
    if appeal.adjustment is not None:
        remove_adjustment(edit, year, appeal.adjustment)


def remove_appeal(edit: Edit, year: int, key: str) -> None:
    """Raises InputError where there is none, or it has been decided."""
    appeal = _require(edit, year, key)
    if not appeal.is_open:
        what = f"{appeal.kind.label} {key} 已经处理，不能删除"
        raise InputError(what, place=f"{year} 年度", remedy=_UNDECIDED)
    remove_row(edit, "appeal", {"year": year, "key": key})


def load_appeals(source: Reading, year: int) -> tuple[Appeal, ...]:
    """By the day they were filed, then key."""
    rows = source.rows("SELECT * FROM appeal WHERE year = ? ORDER BY filed_on, key", (year,))
    return tuple(map(_appeal, rows))


def _require(source: Reading, year: int, key: str) -> Appeal:
    return _appeal(_row(source, year, key))


def _stored(source: Reading, year: int, key: str) -> Row:
    return dict(_row(source, year, key))


def _row(source: Reading, year: int, key: str) -> sqlite3.Row:
    rows = source.rows("SELECT * FROM appeal WHERE year = ? AND key = ?", (year, key))
    if not rows:
        remedy = "请刷新后再试：它可能已被删除或撤销"
        raise InputError(f"没有编号为“{key}”的申诉或异议", place=f"{year} 年度", remedy=remedy)
    return rows[0]


def _appeal(row: sqlite3.Row) -> Appeal:
    return Appeal(
        key=row["key"],
        unit=row["unit"],
        kind=AppealKind(row["kind"]),
        filed_on=date.fromisoformat(row["filed_on"]),
        filed_by=row["filed_by"],
        claim=row["claim"],
        indicator=row["indicator"],
        state=AppealState(row["state"]),
        decision=row["decision"],
        decided_by=row["decided_by"],
        decided_on=optional_date(row["decided_on"]),
        adjustment=row["adjustment"],
    )
