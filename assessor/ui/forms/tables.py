"""The three grids of the page, filled from the same rows; which forms are chosen in the one that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex

from assessor.domain.figure_table import FigureRow, Previous, asked_figures, figure_table
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow, MatrixRow, form_matrix
from assessor.ui.forms.figure_columns import figure_columns
from assessor.ui.forms.layout import FormsLayout, Look
from assessor.ui.forms.list_columns import list_columns
from assessor.ui.forms.matrix_columns import FIRST_FORM, matrix_columns
from assessor.ui.forms.state_look import is_meant
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import CellChange, RowModel

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job

Write = Callable[[Sequence[CellChange[FigureRow]]], "Job | None"]


class FormTables:
    def __init__(self, parts: FormsLayout, write: Write) -> None:
        self._parts = parts
        self.matrix = RowModel[MatrixRow]((), lambda row: row.unit.code)
        self.list = RowModel[FormRow]((), lambda row: row.key)
        self.figures = RowModel[FigureRow]((), lambda row: row.form.key)
        self.figures.write = write
        self._shown_matrix: tuple[object, ...] = ()
        """What the columns of the matrix depend on; so for the list and the figures."""
        self._shown_list: object = None
        self._shown_figures: tuple[object, ...] = ()

    def take(self, look: Look, grid: Grid) -> None:
        """A grid that is new."""
        grid.set_model(self._model(look))

    def _model(self, look: Look) -> RowModel[Any]:
        models: dict[Look, RowModel[Any]] = {
            Look.MATRIX: self.matrix,
            Look.LIST: self.list,
            Look.FIGURES: self.figures,
        }
        return models[look]

    def show(self, view: YearView, rows: Sequence[FormRow], previous: Previous, locked: str) -> None:
        """Fills the grid that is shown; the others wait until they are."""
        {Look.MATRIX: self._show_matrix, Look.LIST: self._show_list, Look.FIGURES: self._show_figures}[
            self._parts.look
        ](view, rows, previous)
        self.figures.locked = locked

    def chosen(self) -> list[FormRow]:
        """Forms of the selected cells of the matrix, or of the selected rows, each once."""
        grid = self._parts.grid()
        if self._parts.look is Look.MATRIX:
            found = [row for index in _cells(grid) for row in self._forms_at(index)]
            return list({row.key: row for row in found}.values())
        return [row.form if isinstance(row, FigureRow) else row for row in grid.selected_rows()]

    def form_at(self, index: QModelIndex) -> FormRow | None:
        """Of a cell of the grid that is shown; None where there is none, as before the first task of the matrix."""
        if not index.isValid():
            return None
        look = self._parts.look
        if look is Look.MATRIX:
            place = index.column() - FIRST_FORM
            return self.matrix.row_at(index).cells[place] if place >= 0 else None
        return self.list.row_at(index) if look is Look.LIST else self.figures.row_at(index).form

    def _forms_at(self, index: QModelIndex) -> list[FormRow]:
        """Of a cell of the matrix; a unit's name stands for all of its forms."""
        cells = self.matrix.row_at(index).cells
        place = index.column() - FIRST_FORM
        return [cell for cell in (cells if place < 0 else cells[place : place + 1]) if cell is not None]

    def go_to(self, key: FormKey) -> None:
        """Selects the form in the grid that is shown."""
        look = self._parts.look
        if look is Look.MATRIX:
            self._parts.grid().go_to(self.matrix.index_of(key.unit, key.task or "own"))
        else:
            self._parts.grid().go_to(self._model(look).index_of(key))

    def _show_matrix(self, view: YearView, rows: Sequence[FormRow], _previous: Previous) -> None:
        matrix = form_matrix(view, rows)
        chosen, wanted = self._whom(), self._parts.legend.wanted
        units = {row.unit.code for row in rows if self._parts.is_of(row, chosen)}
        shown = [row for row in matrix.rows if not chosen or row.unit.code in units]
        depends = (matrix.columns, wanted)
        is_first = not self.matrix.columns
        if depends == self._shown_matrix:
            self.matrix.show_rows(shown)
        else:
            self._shown_matrix = depends
            self.matrix.show_table(matrix_columns(matrix, wanted), shown)
        if is_first and matrix.columns:
            self._parts.grid().go_to(self.matrix.index(0, FIRST_FORM))

    def _show_list(self, view: YearView, rows: Sequence[FormRow], _previous: Previous) -> None:
        asked = {
            (group.group.code, is_task): asked_figures(group.scheme, "task" if is_task else "")
            for group in view.facts.groups
            for is_task in (False, True)
        }
        chosen, wanted = self._whom(), self._parts.legend.wanted
        shown = [row for row in rows if self._parts.is_of(row, chosen) and is_meant(row, wanted)]
        if asked == self._shown_list:
            self.list.show_rows(shown)
        else:
            self._shown_list = asked
            self.list.show_table(list_columns(asked), shown)

    def _show_figures(self, view: YearView, rows: Sequence[FormRow], previous: Previous) -> None:
        chosen = str(self._parts.table.currentData() or "")
        is_own = chosen.startswith("group:")
        mine = [row for row in rows if self._parts.is_of(row, chosen) and bool(row.key.task) is not is_own]
        wanted = self._parts.legend.wanted
        table = figure_table(view, [row for row in mine if is_meant(row, wanted)], previous)
        with_previous = self._parts.previous.isChecked()
        depends = (table.figures, table.has_targets, with_previous)
        if depends == self._shown_figures:
            self.figures.show_rows(table.rows)
        else:
            self._shown_figures = depends
            self.figures.show_table(figure_columns(table, with_previous=with_previous), table.rows)

    def _whom(self) -> str:
        return str(self._parts.whom.currentData() or "")


def _cells(grid: Grid) -> list[QModelIndex]:
    chosen = grid.selecting.selection
    if chosen is None:
        return []
    return [grid.table.index_at(cell) for area in chosen.areas for cell in area.cells()]
