"""A selection of cells as text that WPS and Excel paste cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex


def selection_text(cells: Sequence[QModelIndex]) -> str:
    """Rows by lines, columns by tabs; a row or column without a selected cell is left out."""
    texts = {(cell.row(), cell.column()): str(cell.data() or "") for cell in cells}
    rows = sorted({row for row, _ in texts})
    columns = sorted({column for _, column in texts})
    return "".join("\t".join(_quoted(texts.get((row, column), "")) for column in columns) + "\n" for row in rows)


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
