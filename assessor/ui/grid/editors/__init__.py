"""Editors of cells, one file per kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from assessor.ui.grid.column import CellKind
from assessor.ui.grid.editors.choice import ChoiceEditor
from assessor.ui.grid.editors.date import DateEditor
from assessor.ui.grid.editors.editor import CellEditor
from assessor.ui.grid.editors.line import LineEditor
from assessor.ui.grid.editors.long_text import LongTextEditor
from assessor.ui.grid.editors.number import NumberEditor


def make_editor(kind: CellKind, view: QWidget, overlay: QWidget, choices: Sequence[str], title: str) -> CellEditor:
    """``view``: viewport whose cell is edited; ``overlay``: the grid, for what needs more room than a cell."""
    if kind is CellKind.NUMBER:
        return NumberEditor(view)
    if kind is CellKind.DATE:
        return DateEditor(view, overlay)
    if kind is CellKind.CHOICE:
        return ChoiceEditor(view, overlay, choices)
    if kind is CellKind.LONG_TEXT:
        return LongTextEditor(overlay, title)
    return LineEditor(view)
