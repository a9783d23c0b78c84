"""The one table of all pages: a spreadsheet over the rows of a RowModel."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.ui.grid.arranging import Arranging
from assessor.ui.grid.cell_menu import add_actions
from assessor.ui.grid.cell_view import CellView
from assessor.ui.grid.clipboard import Clipboard
from assessor.ui.grid.column import CellKind
from assessor.ui.grid.editing import Editing
from assessor.ui.grid.empty_note import EmptyNote
from assessor.ui.grid.exporting import export, print_table
from assessor.ui.grid.find_bar import FindBar
from assessor.ui.grid.host import host_of
from assessor.ui.grid.keys import ALT, CONTROL, SHIFT, Actions, is_typing, move_of, pressed
from assessor.ui.grid.layout_memory import LayoutMemory
from assessor.ui.grid.refusal_panel import RefusalPanel
from assessor.ui.grid.row_model import Before, RowModel
from assessor.ui.grid.selecting import Selecting
from assessor.ui.grid.summarizing import Summarizing
from assessor.ui.grid.table import GridTable
from assessor.ui.grid.tick import box_in
from assessor.ui.grid.widths import fit_columns, fitting_width, widen_columns
from assessor.ui.grid.writing import Writing

_ZOOM_STEP = 10
_MOST_WIDENED = 20
"""Rows that changed: of more, none is measured."""
_NONE = Qt.KeyboardModifier.NoModifier


class Grid(QWidget):
    """``name``: for those who hear the screen, and the title of what is exported. ``memory_key``: where widths and
    order of its columns are remembered; empty: under the name.
    """

    opened = Signal(QModelIndex)
    """Enter or a double click on a cell that is not edited; an index of the model."""
    looked_at = Signal(QModelIndex)
    """Another cell is the active one."""
    menu_asked = Signal(QModelIndex, QMenu)
    """A cell's menu is about to open: pages put their own actions into it."""

    def __init__(self, name: str, *, frozen: int = 0, memory_key: str = "", numbers: bool = True) -> None:
        super().__init__()
        self.name = name
        self.memory_key = memory_key or name
        self.model: RowModel[Any] | None = None
        self.table = GridTable(frozen)
        self.table.setAccessibleName(name)
        self.table.verticalHeader().setVisible(numbers)
        self.selecting = Selecting(self.table)
        self.writing = Writing(self.table)
        self.editing = Editing(self.table, self.selecting, self.writing, self)
        self.clipboard = Clipboard(self.table, self.selecting, self.writing)
        self.arranging = Arranging(self.table)
        self.summarizing = Summarizing(self.table, self.selecting)
        self.memory = LayoutMemory(self.table, self.memory_key)
        self.find_bar = FindBar(self.table, self.selecting)
        self.refusals = RefusalPanel()
        self.empty = EmptyNote(self.table)
        self.is_narrowed: Callable[[], bool] = lambda: False
        """Set by a page that filters its rows itself: whether it does."""
        self.widen: Callable[[], object] = lambda: None
        """Set by such a page: takes its filters away."""
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.refusals)
        self._dressed: tuple[object, ...] = ()
        self._stepped_back_at: object | None = None
        self._actions = self._key_actions()
        self._connect()

    def set_model(self, model: RowModel[Any]) -> None:
        """Shows the rows of ``model``, from the first cell on."""
        self.model = model
        self.table.setModel(model)
        self.arranging.set_model(model)
        for part in (self.selecting, self.writing, self.editing, self.clipboard, self.summarizing, self.find_bar):
            part.set_model(model)
        self._dressed = ()
        self._dress()
        self._tell_if_empty()
        self.memory.set_model(model)
        self._tell_spot()

    def current_index(self) -> QModelIndex:
        """Of the active cell; invalid where there is none."""
        cell = self.selecting.active
        return self.table.index_at(cell) if cell else QModelIndex()

    def selected_rows(self) -> list[Any]:
        """Every row with a selected cell, once, from top to bottom."""
        chosen, model = self.selecting.selection, self.model
        if chosen is None or model is None:
            return []
        places = sorted({row for area in chosen.areas for row in range(area.top, area.bottom + 1)})
        return [model.row_at_place(place) for place in places]

    def go_to(self, index: QModelIndex) -> None:
        """Selects a cell and brings it into view; nothing where it is hidden."""
        if index.isValid() and not self.table.isColumnHidden(index.column()):
            self.selecting.select(self.table.cell_of(index))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_spot()

    def export(self) -> None:
        """What is shown as .xlsx or .csv; asks where to."""
        if self.model is not None and self.editing.finish():
            export(self.table, self.name, self.model)

    def print_table(self) -> None:
        """What is shown on paper; asks where to."""
        if self.model is not None and self.editing.finish():
            print_table(self.table, self.name, self.model)

    def go_to_row(self, key: Hashable, column: str) -> None:
        """To a cell by the keys of its row and column; a filter that hides the row is taken away."""
        if self.model is None:
            return
        if not self.model.index_of(key, column).isValid():
            self.arranging.clear_filters()
        self.go_to(self.model.index_of(key, column))

    def _connect(self) -> None:
        self.table.rows_came.connect(self._dress)
        self.table.cells_changed.connect(self._widen)
        self.table.rows_shown.connect(self._step_back)
        for came in (self.table.rows_came, self.table.rows_shown):
            came.connect(self._tell_if_empty)
        self.empty.clear_asked.connect(self._clear_filters)
        self.table.take_key = self._take_key
        self.table.wants_key = self._wants_key
        for view in (self.table, self.table.frozen):
            view.cells.areas, view.cells.shown_columns = self.selecting.areas, self.table.shown_columns
            view.paint_over = lambda painter, view=view: self._paint(painter, view)
            view.clicked_at.connect(lambda at, view=view: self._click(view, at))
            view.double_clicked_at.connect(self._double_click)
            view.menu_wanted.connect(lambda at, view=view: self._show_menu(view, at))
            view.column_header.pressed_on.connect(self._press_column)
            view.column_header.is_selected = self.selecting.holds_column
            view.column_header.sectionHandleDoubleClicked.connect(self._fit_column)
            view.menu_key_pressed.connect(self._show_own_menu)
            view.wheel_zoomed.connect(self._zoom)
        self.table.row_header.is_selected = self.selecting.holds_row
        self.table.row_header.pressed_on.connect(self._press_row)
        self.table.row_header.dragged_to.connect(self._drag_row)
        self.table.columns_changed.connect(self.selecting.refresh)
        self.arranging.may_leave = self.editing.finish
        self.find_bar.closed.connect(self.table.setFocus)
        self.selecting.moved.connect(self._tell_spot)
        self.writing.refused.connect(self.refusals.show_refusals)
        self.writing.failed.connect(self._take_back)
        self.refusals.closed.connect(self.table.setFocus)

    def _key_actions(self) -> Actions:
        keys = Qt.Key
        step = self.selecting.step
        return {
            (keys.Key_C, CONTROL): self.clipboard.copy,
            (keys.Key_X, CONTROL): self.clipboard.cut,
            (keys.Key_V, CONTROL): self.clipboard.paste,
            (keys.Key_D, CONTROL): self.clipboard.fill_down,
            (keys.Key_A, CONTROL): self.selecting.select_all,
            (keys.Key_Delete, _NONE): self.clipboard.clear,
            (keys.Key_Backspace, _NONE): lambda: self.editing.begin(""),
            (keys.Key_F2, _NONE): self.editing.begin,
            (keys.Key_Down, ALT): self._open_below,
            (keys.Key_F, CONTROL): self.find_bar.open_bar,
            (keys.Key_L, CONTROL | SHIFT): self._open_column_menu,
            (keys.Key_C, CONTROL | SHIFT): lambda: self.clipboard.copy(with_titles=True),
            (keys.Key_Space, CONTROL): self._select_columns,
            (keys.Key_Space, SHIFT): self._select_rows,
            (keys.Key_Plus, CONTROL): lambda: self._zoom(1),
            (keys.Key_Plus, CONTROL | SHIFT): lambda: self._zoom(1),
            (keys.Key_Equal, CONTROL): lambda: self._zoom(1),
            (keys.Key_Minus, CONTROL): lambda: self._zoom(-1),
            (keys.Key_0, CONTROL): lambda: self.table.set_zoom(100),
            (keys.Key_Return, _NONE): self._enter,
            (keys.Key_Enter, _NONE): self._enter,
            (keys.Key_Return, SHIFT): lambda: step(-1, 0),
            (keys.Key_Enter, SHIFT): lambda: step(-1, 0),
        }

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.model is None:
            return False
        action = self._actions.get(pressed(event))
        if action is not None:
            action()
            return True
        found = move_of(event)
        if found is not None:
            move, extends, to_edge = found
            self.selecting.move(move, extends=extends, to_edge=to_edge)
            return True
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._tab(event)
        if event.key() == Qt.Key.Key_Escape:
            return self._escape()
        if event.key() == Qt.Key.Key_Space and self.editing.toggle():
            return True
        if is_typing(event):
            self.editing.begin(event.text())
            return True
        return False

    def _wants_key(self, event: QKeyEvent) -> bool:
        return pressed(event) in self._actions or move_of(event) is not None

    def _enter(self) -> None:
        """Down from a cell that is edited, or round the selection; a cell that is not edited opens."""
        chosen = self.selecting.selection
        if chosen is None:
            return
        index = self.current_index()
        if chosen.is_single and self.editing.refusal(index):
            self.opened.emit(index)
        else:
            self.selecting.step(1, 0)

    def _tab(self, event: QKeyEvent) -> bool:
        """Goes right where there is something to fill in; else it leaves the table, as it leaves any widget."""
        modifiers = pressed(event)[1]
        if self.model is None or not self.model.is_editable or modifiers & CONTROL:
            is_back = event.key() == Qt.Key.Key_Backtab
            return self.table.leave(is_back)
        self.selecting.step(0, -1 if event.key() == Qt.Key.Key_Backtab else 1)
        return True

    def _open_below(self) -> None:
        """Alt+Down: the list or calendar of a cell; where the cell has none, its column's menu."""
        model, index = self.model, self.current_index()
        if model is None or not index.isValid():
            return
        has_list = model.column_at(index).kind in (CellKind.CHOICE, CellKind.DATE)
        if has_list and not self.editing.refusal(index):
            self.editing.begin()
        else:
            self._open_column_menu()

    def _open_column_menu(self) -> None:
        index = self.current_index()
        if index.isValid():
            self.table.view_of(index.column()).column_header.open_menu(index.column())

    def _select_columns(self) -> None:
        chosen = self.selecting.selection
        if chosen is not None:
            self.selecting.select_columns(chosen.active.column, chosen.corner.column)

    def _select_rows(self) -> None:
        chosen = self.selecting.selection
        if chosen is not None:
            self.selecting.select_rows(chosen.active.row, chosen.corner.row)

    def _press_column(self, column: int, keys: Qt.KeyboardModifier) -> None:
        if not self.editing.finish() or column not in self.table.shown_columns():
            return
        self.table.setFocus()
        place, chosen = self.table.shown_columns().index(column), self.selecting.selection
        first = chosen.active.column if chosen and keys & SHIFT else place
        self.selecting.select_columns(first, place, adds=bool(keys & CONTROL))

    def _press_row(self, row: int, keys: Qt.KeyboardModifier) -> None:
        if not self.editing.finish():
            return
        self.table.setFocus()
        chosen = self.selecting.selection
        first = chosen.active.row if chosen and keys & SHIFT else row
        self.selecting.select_rows(first, row, adds=bool(keys & CONTROL))

    def _drag_row(self, row: int) -> None:
        chosen = self.selecting.selection
        if chosen is not None:
            self.selecting.select_rows(chosen.active.row, row)

    def _fit_column(self, column: int) -> None:
        """A double click on the line after a heading: as its texts need."""
        if self.model is not None:
            self.table.keep_width(column, fitting_width(self.model, column))

    def _zoom(self, steps: int) -> None:
        self.table.set_zoom(self.table.zoom + steps * _ZOOM_STEP)

    def _escape(self) -> bool:
        if self.find_bar.isVisible():
            self.find_bar.close_bar()
            return True
        if self.refusals.isVisible():
            self.refusals.close_panel()
            return True
        return False

    def _click(self, view: CellView, at: QPoint) -> None:
        """A box is ticked by a click on it; its cell is selected by one beside it."""
        index = view.indexAt(at)
        is_check = self.model is not None and index.isValid() and self.model.column_at(index).kind is CellKind.CHECK
        if is_check and box_in(view.visualRect(index)).contains(at):
            self.editing.toggle()

    def _double_click(self, index: QModelIndex) -> None:
        if self.model is not None and self.model.column_at(index).kind is CellKind.CHECK:
            return
        if self.editing.refusal(index):
            self.opened.emit(index)
        else:
            self.editing.begin()

    def _show_menu(self, view: CellView, at: QPoint) -> None:
        index = view.indexAt(at)
        if not index.isValid() or not self.editing.finish():
            return
        cell = self.table.cell_of(index)
        chosen = self.selecting.selection
        if chosen is None or not any(cell in area for area in chosen.areas):
            self.selecting.select(cell)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_asked.emit(index, menu)
        add_actions(menu, self)
        menu.popup(view.viewport().mapToGlobal(at))

    def _show_own_menu(self) -> None:
        """The menu key: of the active cell, wherever the mouse is."""
        index = self.current_index()
        if index.isValid():
            view = self.table.view_of(index.column())
            self._show_menu(view, view.visualRect(index).center())

    def _take_back(self, wanted: list[Any], problem: AssessorError, is_shown: bool) -> None:
        """What the workbook did not take goes back into its editor, or is listed: it is not lost."""
        model = self.model
        if model is None:
            return
        if len(wanted) == 1 and is_shown:
            one = wanted[0]
            if self.editing.reopen(model.key_of(one.row), one.column.key, one.text, problem):
                return
        self.refusals.show_failure(wanted, problem)
        host = host_of(self)
        if host is not None and not self.isVisible():
            host.show_problem(problem)

    def _tell_spot(self) -> None:
        """Only while the grid is seen: what a page behind another one has is not what is looked at."""
        index = self.current_index()
        if index.isValid() and self.isVisible():
            self.looked_at.emit(index)

    def _step_back(self, before: Before[Any] | None) -> None:
        """Goes to what an undo or a redo changed: typing goes on there. What is shown later moves nothing."""
        host, model = host_of(self), self.model
        moment = host.stepped_back_at() if host is not None else None
        if model is None or moment is None or moment == self._stepped_back_at:
            return
        self._stepped_back_at = moment
        if before is not None and self.isVisible() and self.editing.editor is None:
            near = self.current_index().column()
            self.go_to(model.first_changed(before, self.table.shown_columns(), near))

    def _tell_if_empty(self) -> None:
        """A table without rows says whether a filter hides them."""
        model = self.model
        is_filtered = model is not None and bool(model.row_total and model.arrangement.filters)
        self.empty.show_where(model is not None and not model.rowCount() and (is_filtered or self.is_narrowed()))

    def _clear_filters(self) -> None:
        self.arranging.clear_filters()
        self.widen()
        self.table.setFocus()

    def _dress(self) -> None:
        """Widths of the columns; once for a set of columns, when there are rows to measure."""
        model = self.model
        if model is None:
            return
        wanted = (bool(model.row_total), *(column.key for column in model.columns))
        if wanted == self._dressed:
            return
        self._dressed = wanted
        fit_columns(self.table, model)

    def _widen(self, first: QModelIndex, last: QModelIndex) -> None:
        """A cell that has more to show since an edit is not cut off."""
        if self.model is not None and last.row() - first.row() < _MOST_WIDENED:
            widen_columns(self.table, self.model, first.row(), last.row())

    def _paint(self, painter: QPainter, view: CellView) -> None:
        chosen = self.selecting.selection
        if chosen is not None and self.model is not None and self.model.rowCount():
            self.table.paint_selection(painter, view, chosen.areas, chosen.active)
