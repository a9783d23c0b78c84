"""How wide a text will be, and how to make it fit: on two lines, or smaller."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72
LINE_HEIGHT = 1.2
"""Of lines of one text, in em."""
_NARROW_EM = 0.6
"""Digits and Latin letters; a little more than the faces need, so that an estimate never falls short."""
_SMALLEST_SHARE = 0.7


@dataclass(frozen=True)
class FittedText:
    lines: tuple[str, ...]
    size: float


def text_width(text: str, size: float) -> float:
    """In mm, at ``size`` points."""
    return sum(_em(character) for character in text) * size * MM_PER_POINT


def fit_text(text: str, width: float, height: float, size: float, smallest: float) -> FittedText:
    """``text`` within ``width`` x ``height`` mm: at ``size`` points, else on two lines, else smaller.

    Two lines may shrink to 0.7 of the size before one line does. Below ``smallest`` points it is cut with an ellipsis.
    """
    if text_width(text, size) <= width:
        return FittedText((text,), size)
    halves = _halves(text)
    both = min(size * width / max(text_width(half, size) for half in halves), height / (2 * LINE_HEIGHT * MM_PER_POINT))
    single = size * width / text_width(text, size)
    if single < size * 0.85 and both >= max(single, smallest, size * _SMALLEST_SHARE):
        return FittedText(halves, min(both, size))
    if single >= smallest:
        return FittedText((text,), single)
    return FittedText((shorten(text, width, smallest),), smallest)


def shorten(text: str, width: float, size: float) -> str:
    """``text``, or as much of its beginning as fits ``width`` mm with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept + "…"


def wrap_text(text: str, width: float, size: float) -> tuple[str, ...]:
    """Lines of at most ``width`` mm; no line begins with a closing mark."""
    lines = [""]
    for character in text:
        if lines[-1] and text_width(lines[-1] + character, size) > width and character not in "，。；：、）”":
            lines.append("")
        lines[-1] += character
    return tuple(lines)


def _em(character: str) -> float:
    return _NARROW_EM if unicodedata.east_asian_width(character) in ("N", "Na", "H") else 1.0


def _halves(text: str) -> tuple[str, str]:
    middle = (len(text) + 1) // 2
    return text[:middle], text[middle:]
