"""Draws the rows of a ruled table that stand on one page: shading, text, rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from assessor.reports.text.line import BASELINE, draw_line
from assessor.reports.text.table_layout import PADDING_X, Cell, Row, groups, heights

BOX, GRID = 1.0, 0.5
"""Points: the rule around the table, and the rules between its cells."""
HEAD_SHADE = 0.93
"""Grey of the head, 1 being white."""


def draw_rows(canvas: Any, head: Sequence[Row], rows: Sequence[Row], widths: Sequence[float], top: float) -> None:
    """From ``top`` downwards, the left edge at 0. Merged cells are named again on each page."""
    edges = [0.0, *accumulate(widths)]
    head_levels = [top - depth for depth in (0.0, *accumulate(row.height for row in head))]
    levels = [head_levels[-1] - depth for depth in (0.0, *accumulate(heights(rows)))]
    canvas.saveState()
    _shade(canvas, edges, head_levels)
    _draw_head(canvas, head, edges, head_levels)
    _draw_body(canvas, rows, edges, levels)
    canvas.setLineWidth(BOX)
    canvas.rect(0, levels[-1], edges[-1], top - levels[-1], stroke=1, fill=0)
    canvas.restoreState()


def _shade(canvas: Any, edges: Sequence[float], levels: Sequence[float]) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(GRID)
    if len(levels) > 1:
        canvas.setFillGray(HEAD_SHADE)
        canvas.rect(0, levels[-1], edges[-1], levels[0] - levels[-1], stroke=0, fill=1)


def _draw_head(canvas: Any, head: Sequence[Row], edges: Sequence[float], levels: Sequence[float]) -> None:
    lines: list[tuple[float, float, float, float]] = []
    for number, row in enumerate(head):
        for cell in row.cells:
            _draw_cell(canvas, cell, edges, levels[number], levels[number + 1], lines)
    canvas.lines(lines)


def _draw_body(canvas: Any, rows: Sequence[Row], edges: Sequence[float], levels: Sequence[float]) -> None:
    """In reading order: a merged cell comes before the rest of its first row."""
    lines: list[tuple[float, float, float, float]] = []
    merged = sorted(groups(rows), key=lambda group: (group.first, group.column))
    for number, row in enumerate(rows):
        while merged and merged[0].first == number:
            group = merged.pop(0)
            _draw_cell(canvas, row.cells[group.column], edges, levels[number], levels[group.end], lines)
        for cell in row.cells[len(row.keys) :]:
            _draw_cell(canvas, cell, edges, levels[number], levels[number + 1], lines)
    canvas.lines(lines)


def _draw_cell(
    canvas: Any,
    cell: Cell,
    edges: Sequence[float],
    top: float,
    bottom: float,
    lines: list[tuple[float, float, float, float]],
) -> None:
    """Its text, centred in height, and its right and lower rule; the box is drawn over them."""
    left, right = edges[cell.column], edges[cell.column + cell.columns]
    lines.append((left, bottom, right, bottom))
    if right < edges[-1]:
        lines.append((right, top, right, bottom))
    first = (top + bottom) / 2 + (len(cell.lines) - 1) * cell.leading / 2 - BASELINE * cell.size
    for number, line in enumerate(cell.lines):
        draw_line(canvas, line, left + PADDING_X, first - number * cell.leading)
