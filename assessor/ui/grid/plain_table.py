"""A read-only list of rows: whole rows are chosen, Enter or a double-click opens one, Ctrl+C copies."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QSizePolicy, QTableView

from assessor.ui import theme
from assessor.ui.grid.copying import selection_text


class PlainTable(QTableView):
    opened = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)
    """A row, and the place on the screen; after ``offer_menu``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self.opened)

    def offer_menu(self) -> None:
        """From now on a right click on a row, or the menu key, asks for a menu."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def copy_selection(self) -> None:
        QApplication.clipboard().setText(selection_text(self.selectedIndexes()))

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.menu_asked.emit(index, self.viewport().mapToGlobal(at))

    def show_all_rows(self) -> None:
        """Makes the table as high as its rows, also when they change: the page around it scrolls instead."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
