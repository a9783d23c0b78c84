"""The look of all charts: fonts, sizes, and colours for a light screen, a dark screen and a grey printer.

The screen's colours keep apart for colour-blind readers (after Okabe and Ito); the paper's are shades of one blue
whose neighbours differ strongly in lightness.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, islice

from matplotlib.font_manager import FontProperties, fontManager

from assessor.domain.progress import Delivery
from assessor.fonts import FontFile, Slot, font_chain

TITLE_SIZE = 11.0
TEXT_SIZE = 8.5
SMALL_SIZE = 7.5
SMALLEST_SIZE = 5.0
"""In points."""
_BOLD = (700, "bold")


@dataclass(frozen=True)
class Fill:
    colour: str
    hatch: str = ""
    hatch_colour: str = "#000000"


@dataclass(frozen=True)
class Look:
    background: str
    ink: str
    muted: str
    rule: str
    """Axes, grid, row lines."""
    bar_edge: str
    """Between the parts of a bar; on paper also what ends a pale one."""
    cut: str
    """Hatching over what a deduction or the ceiling takes away."""
    series: tuple[Fill, ...]
    """Of categories, in order."""
    bonus: Fill
    deliveries: dict[Delivery, Fill]
    has_title: bool = True

    def fills(self, number: int) -> tuple[Fill, ...]:
        """As many fills as there are categories; they begin again, hatched, when all are used."""
        again = (Fill(fill.colour, fill.hatch + "||||", self.background) for fill in cycle(self.series))
        return (*self.series[:number], *islice(again, max(0, number - len(self.series))))


_SCREEN_SERIES = ("#2a78b5", "#e9a23b", "#2f9e83", "#d0694a", "#86bde3", "#b77fa8", "#f2e58c", "#454d57")

LIGHT = Look(
    background="#ffffff",
    ink="#1c2530",
    muted="#566373",
    rule="#dce2ea",
    bar_edge="#ffffff",
    cut="#566373",
    series=tuple(map(Fill, _SCREEN_SERIES)),
    bonus=Fill("#ffffff", "xxxxx", "#7a3e9d"),
    deliveries={
        Delivery.ON_TIME: Fill("#2a78b5"),
        Delivery.LATE: Fill("#e9a23b"),
        Delivery.RETURNED: Fill("#b0477f"),
        Delivery.MISSING: Fill("#d5dbe3"),
    },
)
DARK = Look(
    background="#22272f",
    ink="#e7ecf2",
    muted="#a7b2c0",
    rule="#3f4855",
    bar_edge="#22272f",
    cut="#cdd6e0",
    series=tuple(map(Fill, ("#4a97d3", "#eeb054", "#3fb599", "#e07f60", "#a9d3f0", "#cb97bd", "#f6efb0", "#6d7886"))),
    bonus=Fill("#22272f", "xxxxx", "#c79be6"),
    deliveries={
        Delivery.ON_TIME: Fill("#4a97d3"),
        Delivery.LATE: Fill("#eeb054"),
        Delivery.RETURNED: Fill("#d877ad"),
        Delivery.MISSING: Fill("#4c5665"),
    },
)
PAPER = Look(
    background="#ffffff",
    ink="#000000",
    muted="#404040",
    rule="#b8b8b8",
    bar_edge="#303030",
    cut="#000000",
    series=(
        Fill("#1f4468"),
        Fill("#a9c3dd"),
        Fill("#55799e"),
        Fill("#dfe9f3"),
        Fill("#7d9dbd"),
        Fill("#ffffff", "/////", "#1f4468"),
        Fill("#3a5d82"),
        Fill("#ffffff", "-----", "#1f4468"),
    ),
    bonus=Fill("#ffffff", "xxxxx", "#000000"),
    deliveries={
        Delivery.ON_TIME: Fill("#2f5d8c"),
        Delivery.LATE: Fill("#a9c3dd"),
        Delivery.RETURNED: Fill("#ffffff", "/////", "#2f5d8c"),
        Delivery.MISSING: Fill("#ececec"),
    },
    has_title=False,
)


def look_for(*, paper: bool, dark: bool) -> Look:
    if paper:
        return PAPER
    return DARK if dark else LIGHT


def font(size: float, *, bold: bool = False) -> FontProperties:
    """黑体 of ``size`` points, with the faces for characters it lacks behind it."""
    families = list(_families(Slot.HEI_BOLD if bold else Slot.HEI))
    return FontProperties(family=families, size=size, weight="bold" if bold else "normal")


_registering = threading.Lock()


@cache
def _families(slot: Slot) -> tuple[str, ...]:
    with _registering:
        return tuple(dict.fromkeys(_register(face, bold=slot is Slot.HEI_BOLD) for face in font_chain(slot)))


def _register(face: FontFile, *, bold: bool) -> str:
    """Makes a face known to matplotlib, ahead of fonts of the same name that the system may have.

    A fallback that has no bold stands for its own bold, so that matplotlib need not search and complain.
    """
    known = len(fontManager.ttflist)
    fontManager.addfont(face.path)
    added = fontManager.ttflist[known:]
    family = added[face.index].name
    del fontManager.ttflist[known:]
    fontManager.ttflist[:0] = added
    if bold and not any(entry.name == family and entry.weight in _BOLD for entry in fontManager.ttflist):
        fontManager.ttflist.append(replace(added[face.index], weight=700))
    return family
