"""One of the two views of a grid. What the mouse does in it goes to the grid's pointer, not to Qt's own selecting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from assessor.ui import theme
from assessor.ui.grid.headers import ColumnHeader
from assessor.ui.grid.painting import CellPainter
from assessor.ui.grid.row_model import RowModel

Index = QModelIndex | QPersistentModelIndex


class CellView(QTableView):
    """Selects nothing by itself: ``NoSelection`` keeps Qt's hands off the selection, which the grid fills."""

    pressed_at = Signal(QPoint, object)
    """Left button; position in the viewport, keyboard modifiers."""
    dragged_to = Signal(QPoint)
    released = Signal()
    clicked_at = Signal(QPoint)
    double_clicked_at = Signal(QModelIndex)
    menu_wanted = Signal(QPoint)
    """Position in the viewport."""
    menu_key_pressed = Signal()
    wheel_zoomed = Signal(int)
    """Ctrl+wheel: steps, larger above zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = CellPainter(self)
        self.paint_over: Callable[[QPainter], None] | None = None
        """Called after the cells are painted, with a painter on the viewport."""
        self._pressed = QPoint(-1, -1)
        self.column_header = ColumnHeader(self)
        self.setHorizontalHeader(self.column_header)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        theme.dress(self, role="grid")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.pressed_at.emit(self._pressed, event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged_to.emit(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.released.emit()
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self._pressed == at:
            self.clicked_at.emit(at)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.double_clicked_at.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.wheel_zoomed.emit(1 if turned > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_key_pressed.emit()
        else:
            self.menu_wanted.emit(event.pos())

    def paintEvent(self, event: QPaintEvent) -> None:
        model = self.model()
        painter = QPainter(self.viewport())
        try:
            if isinstance(model, RowModel):
                self.executeDelayedItemsLayout()
                self.cells.paint(painter, model, event.region())
            if self.paint_over is not None:
                self.paint_over(painter)
        finally:
            painter.end()  # one that outlives its widget takes the program down

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Qt would paint all cells between the first and the last anew."""
        if QAccessible.isActive():
            super().dataChanged(first, last, list(roles))  # tells those who hear the screen
        model = self.model()
        if isinstance(model, RowModel) and self.isVisible():
            changed = self.cells.changed(model, (first.row(), first.column()), (last.row(), last.column()))
            self.viewport().update(changed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.cells.forget()
