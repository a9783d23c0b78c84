"""Keeps Python older than 3.12 alive under PySide 6.12, whose wheels give back references that they never took.

Every call that answers None, True or False takes one reference from it. From Python 3.12 on these objects are
immortal; before, the process aborts with ``deallocating None`` after some thousand calls. PySide 6.11 is sound.
"""

from __future__ import annotations

import ctypes
import sys

import PySide6

_IMMORTAL_SINCE = (3, 12)
_UNSOUND_SINCE = (6, 12)
_PLENTY = sys.maxsize // 4
"""More references than a process can lose; far from overflowing the count."""


def guard_singletons() -> bool:
    """Gives the singletons references to spare, where they are needed; answers whether they were."""
    if sys.version_info >= _IMMORTAL_SINCE or PySide6.__version_info__[:2] < _UNSOUND_SINCE:
        return False
    for singleton in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < _PLENTY:
            count.value += _PLENTY
    return True
