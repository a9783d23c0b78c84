"""Text in a table's cell: wraps to the column, aligned across; also usable in ReportLab's own Table."""

from __future__ import annotations

from dataclasses import replace

from assessor.reports.text.paragraph import GridParagraph
from assessor.reports.text.runs import Segments
from assessor.reports.text.style import CELL, TextStyle


class CellText(GridParagraph):
    """A paragraph in the cell style; ``styled`` gives a copy for another column."""

    def __init__(self, text: Segments, style: TextStyle = CELL) -> None:
        super().__init__(text, style)

    def styled(self, **changes: object) -> CellText:
        return CellText(self.segments, replace(self.style, **changes))  # type: ignore[arg-type]
