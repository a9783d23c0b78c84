"""Paragraphs of Chinese text on the line grid: flowables that break lines by kinsoku and split over pages by lines."""

from __future__ import annotations

from typing import Any

from reportlab.platypus.flowables import Flowable

from assessor.reports.text.line import BASELINE, SetLine, draw_line, set_text
from assessor.reports.text.runs import Segments
from assessor.reports.text.style import BODY, Align, TextStyle

__all__ = ["BODY", "Align", "GridParagraph", "TextStyle"]

_EPSILON = 0.01


class GridParagraph(Flowable):  # type: ignore[misc]
    """``text`` may be (slot, text) segments; ``\\n`` in it ends a line. Each line takes ``style.leading`` points."""

    def __init__(self, text: Segments, style: TextStyle = BODY) -> None:
        super().__init__()
        self.segments = text
        self.style = style
        self._lines: list[SetLine] = []
        self._set_width: float | None = None

    @property
    def text(self) -> str:
        return self.segments if isinstance(self.segments, str) else "".join(part for _slot, part in self.segments)

    def getPlainText(self, identify: object = None) -> str:  # noqa: N802 - ReportLab's name
        return self.text

    def lines(self, width: float) -> list[SetLine]:
        """The set lines in a column ``width`` points wide."""
        if self._set_width != width:
            self._lines = set_text(self.segments, self.style, width)
            self._set_width = width
        return self._lines

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = len(self.lines(available_width)) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        lines = self.lines(available_width)
        fitting = int((available_height + _EPSILON) / self.style.leading)
        if fitting < 1:
            return []
        if fitting >= len(lines):
            return [self]
        return [
            _Lines(lines[:fitting], self.style, self.style.space_before, 0.0),
            _Lines(lines[fitting:], self.style, 0.0, self.style.space_after),
        ]

    def draw(self) -> None:
        draw_lines(self.canv, self._lines, self.style, self.height)

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        return self.style.space_before

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        return self.style.space_after


class _Lines(Flowable):  # type: ignore[misc]
    """Lines of a paragraph that was split between pages; both columns are equally wide."""

    def __init__(self, lines: list[SetLine], style: TextStyle, before: float, after: float) -> None:
        super().__init__()
        self._lines = lines
        self.style = style
        self.spaceBefore = before
        self.spaceAfter = after

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        fitting = int((available_height + _EPSILON) / self.style.leading)
        if fitting < 1:
            return []
        if fitting >= len(self._lines):
            return [self]
        return [
            _Lines(self._lines[:fitting], self.style, self.spaceBefore, 0.0),
            _Lines(self._lines[fitting:], self.style, 0.0, self.spaceAfter),
        ]

    def draw(self) -> None:
        draw_lines(self.canv, self._lines, self.style, self.height)


def draw_lines(canvas: Any, lines: list[SetLine], style: TextStyle, height: float) -> None:
    """Lines from the top of a box ``height`` points high whose lower left corner is the origin."""
    top = height - style.leading / 2 - BASELINE * style.size
    for number, line in enumerate(lines):
        draw_line(canvas, line, 0.0, top - number * style.leading)
