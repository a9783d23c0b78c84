"""A change of a frozen scheme in words: what differs, and whose scores, ranks and grades move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.domain.rehearsal import Rehearsal, UnitMove
from assessor.domain.rehearsal_words import (
    NONE,
    causes_text,
    gain_text,
    grade_text,
    left_out_text,
    summary_text,
    total_text,
)
from assessor.domain.results import UnitResult
from assessor.domain.scheme_comparison import Change, ComparedItem

_LONGEST = 24


@dataclass(frozen=True)
class MoveRow:
    """One unit's move, as it is shown."""

    key: str
    unit: str
    before: str
    after: str
    gain: str
    rank: str
    grade: str
    why: str
    tone: str
    grade_tone: str


def revision_lines(items: Iterable[ComparedItem]) -> tuple[str, ...]:
    """A line for every item that came, went or is otherwise: ``修改 1.2 会议：分值 3 → 4``."""
    return tuple(_line(item) for item in items if item.change is not Change.SAME)


def revision_summary(rehearsal: Rehearsal) -> str:
    """How many totals, ranks and grades move on the present facts, and what the new scheme has no place for."""
    lost = left_out_text(rehearsal)
    return f"按现有数据试算：{summary_text(rehearsal)}{lost}"


def move_rows(rehearsal: Rehearsal) -> tuple[MoveRow, ...]:
    """Those that move, the largest change first."""
    moves = [move for move in rehearsal.units if move.gain or move.rank_move or move.changes_grade]
    moves.sort(key=lambda move: abs(move.gain), reverse=True)
    return tuple(_row(move) for move in moves)


def _line(item: ComparedItem) -> str:
    name = f"{item.code} {item.title}".strip() if item.code != item.title else item.title
    if item.change is not Change.CHANGED:
        return f"{item.change.label} {name}"
    before, after = item.before or {}, item.after or {}
    parts = [f"{field} {_short(before.get(field, ''))} → {_short(after.get(field, ''))}" for field in item.differing]
    return f"{item.change.label} {name}：{'；'.join(parts)}"


def _short(text: str) -> str:
    line = " ".join(text.split()) or "（空）"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _row(move: UnitMove) -> MoveRow:
    before, after = move.before, move.after
    grades = grade_text(before), grade_text(after)
    return MoveRow(
        key=move.unit.code,
        unit=move.unit.short_name,
        before=total_text(before),
        after=total_text(after),
        gain=gain_text(move),
        rank=_rank(before) if before.rank == after.rank else f"{_rank(before)} → {_rank(after)}",
        grade=" → ".join(dict.fromkeys(grades)),
        why=causes_text(move),
        tone="good" if move.gain > 0 else "bad" if move.gain < 0 else "muted",
        grade_tone="warn" if move.changes_grade else "muted",
    )


def _rank(unit: UnitResult) -> str:
    return NONE if unit.rank is None else str(unit.rank)
