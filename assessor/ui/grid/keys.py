"""The keys of a grid. Within an open editor they are its own; see ``editing``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from assessor.ui.grid.moves import Move

MOVES: Mapping[int, Move] = {
    Qt.Key.Key_Up: Move.UP,
    Qt.Key.Key_Down: Move.DOWN,
    Qt.Key.Key_Left: Move.LEFT,
    Qt.Key.Key_Right: Move.RIGHT,
    Qt.Key.Key_PageUp: Move.PAGE_UP,
    Qt.Key.Key_PageDown: Move.PAGE_DOWN,
    Qt.Key.Key_Home: Move.ROW_START,
    Qt.Key.Key_End: Move.ROW_END,
}
_ENDS = {Qt.Key.Key_Home: Move.FIRST, Qt.Key.Key_End: Move.LAST}
_PAGES = (Move.PAGE_UP, Move.PAGE_DOWN)
"""With Ctrl they are the window's."""
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier

Actions = Mapping[tuple[int, Qt.KeyboardModifier], Callable[[], object]]
"""What a key does, with its modifiers (those of the keypad left out)."""


def pressed(event: QKeyEvent) -> tuple[int, Qt.KeyboardModifier]:
    return event.key(), event.modifiers() & (CONTROL | SHIFT | ALT | _META)


def move_of(event: QKeyEvent) -> tuple[Move, bool, bool] | None:
    """Where to, whether the selection is extended, whether to the edge of the data. None: the key moves nothing."""
    key, modifiers = pressed(event)
    to_edge = bool(modifiers & CONTROL)
    if key not in MOVES or modifiers & (ALT | _META) or (to_edge and MOVES[key] in _PAGES):
        return None
    move = _ENDS.get(Qt.Key(key), MOVES[key]) if to_edge else MOVES[key]
    return move, bool(modifiers & SHIFT), to_edge


def is_typing(event: QKeyEvent) -> bool:
    """Whether the key writes something: it opens an editor and is the first letter in it."""
    _key, modifiers = pressed(event)
    if modifiers & (CONTROL | _META) and not modifiers & ALT:  # AltGr writes, and comes as both
        return False
    return bool(event.text()) and event.text().isprintable()
