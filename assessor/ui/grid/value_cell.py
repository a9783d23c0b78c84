"""Draws a value of a column's menu with its number of rows at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui import theme

Index = QModelIndex | QPersistentModelIndex
COUNT_ROLE = Qt.ItemDataRole.UserRole
_MARGIN = 8


class ValueCell(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        count = str(index.data(COUNT_ROLE))
        room = option.fontMetrics.horizontalAdvance(count) + 2 * _MARGIN
        whole = option.rect
        narrow = QStyleOptionViewItem(option)
        narrow.rect = whole.adjusted(0, 0, -room, 0)
        super().paint(painter, narrow, index)
        painter.save()
        painter.setPen(QColor(theme.colours().faint))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(whole.adjusted(0, 0, -_MARGIN, 0), right, count)
        painter.restore()
