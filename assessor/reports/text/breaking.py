"""Where lines end: greedy, by kinsoku, with words, numbers and doubled marks kept whole.

Knows characters and widths only. A closer never starts a line and an opener never ends one; where a closer does not
fit, it is pulled in by squeezing full-width punctuation, else the line ends earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

CLOSERS = frozenset("、。，．：；！？）》」』】〕〉〗〙〛］｝”’～·‧々〻ー‐–／％‰℃℉°′″%)]}>,.:;!?»/-")
"""Never the first of a line. A single — (2021—2025) counts as one; —— and …… do not."""
OPENERS = frozenset("（《「『【〔〈〖〘〚［｛“‘([{<￥¥$£€№#＃«")
"""Never the last of a line."""
UNITS = frozenset("年月日时分秒个项名人次家件条所处期章节号级类度倍点元万亿％%")
"""Stay with the number before them."""
_DOUBLED = frozenset("—…")
_INNER_BREAKS = frozenset("-/_—@&=?+")

STRETCH = 0.09
"""Ems a gap may be widened before a line would rather end inside a word; wider gaps read as blanks when copied."""
_EPSILON = 0.01


class Break(IntEnum):
    """How willingly a line ends at a place."""

    NEVER = 0
    INSIDE = 1
    """In a word or number: only where it is longer than a line."""
    TIED = 2
    """Between a number and its unit: likewise."""
    SOFT = 3
    """After a hyphen or stroke in a word: rather than spreading a line too far."""
    FREE = 4


@dataclass(frozen=True)
class Line:
    """Characters ``start`` to ``end`` (blanks at the end left out). ``final``: ends a paragraph, not justified.

    ``overflow`` is how much wider than allowed they are set solid: what must be squeezed.
    """

    start: int
    end: int
    final: bool
    overflow: float = 0.0


def break_lines(
    text: str,
    widths: Sequence[float],
    spare: Sequence[float],
    limits: tuple[float, float],
    em: float,
) -> list[Line]:
    """Lines of ``text`` (``\\n`` ends one). Lengths in points: ``widths`` and ``spare`` (what squeezing can save) per
    character, ``limits`` of the first line and of the others, ``em`` the size of the type.
    """
    lines: list[Line] = []
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        limit = limits[0] if not lines else limits[1]
        lines += _break_part(_Part(text, widths, spare, em, limits[1], _breaks(text, start, end), start, end), limit)
        start = end + 1
    return lines


def break_before(text: str, index: int) -> Break:
    """How willingly a line starts with ``text[index]``."""
    first = text[index]
    last, before = _last_visible(text, index)
    if first == " " or not last:
        return Break.NEVER
    if _is_closer(text, index) or last in OPENERS or (first == last and first in _DOUBLED):
        return Break.NEVER
    spaced = text[index - 1] == " "
    if (last.isdigit() and first in UNITS) or (last == "第" and first.isdigit()):
        return Break.TIED
    if spaced:
        return Break.FREE
    if last == "—" and before.isdigit() and first.isdigit():
        return Break.SOFT
    if _in_word(last) and _in_word(first):
        return Break.SOFT if _parts_word(before, last, first) else Break.INSIDE
    return Break.FREE


@dataclass(frozen=True)
class _Part:
    """One stretch without a forced line end."""

    text: str
    widths: Sequence[float]
    spare: Sequence[float]
    em: float
    rest: float
    breaks: Sequence[Break]
    start: int
    end: int

    def willing(self, index: int) -> Break:
        return self.breaks[index - self.start]

    def visible_end(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return end


def _breaks(text: str, start: int, end: int) -> list[Break]:
    return [Break.NEVER if index == start else break_before(text, index) for index in range(start, end)]


def _last_visible(text: str, index: int) -> tuple[str, str]:
    """The last character before ``index`` that is no blank, and the one before it."""
    place = index - 1
    while place >= 0 and text[place] == " ":
        place -= 1
    if place < 0 or text[place] == "\n":
        return "", ""
    return text[place], text[place - 1] if place else ""


def _is_closer(text: str, index: int) -> bool:
    char = text[index]
    if char in _DOUBLED:
        around = text[index - 1] + (text[index + 1] if index + 1 < len(text) else "")
        return char not in around
    return char in CLOSERS


def _parts_word(before: str, last: str, first: str) -> bool:
    """Whether ``last`` is a stroke after which a word may be parted. A telephone number is kept whole."""
    if last == "-" and before.isdigit() and first.isdigit():
        return False
    return last in _INNER_BREAKS and first not in _INNER_BREAKS


def _in_word(char: str) -> bool:
    return "!" <= char < "\u0530" or char == "–"


def _break_part(part: _Part, limit: float) -> list[Line]:
    lines: list[Line] = []
    start = part.start
    while True:
        line, following = _next_line(part, start, limit)
        lines.append(line)
        if following >= part.end:
            return lines
        start, limit = following, part.rest


def _next_line(part: _Part, start: int, limit: float) -> tuple[Line, int]:
    """The line from ``start``, and where the next one starts."""
    fit = _fitting(part, start, limit)
    if fit >= part.end:
        return Line(start, part.visible_end(start, part.end), True), part.end
    if part.willing(fit) is Break.FREE:
        return _line(part, start, fit), fit
    pulled = _pull_in(part, start, fit, limit)
    if pulled is not None:
        return pulled
    end = _end_before(part, start, fit, limit)
    return _line(part, start, end), end


def _line(part: _Part, start: int, end: int) -> Line:
    return Line(start, part.visible_end(start, end), False)


def _fitting(part: _Part, start: int, limit: float) -> int:
    """The first character that does not fit; at least one does. Blanks may hang over the edge."""
    used = 0.0
    for index in range(start, part.end):
        used += part.widths[index]
        if used > limit + _EPSILON and part.text[index] != " ":
            return max(index, start + 1)
    return part.end


def _pull_in(part: _Part, start: int, fit: int, limit: float) -> tuple[Line, int] | None:
    """The line with the closers that follow ``fit``, if squeezing makes room for them."""
    end = fit
    while end < part.end and _is_closer(part.text, end):
        end += 1
    while end < part.end and part.text[end] == " ":
        end += 1
    if end == fit or (end < part.end and part.willing(end) is not Break.FREE):
        return None
    visible = part.visible_end(start, end)
    overflow = sum(part.widths[start:visible]) - limit
    if overflow > sum(part.spare[start:visible]):
        return None
    return Line(start, visible, end >= part.end, max(overflow, 0.0)), end


def _end_before(part: _Part, start: int, fit: int, limit: float) -> int:
    free = _latest(part, start, fit, Break.FREE)
    if free is not None and _stretch(part, start, free, limit) <= STRETCH * part.em:
        return free
    soft = _latest(part, free or start, fit, Break.SOFT)
    if soft is not None:
        return soft
    if free is not None and _fits_alone(part, free):
        return free
    return _latest(part, start, fit, Break.TIED) or _latest(part, start, fit, Break.INSIDE) or free or fit


def _latest(part: _Part, start: int, fit: int, least: Break) -> int | None:
    return next((index for index in range(fit, start, -1) if part.willing(index) >= least), None)


def _stretch(part: _Part, start: int, end: int, limit: float) -> float:
    """Points by which each gap would be widened."""
    visible = part.visible_end(start, end)
    gaps = sum(1 for index in range(start, visible - 1) if not _in_word(part.text[index]))
    slack = limit - sum(part.widths[start:visible])
    return slack / gaps if gaps else 0.0


def _fits_alone(part: _Part, start: int) -> bool:
    """Whether what cannot be broken at ``start`` has room on a line of its own."""
    used = 0.0
    for index in range(start, part.end):
        if index > start and part.willing(index) >= Break.SOFT:
            return True
        used += part.widths[index]
        if used > part.rest + _EPSILON:
            return False
    return True
