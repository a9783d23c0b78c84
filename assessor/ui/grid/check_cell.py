"""Draws a box in the middle of its cell; a click on it ticks it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


def box_rect(cell: QRect) -> QRect:
    """Of the box within its cell."""
    style = QApplication.style()
    size = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
    return QRect(cell.center().x() - size // 2, cell.center().y() - size // 2, size, size)


class CheckCell(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        box = QStyleOptionButton()
        box.rect = box_rect(option.rect)
        is_checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box.state = QStyle.StateFlag.State_Enabled
        box.state |= QStyle.StateFlag.State_On if is_checked else QStyle.StateFlag.State_Off
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, bare.widget)
