"""A sheet to draw a chart on, in millimetres from the top left corner, so that every text's place is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle

from assessor.charts.fitting import LINE_HEIGHT, MM_PER_POINT, FittedText, text_width
from assessor.charts.style import SMALL_SIZE, TITLE_SIZE, Fill, Look, font

MIN_WIDTH = 140.0
"""In mm; narrower figures are drawn this wide, because their columns need it."""
SAMPLE_MARK = "示例数据"
_BASELINE = 0.36
"""From the middle of a line down to its baseline, in em."""
_MM_PER_INCH = 25.4
_HEADER_HEIGHT = 8.0
_SAMPLE_HEIGHT = 6.0


@dataclass(frozen=True)
class Sheet:
    figure: Figure
    axes: Axes
    look: Look
    width: float
    height: float

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        align: str = "left",
        bold: bool = False,
        colour: str = "",
        key: str = "",
    ) -> None:
        """One line whose middle is at ``y``. ``key`` names it in the figure (gid)."""
        artist = self.axes.text(
            x,
            y + _BASELINE * size * MM_PER_POINT,
            words,
            fontproperties=font(size, bold=bold),
            color=colour or self.look.ink,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
            zorder=5,
        )
        artist.set_gid(key or None)

    def fitted(
        self, x: float, y: float, fitted: FittedText, *, align: str = "left", colour: str = "", key: str
    ) -> None:
        """One or two lines around the middle ``y``."""
        step = fitted.size * LINE_HEIGHT * MM_PER_POINT
        top = y - step * (len(fitted.lines) - 1) / 2
        for number, line in enumerate(fitted.lines):
            place = f"{key}:{number}" if number else key
            self.text(x, top + number * step, line, fitted.size, align=align, colour=colour, key=place)

    def bar(self, x: float, y: float, width: float, height: float, fill: Fill, *, key: str = "") -> None:
        """A filled rectangle; a thin line parts it from its neighbours."""
        patch = Rectangle((x, y), width, height, facecolor=fill.colour, edgecolor=self.look.bar_edge, linewidth=0.4)
        if fill.hatch:
            patch.set(hatch=fill.hatch, hatchcolor=fill.hatch_colour, hatch_linewidth=0.5)
        patch.set_zorder(2)
        patch.set_gid(key or None)
        self.axes.add_patch(patch)
        if fill.hatch:
            self.outline(x, y, width, height, fill.hatch_colour)

    def outline(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.axes.add_patch(
            Rectangle((x, y), width, height, facecolor="none", edgecolor=colour, linewidth=0.5, zorder=3)
        )

    def veil(self, x: float, y: float, width: float, height: float, hatch: str, *, key: str) -> None:
        """Covers what does not count: the colours below shine through."""
        patch = Rectangle((x, y), width, height, facecolor=self.look.background, alpha=0.75, linewidth=0, zorder=2.5)
        patch.set_gid(key)
        self.axes.add_patch(patch)
        lines = Rectangle((x, y), width, height, facecolor="none", edgecolor=self.look.cut, linewidth=0.5, zorder=3)
        lines.set(hatch=hatch, hatchcolor=self.look.cut, hatch_linewidth=0.4)
        self.axes.add_patch(lines)

    def line(
        self, x: Sequence[float], y: Sequence[float], colour: str, width: float, *, dashed: bool = False, z: float = 1
    ) -> None:
        line = Line2D(x, y, color=colour, linewidth=width, zorder=z)
        if dashed:
            line.set_linestyle((0, (4, 2)))
        self.axes.add_line(line)

    def diamond(self, x: float, y: float, *, key: str = "") -> None:
        """A small mark with a rim, to be seen on any bar."""
        mark = Line2D([x], [y], marker="D", markersize=4.2, linestyle="none", zorder=4)
        mark.set(markerfacecolor=self.look.ink, markeredgecolor=self.look.background, markeredgewidth=0.8)
        mark.set_gid(key or None)
        self.axes.add_line(mark)


def header_height(look: Look, *, is_sample: bool) -> float:
    if look.has_title:
        return _HEADER_HEIGHT
    return _SAMPLE_HEIGHT if is_sample else 0.0


def new_sheet(look: Look, width: float, height: float, title: str, *, is_sample: bool) -> Sheet:
    """An empty sheet with its title (where the look has one) and, of made-up data, the mark that says so."""
    figure = Figure(figsize=(width / _MM_PER_INCH, height / _MM_PER_INCH), facecolor=look.background)
    figure.set_label(title)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    sheet = Sheet(figure, axes, look, width, height)
    middle = header_height(look, is_sample=is_sample) / 2
    if look.has_title:
        room = width - 1 - (text_width(SAMPLE_MARK, SMALL_SIZE) + 6 if is_sample else 0)
        size = min(TITLE_SIZE, TITLE_SIZE * room / text_width(title, TITLE_SIZE))
        sheet.text(0.5, middle, title, size, bold=True, key="title")
    if is_sample:
        _draw_sample_mark(sheet, middle)
    return sheet


def _draw_sample_mark(sheet: Sheet, middle: float) -> None:
    width = text_width(SAMPLE_MARK, SMALL_SIZE) + 3
    x = sheet.width - width - 0.5
    box = FancyBboxPatch(
        (x + 0.6, middle - 1.6),
        width - 1.2,
        3.2,
        boxstyle="round,pad=0.6",
        facecolor="none",
        edgecolor=sheet.look.muted,
        linewidth=0.6,
    )
    sheet.axes.add_patch(box)
    sheet.text(x + width / 2, middle, SAMPLE_MARK, SMALL_SIZE, align="center", colour=sheet.look.muted, key="sample")
