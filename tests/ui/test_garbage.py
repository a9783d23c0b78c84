"""What was loaded is spared from garbage collection; what came after it is not."""

from __future__ import annotations

import gc
import weakref

from assessor.ui.garbage import paused, spared


class Knot:
    """Refers to itself, so that only a collection takes it away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_read_is_not_looked_through_again() -> None:
    with spared():
        assert not gc.isenabled()
        read = [object.__new__(Knot) for _ in range(3)]
    assert gc.isenabled()
    assert not any(item is read[0] for item in gc.get_objects())


def test_garbage_that_comes_later_is_still_collected() -> None:
    with spared():
        pass
    knot = weakref.ref(Knot())
    gc.collect()
    assert knot() is None


def test_collection_goes_on_after_a_load_that_failed() -> None:
    try:
        with spared():
            raise ValueError
    except ValueError:
        pass
    assert gc.isenabled()


def test_collection_goes_on_when_the_last_of_several_pauses_ends() -> None:
    with paused():
        with spared():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
