"""Shows a drawn chart pixel for pixel, as high as the chart made itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class ChartCanvas(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.setFixedHeight(self._size().height())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image is not None:
            size = self._size()
            left = max(0, (self.width() - size.width()) // 2)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRect(QPoint(left, 0), size), self.image)

    def _size(self) -> QSize:
        image = self.image or QImage()
        return (image.size() / image.devicePixelRatio()) if not image.isNull() else QSize(0, 0)
