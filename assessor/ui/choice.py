"""A drop-down list whose arrow is drawn in the theme's colours (a style sheet alone leaves it without one)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox

from assessor.ui import theme

_FROM_EDGE = 14.0
_HALF = 4.0
_WIDEST = 320
"""Pixels that it asks for, however long a name it offers: one long name would push all else out of a page's head."""
_WIDEST_LIST = 720


class Choice(QComboBox):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), _WIDEST), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _WIDEST), hint.height())

    def showPopup(self) -> None:
        """The list shows names whole that the field may not."""
        longest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=0
        )
        self.view().setMinimumWidth(min(longest + 4 * round(_FROM_EDGE), _WIDEST_LIST))
        super().showPopup()

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
