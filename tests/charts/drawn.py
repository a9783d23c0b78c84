"""What a drawn figure shows: its texts with their boxes, its bars, and whether they fit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Shown:
    words: str
    key: str
    box: Bbox
    """In pixels."""


def texts(figure: Figure) -> list[Shown]:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text() and text.axes]
    visible = [text for text in found if text in text.axes.texts]
    return [Shown(text.get_text(), text.get_gid() or "", text.get_window_extent(renderer)) for text in visible]


def words_by_key(figure: Figure) -> dict[str, str]:
    return {shown.key: shown.words for shown in texts(figure)}


def bars(figure: Figure) -> dict[str, tuple[float, float]]:
    """Key -> left edge and width of every bar, in mm."""
    patches = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle) and patch.get_gid()]
    return {str(patch.get_gid()): (patch.get_x(), patch.get_width()) for patch in patches}


def cut_off(figure: Figure) -> list[str]:
    """Texts that leave the figure."""
    page = figure.bbox
    return [
        shown.words
        for shown in texts(figure)
        if shown.box.x0 < page.x0 or shown.box.x1 > page.x1 or shown.box.y0 < page.y0 or shown.box.y1 > page.y1
    ]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts of which one covers a part of the other; half a pixel is forgiven."""
    shown = texts(figure)
    return [(one.words, other.words) for one, other in combinations(shown, 2) if _overlap(one.box, other.box)]


def on_bars(figure: Figure) -> list[str]:
    """Texts that touch a bar."""
    transform = figure.axes[0].transData
    boxes = [
        patch.get_bbox().transformed(transform)
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_gid()
    ]
    return [shown.words for shown in texts(figure) if any(_overlap(shown.box, _upright(box)) for box in boxes)]


def _upright(box: Bbox) -> Bbox:
    return Bbox.from_extents(box.xmin, box.ymin, box.xmax, box.ymax)


def height_mm(figure: Figure) -> float:
    return float(figure.get_figheight()) * MM_PER_INCH


def _overlap(one: Bbox, other: Bbox) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(width > 0.5 and height > 0.5)
