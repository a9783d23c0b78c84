"""Draws matplotlib figures on a ReportLab canvas: vectors, and text as real text in the document's own faces."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, weight_dict
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform
from PIL import Image
from reportlab.lib.utils import ImageReader

from assessor.fonts import Slot
from assessor.reports.text.line import SetLine, draw_line
from assessor.reports.text.runs import shape

_DPI = 72
"""One pixel of the figure is one point of the page."""
_IMAGE_DPI = 300
_HATCH_TILE = 72.0
"""Points that one tile of a hatch covers in matplotlib."""
_ASCENT, _DESCENT = 0.88, 0.12
"""Ems of a line of text above and below its baseline, the same for all strings so that labels line up."""
_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_BOLD = 600


def draw_figure(canvas: Any, figure: Figure) -> None:
    """Draws ``figure`` with its lower left corner at the origin, at its own size (inches of 72 points).

    The figure is left as it was, apart from its layout.
    """
    dpi, drawn_on = figure.dpi, figure.canvas
    try:
        figure.dpi = _DPI
        renderer = CanvasRenderer(canvas, figure)
        _MeasuringCanvas(figure, renderer)
        figure.draw(renderer)
    finally:
        figure.set_canvas(drawn_on)
        figure.dpi = dpi


class _MeasuringCanvas(FigureCanvasBase):
    """Makes matplotlib's layout measure text with the renderer that draws it."""

    def __init__(self, figure: Figure, renderer: CanvasRenderer) -> None:
        self._renderer = renderer
        super().__init__(figure)

    def get_renderer(self) -> CanvasRenderer:
        return self._renderer


class CanvasRenderer(RendererBase):
    """matplotlib's drawing calls as PDF operators. Lengths in points, y upwards."""

    def __init__(self, canvas: Any, figure: Figure) -> None:
        super().__init__()
        self._canvas = canvas
        self._size = figure.get_figwidth() * _DPI, figure.get_figheight() * _DPI

    def flipy(self) -> bool:
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def get_image_magnification(self) -> float:
        return _IMAGE_DPI / _DPI

    def option_scale_image(self) -> bool:
        return True

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        outline = _operators(path, transform, simplify=rgbFace is None)
        stroked = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        filled = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        if not outline:
            return
        with self._state(gc):
            if filled:
                self._set_fill(gc, rgbFace)
            if gc.get_hatch():
                if filled:
                    self._write(f"{outline} f")
                self._hatch(gc, path.get_extents(transform), outline)
                filled = False
            if stroked:
                self._set_stroke(gc)
            if filled or stroked:
                self._write(f"{outline} {'B' if filled and stroked else 'f' if filled else 'S'}")

    def draw_image(self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None) -> None:
        rows, columns = im.shape[:2]
        if not rows or not columns:
            return
        picture = ImageReader(Image.fromarray(im[::-1]))
        with self._state(gc):
            self._canvas.translate(x, y)
            if transform is None:
                width, height = columns * _DPI / _IMAGE_DPI, rows * _DPI / _IMAGE_DPI
            else:
                (a, c, e), (b, d, f) = transform.get_matrix()[:2].tolist()
                self._canvas.transform(a, b, c, d, e, f)
                self._canvas.setFillAlpha(gc.get_alpha())
                width, height = 1.0, 1.0
            self._canvas.drawImage(picture, 0, 0, width, height, mask="auto")

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if ismath:
            # A formula: matplotlib sets it and hands over outlines.
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        red, green, blue, alpha = gc.get_rgb()
        line = _line(s, prop, to_hex((red, green, blue)))
        with self._state(gc):
            self._canvas.translate(float(x), float(y))
            if angle:
                self._canvas.rotate(float(angle))
            if alpha < 1:
                self._canvas.setFillAlpha(float(alpha))
            draw_line(self._canvas, line, 0.0, 0.0)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        if ismath:
            width, height, descent = super().get_text_width_height_descent(s, prop, ismath)
            return float(width), float(height), float(descent)
        size = prop.get_size_in_points()
        return _line(s, prop, "#000000").width, size * (_ASCENT + _DESCENT), size * _DESCENT

    @contextmanager
    def _state(self, gc: GraphicsContextBase) -> Iterator[None]:
        """The clipping of ``gc``, for what is drawn inside the block."""
        self._canvas.saveState()
        try:
            self._clip(gc)
            yield
        finally:
            self._canvas.restoreState()

    def _clip(self, gc: GraphicsContextBase) -> None:
        box = gc.get_clip_rectangle()
        if box is not None:
            self._write(f"{box.x0:.3f} {box.y0:.3f} {box.width:.3f} {box.height:.3f} re W n")
        path, transform = gc.get_clip_path()
        if path is not None and transform is not None:
            self._write(f"{_operators(path, transform)} W n")

    def _set_fill(self, gc: GraphicsContextBase, color: Any) -> None:
        red, green, blue = (float(value) for value in color[:3])
        self._canvas.setFillColorRGB(red, green, blue)
        alpha = float(gc.get_alpha()) if gc.get_forced_alpha() or len(color) < 4 else float(color[3])
        if alpha < 1:
            self._canvas.setFillAlpha(alpha)

    def _set_stroke(self, gc: GraphicsContextBase) -> None:
        red, green, blue, alpha = (float(value) for value in gc.get_rgb())
        canvas = self._canvas
        canvas.setStrokeColorRGB(red, green, blue)
        if alpha < 1:
            canvas.setStrokeAlpha(alpha)
        canvas.setLineWidth(float(gc.get_linewidth()))
        canvas.setLineCap(_CAPS[str(gc.get_capstyle())])
        canvas.setLineJoin(_JOINS[str(gc.get_joinstyle())])
        dashes: Any
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            canvas.setDash([float(length) for length in dashes], float(offset))

    def _hatch(self, gc: GraphicsContextBase, extents: Bbox, outline: str) -> None:
        """Tiles of the hatch over ``extents``, clipped to the outline; aligned over the figure like matplotlib's."""
        color = to_hex(gc.get_hatch_color())
        canvas = self._canvas
        canvas.saveState()
        self._write(f"{outline} W n")
        canvas.setStrokeColor(color)
        canvas.setFillColor(color)
        canvas.setLineWidth(gc.get_hatch_linewidth())
        hatch = gc.get_hatch_path()
        for column in _tiles(extents.x0, extents.x1):
            for row in _tiles(extents.y0, extents.y1):
                tile = Affine2D().scale(_HATCH_TILE).translate(column * _HATCH_TILE, row * _HATCH_TILE)
                self._write(f"{_operators(hatch, tile)} B")
        canvas.restoreState()

    def _write(self, code: str) -> None:
        self._canvas._code.append(code)


def _tiles(low: float, high: float) -> range:
    return range(math.floor(low / _HATCH_TILE), math.ceil(high / _HATCH_TILE))


def _line(text: str, prop: FontProperties, color: str) -> SetLine:
    return SetLine(shape(text.replace("\n", " "), _slot(prop)), prop.get_size_in_points(), 0.0, color)


def _slot(prop: FontProperties) -> Slot:
    """Charts are set in 黑体 unless the figure asks for a serif face."""
    weight = prop.get_weight()
    bold = (weight_dict[weight] if isinstance(weight, str) else weight) >= _BOLD
    return _slot_named(tuple(prop.get_family()), bold)


@cache
def _slot_named(families: tuple[str, ...], bold: bool) -> Slot:
    name = families[0].casefold()
    if "serif" in name and "sans" not in name:
        return Slot.TITLE if bold else Slot.SONG
    return Slot.HEI_BOLD if bold else Slot.HEI


def _operators(path: Any, transform: Transform, *, simplify: bool = False) -> str:
    """The path as PDF operators; quadratic curves become cubic ones."""
    parts: list[str] = []
    here = (0.0, 0.0)
    for points, code in path.iter_segments(transform, simplify=simplify and path.should_simplify):
        values = [float(value) for value in points]
        if code == Path.CLOSEPOLY:
            parts.append("h")
            continue
        if code == Path.CURVE3:
            values = _cubic(here, values)
        parts.append(" ".join(f"{value:.3f}" for value in values) + _OPERATORS[int(code)])
        here = values[-2], values[-1]
    return " ".join(parts)


_OPERATORS = {int(Path.MOVETO): " m", int(Path.LINETO): " l", int(Path.CURVE3): " c", int(Path.CURVE4): " c"}


def _cubic(start: tuple[float, float], curve: list[float]) -> list[float]:
    control, end = curve[0:2], curve[2:4]
    first = [start[axis] + 2 / 3 * (control[axis] - start[axis]) for axis in (0, 1)]
    second = [end[axis] + 2 / 3 * (control[axis] - end[axis]) for axis in (0, 1)]
    return [*first, *second, *end]
