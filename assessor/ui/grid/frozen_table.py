"""A table whose first columns stay in view while the others scroll; copies its selection, Enter opens a cell."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QTableView, QWidget

from assessor.ui import theme
from assessor.ui.grid.copying import selection_text


class FrozenTable(QTableView):
    """A second view of the same model and selection lies over the first columns of this one."""

    opened = Signal(QModelIndex)
    """A cell was double-clicked, or Enter was pressed on it."""
    menu_asked = Signal(QModelIndex, QPoint)
    """A cell's context menu, to be shown at that point of the screen."""

    def __init__(self, frozen_columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frozen_columns = frozen_columns
        self.frozen = QTableView(self)
        for view in (self, self.frozen):
            _set_up(view)
            view.doubleClicked.connect(self.opened)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._ask_menu, view))
        self.frozen.setFrameShape(QFrame.Shape.NoFrame)
        self.frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.dress(self.frozen, role="frozen")
        self.frozen.raise_()
        self.horizontalHeader().sectionResized.connect(self._follow_width)
        self.frozen.horizontalHeader().sectionResized.connect(self._lead_width)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        header = self.frozen.horizontalHeader()
        self.horizontalHeader().sortIndicatorChanged.connect(
            lambda column, order: header.setSortIndicator(column, order)
        )

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.frozen.setModel(model)
        if model is None:
            return
        self.frozen.setSelectionModel(self.selectionModel())
        for column in range(model.columnCount()):
            self.frozen.setColumnHidden(column, column >= self._frozen_columns)
        for column in range(self._frozen_columns):
            self.frozen.setColumnWidth(column, self.columnWidth(column))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Brings a cell out from under the frozen columns; a frozen cell moves nothing sideways."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        if index.column() < self._frozen_columns:
            self.horizontalScrollBar().setValue(sideways)
        else:
            hidden = self._frozen_width() - self.visualRect(index).left()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - max(0, hidden))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if event.modifiers() == Qt.KeyboardModifier.ControlModifier and self.currentIndex() != before:
                self._select_current()

    def _select_current(self) -> None:
        """As a spreadsheet does after Ctrl+Home or Ctrl+End; Qt would leave the selection where it was."""
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(self.currentIndex(), chosen)

    def copy_selection(self) -> None:
        cells = self.selectedIndexes()
        if cells:
            QApplication.clipboard().setText(selection_text(cells))

    def _ask_menu(self, view: QTableView, at: QPoint) -> None:
        index = view.indexAt(at)
        if index.isValid():
            self.menu_asked.emit(index, view.viewport().mapToGlobal(at))

    def _follow_width(self, column: int, _old: int, new: int) -> None:
        if column < self._frozen_columns and self.frozen.columnWidth(column) != new:
            self.frozen.setColumnWidth(column, new)
        self._place()

    def _lead_width(self, column: int, _old: int, new: int) -> None:
        if column < self._frozen_columns and self.columnWidth(column) != new:
            self.setColumnWidth(column, new)

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in range(self._frozen_columns))

    def _place(self) -> None:
        frame = self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        self.frozen.setGeometry(frame, frame, self._frozen_width() + 1, height)


def _set_up(view: QTableView) -> None:
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSortingEnabled(True)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setFixedHeight(theme.HEADER_HEIGHT)
    view.horizontalHeader().setMinimumSectionSize(40)
