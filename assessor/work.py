"""Long work as the rest of the program sees it: it reports progress, can be cancelled, and knows nothing of Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The user cancelled; what the work had begun was taken back."""


def _ignore(_fraction: float, _text: str) -> None:
    return None


@dataclass
class Work:
    """Handed to a long function. ``on_progress(fraction 0-1, text)`` is called from the worker's thread."""

    on_progress: Callable[[float, str], None] = _ignore
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self._cancelled.set()

    def step(self, fraction: float, text: str) -> None:
        """Reports progress; raises Cancelled once ``cancel`` was called."""
        if self._cancelled.is_set():
            raise Cancelled
        self.on_progress(fraction, text)

    def part(self, start: float, end: float) -> Work:
        """For one step of it: its progress is that part of the whole, and cancelling the whole cancels it."""
        return Work(lambda fraction, text: self.step(start + fraction * (end - start), text))
