"""Text in a table's cell: wraps to the column, aligned across; also usable in ReportLab's own Table."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from assessor.fonts import Slot
from assessor.reports.text.style import CELL, TextStyle


class CellText(Flowable):  # type: ignore[misc]
    def __init__(self, text: str | Sequence[tuple[Slot, str]], style: TextStyle = CELL) -> None:
        super().__init__()
        self.style = style
