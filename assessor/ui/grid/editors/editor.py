"""What every editor of a cell can do."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from assessor.ui.grid.placing import over


class Use(Enum):
    GRID = "grid"
    """The grid's, if it knows the key; else the input's."""
    INPUT = "input"
    """Goes on to the input: a new line."""
    DONE = "done"
    """The editor has acted on it."""


class CellEditor(QWidget):
    """A widget over its cell. The keys that end it are the grid's business; ``use_of`` keeps some from it."""

    finish_asked = Signal()
    """By a click within the editor."""
    give_up_asked = Signal()

    least_width = 0
    """Logical pixels: in a narrower cell the editor reaches over the next ones."""

    @property
    def input(self) -> QWidget:
        """What has the keyboard, and takes what an input method composes."""
        raise NotImplementedError

    def text(self) -> str:
        raise NotImplementedError

    def set_text(self, text: str, *, selects: bool) -> None:
        raise NotImplementedError

    def use_of(self, _event: QKeyEvent) -> Use:
        """Whose a key is that may end the editor or move on; asked before anyone acts on it."""
        return Use.GRID

    def owns(self, widget: QWidget | None) -> bool:
        """Whether the keyboard is still with the editor when it is with ``widget``."""
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def end(self) -> None:
        """Takes away all that belongs to it."""
        self.hide()
        self.deleteLater()

    def place(self, cell: QRect, view: QWidget) -> None:
        """``cell``: where it is in the viewport ``view``."""
        room = max(0, view.width() - cell.left())
        wide = QRect(cell.topLeft(), QSize(max(cell.width(), min(self.least_width, room)), cell.height()))
        over(self, wide, view)

    def point_out(self, is_wrong: bool) -> None:
        """Shows that the text was refused, or no longer is."""
        raise NotImplementedError
