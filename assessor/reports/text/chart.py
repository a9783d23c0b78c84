"""A matplotlib figure as a flowable: drawn as vectors and real text on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus.flowables import Flowable

from assessor.reports.text.style import GRID_PITCH

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class ChartFlowable(Flowable):  # type: ignore[misc]
    """``figure`` scaled to ``width`` points (None: its own width); the height is rounded up to the line grid."""

    def __init__(self, figure: Figure, width: float | None = None, *, snap: float | None = GRID_PITCH) -> None:
        super().__init__()
