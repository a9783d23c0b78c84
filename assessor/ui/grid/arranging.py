"""Sorts and filters a grid as its headings' menus ask, without blocking the window over a long table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal

from assessor.ui.grid.arrangement import Arrangement, Order, ValueFilter, arrange
from assessor.ui.grid.column_chooser import ColumnChooser
from assessor.ui.grid.column_values import column_values
from assessor.ui.grid.filter_menu import FilterMenu
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.slices import Slices
from assessor.ui.grid.table import GridTable


class Arranging(QObject):
    arranged = Signal()

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._table = table
        self._model: RowModel[Any] | None = None
        self._work = Slices(self)
        self._values = Slices(self)
        self.may_leave: Callable[[], bool] = lambda: True
        self.menu: FilterMenu | None = None
        """The one that was opened last, while it is open."""
        self.chooser: ColumnChooser | None = None
        for view in (table, table.frozen):
            view.column_header.menu_wanted.connect(self.open_menu)

    def set_model(self, model: RowModel[Any]) -> None:
        """The order stays, where these rows have the column; filters by other rows' values do not."""
        before, self._model = self._model, model
        self._work.cancel()
        self._values.cancel()
        if before is not None and before is not model and model.arrangement.is_plain:
            keys = {column.key for column in model.columns}
            asked = before.arrangement
            if asked.order is not None and asked.order.column in keys:
                self.ask(Arrangement({}, asked.order))

    def ask(self, asked: Arrangement) -> None:
        model = self._model
        if model is None:
            return
        version = model.version

        def show(places: list[int]) -> None:
            if model.version != version:  # others came meanwhile
                self.ask(asked)
                return
            model.show_arranged(asked, places)
            self.arranged.emit()

        self._work.run(arrange(model.rows(), model.columns, asked), show)

    def sort(self, column: str, is_descending: bool | None) -> None:
        """None: as the page has the rows."""
        if self._model is not None:
            order = None if is_descending is None else Order(column, is_descending)
            self.ask(replace(self._model.arrangement, order=order))
            self._table.scrollToTop()

    def filter(self, column: str, rule: ValueFilter | None) -> None:
        """None: takes the column's filter away."""
        if self._model is not None:
            filters = {key: other for key, other in self._model.arrangement.filters.items() if key != column}
            if rule is not None:
                filters[column] = rule
            self.ask(replace(self._model.arrangement, filters=filters))

    def clear_filters(self) -> None:
        if self._model is not None:
            self.ask(replace(self._model.arrangement, filters={}))

    def apply_anew(self) -> None:
        """To what the rows hold by now: an edit moves no row."""
        if self._model is not None:
            self.ask(self._model.arrangement)

    def open_menu(self, number: int, at: QPoint) -> None:
        model = self._model
        if model is None or not self.may_leave():
            return
        column = model.columns[number]
        asked = model.arrangement
        is_sorted = asked.order is not None and asked.order.column == column.key
        menu = FilterMenu(self._table, column.title, is_sorted=is_sorted, rule=asked.filters.get(column.key))
        menu.sort_asked.connect(lambda order: self.sort(column.key, order))
        menu.filter_asked.connect(lambda rule: self.filter(column.key, rule))
        menu.hide_asked.connect(lambda: self._hide(number))
        menu.columns_asked.connect(lambda: self.open_chooser(at))
        menu.closed.connect(lambda: self._forget(menu))
        self.menu = menu
        self._values.run(column_values(model.rows(), model.columns, asked, column.key), menu.show_values)
        menu.open_at(at)

    def open_chooser(self, at: QPoint) -> None:
        """Which columns are shown."""
        model = self._model
        if model is None:
            return
        shown = [not self._table.isColumnHidden(number) for number in range(len(model.columns))]
        self.chooser = ColumnChooser(self._table, [column.title for column in model.columns], shown)
        self.chooser.changed.connect(self._table.set_column_shown)
        self.chooser.open_at(at)

    def _hide(self, number: int) -> None:
        if len(self._table.shown_columns()) > 1:
            self._table.set_column_shown(number, False)

    def _forget(self, menu: FilterMenu) -> None:
        if self.menu is menu:
            self.menu = None
            self._values.cancel()
