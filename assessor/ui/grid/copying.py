"""A selection of cells of any view as text that WPS and Excel paste cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from assessor.ui.grid.block import block_text


def selection_text(cells: Sequence[QModelIndex]) -> str:
    """Rows by lines, columns by tabs; a row or column without a selected cell is left out."""
    texts = {(cell.row(), cell.column()): str(cell.data() or "") for cell in cells}
    rows = sorted({row for row, _ in texts})
    columns = sorted({column for _, column in texts})
    return block_text([[texts.get((row, column), "") for column in columns] for row in rows])
