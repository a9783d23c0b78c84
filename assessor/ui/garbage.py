"""Python's search for garbage, while there are worker threads: in the UI thread alone, and not while a worker makes
many things and drops them again.

It would run in whatever thread makes things, and a widget or timer that it takes away elsewhere brings the program
down. What was read of a workbook is not looked through again and again: it has no cycles, so it goes when nobody refers
to it any more. A look through a large year takes longer than the window may stand still.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_counting = threading.Lock()
_pauses = _collectors = 0


class Collector(QObject):
    """Looks for garbage now and then in the thread that it was made in, as often as Python would; from ``start`` to
    ``stop`` nobody else does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        if not self._is_on:
            self._is_on = True
            _count_collectors(1)
            self._timer.start()

    def stop(self) -> None:
        if self._is_on:
            self._is_on = False
            self._timer.stop()
            _count_collectors(-1)

    def collect(self) -> None:
        """What is due, unless a worker is in the middle of something."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0] and not _pauses:
            gc.collect(2 if due[1] and due[2] else int(due[1]))


@contextmanager
def paused() -> Iterator[None]:
    """Around work in the background that makes many things and drops them again, as setting a report does: each look
    through them would hold up the window for a tenth of a second, and find nothing."""
    _count_pauses(1)
    try:
        yield
    finally:
        _count_pauses(-1)


@contextmanager
def spared() -> Iterator[None]:
    """Around a load in full: no collection meanwhile, and none of what there is afterwards."""
    with paused():
        try:
            yield
        finally:
            gc.freeze()


def _count_pauses(step: int) -> None:
    global _pauses
    with _counting:
        _pauses += step


def _count_collectors(step: int) -> None:
    global _collectors
    with _counting:
        _collectors += step
        (gc.disable if _collectors else gc.enable)()
