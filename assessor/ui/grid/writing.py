"""Texts on their way into cells: checked, all or none, and handed to the page as one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from assessor.errors import AssessorError, InputError
from assessor.ui.grid.areas import Cell
from assessor.ui.grid.checking import Refusal, Wanted, check, typed_text
from assessor.ui.grid.column import Column
from assessor.ui.grid.host import context_of, host_of
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.table import GridTable

_STOPPED = AssessorError("这次修改没有写入工作簿", remedy="请再试一次；内容都列在这里，没有丢失")


class Writing(QObject):
    refused = Signal(str, object)
    """Title and list of Refusal: nothing was written."""
    failed = Signal(object, object, bool)
    """List of Wanted, and the AssessorError: the workbook did not take them. Whether their year is still shown."""

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._table = table
        self._model: RowModel[Any] | None = None

    def set_model(self, model: RowModel[Any]) -> None:
        self._model = model

    def wanted(self, cell: Cell, text: str) -> Wanted[Any]:
        """A text for a cell, which may lie beyond the table."""
        model, columns = self._model, self._table.shown_columns()
        column = model.columns[columns[cell.column]] if model and cell.column < len(columns) else None
        is_inside = model is not None and cell.row < model.rowCount()
        row = model.row_at_place(cell.row) if model and is_inside else None
        return Wanted(row, column, text, lambda: (self._row_name(cell.row, row), _column_name(cell.column, column)))

    def submit(self, wanted: Sequence[Wanted[Any]]) -> list[Refusal]:
        """Writes all, or none: then the refusals are answered, of the cells or of the page."""
        model = self._model
        if model is None or model.write is None or not wanted:
            return []
        changes, refusals = check(wanted, locked_by(self._table, model))
        if refusals:
            return refusals
        try:
            job = model.write(changes)
        except InputError as problem:  # what only the cells of a row together show
            return [_refused(wanted, problem)]
        if job is not None:
            kept, context = list(wanted), context_of(self._table)
            job.failed.connect(lambda problem: self._fail(kept, problem, context))
            job.cancelled.connect(lambda: self._fail(kept, _STOPPED, context))
            model.await_write(changes, [_shown(want) for want in wanted], job)
        return []

    def _fail(self, wanted: list[Wanted[Any]], problem: AssessorError, context: tuple[object, object]) -> None:
        self.failed.emit(wanted, problem, context == context_of(self._table))

    def submit_block(self, wanted: Sequence[Wanted[Any]], deed: str) -> None:
        """As ``submit``, with the refusals made known: ``没有粘贴``."""
        refusals = self.submit(wanted)
        if refusals:
            self.refused.emit(f"{deed}：{len(refusals)} 个单元格不能填入，其余也没有改动", refusals)

    def _row_name(self, place: int, row: Any) -> str:
        """Its number, and what the first read-only column says of it."""
        model, columns = self._model, self._table.shown_columns()
        if model is None or row is None:
            return f"第 {place + 1} 行"
        named = next((model.columns[column] for column in columns if model.columns[column].edit is None), None)
        return f"第 {place + 1} 行 {named.text(row) if named else ''}".strip()


def _refused(wanted: Sequence[Wanted[Any]], problem: InputError) -> Refusal:
    """Of several cells the page does not say which it means; its words do."""
    names = wanted[0].names() if len(wanted) == 1 else (problem.place, "")
    return Refusal(*names, wanted[0].text if len(wanted) == 1 else "", problem.what, problem.remedy)


def _column_name(place: int, column: Column[Any] | None) -> str:
    return " ".join(column.title.split("\n")) if column else f"第 {place + 1} 列"


def locked_by(table: GridTable, model: RowModel[Any]) -> str:
    """Why no cell can be edited: the page's reason, or the open workbook's; empty: cells can."""
    host = host_of(table)
    return model.locked or (host.read_only_reason() if host else "")


def _shown(want: Wanted[Any]) -> str:
    return typed_text(want.column.kind, want.text) if want.column else want.text
