"""Makes the pages of the window in idle moments, in small steps, so that the first showing of one has little to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from assessor.ui.pages.page import Page

_IDLE_MS = 1500
"""After the first workbook is shown: nobody has gone anywhere yet."""
_NEXT_MS = 80


class IdlePages(QObject):
    def __init__(self, make: Callable[[str], Page], parent: QObject) -> None:
        """``make``: makes a page by its key; one that is there already is answered as it is."""
        super().__init__(parent)
        self._make = make
        self._waiting: list[str] = []
        self._unpolished: list[Page] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    def make_now(self, key: str) -> None:
        """The page itself; its style in the next moment, before it is filled."""
        self._unpolished.append(self._make(key))
        QTimer.singleShot(0, self, self._polish)

    def start(self, keys: Iterable[str]) -> None:
        self._waiting = list(keys)
        self._timer.start(_IDLE_MS)

    def stop(self) -> None:
        self._timer.stop()
        self._unpolished.clear()

    def _step(self) -> None:
        if self._unpolished:
            self._polish()
        elif self._waiting:
            self._unpolished.append(self._make(self._waiting.pop(0)))
        else:
            self.stop()
            return
        self._timer.start(_NEXT_MS)

    def _polish(self) -> None:
        """The style sheet is worked out for all that is in a page, which would else be done when it is first shown."""
        if self._unpolished:
            page = self._unpolished.pop()
            for widget in (page, *page.findChildren(QWidget)):
                widget.ensurePolished()
