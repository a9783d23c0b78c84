"""A row of joined buttons of which one is chosen: a group, a kind of chart, a kind of report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from assessor.ui import theme


class Segments(QWidget):
    chosen = Signal(str)
    """Key of the button that the user chose."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._keys: list[str] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._keys[place]))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    @property
    def key(self) -> str | None:
        """Of the chosen button; None where there is none."""
        place = self._group.checkedId()
        return self._keys[place] if place >= 0 else None

    def show_choices(self, choices: Sequence[tuple[str, str]], chosen: str | None = None) -> None:
        """``choices``: key and title. Keeps the choice, unless it is gone or ``chosen`` names another."""
        wanted = chosen or self.key
        if self._keys != [key for key, _ in choices]:
            self._rebuild(choices)
        for button, (_key, title) in zip(self._buttons(), choices, strict=True):
            button.setText(title)
        place = self._keys.index(wanted) if wanted in self._keys else 0
        if self._keys:
            self._group.button(place).setChecked(True)

    def button(self, key: str) -> QPushButton:
        return self._buttons()[self._keys.index(key)]

    def _buttons(self) -> list[QPushButton]:
        return [button for button in self._group.buttons() if isinstance(button, QPushButton)]

    def _rebuild(self, choices: Sequence[tuple[str, str]]) -> None:
        for button in self._buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._keys = [key for key, _ in choices]
        for place in range(len(choices)):
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("edge", _edge(place, len(choices)))
            theme.dress(button, role="segment")
            self._group.addButton(button, place)
            self._row.addWidget(button)


def _edge(place: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(place, "")
