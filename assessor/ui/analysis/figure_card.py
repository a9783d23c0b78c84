"""A chart beside the table that it is about: drawn off the UI thread, as wide as there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from assessor.ui import theme
from assessor.ui.background import Background, Job, Lane
from assessor.ui.chart_canvas import ChartCanvas
from assessor.ui.chart_image import image_of, in_mm

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from assessor.charts.style import Look

_DEBOUNCE_MS = 120
_LEAST_WIDTH = 530
"""Logical pixels: narrower than this no chart is drawn (``charts.sheet.MIN_WIDTH``)."""


class FigureCard(QScrollArea):
    """``show_figure`` says what to draw; it is drawn anew for another width and for a dark screen."""

    def __init__(self, name: str, background: Background) -> None:
        super().__init__()
        self._background = background
        self.canvas = ChartCanvas()
        self.canvas.setAccessibleName(name)
        self._make: Callable[[Look, float], Figure] | None = None
        self._drawn: tuple[object, ...] = ()
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._draw)
        inside = QFrame()
        theme.dress(inside, role="card")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.addWidget(self.canvas)
        column.addStretch(1)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        self.setMinimumWidth(_LEAST_WIDTH + self._beside())

    def show_figure(self, make: Callable[[Look, float], Figure] | None) -> None:
        """``make`` is called in a worker with the look and the width in mm; None: there is nothing to draw."""
        self._make = make
        if self._job is not None:
            self._job.cancel()
        if make is None:
            self.canvas.show_image(QImage())
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._timer.start()

    def _beside(self) -> int:
        """Pixels of the width that are not the chart's."""
        return self.verticalScrollBar().sizeHint().width() + 2 * theme.SPACE + 4

    def _draw(self) -> None:
        make = self._make
        if make is None or not self.isVisible():
            return
        width = max(_LEAST_WIDTH, self.width() - self._beside())
        ratio, is_dark = self.devicePixelRatioF(), theme.is_dark()
        wanted = (make, width, ratio, is_dark)
        if wanted == self._drawn:
            return
        if self._job is not None:
            self._job.cancel()  # for another width or look
        job = self._background.run(
            "正在绘制图表", lambda _work: _image(make, width, ratio, is_dark), lane=Lane.DRAWING, quiet=True
        )
        self._job, self._drawn = job, wanted
        job.done.connect(self.canvas.show_image)


def _image(make: Callable[[Look, float], Figure], width: int, ratio: float, is_dark: bool) -> QImage:
    from assessor.charts.style import look_for

    return image_of(make(look_for(paper=False, dark=is_dark), in_mm(width)), ratio)
