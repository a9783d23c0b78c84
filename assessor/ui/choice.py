"""A drop-down list whose arrow is drawn in the theme's colours (a style sheet alone leaves it without one)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox

from assessor.ui import theme

_FROM_EDGE = 14.0
_HALF = 4.0


class Choice(QComboBox):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colours.muted if self.isEnabled() else colours.faint), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle = QPointF(self.width() - _FROM_EDGE, self.height() / 2 + 2)
        corners = [middle + QPointF(-_HALF, -_HALF), middle, middle + QPointF(_HALF, -_HALF)]
        painter.drawPolyline(QPolygonF(corners))
