"""Paragraphs of Chinese text on the line grid: flowables that break lines by kinsoku and split over pages by lines."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from assessor.fonts import Slot
from assessor.reports.text.style import BODY, Align, TextStyle

__all__ = ["BODY", "Align", "GridParagraph", "TextStyle"]


class GridParagraph(Flowable):  # type: ignore[misc]
    """``text`` may be segments of different slots; ``\\n`` in it ends a line."""

    def __init__(self, text: str | Sequence[tuple[Slot, str]], style: TextStyle = BODY) -> None:
        super().__init__()
        self.text = text if isinstance(text, str) else "".join(part for _slot, part in text)
        self.style = style
