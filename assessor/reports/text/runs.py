"""Text into glyphs: each character with the face that draws it, its width, and the blank that may be squeezed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessor.fonts import Slot
from assessor.reports.text.faces import SUBSTITUTE, Face, face_for, is_latin

Segments = str | Sequence[tuple[Slot, str]]

_AIR = 0.06
"""Ems that a squeezed punctuation mark keeps beside its ink."""
_TRAILING_BLANK = frozenset("、。，．：；！？）》」』】〕〉〗〙〛］｝”’")
_LEADING_BLANK = frozenset("（《「『【〔〈〖〘〚［｛“‘")


@dataclass(frozen=True)
class Glyph:
    """One character as drawn; lengths in ems. ``solid``: part of a word or number, which justifying leaves alone.

    ``before`` and ``after`` are what may be taken from the blank halves of full-width punctuation. ``face`` is None
    for what is not drawn: line ends, control characters.
    """

    char: str
    drawn: str
    face: Face | None
    width: float
    solid: bool = False
    before: float = 0.0
    after: float = 0.0


LINE_END = Glyph("\n", "", None, 0.0)
_known: dict[tuple[Slot, str, bool], Glyph] = {}


def shape(text: Segments, slot: Slot) -> list[Glyph]:
    """The glyphs of ``text`` in reading order. Tabs become blanks; invisible control characters are dropped."""
    segments: Iterable[tuple[Slot, str]] = [(slot, text)] if isinstance(text, str) else text
    glyphs: list[Glyph] = []
    for part_slot, part in segments:
        _shape_part(unicodedata.normalize("NFC", part), part_slot, glyphs)
    return glyphs


def _shape_part(text: str, slot: Slot, glyphs: list[Glyph]) -> None:
    for position, char in enumerate(text):
        apostrophe = char == "’" and _between_letters(text, position)
        key = (slot, char, apostrophe)
        glyph = _known.get(key)
        if glyph is None:
            glyph = _known[key] = _make_glyph(slot, char, apostrophe)
        if glyph.face is not None or glyph is LINE_END:
            glyphs.append(glyph)


def _between_letters(text: str, position: int) -> bool:
    around = text[max(position - 1, 0) : position] + text[position + 1 : position + 2]
    return len(around) == 2 and all(char.isalpha() and is_latin(char) for char in around)


def _make_glyph(slot: Slot, char: str, apostrophe: bool) -> Glyph:
    if char == "\n":
        return LINE_END
    if char == "\t":
        char = " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return Glyph(char, "", None, 0.0)
    face = face_for(Slot.LATIN, char) if apostrophe else face_for(slot, char)
    drawn = char
    if face is None:
        drawn = SUBSTITUTE
        face = face_for(slot, drawn)
    if face is None:
        raise LookupError(f"no face has {SUBSTITUTE}")
    width = face.width(drawn)
    before, after = _spare(face, drawn, width)
    return Glyph(char, drawn, face, width, apostrophe or is_latin(char), before, after)


def _spare(face: Face, char: str, width: float) -> tuple[float, float]:
    """At most half an em, and never the ink."""
    if width < 0.9 or char not in _TRAILING_BLANK | _LEADING_BLANK:
        return 0.0, 0.0
    left, right = face.blanks(char)
    if char in _TRAILING_BLANK:
        return 0.0, max(0.0, min(0.5, right - _AIR))
    return max(0.0, min(0.5, left - _AIR)), 0.0
