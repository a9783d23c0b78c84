"""One set line: glyphs with their gaps, drawn as a single text object in reading order.

Slack is spread by character spacing (Tc), so that copied text has no blanks that were not typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.lib.colors import Color, HexColor

from assessor.reports.text.breaking import STRETCH, Line, break_lines
from assessor.reports.text.faces import SUBSTITUTE, Face, note_missing, note_use
from assessor.reports.text.runs import Glyph, Segments, shape
from assessor.reports.text.style import Align, TextStyle

BASELINE = 0.36
"""Ems from the middle of the line's slot down to the baseline: centres Chinese characters in it."""


@dataclass(frozen=True)
class SetLine:
    """Lengths in points. ``x`` from the left edge of the text's box; ``cuts`` what is squeezed (before, after) off
    each glyph; ``spread`` what is added after each glyph that is not part of a word.
    """

    glyphs: Sequence[Glyph]
    size: float
    tracking: float
    color: str
    x: float = 0.0
    spread: float = 0.0
    cuts: Sequence[tuple[float, float]] = ()
    final: bool = True

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def width(self) -> float:
        if not self.glyphs:
            return 0.0
        solid = sum(glyph.width for glyph in self.glyphs) * self.size + self.tracking * len(self.glyphs)
        spread = self.spread * sum(1 for glyph in self.glyphs[:-1] if not glyph.solid)
        return solid + spread - sum(before + after for before, after in self.cuts)


def set_text(text: Segments, style: TextStyle, width: float) -> list[SetLine]:
    """``text`` broken into lines for a box ``width`` points wide. An empty text is one empty line."""
    left = style.left_indent * style.character
    indent = style.first_indent * style.character
    room = max(width - left - style.right_indent * style.character, style.size)
    glyphs = shape(text, style.slot)
    lines = break_glyphs(glyphs, style, (max(room - indent, style.size), room))
    if style.balanced and len(lines) > 1:
        lines = _balance(glyphs, style, room, lines)
    return [
        _set_line(glyphs, line, style, left + (indent if number == 0 else 0.0), room - (indent if number == 0 else 0.0))
        for number, line in enumerate(lines)
    ]


def break_glyphs(glyphs: Sequence[Glyph], style: TextStyle, limits: tuple[float, float]) -> list[Line]:
    size = style.size
    return break_lines(
        "".join(glyph.char for glyph in glyphs),
        [glyph.width * size + style.tracking for glyph in glyphs],
        [(glyph.before + glyph.after) * size for glyph in glyphs],
        limits,
        size,
    )


def _balance(glyphs: Sequence[Glyph], style: TextStyle, room: float, lines: list[Line]) -> list[Line]:
    """The narrowest setting that still takes as few lines."""
    narrow, wide = room / len(lines), room
    while wide - narrow > style.size / 4:
        middle = (narrow + wide) / 2
        attempt = break_glyphs(glyphs, style, (middle, middle))
        if len(attempt) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, attempt
    return lines


def _set_line(glyphs: Sequence[Glyph], line: Line, style: TextStyle, left: float, room: float) -> SetLine:
    part = glyphs[line.start : line.end]
    natural = sum(glyph.width for glyph in part) * style.size + style.tracking * len(part)
    cuts = _squeeze(part, style.size, natural - room) if natural > room else ()
    slack = max(room - natural, 0.0)
    spread = 0.0
    if style.align is Align.JUSTIFY and not line.final:
        gaps = sum(1 for glyph in part[:-1] if not glyph.solid)
        spread = min(slack / gaps, STRETCH * style.size) if gaps else 0.0
    shift = {Align.CENTER: slack / 2, Align.RIGHT: slack}.get(style.align, 0.0)
    return SetLine(part, style.size, style.tracking, style.color, left + shift, spread, cuts, line.final)


def _squeeze(glyphs: Sequence[Glyph], size: float, overflow: float) -> list[tuple[float, float]]:
    """``overflow`` points taken from the blanks: the one at the line's end first, which nobody sees."""
    if not glyphs:
        return []
    at_end = min(glyphs[-1].after * size, overflow)
    inner = [(glyph.before * size, glyph.after * size) for glyph in glyphs[:-1]] + [(glyphs[-1].before * size, 0.0)]
    spare = sum(before + after for before, after in inner)
    share = min((overflow - at_end) / spare, 1.0) if spare else 0.0
    cuts = [(before * share, after * share) for before, after in inner]
    cuts[-1] = (cuts[-1][0], at_end)
    return cuts


def draw_line(canvas: Any, line: SetLine, x: float, baseline: float) -> None:
    """Draws on a ReportLab canvas; ``x`` is the left edge of the text's box."""
    if not line.glyphs:
        return
    code = [f"BT 1 0 0 1 {x + line.x:.3f} {baseline:.3f} Tm"]
    place = 0
    last_font, last_spacing = "", 0.0
    for (face, solid), group in groupby(line.glyphs, key=_style_of):
        run = list(group)
        spacing = round(line.tracking + (0.0 if solid else line.spread), 3)
        if spacing != last_spacing:
            code.append(f"{spacing:g} Tc")
            last_spacing = spacing
        for font, chunk in _encode(canvas, face, run, line, place):
            if font != last_font:
                code.append(f"{font} {line.size:g} Tf")
                last_font = font
            code.append(f"{chunk} TJ")
        place += len(run)
    code.append("0 Tc ET" if last_spacing else "ET")
    canvas.setFillColor(_color(line.color))
    canvas._code.append(" ".join(code))


def _style_of(glyph: Glyph) -> tuple[Face, bool]:
    assert glyph.face is not None
    return glyph.face, glyph.solid


def _encode(canvas: Any, face: Face, run: list[Glyph], line: SetLine, place: int) -> list[tuple[str, str]]:
    """(internal font name, TJ array) for each stretch of one embedded subset."""
    note_use(face)
    for glyph in run:
        if glyph.drawn == SUBSTITUTE and glyph.char != SUBSTITUTE:
            note_missing(glyph.char)
    document = canvas._doc
    parts: list[tuple[str, str]] = []
    index = place
    for subset, codes in face.font.splitString("".join(glyph.drawn for glyph in run), document):
        font = face.font.getSubsetInternalName(subset, document)
        parts.append((font, _array(codes, line.cuts[index : index + len(codes)], line.size)))
        index += len(codes)
    return parts


def _array(codes: bytes, cuts: Sequence[tuple[float, float]], size: float) -> str:
    if not any(before or after for before, after in cuts):
        return f"[<{codes.hex()}>]"
    items: list[str] = []
    for code, (before, after) in zip(codes, cuts, strict=True):
        if before:
            items.append(f"{before / size * 1000:.0f}")
        items.append(f"<{code:02x}>")
        if after:
            items.append(f"{after / size * 1000:.0f}")
    return "[" + " ".join(items) + "]"


@cache
def _color(value: str) -> Color:
    return HexColor(value)
