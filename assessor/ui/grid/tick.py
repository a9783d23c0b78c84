"""A box with its tick in the window's colours: the style's own is drawn too dark on dark ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from assessor.ui import theme

SIZE = 15
"""Logical pixels."""


def box_in(cell: QRect) -> QRect:
    """Of a box in the middle of a cell."""
    return QRect(cell.center().x() - SIZE // 2, cell.center().y() - SIZE // 2, SIZE, SIZE)


def draw_box(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    colours = theme.colours()
    is_empty = state is Qt.CheckState.Unchecked
    rect = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.faint if is_empty else colours.accent), 1))
    painter.setBrush(QColor(colours.surface if is_empty else colours.accent))
    painter.drawRoundedRect(rect, 3, 3)
    pen = QPen(QColor(colours.on_accent), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    x, y = rect.x(), rect.y()
    if state is Qt.CheckState.Checked:
        painter.drawPolyline([QPointF(x + 3.2, y + 7.2), QPointF(x + 6, y + 10), QPointF(x + 10.8, y + 4.2)])
    elif state is Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(x + 3.5, y + 7), QPointF(x + 10.5, y + 7))
    painter.restore()


class TickBox(QCheckBox):
    """A check box that is drawn so."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(SIZE + 12 + words, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(1, (self.height() - SIZE) // 2, SIZE, SIZE)
        draw_box(painter, box, self.checkState())
        painter.setPen(self.palette().windowText().color())
        painter.setFont(self.font())
        words = self.rect().adjusted(box.right() + 8, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours().accent), 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.end()
