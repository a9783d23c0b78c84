"""What a rehearsal (试算) says in words: on the page, in files and on the command line."""

from __future__ import annotations

from assessor.domain.rehearsal import LeafMove, Rehearsal, UnitMove
from assessor.domain.results import UnitResult
from assessor.domain.wording import signed

NONE = "—"
_MOST_CAUSES = 3


def total_text(unit: UnitResult) -> str:
    return NONE if unit.exempt else f"{unit.total:f}"


def grade_text(unit: UnitResult) -> str:
    return "不参评" if unit.exempt else unit.grade or NONE


def gain_text(move: UnitMove) -> str:
    return NONE if move.before.exempt and move.after.exempt else signed(move.gain)


def rank_text(move: UnitMove) -> str:
    """Ranks won or lost: ``升 2``, ``降 1``, ``不变``."""
    if move.rank_move is None:
        return NONE
    if move.rank_move == 0:
        return "不变"
    return f"升 {move.rank_move}" if move.rank_move > 0 else f"降 {-move.rank_move}"


def causes_text(move: UnitMove, most: int = _MOST_CAUSES) -> str:
    """The indicators that the change comes from, the largest first; what is no indicator's where there is none."""
    named = [_cause(leaf) for leaf in move.leaves[:most]]
    if len(move.leaves) > most:
        named.append(f"另 {len(move.leaves) - most} 项")
    if not named and move.gain:
        return "缺项折算、加扣分或总分上限"
    return "，".join(named)


def summary_text(found: Rehearsal) -> str:
    """How many totals, ranks and grades are otherwise."""
    moved = [move for move in found.units if move.moves]
    if not moved and found.before.scheme == found.after.scheme:
        return "与现行细则相同，各单位的总分、名次和等次都不变。"
    if not moved:
        return "细则有改动，但各单位的总分、名次和等次都不变。"
    totals = sum(bool(move.gain) for move in found.units)
    rises = sum((move.rank_move or 0) > 0 for move in found.units)
    falls = sum((move.rank_move or 0) < 0 for move in found.units)
    grades = sum(move.changes_grade for move in found.units)
    counted = f"{len(found.units)} 个单位中，总分有变的 {totals} 个"
    return f"{counted}；名次上升 {rises} 个、下降 {falls} 个；等次有变 {grades} 个。"


def left_out_text(found: Rehearsal) -> str:
    """Empty where the draft has a place for every fact."""
    if not found.left_out:
        return ""
    kinds = "、".join(f"{kind} {count} 条" for kind, count in found.left_out.items())
    return f"试算的细则中没有相应项目或口径不同，未计入：{kinds}。"


def _cause(leaf: LeafMove) -> str:
    """``1.2 宣传 +1.50``; an indicator that one of the schemes does not have says so."""
    head = f"{leaf.code} {leaf.title}"
    if leaf.before is None:
        return f"{head}（原无）{signed(leaf.change)}"
    if leaf.after is None:
        return f"{head}（已无）{signed(leaf.change)}"
    return f"{head} {signed(leaf.change)}"
