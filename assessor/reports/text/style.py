"""How a piece of text is set: face, size, line pitch, character pitch, indents, alignment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from assessor.fonts import Slot

MM = 72 / 25.4
GRID_PITCH = 225 * MM / 22
"""Points from baseline to baseline: 22 lines in the 225 mm of the type area (GB/T 9704)."""
CHARACTER_PITCH = 156 * MM / 28
"""Points from character to character: 28 in the 156 mm of the type area (GB/T 9704)."""


class Align(Enum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class TextStyle:
    """Sizes and spaces in points, indents in characters of ``size`` (or of ``pitch`` where there is one).

    ``pitch`` is the distance between full-width characters; None sets them solid. ``balanced`` makes the lines of
    a title about equally long. ``color`` is ``#rrggbb``.
    """

    slot: Slot = Slot.FANG
    size: float = 16.0
    leading: float = GRID_PITCH
    pitch: float | None = None
    first_indent: float = 0.0
    left_indent: float = 0.0
    right_indent: float = 0.0
    align: Align = Align.JUSTIFY
    balanced: bool = False
    color: str = "#000000"
    space_before: float = 0.0
    space_after: float = 0.0

    @property
    def tracking(self) -> float:
        """Points added after each character."""
        return 0.0 if self.pitch is None else self.pitch - self.size

    @property
    def character(self) -> float:
        """The width in points of one character of indent."""
        return self.size if self.pitch is None else self.pitch


BODY = TextStyle(slot=Slot.FANG, size=16.0, pitch=CHARACTER_PITCH, first_indent=2)
"""Body text of an official document: size three, 28 characters a line, 22 lines a page."""
CELL = TextStyle(slot=Slot.SONG, size=12.0, leading=18.0, align=Align.LEFT)
HEAD_CELL = TextStyle(slot=Slot.HEI, size=12.0, leading=18.0, align=Align.CENTER)
CAPTION = TextStyle(slot=Slot.HEI, size=14.0, align=Align.CENTER)
