"""Seals of years as they are stored."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from assessor.domain.result_lines import RESULTS
from assessor.domain.seal import SealRecord, SealText, digest_of, read_text
from assessor.domain.year import Stage
from assessor.domain.year_view import SealState
from assessor.workbook.seal_text import unpack
from assessor.workbook.workbook import Reading


@dataclass(frozen=True)
class StoredSeal:
    record: SealRecord
    text: str | None
    """None: what is stored cannot be read any more."""

    @property
    def is_whole(self) -> bool:
        """The text is the one that the digest was taken of."""
        return self.text is not None and digest_of(self.text) == self.record.digest

    @property
    def parsed(self) -> SealText | None:
        """None where the text cannot be read."""
        try:
            return None if self.text is None else read_text(self.text)
        except ValueError:
            return None


def load_seals(source: Reading, year: int | None = None) -> tuple[SealRecord, ...]:
    """Of one year or of all: by year, then in the order of sealing."""
    return tuple(map(_record, _rows(source, year)))


def stored_seals(source: Reading) -> tuple[StoredSeal, ...]:
    return tuple(_stored(row) for row in _rows(source, None))


def open_seal(source: Reading, year: int) -> SealRecord | None:
    """The seal that holds; None where the year is not sealed."""
    return next((seal for seal in load_seals(source, year) if seal.is_open), None)


def load_seal_state(source: Reading, year: int) -> SealState:
    """Of a year that is not sealed, or whose sealed text was altered, without results."""
    rows = _rows(source, year)
    records = tuple(map(_record, rows))
    holding = [_stored(row) for row in rows if row["unsealed_at"] is None]
    parsed = holding[0].parsed if holding and holding[0].is_whole else None
    lines = parsed.lines if parsed else ()
    return SealState(records, tuple(line for line in lines if line.kind in RESULTS))


def _rows(source: Reading, year: int | None) -> list[sqlite3.Row]:
    where, parameters = ("", ()) if year is None else ("WHERE year = ?", (year,))
    return source.rows(f"SELECT * FROM seal {where} ORDER BY year, number", parameters)


def _stored(row: sqlite3.Row) -> StoredSeal:
    try:
        return StoredSeal(_record(row), unpack(row["packed"]))
    except ValueError:
        return StoredSeal(_record(row), None)


def _record(row: sqlite3.Row) -> SealRecord:
    unsealed = row["unsealed_at"]
    return SealRecord(
        year=row["year"],
        number=row["number"],
        digest=row["digest"],
        engine_version=row["engine_version"],
        sealed_at=datetime.fromisoformat(row["sealed_at"]),
        sealed_by=row["sealed_by"],
        stage_before=Stage(row["stage_before"]),
        unsealed_at=None if unsealed is None else datetime.fromisoformat(unsealed),
        unsealed_by=row["unsealed_by"] or "",
        unseal_reason=row["unseal_reason"] or "",
    )
