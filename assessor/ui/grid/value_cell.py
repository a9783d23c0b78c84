"""Draws a value of a column's menu: its box, its text, its number of rows at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui import theme
from assessor.ui.grid.tick import SIZE, draw_box

Index = QModelIndex | QPersistentModelIndex
COUNT_ROLE = Qt.ItemDataRole.UserRole
TICK_ROLE = Qt.ItemDataRole.UserRole + 1
"""Qt's own role for it would draw the style's box."""
_MARGIN = 8


class ValueCell(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole, count = option.rect, str(index.data(COUNT_ROLE))
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        words, bare.text = bare.text, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        left = whole.left() + _MARGIN + SIZE + _MARGIN
        counted = bare.fontMetrics.horizontalAdvance(count) + 2 * _MARGIN
        draw_box(
            painter, QRect(whole.left() + _MARGIN, whole.center().y() - SIZE // 2, SIZE, SIZE), index.data(TICK_ROLE)
        )
        room = QRect(left, whole.top(), whole.right() - left - counted, whole.height())
        painter.save()
        painter.setFont(bare.font)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(colour if isinstance(colour, QColor) else QColor(theme.colours().text))
        elided = bare.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), elided)
        painter.setPen(QColor(theme.colours().faint))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(whole.adjusted(0, 0, -_MARGIN, 0), right, count)
        painter.restore()
