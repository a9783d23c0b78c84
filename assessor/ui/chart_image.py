"""Draws a chart into an image at the screen's resolution. Runs in a worker's thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from assessor.domain.year_view import YearView
    from assessor.work import Work

_LOGICAL_DPI = 96.0
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class ChartRequest:
    kind: str
    view: YearView = field(compare=False)
    group: str | None
    width: int
    """Logical pixels."""
    pixel_ratio: float
    """Device pixels per logical pixel."""
    dark: bool

    def is_same_as(self, other: ChartRequest | None) -> bool:
        """Whether drawing it would give the picture of ``other`` again."""
        return self == other and other is not None and self.view is other.view


def draw_image(request: ChartRequest, work: Work) -> QImage:
    """The chart as wide as asked, as high as the chart makes itself."""
    from assessor.charts import draw_chart

    figure = draw_chart(
        request.kind, request.view, group=request.group, width_mm=in_mm(request.width), dark=request.dark
    )
    work.step(0.5, "正在绘制图表")
    image = image_of(figure, request.pixel_ratio)
    work.step(1.0, "图表已绘制")
    return image


def in_mm(width: int) -> float:
    """Of logical pixels."""
    return width / _LOGICAL_DPI * _MM_PER_INCH


def image_of(figure: Figure, pixel_ratio: float) -> QImage:
    """``pixel_ratio``: device pixels per logical pixel."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(_LOGICAL_DPI * pixel_ratio)
    canvas: Any = FigureCanvasAgg(figure)  # matplotlib's canvas has no type hints
    canvas.draw()
    width, height = canvas.get_width_height()
    pixels = bytes(canvas.buffer_rgba())
    image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(pixel_ratio)
    return image
