"""An application that knows how long each of its handlers took: every event delivered, timers and signals included."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Handled:
    """One event of the outermost loop, with all that came of it."""

    seconds: float
    own_seconds: float
    """Of them the processor's for this thread; the rest was waiting, most of it for the worker's turn to end."""
    during: str
    """What the tour was doing."""
    receiver: str
    event: str

    def __str__(self) -> str:
        took, own = self.seconds * 1000, self.own_seconds * 1000
        return f"{took:.0f} ms ({own:.0f} ms of its own) {self.during}: {self.receiver} {self.event}"


class WatchedApplication(QApplication):
    """Stands in for QApplication where the program makes its own."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.during = "start"
        self.handled: list[Handled] = []
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return super().notify(receiver, event)
        self._depth += 1
        kind, during = event.type().name, self.during
        name = f"{type(receiver).__name__} {receiver.objectName()}".strip()
        started, own = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            seconds = time.perf_counter() - started
            self.handled.append(Handled(seconds, time.thread_time() - own, during, name, kind))
            self._depth -= 1

    def longest(self, count: int, *, but: tuple[str, ...] = ()) -> list[Handled]:
        """The slowest handlers, of all that the tour was doing ``but`` these."""
        counted = (item for item in self.handled if item.during not in but)
        return sorted(counted, key=lambda item: item.seconds, reverse=True)[:count]
