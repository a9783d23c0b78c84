"""What every pane of the page of schemes is: it shows one spot of a scheme, and asks for changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_edit import SchemeChange, Spot
from assessor.domain.year import Year
from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.scheme.edits import SchemeEdit
from assessor.ui.scheme.fields import Field

if TYPE_CHECKING:
    from assessor.ui.background import Job


class SchemePane(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.make: Callable[[SchemeEdit], Job | None] = lambda _edit: None
        """Set by the page: makes the change, in the background where it is one of the workbook."""

    @abstractmethod
    def show_spot(self, scheme: Scheme, spot: Spot, year: Year, locked: str) -> None:
        """``locked``: why nothing can be changed; empty: it can."""

    def finish(self) -> bool:
        """Hands on what is being typed; False: something is refused and says why."""
        committed = [field.commit() for field in self.findChildren(Field) if field.isVisibleTo(self)]
        return all(committed)

    def ask(
        self, label: str, change: SchemeChange, refused: Callable[[AssessorError], None] | None = None
    ) -> Job | None:
        return self.make(SchemeEdit(label, change, refused))


def form_layout() -> QFormLayout:
    form = QFormLayout()
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    form.setHorizontalSpacing(theme.SPACE)
    form.setVerticalSpacing(theme.SPACE)
    return form


def heading(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setFont(theme.font("heading", bold=True))
    label.setWordWrap(True)
    return label


def muted(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    theme.dress(label, tone="muted")
    return label


def card_of(inside: QWidget, *, scrolls: bool = False) -> QFrame:
    card = QFrame()
    theme.dress(card, role="card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, 1, 1, 1)
    if not scrolls:
        layout.addWidget(inside)
        return card
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have the keyboard, and bring themselves into view
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    inside.setAutoFillBackground(False)  # the card's colour shows through
    area.viewport().setAutoFillBackground(False)
    layout.addWidget(area)
    return card
