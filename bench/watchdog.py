"""How long the window did not react: a heartbeat in its event loop, which every handler that runs meanwhile delays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer

T = TypeVar("T")
BEAT_MS = 2


@dataclass(frozen=True)
class Delay:
    """Between two beats: at least as long as the longest handler that ran there."""

    seconds: float
    own_seconds: float
    """Of them the processor's for the UI thread; the rest was waiting for a worker's turn or another process."""
    during: str
    """What the tour was doing."""

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms ({self.own_seconds * 1000:.0f} ms of its own) {self.during}"


class Heartbeat(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.during = "start"
        self.delays: list[Delay] = []
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def rest(self) -> None:
        """What passed since the last beat was not the window's time: a test looked at something."""
        self._last, self._last_own = time.perf_counter(), time.thread_time()

    def watch(self, deed: Callable[[], T]) -> T:
        """A deed that runs handlers outside the event loop, as a test's key does, is a delay of its own."""
        started, own = time.perf_counter(), time.thread_time()
        outcome = deed()
        self.delays.append(Delay(time.perf_counter() - started, time.thread_time() - own, self.during))
        self.rest()
        return outcome

    def longest(self, count: int) -> list[Delay]:
        """Of all, the longest of each thing that the tour did."""
        worst: dict[str, Delay] = {}
        for delay in self.delays:
            if delay.during not in worst or delay.seconds > worst[delay.during].seconds:
                worst[delay.during] = delay
        return sorted(worst.values(), key=lambda delay: delay.seconds, reverse=True)[:count]

    def _beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        waited = now - self._last - BEAT_MS / 1000
        self.delays.append(Delay(waited, own - self._last_own, self.during))
        self._last, self._last_own = now, own
