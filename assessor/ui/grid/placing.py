"""Where things lie that belong to a cell: an editor over it, a pane or a note below or above it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget


def over(widget: QWidget, cell: QRect, view: QWidget) -> None:
    """Exactly over a cell, given in coordinates of ``view``."""
    parent = widget.parentWidget()
    top_left = cell.topLeft() if parent is view or parent is None else view.mapTo(parent, cell.topLeft())
    widget.setGeometry(QRect(top_left, cell.size()))


def beside(widget: QWidget, cell: QRect, view: QWidget, gap: int = 2) -> None:
    """Below a cell, or above it where there is no room below; never out of the parent sideways."""
    parent = widget.parentWidget()
    if parent is None:
        return
    at = view.mapTo(parent, cell.topLeft())
    below = at.y() + cell.height() + gap
    above = at.y() - widget.height() - gap
    top = below if below + widget.height() <= parent.height() or above < 0 else above
    left = max(0, min(at.x(), parent.width() - widget.width()))
    widget.move(QPoint(left, max(0, min(top, parent.height() - widget.height()))))
