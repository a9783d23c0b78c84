"""What the parts of the page of analyses share: a table in a card, and words above it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from assessor.ui import theme
from assessor.ui.grid.grid import Grid

if TYPE_CHECKING:
    from assessor.domain.results import GroupResult
    from assessor.domain.year_view import YearView

SAMPLE_SUFFIX = "（示例数据）"


class Pane(QWidget):
    """One analysis of a group of the year."""

    @abstractmethod
    def show_group(self, view: YearView, group: GroupResult) -> None:
        """Called whenever the part is shown, the year changed, or another group is chosen."""

    @abstractmethod
    def take_focus(self) -> None:
        """Puts the keyboard on the table."""


def table_card(grid: Grid) -> QFrame:
    card = QFrame()
    theme.dress(card, role="card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(grid)
    return card


def words(tone: str = "muted") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    theme.dress(label, tone=tone)
    return label


def heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.font("heading", bold=True))
    return label


def row_at(grid: Grid, index: Any) -> Any:
    """The row of a cell; None where there is none."""
    model = grid.model
    return model.row_at(index) if model is not None and index.isValid() else None
