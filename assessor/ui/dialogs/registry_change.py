"""What the dialogs that change the registry share: a form over a preview of what will happen, made anew as it is filled
in. Nothing is done that was not shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from assessor.domain.registry_change import RegistryChange, RegistryState, Request
from assessor.domain.unit import Unit
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.registry_text import change_html, problem_html

_WIDTH, _HEIGHT, _PREVIEW_HEIGHT = 640, 540, 120
_FRAME = 48
"""Logical pixels for the dialog's frame and the edge of the screen."""
_YEARS_AHEAD = 2


class RegistryDialog(QDialog):
    """Subclasses put fields into ``form``, connect them to ``refresh`` and implement ``ask``."""

    def __init__(
        self, parent: QWidget, title: str, state: RegistryState, done: str, caption: str = "将要发生的变化"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.state = state
        self.request: Request | None = None
        """What was asked for when the dialog was accepted."""
        self.change: RegistryChange | None = None
        """What it will do."""
        self.form = QFormLayout()
        self.form.setSpacing(theme.SPACE)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.preview = QTextBrowser()
        self.preview.setAccessibleName(caption)
        self.preview.document().setDocumentMargin(10)
        self.preview.setMinimumHeight(_PREVIEW_HEIGHT)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok_button.setText(done)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        theme.dress(self.ok_button, role="primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.middle = QVBoxLayout()
        self._lay_out(caption)
        self.fit(_WIDTH, _HEIGHT)

    @abstractmethod
    def ask(self) -> Request:
        """The change that the fields ask for. Raises InputError where something is missing."""

    def refresh(self) -> None:
        """Computes anew what will happen."""
        self.request = self.change = None
        try:
            request = self.ask()
            change = request(self.state)
        except InputError as problem:
            self.preview.setHtml(problem_html(problem))
            self.ok_button.setEnabled(False)
            return
        self.preview.setHtml(change_html(change))
        self.ok_button.setEnabled(not change.refusals)
        if not change.refusals:
            self.request, self.change = request, change

    def accept(self) -> None:
        self.refresh()
        if self.request is not None:
            super().accept()

    def fit(self, width: int, height: int) -> None:
        """As large as asked, or as the screen allows."""
        room = self.screen().availableGeometry()
        self.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))

    def _lay_out(self, caption: str) -> None:
        heading = QLabel(caption)
        theme.dress(heading, tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE + 4)
        layout.addLayout(self.form)
        layout.addLayout(self.middle, 1)
        layout.addWidget(heading)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.buttons)


def year_choice(state: RegistryState, wanted: int) -> Choice:
    """The first year that is no part of a sealed past, and those after; ``wanted`` where it is among them."""
    choice = Choice("起始年度")
    for year in offered_years(state, wanted):
        choice.addItem(f"{year} 年", year)
    choice.setCurrentIndex(max(choice.findData(wanted), 0))
    return choice


def offered_years(state: RegistryState, wanted: int) -> Sequence[int]:
    known = [item.year for item in state.years] or [wanted]
    first = max(max(state.sealed_years, default=min(known) - 1) + 1, min(known))
    return range(first, max(*known, first, wanted) + _YEARS_AHEAD + 1)


def unit_choice(name: str, units: Iterable[Unit], year: int, chosen: str) -> Choice:
    """Units that are valid in the year, under its names."""
    choice = Choice(name)
    for unit in units:
        if unit.is_valid_in(year):
            choice.addItem(unit.in_year(year).short_name, unit.code)
    choice.setCurrentIndex(choice.findData(chosen))
    choice.setMaxVisibleItems(20)
    return choice


def chosen_year(choice: Choice) -> int:
    return int(choice.currentData())
