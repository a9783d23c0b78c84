"""Garbage is looked for in the UI thread alone; what was loaded is spared, what came after it is not."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from assessor.ui import garbage
from assessor.ui.background import Background, Lane
from assessor.ui.garbage import Collector, paused, spared
from assessor.work import Work


class Knot:
    """Refers to itself, so that only a collection takes it away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector() -> Iterator[Collector]:
    found = Collector()
    found.start()
    yield found
    found.stop()


def knots() -> list[weakref.ref[Knot]]:
    """More than Python makes before it looks for garbage."""
    return [weakref.ref(Knot()) for _ in range(2000)]


def test_what_is_read_is_not_looked_through_again() -> None:
    with spared():
        read = [object.__new__(Knot) for _ in range(3)]
    assert not any(item is read[0] for item in gc.get_objects())


def test_garbage_that_comes_later_is_still_collected() -> None:
    with spared():
        pass
    knot = weakref.ref(Knot())
    gc.collect()
    assert knot() is None


def test_nothing_is_collected_but_by_the_collector_and_by_that_not_in_a_pause(collector: Collector) -> None:
    assert not gc.isenabled()
    found = knots()
    assert all(knot() for knot in found)
    with paused():
        with paused():
            pass
        collector.collect()
        assert all(knot() for knot in found)
    collector.collect()
    assert not any(knot() for knot in found)


def test_collection_goes_on_by_itself_when_the_last_collector_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    was_on = gc.isenabled()
    monkeypatch.setattr(garbage, "_collectors", 0)  # windows of other tests may still be there
    first, second = Collector(), Collector()
    for collector in (first, second):
        collector.start()
    second.stop()
    assert not gc.isenabled()
    first.stop()
    assert gc.isenabled()
    if not was_on:
        gc.disable()


def test_what_a_window_leaves_is_never_taken_away_in_a_worker(qtbot: QtBot) -> None:
    """A widget or a timer that is, brings the program down."""
    background = Background()
    took: set[int] = set()

    def work(_work: Work) -> int:
        found = [weakref.finalize(Knot(), lambda: took.add(threading.get_ident())) for _ in range(5000)]
        return len(found)

    job = background.run("结", work, lane=Lane.WORKBOOK)
    with qtbot.waitSignal(job.finished):
        pass
    assert not took
    background.stop()
    gc.collect()
    assert took == {threading.get_ident()}
