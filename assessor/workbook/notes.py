"""Notes (备注) on units and their indicators. They stay free in a sealed year: nothing sealed depends on them."""

from __future__ import annotations

import sqlite3
from datetime import date

from assessor.domain.note import Note
from assessor.errors import InputError
from assessor.workbook.known import require_indicator, require_unit
from assessor.workbook.rows import Row, put_row, remove_row
from assessor.workbook.values import required_text
from assessor.workbook.workbook import Edit, Reading


def add_note(edit: Edit, year: int, note: Note) -> int:
    """Under a key of its own, which is answered; ``note.key`` does not matter. Raises InputError where the unit or
    indicator is unknown, or the text empty."""
    rows = edit.rows("SELECT coalesce(max(key), 0) + 1 AS key FROM note WHERE year = ? AND unit = ?", (year, note.unit))
    key = int(rows[0]["key"])
    _put(edit, year, note, key)
    return key


def update_note(edit: Edit, year: int, note: Note) -> None:
    """Raises InputError as ``add_note``, and where there is no such note."""
    rows = edit.rows("SELECT 1 FROM note WHERE year = ? AND unit = ? AND key = ?", (year, note.unit, note.key))
    if not rows:
        raise InputError("没有这条备注", place=f"{year} 年度", remedy="请刷新后再试：它可能已被删除或撤销")
    _put(edit, year, note, note.key)


def remove_note(edit: Edit, year: int, unit: str, key: int) -> None:
    """Nothing happens where there is none."""
    remove_row(edit, "note", {"year": year, "unit": unit, "key": key})


def load_notes(source: Reading, year: int, unit: str | None = None) -> tuple[Note, ...]:
    """Of a unit (None: of all), newest first."""
    where, chosen = (" AND unit = ?", (unit,)) if unit is not None else ("", ())
    sql = f"SELECT * FROM note WHERE year = ?{where} ORDER BY noted_on DESC, unit, key DESC"
    return tuple(map(_note, source.rows(sql, (year, *chosen))))


def _put(edit: Edit, year: int, note: Note, key: int) -> None:
    known = require_unit(edit, year, note.unit)
    if note.indicator:
        require_indicator(edit, known, note.indicator)
    place = known.place("备注")
    row: Row = {
        "year": year,
        "unit": note.unit,
        "key": key,
        "indicator": note.indicator,
        "text": required_text(note.text, "备注", place).strip(),
        "noted_on": note.noted_on.isoformat(),
        "noted_by": required_text(note.noted_by, "记录人", place),
    }
    put_row(edit, "note", row)


def _note(row: sqlite3.Row) -> Note:
    day = date.fromisoformat(row["noted_on"])
    return Note(row["unit"], row["key"], row["text"], day, row["noted_by"], row["indicator"])
