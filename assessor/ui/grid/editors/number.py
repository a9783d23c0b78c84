"""A number: digits and points of a Chinese keyboard become plain ones while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from assessor.ui.grid.editors.line import LineEditor
from assessor.ui.grid.number_text import plain_signs


class NumberEditor(LineEditor):
    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.textEdited.connect(self._make_plain)

    def _make_plain(self, text: str) -> None:
        plain = plain_signs(text)
        if plain != text:
            place = self.line.cursorPosition()
            self.line.setText(plain)
            self.line.setCursorPosition(place)
