"""The office's decisions on a unit: events (加分, 扣分, 一票否决), adjustments, not applicable, exempt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessor.domain.fact_check import refuse_task_of
from assessor.domain.facts import Adjustment, AdjustmentKind, Event, EventKind
from assessor.domain.rules.rule import OfficeInput
from assessor.errors import InputError
from assessor.workbook.known import KnownUnit, listed, next_number, require_indicator, require_unit
from assessor.workbook.office_inputs import require_leaf
from assessor.workbook.rows import Row, among_units, put_row, remove_row
from assessor.workbook.values import bounded_decimal_text, decimal_text, required_text
from assessor.workbook.workbook import Edit, Reading


def save_event(edit: Edit, year: int, unit: str, event: Event) -> None:
    """Adds an event. Raises InputError where its key is taken in the year, its code is none of the unit's scheme, its
    points are below 0, a count is below 1, an occurrence's indicator counts none, or the task does not fit (see
    ``Event.task``)."""
    known = require_unit(edit, year, unit)
    place = _place(known, event)
    required_text(event.key, "事项编号", place)
    _refuse_taken(edit, "event", year, event.key, place)
    put_row(edit, "event", _event_row(edit, known, event))


def update_event(edit: Edit, year: int, unit: str, event: Event) -> None:
    """Gives the event of that key other values, or another unit. Raises InputError as ``save_event``, and where the
    year has no such event, or evidence hangs on it that belongs to the unit it is taken from."""
    known = require_unit(edit, year, unit)
    before = _require_event(edit, year, event.key)
    if before != unit:
        _refuse_evidence(edit, year, event.key, "不能改到别的单位")
    put_row(edit, "event", _event_row(edit, known, event))


def update_events(edit: Edit, year: int, events: Iterable[tuple[str, Event]]) -> None:
    """Units with their events; as ``update_event``."""
    for unit, event in events:
        update_event(edit, year, unit, event)


def remove_events(edit: Edit, year: int, keys: Iterable[str]) -> None:
    """All of them, or none; as ``remove_event``."""
    for key in keys:
        remove_event(edit, year, key)


def remove_event(edit: Edit, year: int, key: str) -> None:
    """Raises InputError where the year has no such event, or evidence hangs on it."""
    _require_event(edit, year, key)
    _refuse_evidence(edit, year, key, "不能删除")
    remove_row(edit, "event", {"year": year, "key": key})


def add_events(edit: Edit, year: int, units: Sequence[str], event: Event) -> tuple[str, ...]:
    """The same event for each of ``units``, under keys of their own, which are answered; ``event.key`` does not matter.
    Raises InputError as ``save_event``."""
    keys = []
    for unit in units:
        keys.append(next_event_key(edit, year))
        save_event(edit, year, unit, replace(event, key=keys[-1]))
    return tuple(keys)


def next_event_key(source: Reading, year: int) -> str:
    """For a new event: 001, 002, past every number that the year has."""
    keys = (row["key"] for row in source.rows("SELECT key FROM event WHERE year = ?", (year,)))
    numbers = [int(key) for key in keys if key.isascii() and key.isdigit()]
    return f"{max(numbers, default=0) + 1:03d}"


def _place(unit: KnownUnit, event: Event) -> str:
    return unit.place(f"{event.kind.label} {event.key}")


def _event_row(edit: Edit, known: KnownUnit, event: Event) -> Row:
    place = _place(known, event)
    _require_code(edit, known, event, place)
    points = decimal_text(event.points, place)
    if event.points < 0 or event.shared_by < 1 or event.occurrences < 1:
        raise InputError("分值应为 0 或正数，单位数和次数应至少为 1", place=place, remedy="请检查分值、单位数和次数")
    return {
        "year": known.year,
        "key": event.key,
        "unit": known.code,
        "group_code": known.group,
        "kind": event.kind.value,
        "code": event.code,
        "happened_on": event.happened_on.isoformat(),
        "matter": event.matter,
        "reason": required_text(event.reason, "事由", place),
        "points": points,
        "shared_by": event.shared_by,
        "occurrences": event.occurrences,
        "evidence": event.evidence,
        "task": event.task,
    }


def save_adjustment(edit: Edit, year: int, unit: str, adjustment: Adjustment) -> None:
    """Adds an adjustment. Raises InputError where its key is taken in the year, or the new score is outside 0 to the
    indicator's points."""
    known = require_unit(edit, year, unit)
    points = require_indicator(edit, known, adjustment.indicator)
    place = known.place(adjustment.indicator, f"{adjustment.kind.label} {adjustment.key}")
    required_text(adjustment.key, "调整编号", place)
    _refuse_taken(edit, "adjustment", year, adjustment.key, place)
    row: Row = {
        "year": year,
        "key": adjustment.key,
        "unit": unit,
        "group_code": known.group,
        "indicator": adjustment.indicator,
        "kind": adjustment.kind.value,
        "old_score": decimal_text(adjustment.old, place),
        "new_score": bounded_decimal_text(adjustment.new, 0, points, place),
        "reason": required_text(adjustment.reason, "调整理由", place),
        "decided_by": required_text(adjustment.decided_by, "决定人", place),
        "decided_on": adjustment.decided_on.isoformat(),
    }
    put_row(edit, "adjustment", row)


def remove_adjustment(edit: Edit, year: int, key: str) -> None:
    """Takes an adjustment back: the computed score, or the adjustment before it, holds again. Raises InputError where
    there is none, or an appeal was decided by it."""
    place = f"{year} 年度 复核调整 {key}"
    if not edit.rows("SELECT 1 FROM adjustment WHERE year = ? AND key = ?", (year, key)):
        raise InputError(f"没有编号为“{key}”的复核调整", place=place, remedy="请刷新后再试：它可能已被撤销")
    if edit.rows("SELECT 1 FROM appeal WHERE year = ? AND adjustment = ?", (year, key)):
        raise InputError("这项调整是采纳申诉或异议的结果", place=place, remedy="请在“申诉和异议”中撤回处理意见")
    remove_row(edit, "adjustment", {"year": year, "key": key})


def next_adjustment_key(source: Reading, year: int) -> str:
    """For a new adjustment: F1, F2, past every number that the year has."""
    return f"F{next_number(source, 'adjustment', year, 'F')}"


def save_not_applicable(edit: Edit, year: int, unit: str, indicator: str, reason: str) -> None:
    """The office's word that an indicator does not apply (不涉及), with its reason; an empty reason takes it back."""
    known = require_unit(edit, year, unit)
    require_indicator(edit, known, indicator)
    key: Row = {"year": year, "unit": unit, "indicator": indicator}
    if reason.strip():
        put_row(edit, "not_applicable", {**key, "group_code": known.group, "reason": reason})
    else:
        remove_row(edit, "not_applicable", key)


def save_exemption(edit: Edit, year: int, unit: str, reason: str) -> None:
    """The unit is not assessed this year (不参评), with the reason; an empty reason takes it back."""
    require_unit(edit, year, unit)
    key: Row = {"year": year, "unit": unit}
    if reason.strip():
        put_row(edit, "exemption", {**key, "reason": reason})
    else:
        remove_row(edit, "exemption", key)


def load_events(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, list[Event]]:
    """Unit -> its events, by key; of ``units``, None: of all."""
    events: dict[str, list[Event]] = {}
    where, chosen = among_units(units)
    for row in source.rows(f"SELECT * FROM event WHERE year = ?{where} ORDER BY key", (year, *chosen)):
        events.setdefault(row["unit"], []).append(_event(row))
    return events


def load_adjustments(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, list[Adjustment]]:
    """Unit -> its adjustments, by key; of ``units``, None: of all."""
    adjustments: dict[str, list[Adjustment]] = {}
    where, chosen = among_units(units)
    for row in source.rows(f"SELECT * FROM adjustment WHERE year = ?{where} ORDER BY key", (year, *chosen)):
        adjustments.setdefault(row["unit"], []).append(_adjustment(row))
    return adjustments


def load_not_applicable(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, dict[str, str]]:
    """Unit -> indicator -> reason; of ``units``, None: of all."""
    reasons: dict[str, dict[str, str]] = {}
    where, chosen = among_units(units)
    sql = f"SELECT * FROM not_applicable WHERE year = ?{where} ORDER BY unit, indicator"
    for row in source.rows(sql, (year, *chosen)):
        reasons.setdefault(row["unit"], {})[row["indicator"]] = row["reason"]
    return reasons


def load_exemptions(source: Reading, year: int, units: Sequence[str] | None = None) -> dict[str, str]:
    """Unit -> reason; of ``units``, None: of all."""
    where, chosen = among_units(units)
    rows = source.rows(f"SELECT unit, reason FROM exemption WHERE year = ?{where} ORDER BY unit", (year, *chosen))
    return {row["unit"]: row["reason"] for row in rows}


def _refuse_taken(edit: Edit, table: str, year: int, key: str, place: str) -> None:
    if edit.rows(f"SELECT 1 FROM {table} WHERE year = ? AND key = ?", (year, key)):
        raise InputError(f"编号“{key}”在 {year} 年度已经用过", place=place, remedy="请换一个编号，以免重复计分")


def _require_event(edit: Edit, year: int, key: str) -> str:
    """The unit that the event is of."""
    rows = edit.rows("SELECT unit FROM event WHERE year = ? AND key = ?", (year, key))
    if not rows:
        remedy = "请刷新后再试：它可能已被别人删除或撤销"
        raise InputError(f"没有编号为“{key}”的事项", place=f"{year} 年度", remedy=remedy)
    return str(rows[0]["unit"])


def _refuse_evidence(edit: Edit, year: int, key: str, what: str) -> None:
    rows = edit.rows("SELECT title FROM evidence WHERE year = ? AND event = ? ORDER BY position", (year, key))
    if rows:
        titles = "、".join(f"“{row['title']}”" for row in rows)
        raise InputError(
            f"编号为“{key}”的事项有 {len(rows)} 件佐证材料，{what}",
            place=f"{year} 年度 {titles}",
            remedy="请先在“佐证”页删去这些材料，或把它们改属别处",
        )


def _require_code(edit: Edit, unit: KnownUnit, event: Event, place: str) -> None:
    if event.kind is EventKind.OCCURRENCE:
        require_leaf(edit, unit, OfficeInput.OCCURRENCES, event.code, event.task)
        return
    if event.task is not None:
        refuse_task_of(event.kind, place)
    if event.kind is EventKind.VETO:
        sql, parameters = "SELECT code FROM veto_kind WHERE year = ? AND group_code = ?", (unit.year, unit.group)
        rows = edit.rows(f"{sql} ORDER BY position", parameters)
    else:
        sql = "SELECT code FROM entry_kind WHERE year = ? AND group_code = ? AND kind = ? ORDER BY position"
        rows = edit.rows(sql, (unit.year, unit.group, event.kind.value))
    codes = [row["code"] for row in rows]
    if event.code not in codes:
        what = f"细则中没有代码为“{event.code}”的{event.kind.label}事项"
        raise InputError(what, place=place, remedy=f"本组细则中可用的代码有：{listed(codes)}")


def _event(row: sqlite3.Row) -> Event:
    return Event(
        key=row["key"],
        kind=EventKind(row["kind"]),
        code=row["code"],
        happened_on=date.fromisoformat(row["happened_on"]),
        matter=row["matter"],
        reason=row["reason"],
        points=Decimal(row["points"]),
        shared_by=row["shared_by"],
        occurrences=row["occurrences"],
        evidence=row["evidence"],
        task=row["task"],
    )


def _adjustment(row: sqlite3.Row) -> Adjustment:
    return Adjustment(
        key=row["key"],
        indicator=row["indicator"],
        kind=AdjustmentKind(row["kind"]),
        old=Decimal(row["old_score"]),
        new=Decimal(row["new_score"]),
        reason=row["reason"],
        decided_by=row["decided_by"],
        decided_on=date.fromisoformat(row["decided_on"]),
    )
