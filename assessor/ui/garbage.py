"""What was read of a workbook is not looked through for garbage again and again: it has no cycles, so it goes when
nobody refers to it any more. A look through a large year takes longer than the window may stand still."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_counting = threading.Lock()
_pauses = 0
"""Of the workers together: the last to end lets collection go on."""


@contextmanager
def paused() -> Iterator[None]:
    """Around work in the background that makes many things and drops them again, as setting a report does: each look
    through them would hold up the window for a tenth of a second, and find nothing."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


@contextmanager
def spared() -> Iterator[None]:
    """Around a load in full: no collection meanwhile, and none of what there is afterwards."""
    gc.collect(1)  # young cycles, which would stay for good
    with paused():
        try:
            yield
        finally:
            gc.freeze()


def _count(step: int) -> None:
    global _pauses
    with _counting:
        _pauses += step
        (gc.disable if _pauses else gc.enable)()
