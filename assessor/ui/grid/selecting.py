"""Keeps the selection of a grid: moves it by keys and mouse, shows it through Qt's selection model, keeps it by row."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, QPoint, Qt, QTimer, Signal

from assessor.ui.grid.areas import Area, Cell, Selection, runs
from assessor.ui.grid.cell_view import CellView
from assessor.ui.grid.moves import Extent, Move, moved
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.table import GridTable

_MOST_KEPT = 20_000
"""Selected rows that are looked up by key after rows came and went; of more only the active one is."""
_SCROLL_MS = 40


class Selecting(QObject):
    changed = Signal()
    """Other cells are selected, or another cell is the active one."""
    moved = Signal()
    """Another cell is the active one: another row or column, not only another place."""

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._table = table
        self.selection: Selection | None = None
        self.may_leave: Callable[[], bool] = lambda: True
        """Asked before the mouse goes elsewhere; False: an editor keeps what was refused, and the keyboard."""
        self._model: RowModel[Any] | None = None
        self._kept: _Kept | None = None
        self._spot: tuple[Hashable, str] | None = None
        self._painted: tuple[Area, ...] = ()
        """Around which lines are drawn."""
        self._drag: tuple[CellView, QPoint] | None = None
        table.rows_leaving.connect(self._keep)
        table.rows_came.connect(self._restore)
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_MS)
        self._scroller.timeout.connect(lambda: self._drag_on())
        for view in (table, table.frozen):
            view.pressed_at.connect(lambda at, keys, view=view: self._press(view, at, keys))
            view.dragged_to.connect(lambda at, view=view: self._drag_to(view, at))
            view.released.connect(self._release)

    def set_model(self, model: RowModel[Any]) -> None:
        self._model = model
        self.selection = None
        self._spot = None
        if self._extent() is not None:
            self.set(Selection.of(Cell(0, 0)), scrolls=False)

    @property
    def active(self) -> Cell | None:
        return self.selection.active if self.selection else None

    def areas(self) -> tuple[Area, ...]:
        """What is selected; empty where nothing is."""
        return self.selection.areas if self.selection else ()

    def set(self, selection: Selection, *, scrolls: bool = True) -> None:
        self.selection = selection
        self._show()
        if scrolls:
            self.reveal(selection.corner if selection.areas and not selection.is_single else selection.active)
        self._tell()

    def select(self, cell: Cell) -> None:
        self.set(Selection.of(cell))

    def reveal(self, cell: Cell) -> None:
        index = self._table.index_at(cell)
        if index.isValid():
            self._table.scrollTo(index)

    def move(self, move: Move, *, extends: bool = False, to_edge: bool = False) -> None:
        extent = self._extent()
        if extent is None or self.selection is None:
            return
        if extends:
            corner = moved(self.selection.corner, move, extent, to_edge=to_edge)
            self.set(self.selection.extended(corner))
        else:
            self.select(moved(self.selection.active, move, extent, to_edge=to_edge))

    def step(self, rows: int, columns: int) -> None:
        """Enter and Tab: one on, within the selection where more than a cell is selected."""
        if self.selection is None:
            return
        if self.selection.is_single:
            moves = {(1, 0): Move.DOWN, (-1, 0): Move.UP, (0, 1): Move.RIGHT, (0, -1): Move.LEFT}
            self.move(moves[rows, columns])
        else:
            self.selection = self.selection.stepped(rows, columns)
            self._show()
            self.reveal(self.selection.active)
            self._tell()

    def select_all(self) -> None:
        extent = self._extent()
        if extent is not None:
            area = Area(0, 0, extent.rows - 1, extent.columns - 1)
            self.set(Selection.over(area, self.active), scrolls=False)

    def select_columns(self, first: int, last: int, *, adds: bool = False) -> None:
        """Whole columns, as shown."""
        extent = self._extent()
        if extent is not None:
            area = Area(0, min(first, last), extent.rows - 1, max(first, last))
            self._take(area, Cell(0, first), Cell(extent.rows - 1, last), adds=adds)

    def select_rows(self, first: int, last: int, *, adds: bool = False) -> None:
        extent = self._extent()
        if extent is not None:
            area = Area(min(first, last), 0, max(first, last), extent.columns - 1)
            self._take(area, Cell(first, 0), Cell(last, extent.columns - 1), adds=adds)

    def holds_column(self, column: int) -> bool:
        """Whether a cell of that column of the model is selected."""
        chosen, columns = self.selection, self._table.shown_columns()
        if chosen is None or column not in columns:
            return False
        place = columns.index(column)
        return any(area.left <= place <= area.right for area in chosen.areas)

    def holds_row(self, row: int) -> bool:
        return self.selection is not None and any(area.top <= row <= area.bottom for area in self.selection.areas)

    def refresh(self) -> None:
        """After columns were moved or hidden: the same places, as far as they still are."""
        extent = self._extent()
        if extent is None or self.selection is None:
            return
        self.set(Selection.of(_clamped(self.selection.active, extent)), scrolls=False)

    def _take(self, area: Area, active: Cell, corner: Cell, *, adds: bool) -> None:
        before = self.selection.areas if adds and self.selection else ()
        self.set(Selection((*before, area), active, corner), scrolls=False)

    def _extent(self) -> Extent | None:
        model, table = self._model, self._table
        columns = table.shown_columns()
        if model is None or not model.rowCount() or not columns:
            return None
        return Extent(
            model.rowCount(),
            len(columns),
            table.shown_rows_count(),
            lambda column: partial(_is_filled, model, columns[column]),
            lambda row: lambda column: bool(model.shown_text(row, columns[column])),
        )

    def _show(self) -> None:
        """Gives Qt the selection, a range for each run of columns that are neighbours in the model, too."""
        chosen = self.selection
        marks = self._table.selectionModel()
        if chosen is None or marks is None:
            return
        found = QItemSelection()
        model, columns = self._table.model(), self._table.shown_columns()
        for area in chosen.areas:
            for first, last in runs(sorted(columns[area.left : area.right + 1])):
                found.append(QItemSelectionRange(model.index(area.top, first), model.index(area.bottom, last)))
        marks.setCurrentIndex(self._table.index_at(chosen.active), QItemSelectionModel.SelectionFlag.NoUpdate)
        marks.select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._table.repaint_areas({*self._painted, *chosen.areas})
        self._painted = chosen.areas

    def _tell(self) -> None:
        self.changed.emit()
        spot = self._spot_now()
        if spot != self._spot:
            self._spot = spot
            self.moved.emit()

    def _spot_now(self) -> tuple[Hashable, str] | None:
        if self._model is None or self.selection is None:
            return None
        index = self._table.index_at(self.selection.active)
        return (self._model.key_at(index.row()), self._model.column_at(index).key) if index.isValid() else None

    # The mouse

    def _press(self, view: CellView, at: QPoint, keys: Qt.KeyboardModifier) -> None:
        index = view.indexAt(at)
        cell = self._table.cell_near(view, at) if index.isValid() else None
        if cell is None or not self.may_leave():
            return
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag = (view, at)
        if keys & Qt.KeyboardModifier.ShiftModifier and self.selection:
            self.set(self.selection.extended(cell))
        elif keys & Qt.KeyboardModifier.ControlModifier and self.selection:
            self.set(self.selection.added(cell))
        else:
            self.select(cell)

    def _drag_to(self, view: CellView, at: QPoint) -> None:
        if self._drag is None:
            return
        self._drag = (view, at)
        is_outside = not view.viewport().rect().contains(at)
        if is_outside and not self._scroller.isActive():
            self._scroller.start()
        elif not is_outside:
            self._scroller.stop()
        self._drag_on()

    def _drag_on(self) -> None:
        if self._drag is None or self.selection is None:
            return
        view, at = self._drag
        origin = view.viewport().mapTo(self._table, at)
        inside = self._table.viewport().mapFrom(self._table, origin)
        cell = self._table.cell_near(self._table, inside)
        if cell is not None and cell != self.selection.corner:
            self.set(self.selection.extended(cell))

    def _release(self) -> None:
        self._drag = None
        self._scroller.stop()

    # Rows that come and go

    def _keep(self) -> None:
        model, chosen = self._model, self.selection
        self._kept = None
        if model is None or chosen is None or self._spot is None:
            return
        rows = sum(area.height for area in chosen.areas)
        keys = tuple(
            frozenset(model.key_at(row) for row in range(area.top, area.bottom + 1)) if rows <= _MOST_KEPT else None
            for area in chosen.areas
        )
        scrolled = self._table.verticalScrollBar().value()
        self._kept = _Kept(self._spot, chosen, keys, model.rowCount(), scrolled)

    def _restore(self) -> None:
        model, kept, extent = self._model, self._kept, self._extent()
        self._kept = None
        if model is None or extent is None:
            self.selection = None
            self._spot = None
            self.changed.emit()
            return
        if kept is None:
            self.set(Selection.of(Cell(0, 0)), scrolls=False)
            return
        self._table.verticalScrollBar().setValue(kept.scrolled)
        self.set(_found(kept, model, extent), scrolls=False)


class _Kept:
    """A selection by the keys of its rows."""

    def __init__(
        self,
        spot: tuple[Hashable, str],
        selection: Selection,
        keys: tuple[frozenset[Hashable] | None, ...],
        row_count: int,
        scrolled: int,
    ) -> None:
        self.spot, self.selection, self.keys = spot, selection, keys
        self.row_count, self.scrolled = row_count, scrolled


def _is_filled(model: RowModel[Any], column: int, row: int) -> bool:
    return bool(model.shown_text(row, column))


def _found(kept: _Kept, model: RowModel[Any], extent: Extent) -> Selection:
    row = model.place_of(kept.spot[0])
    before = kept.selection
    active = _clamped(Cell(before.active.row if row is None else row, before.active.column), extent)
    areas: list[Area] = []
    for area, keys in zip(before.areas, kept.keys, strict=True):
        left, right = min(area.left, extent.columns - 1), min(area.right, extent.columns - 1)
        if area.top == 0 and area.height == kept.row_count:
            areas.append(Area(0, left, extent.rows - 1, right))
        elif keys is not None:
            areas.extend(Area(first, left, last, right) for first, last in runs(model.places_of(set(keys))))
    holding = next((area for area in areas if active in area), None)
    if row is None or holding is None:
        return Selection.of(active)
    corner = Selection.over(holding, active).corner
    ordered = (*(area for area in areas if area is not holding), holding)
    return Selection(ordered, active, corner)


def _clamped(cell: Cell, extent: Extent) -> Cell:
    return Cell(min(cell.row, extent.rows - 1), min(cell.column, extent.columns - 1))
