"""The headings of a grid: a click selects a column or row, the button in a column's heading opens its menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from assessor.ui import theme
from assessor.ui.grid.row_model import RowModel

_BUTTON = 18
_MARGIN = 8
_HANDLE = 4
"""Logical pixels at a section's end that resize it."""


class ColumnHeader(QHeaderView):
    menu_wanted = Signal(int, QPoint)
    """Column of the model, and the point of the screen below its button."""
    pressed_on = Signal(int, object)
    """Column of the model, keyboard modifiers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.is_selected: Callable[[int], bool] = lambda _column: False
        self.setSectionsClickable(True)
        self.setMouseTracking(True)
        self.is_pressed = False
        """The mouse button is held on it: a width that changes now is the user's."""
        self._hovered = -1
        self._keys = Qt.KeyboardModifier.NoModifier
        self.sectionPressed.connect(lambda column: self.pressed_on.emit(column, self._keys))

    def button_rect(self, column: int) -> QRect:
        """Of the button that opens the column's menu, in the viewport."""
        left = self.sectionViewportPosition(column)
        return QRect(left + self.sectionSize(column) - _BUTTON - _HANDLE, 0, _BUTTON, self.height())

    def open_menu(self, column: int) -> None:
        rect = self.button_rect(column)
        self.menu_wanted.emit(column, self.viewport().mapToGlobal(QPoint(rect.left(), self.height())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        column = self.logicalIndexAt(at)
        self._keys = event.modifiers()
        if event.button() is Qt.MouseButton.LeftButton and column >= 0 and self.button_rect(column).contains(at):
            self.open_menu(column)
            return
        self.is_pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.is_pressed = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.open_menu(column)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        model = self.model()
        if not isinstance(model, RowModel) or not rect.isValid():
            return
        colours = theme.colours()
        is_selected = self.is_selected(column)
        painter.save()
        _paint_ground(painter, rect, is_selected=is_selected)
        described = model.columns[column]
        is_edited = model.is_editable and described.edit is not None
        painter.setPen(QColor(colours.accent if is_selected else colours.text if is_edited else colours.muted))
        painter.setFont(self.font())
        room = rect.adjusted(_MARGIN, 2, -_BUTTON - _HANDLE, -2)
        alignment = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(room, int(alignment), self._fitting(described.title, room.width()))
        self._paint_button(painter, rect, column, model)
        painter.restore()

    def _fitting(self, title: str, width: int) -> str:
        metrics = self.fontMetrics()
        return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in title.split("\n")[:2])

    def _paint_button(self, painter: QPainter, rect: QRect, column: int, model: RowModel[object]) -> None:
        """A funnel where rows are filtered out, an arrow where they are sorted, else a small hint of a menu."""
        colours = theme.colours()
        key, asked = model.columns[column].key, model.arrangement
        centre = QPoint(rect.right() - _HANDLE - _BUTTON // 2 + 1, rect.center().y())
        is_sorted = asked.order is not None and asked.order.column == key
        is_filtered = key in asked.filters
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent if is_sorted or is_filtered else colours.faint))
        if is_filtered:
            lift = -5 if is_sorted else 0
            painter.drawPolygon(_funnel(centre + QPoint(0, lift)))
            centre += QPoint(0, 7 if is_sorted else 0)
        if is_sorted and asked.order is not None:
            painter.drawPolygon(_arrow(centre, is_up=not asked.order.is_descending, size=4))
        elif not is_filtered:
            if self._hovered != column:
                painter.setOpacity(0.6)
            painter.drawPolygon(_arrow(centre, is_up=False, size=3))

    def _hover(self, column: int) -> None:
        if column != self._hovered:
            self._hovered = column
            self.viewport().update()


class RowHeader(QHeaderView):
    pressed_on = Signal(int, object)
    dragged_to = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.is_selected: Callable[[int], bool] = lambda _row: False
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._is_pressed = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and row >= 0:
            self._is_pressed = True
            self.pressed_on.emit(row, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        if self._is_pressed and row >= 0:
            self.dragged_to.emit(row)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._is_pressed = False

    def sizeHint(self) -> QSize:
        model = self.model()
        digits = len(str(model.rowCount())) if model is not None else 1
        width = self.fontMetrics().horizontalAdvance("9" * max(2, digits)) + 2 * _MARGIN + 2
        return QSize(width, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        if not rect.isValid():
            return
        colours = theme.colours()
        is_selected = self.is_selected(row)
        painter.save()
        _paint_ground(painter, rect, is_selected=is_selected)
        painter.setPen(QColor(colours.accent if is_selected else colours.faint))
        painter.setFont(self.font())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(row + 1))
        painter.restore()


def _paint_ground(painter: QPainter, rect: QRect, *, is_selected: bool) -> None:
    colours = theme.colours()
    painter.fillRect(rect, QColor(colours.accent_soft if is_selected else colours.raised))
    painter.setPen(QPen(QColor(colours.border), 1))
    painter.drawLine(rect.topRight(), rect.bottomRight())
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _arrow(centre: QPoint, *, is_up: bool, size: int) -> QPolygon:
    tip = -size if is_up else size
    x, y = centre.x(), centre.y()
    return QPolygon([QPoint(x - size, y - tip // 2), QPoint(x + size, y - tip // 2), QPoint(x, y + tip - tip // 2)])


def _funnel(centre: QPoint) -> QPolygon:
    x, y = centre.x(), centre.y()
    corners = ((-5, -5), (5, -5), (1, 0), (1, 5), (-1, 3), (-1, 0))
    return QPolygon([QPoint(x + right, y + down) for right, down in corners])
