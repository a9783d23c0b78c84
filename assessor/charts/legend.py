"""The key of a chart: swatches with their words, over as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.charts.fitting import text_width
from assessor.charts.sheet import Sheet
from assessor.charts.style import SMALL_SIZE, Fill

LINE = 4.8
"""Height of a line of entries, in mm."""
_SWATCH = 3.2
_GAP = 1.2
_BETWEEN = 3.4


@dataclass(frozen=True)
class Entry:
    words: str
    fill: Fill | None
    """None: a veil, hatched with ``hatch``."""
    hatch: str = ""


def legend_lines(entries: Sequence[Entry], width: float) -> tuple[tuple[Entry, ...], ...]:
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        needed = _width(entry)
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += needed + _BETWEEN
    return tuple(tuple(line) for line in lines)


def draw_legend(sheet: Sheet, x: float, top: float, lines: Sequence[Sequence[Entry]]) -> None:
    for number, line in enumerate(lines):
        place = x
        middle = top + (number + 0.5) * LINE
        for entry in line:
            draw_swatch(sheet, place, middle, entry)
            words = place + _SWATCH + _GAP
            sheet.text(words, middle, entry.words, SMALL_SIZE, colour=sheet.look.muted, key=f"legend:{entry.words}")
            place += _width(entry) + _BETWEEN


def draw_swatch(sheet: Sheet, x: float, middle: float, entry: Entry) -> None:
    if entry.fill:
        sheet.bar(x, middle - _SWATCH / 2, _SWATCH, _SWATCH, entry.fill)
        sheet.outline(x, middle - _SWATCH / 2, _SWATCH, _SWATCH, sheet.look.muted)
    else:
        sheet.veil(x, middle - _SWATCH / 2, _SWATCH, _SWATCH, entry.hatch, key="")


def _width(entry: Entry) -> float:
    return _SWATCH + _GAP + text_width(entry.words, SMALL_SIZE)
