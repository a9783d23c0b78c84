"""Draws a box in the middle of its cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui.grid.tick import box_in, draw_box

Index = QModelIndex | QPersistentModelIndex


class CheckCell(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        draw_box(painter, box_in(option.rect), Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
