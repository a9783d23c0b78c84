"""A matplotlib figure as a flowable: drawn as vectors and real text on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus.flowables import Flowable

from assessor.reports.text.style import MM

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_INCH = 72
_MAX_HEIGHT = 225 * MM


class ChartFlowable(Flowable):  # type: ignore[misc]
    """``figure`` scaled to ``width`` points, smaller where the page is."""

    def __init__(self, figure: Figure, width: float) -> None:
        super().__init__()
        self._figure = figure
        self._natural = figure.get_figwidth() * _INCH, figure.get_figheight() * _INCH
        self._wanted = width
        self._scale = 1.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        width, height = self._natural
        self._scale = min(min(self._wanted, available_width) / width, _MAX_HEIGHT / height)
        self.width, self.height = width * self._scale, height * self._scale
        return self.width, self.height

    def draw(self) -> None:
        # Matplotlib takes half a second to import; documents without charts do without it.
        from assessor.reports.text.canvas_renderer import draw_figure

        self.canv.saveState()
        self.canv.scale(self._scale, self._scale)
        draw_figure(self.canv, self._figure)
        self.canv.restoreState()
