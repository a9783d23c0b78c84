"""Runs long work off the UI thread, one piece at a time per lane, and brings its outcome back to the UI thread.

A piece of work is a function of ``Work``; it knows nothing of Qt. What it returns, raises or reports arrives in the
UI thread through the signals of its ``Job``. A cancelled or superseded job reports nothing but ``cancelled``.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext
from enum import Enum

from PySide6.QtCore import QObject, Signal

from assessor.errors import AssessorError
from assessor.ui.garbage import Collector, paused
from assessor.work import Cancelled, Work

_TURN_SECONDS = 0.0005
"""How long a worker may keep the interpreter while the UI thread waits for it, which it does anew after many a call of
Qt. Python's own 5 ms would make a handler that needs 10 ms take 100."""


class Lane(Enum):
    """Jobs of one lane run one after another; lanes run side by side."""

    WORKBOOK = "workbook"
    DRAWING = "drawing"
    BACKUP = "backup"
    """Copies and checks of workbooks, on connections of their own."""


class Job(QObject):
    """One piece of work. Emits exactly one of done, failed, cancelled, and ``finished`` after it."""

    progressed = Signal(float, str)
    done = Signal(object)
    failed = Signal(object)
    """An AssessorError: to be shown where the work was asked for."""
    cancelled = Signal()
    finished = Signal()
    _reached = Signal(float, str)
    _ended = Signal(object)

    def __init__(self, label: str, function: Callable[[Work], object], *, quiet: bool) -> None:
        super().__init__()
        self.label = label
        self.quiet = quiet
        """A quiet job is not announced in the status bar."""
        self._function = function
        self._work = Work(on_progress=self._reached.emit)
        self._is_cancelled = self._is_dropped = False
        self._reached.connect(self._pass_on)
        self._ended.connect(self._settle)

    def cancel(self) -> None:
        self._is_cancelled = True
        self._work.cancel()

    def drop(self) -> None:
        """Nobody is there any more to be told what comes of it."""
        self._is_dropped = True

    def run(self) -> None:
        """Called in the worker's thread."""
        try:
            self._work.step(0.0, self.label)
            outcome: object = self._function(self._work)
        except BaseException as problem:
            outcome = _Raised(problem)
        self._ended.emit(outcome)

    def _pass_on(self, fraction: float, text: str) -> None:
        if not self._is_cancelled:
            self.progressed.emit(fraction, text)

    def _settle(self, outcome: object) -> None:
        if self._is_dropped:
            return
        try:
            if self._is_cancelled or (isinstance(outcome, _Raised) and isinstance(outcome.problem, Cancelled)):
                self.cancelled.emit()
            elif not isinstance(outcome, _Raised):
                self.done.emit(outcome)
            elif isinstance(outcome.problem, AssessorError):
                self.failed.emit(outcome.problem)
            else:
                self.cancelled.emit()
        finally:
            self.finished.emit()
        if isinstance(outcome, _Raised) and not isinstance(outcome.problem, (AssessorError, Cancelled)):
            raise outcome.problem  # a fault of the program: to the one place that logs and shows those


class _Raised:
    def __init__(self, problem: BaseException) -> None:
        self.problem = problem


class Background(QObject):
    """Owns the worker threads; they are daemons, so that a stuck one never keeps the program alive."""

    started = Signal(object)
    """The Job, as it is queued."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[Lane, queue.SimpleQueue[Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._endings: dict[Lane, Callable[[], object]] = {}
        self._jobs: set[Job] = set()
        self._collector = Collector(self)

    def run(self, label: str, function: Callable[[Work], object], *, lane: Lane, quiet: bool = False) -> Job:
        """Queues ``function``; connect to the Job's signals before returning to the event loop."""
        job = Job(label, function, quiet=quiet)
        self._jobs.add(job)
        job.finished.connect(lambda: self._jobs.discard(job))
        self._queue(lane).put(job)
        self.started.emit(job)
        return job

    def at_end(self, lane: Lane, function: Callable[[], object]) -> None:
        """``function`` is the last thing that the lane's thread does, if there ever was one."""
        self._endings[lane] = function

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)

    def stop(self, wait_seconds: float = 5.0) -> None:
        """Cancels everything and waits for the workers to notice."""
        for job in self._jobs:
            job.cancel()
        for waiting in self._queues.values():
            waiting.put(None)
        for thread in self._threads:
            thread.join(wait_seconds)
        for job in self._jobs:
            job.drop()
        self._queues.clear()
        self._threads.clear()
        self._collector.stop()

    def _queue(self, lane: Lane) -> queue.SimpleQueue[Job | None]:
        if lane not in self._queues:
            waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
            ending = self._endings.get(lane, _nothing)
            thread = threading.Thread(target=_serve, args=(waiting, ending, lane), name=lane.value, daemon=True)
            sys.setswitchinterval(_TURN_SECONDS)
            self._collector.start()
            self._queues[lane] = waiting
            self._threads.append(thread)
            thread.start()
        return self._queues[lane]


def _nothing() -> None:
    return None


def _serve(waiting: queue.SimpleQueue[Job | None], ending: Callable[[], object], lane: Lane) -> None:
    while (job := waiting.get()) is not None:
        with paused() if lane is Lane.DRAWING else nullcontext():
            job.run()
    ending()
