"""A word beside a cell: why what was typed is refused, or why nothing can be typed there."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from assessor.ui import theme
from assessor.ui.grid.placing import beside

_WIDEST = 340
_STAYS_MS = 4000


class CellNote(QLabel):
    def __init__(self, grid: QWidget) -> None:
        super().__init__(grid)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.dress(self, role="note")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, cell: QRect, view: QWidget, *, is_bad: bool) -> None:
        """Bad: stays until it is taken away; else it goes by itself."""
        self.setText(text)
        theme.dress(self, role="note", tone="bad" if is_bad else "")
        widest = max(theme.text_width(line) for line in text.split("\n")) + 28
        self.setFixedWidth(min(_WIDEST, widest))
        self.resize(self.width(), self.heightForWidth(self.width()))
        self.follow(cell, view)
        self.show()
        self.raise_()
        if is_bad:
            self._timer.stop()
        else:
            self._timer.start()

    def follow(self, cell: QRect, view: QWidget) -> None:
        """To its cell, after that has moved."""
        beside(self, cell, view, gap=4)
