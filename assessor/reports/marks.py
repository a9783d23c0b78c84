"""Entries of the PDF's outline: where headings, tables, charts and attachments begin, and the room they need."""

from __future__ import annotations

from reportlab.platypus.flowables import Flowable


class OutlineMark(Flowable):  # type: ignore[misc]
    """Takes no room itself, and goes to the next page unless ``room`` points are left for what it names."""

    _ZEROSIZE = 1

    def __init__(self, title: str, level: int, key: str, room: float = 0.0) -> None:
        super().__init__()
        self._title = title
        self._level = level
        self._key = key
        self.room = room

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self._key, 0, 0)
        self.canv.addOutlineEntry(self._title, self._key, self._level)
