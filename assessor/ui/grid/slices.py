"""Long work of the UI thread in slices, so that it never blocks: what is short is done at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
_AT_ONCE = 0.02
_SLICE = 0.012
"""Seconds: shorter than a frame."""


class Slices(QObject):
    """One piece of work at a time. What is done within the first slice is done when ``run`` returns."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._go_on(_SLICE))
        self._steps: Iterator[object] | None = None
        self._last: object = None
        self._end: Callable[[], None] = lambda: None

    @property
    def is_running(self) -> bool:
        return self._steps is not None

    def run(self, steps: Iterator[T], done: Callable[[T], None]) -> None:
        """``done`` gets what ``steps`` yields last. What ran before is given up."""
        self.cancel()
        self._steps = steps
        self._last = None
        self._end = lambda: done(self._last)  # type: ignore[arg-type]
        self._go_on(_AT_ONCE)
        if self._steps is not None:
            self._timer.start()

    def cancel(self) -> None:
        self._steps = None
        self._timer.stop()

    def _go_on(self, seconds: float) -> None:
        steps, until = self._steps, perf_counter() + seconds
        while steps is not None:
            try:
                self._last = next(steps)
            except StopIteration:
                self.cancel()
                self._end()
                return
            if perf_counter() > until:
                return
