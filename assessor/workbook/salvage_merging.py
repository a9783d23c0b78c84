"""What a damaged workbook's rows were: the tables and the history each know them, and where they differ the chained
history is believed. Pure: it takes what was read, and answers rows and a list of doubts.

An edit is believed when its digest fits what was read of it and of the edit before. Of a row whose last believed
change lies before an edit that is lost, the history does not know the end: then the table is believed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from assessor.workbook.changes import Key, RowValues, Value
from assessor.workbook.history import chain_digest, sum_of_rows
from assessor.workbook.salvage_reading import Found, Shape

Place = tuple[str, Key]
"""A row: table and key."""
Rows = Mapping[Place, RowValues]
HISTORY_TABLES = ("edit", "change")


class Fate(Enum):
    """What became of a row; the value is said to the user."""

    MISSING = "没有找回"
    REFERENCE = "所属的数据没有找回，未写入"
    REFUSED = "内容不合规定，未写入"
    UNSEALED = "定稿记录没有找回，已退回复核"
    UNCERTAIN = "可能不是最新的"
    CORRECTED = "与修改历史不一致，已按修改历史改正"
    FROM_HISTORY = "已按修改历史补回"


@dataclass(frozen=True)
class Doubt:
    fate: Fate
    place: Place
    """With an empty key: of the table at large."""
    what: str = ""
    row: RowValues | None = None
    """As far as it is known."""


@dataclass(frozen=True)
class History:
    """What was read of the history."""

    edits: Mapping[int, tuple[Value, ...]]
    """By number, as they are stored."""
    changes: Mapping[int, Sequence[tuple[Value, ...]]]
    """By the number of their edit, as they are stored, without it."""
    believed: frozenset[int]
    last_gap: float
    """The highest number of an edit that is lost or not believed; 0: there is none; infinite: the end is lost."""

    @property
    def state(self) -> int:
        """The sum of all rows (see ``history``) that the last edit that can be read left; -1: there is none."""
        if not self.edits:
            return -1
        try:
            return int(str(self.edits[max(self.edits)][-2]), 16)
        except ValueError:
            return -1

    @property
    def unbroken(self) -> int:
        """So many edits from the first on are believed."""
        number = 0
        while number + 1 in self.believed:
            number += 1
        return number

    def recorded(self, up_to: float = math.inf) -> dict[Place, tuple[int, RowValues | None]]:
        """Each row's last believed change: number of the edit, and the row after it."""
        last: dict[Place, tuple[int, RowValues | None]] = {}
        for number in sorted(self.believed):
            for _, table, key, _, _, _, after in self.changes.get(number, ()) if number <= up_to else ():
                last[str(table), tuple(json.loads(str(key)))] = (number, _row(after))
        return last

    def replayed(self, up_to: int) -> dict[Place, RowValues]:
        """All rows as the edits up to that number left them."""
        return {place: row for place, (_, row) in self.recorded(up_to).items() if row is not None}


def history_of(edits: Found, changes: Found) -> History:
    by_edit: dict[int, list[tuple[Value, ...]]] = {}
    for key in sorted(changes.rows):
        number, *line = changes.rows[key].values()
        by_edit.setdefault(int(number or 0), []).append(tuple(line))
    stored = {int(key[0]): tuple(row.values()) for key, row in edits.rows.items()}
    believed = frozenset(number for number in stored if _is_believed(number, stored, by_edit))
    known = max([0, *stored, *by_edit, *(int(key[0]) for key in edits.lost | changes.lost)])
    gaps = set(range(1, known + 1)) - believed
    is_open = not (edits.ends_known and changes.ends_known) and known not in believed
    lost_end = not edits.ends_known or not stored
    return History(stored, by_edit, believed, math.inf if lost_end or is_open else max(gaps, default=0))


def merge(tables: Mapping[str, Found], shapes: Mapping[str, Shape], history: History) -> tuple[Rows, list[Doubt]]:
    recorded = history.recorded()
    rows: dict[Place, RowValues] = {}
    doubts: list[Doubt] = []
    for table, found in tables.items():
        keys = found.rows.keys() | {key for name, key in recorded if name == table} | found.lost
        for key in sorted(keys, key=json.dumps):
            place = (table, key)
            row, doubt = _decide(place, found, recorded.get(place), shapes[table], history.last_gap)
            if row is not None:
                rows[place] = row
            if doubt is not None:
                doubts.append(doubt)
        if not found.is_whole and history.last_gap:
            doubts.append(Doubt(Fate.MISSING, (table, ()), "可能还有读不出、修改历史中也没有的行"))
    return rows, doubts


def proven(rows: Rows, doubts: list[Doubt], shapes: Mapping[str, Shape], history: History) -> list[Doubt]:
    """The doubts that remain: none about what may be missing or old where all rows sum up to what the last edit left,
    which chance cannot bring about."""
    numbers = ((place[0], [row[column] for column in shapes[place[0]].columns]) for place, row in rows.items())
    if sum_of_rows(numbers) != history.state:
        return doubts
    return [doubt for doubt in doubts if doubt.fate in (Fate.CORRECTED, Fate.FROM_HISTORY)]


def _decide(
    place: Place, found: Found, recorded: tuple[int, RowValues | None] | None, shape: Shape, last_gap: float
) -> tuple[RowValues | None, Doubt | None]:
    """The row as it is to be, and what is to be said about it."""
    stored = found.rows.get(place[1])
    if recorded is None:
        return _unrecorded(place, stored, last_gap)
    number, after = recorded
    if after is not None and set(after) != set(shape.columns):  # recorded under an older format
        return stored, None if stored else Doubt(Fate.MISSING, place, row=after)
    ordered = None if after is None else {column: after[column] for column in shape.columns}
    if number > last_gap:
        return ordered, _compared(place, stored, ordered)
    if stored is not None:
        return stored, None if stored == ordered else Doubt(Fate.UNCERTAIN, place, "修改历史不全，按数据表写入", stored)
    if ordered is None or found.is_whole:
        return None, None  # removed, by an edit that is known or by one that is lost
    return ordered, Doubt(Fate.UNCERTAIN, place, "数据表读不出，修改历史不全，按已知的最后一次修改写入", ordered)


def _unrecorded(place: Place, stored: RowValues | None, last_gap: float) -> tuple[RowValues | None, Doubt | None]:
    if stored is None:
        return None, Doubt(Fate.MISSING, place, "只知道有这一行") if last_gap else None
    if last_gap:
        return stored, None
    return None, Doubt(Fate.CORRECTED, place, "修改历史中没有这一行，未写入", stored)


def _compared(place: Place, stored: RowValues | None, recorded: RowValues | None) -> Doubt | None:
    if stored == recorded:
        return None
    if stored is None:
        return Doubt(Fate.FROM_HISTORY, place, row=recorded)
    if recorded is None:
        return Doubt(Fate.CORRECTED, place, "这一行早已删除，未写入", stored)
    columns = [column for column, value in recorded.items() if stored[column] != value]
    said = "；".join(f"{column} 读出“{stored[column]}”，历史为“{recorded[column]}”" for column in columns)
    return Doubt(Fate.CORRECTED, place, said, recorded)


def _is_believed(
    number: int, edits: Mapping[int, tuple[Value, ...]], changes: Mapping[int, Sequence[tuple[Value, ...]]]
) -> bool:
    if number > 1 and number - 1 not in edits:
        return False
    previous = "" if number == 1 else str(edits[number - 1][-1])
    *fields, digest = edits[number]
    return chain_digest(previous, fields, changes.get(number, ())) == digest


def _row(text: Value) -> RowValues | None:
    if text is None:
        return None
    values: dict[str, Value] = json.loads(str(text))
    return values
