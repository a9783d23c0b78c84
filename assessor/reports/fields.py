"""A box of labelled values: the few numbers a page is about, or the lines to sign on."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from assessor.reports.blocks import Fields
from assessor.reports.styles import FIELD_LABEL, FIELD_VALUE, LARGE_LABEL, LARGE_VALUE
from assessor.reports.text.paragraph import GridParagraph
from assessor.reports.text.style import MM

_PADDING = 2 * MM
_TALL = 11 * MM
"""Height of a row in which somebody writes or stamps."""
_LABEL_WIDTH = 26 * MM
_BOX_LINE, _GRID_LINE = 1.0, 0.5


@dataclass
class _Cell:
    text: GridParagraph
    x: float
    width: float
    height: float = 0.0


class FieldsBox(Flowable):  # type: ignore[misc]
    """``fields`` over the whole width; never split between pages."""

    def __init__(self, fields: Fields) -> None:
        super().__init__()
        self._fields = fields
        self._rows: list[tuple[list[_Cell], float]] = []

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self._rows = [(cells, self._measure(cells)) for cells in self._cells(available_width)]
        self.height = sum(height for _cells, height in self._rows)
        return self.width, self.height

    def _cells(self, width: float) -> list[list[_Cell]]:
        pairs, counts = self._fields.pairs, self._fields.rows or (len(self._fields.pairs),)
        rows = [pairs[sum(counts[:place]) : sum(counts[: place + 1])] for place in range(len(counts))]
        return [cells for row in rows for cells in (_large(row, width) if self._fields.large else [_plain(row, width)])]

    def _measure(self, cells: list[_Cell]) -> float:
        tallest = 0.0
        for cell in cells:
            _width, cell.height = cell.text.wrap(cell.width - 2 * _PADDING, 0)
            tallest = max(tallest, cell.height)
        return max(tallest + 2 * _PADDING, _TALL if self._fields.tall else 0.0)

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(_GRID_LINE)
        top = self.height
        for number, (cells, height) in enumerate(self._rows):
            for place, cell in enumerate(cells):
                if place:
                    canvas.line(cell.x, top, cell.x, top - height)
                cell.text.drawOn(canvas, cell.x + _PADDING, top - (height + cell.height) / 2)
            top -= height
            if number + 1 < len(self._rows) and not (self._fields.large and number % 2 == 0):
                canvas.line(0, top, self.width, top)
        canvas.setLineWidth(_BOX_LINE)
        canvas.rect(0, 0, self.width, self.height)
        canvas.restoreState()


def _plain(pairs: tuple[tuple[str, str], ...], width: float) -> list[_Cell]:
    """Label, value, label, value; the pairs share the width."""
    step = width / len(pairs)
    label_width = _LABEL_WIDTH
    cells = []
    for place, (label, value) in enumerate(pairs):
        x = place * step
        cells.append(_Cell(GridParagraph(label, FIELD_LABEL), x, label_width))
        cells.append(_Cell(GridParagraph(value, FIELD_VALUE), x + label_width, step - label_width))
    return cells


def _large(pairs: tuple[tuple[str, str], ...], width: float) -> list[list[_Cell]]:
    step = width / len(pairs)
    labels = [_Cell(GridParagraph(label, LARGE_LABEL), i * step, step) for i, (label, _value) in enumerate(pairs)]
    values = [_Cell(GridParagraph(value, LARGE_VALUE), i * step, step) for i, (_label, value) in enumerate(pairs)]
    return [labels, values]
