"""A choice: typing filters the list below the cell, the arrows go through it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton, QWidget

from assessor.ui import theme
from assessor.ui.grid.editors.editor import Use
from assessor.ui.grid.editors.line import LineEditor
from assessor.ui.grid.placing import beside

_MOST_SEEN = 10
_ROW = 26


class ChoiceEditor(LineEditor):
    least_width = 130

    def __init__(self, view: QWidget, overlay: QWidget, choices: Sequence[str]) -> None:
        super().__init__(view)
        self._view = view
        self._cell = QRect()
        self._choices = tuple(choices)
        self.list = QListWidget(overlay)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("可选的值")
        self.list.setUniformItemSizes(True)
        theme.dress(self.list, role="pane")
        self.list.itemClicked.connect(self._choose)
        self.list.hide()
        self.button = QToolButton()
        self.button.setText("▾")
        self.button.setToolTip("可选的值（Alt+↓）")
        self.button.setAccessibleName("可选的值")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._toggle)
        self._row.addWidget(self.button)
        self.line.textEdited.connect(self._narrow)

    def set_text(self, text: str, *, selects: bool) -> None:
        super().set_text(text, selects=selects)
        if selects:
            self._offer(self._choices)
            self._highlight(text)
        else:
            self._narrow(text)

    def text(self) -> str:
        """The highlighted choice, where what is typed belongs to it."""
        typed = self.line.text().strip()
        item = self.list.currentItem()
        if typed and typed not in self._choices and item is not None and typed.casefold() in item.text().casefold():
            return item.text()
        return typed

    def place(self, cell: QRect, view: QWidget) -> None:
        super().place(cell, view)
        self._cell = cell
        self._place_list()

    def use_of(self, event: QKeyEvent) -> Use:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._toggle()
            else:
                self._go(1 if event.key() == Qt.Key.Key_Down else -1)
            return Use.DONE
        return Use.GRID

    def end(self) -> None:
        self.list.hide()
        self.list.deleteLater()
        super().end()

    def _toggle(self) -> None:
        if self.list.isVisible():
            self.list.hide()
        else:
            self._offer(self._choices)
            self._highlight(self.line.text())

    def _go(self, step: int) -> None:
        if not self.list.isVisible():
            self._offer(self._choices)
            self._highlight(self.line.text())
        row = max(0, min(self.list.count() - 1, self.list.currentRow() + step))
        self.list.setCurrentRow(row)
        item = self.list.currentItem()
        if item is not None:
            self.line.setText(item.text())
            self.line.selectAll()

    def _narrow(self, typed: str) -> None:
        self._offer(_holding(self._choices, typed))
        self.list.setCurrentRow(0 if typed.strip() else -1)

    def _offer(self, choices: Sequence[str]) -> None:
        self.list.clear()
        self.list.addItems(list(choices))
        self.list.setVisible(bool(choices))
        self._place_list()
        self.list.raise_()

    def _highlight(self, text: str) -> None:
        found = self.list.findItems(text, Qt.MatchFlag.MatchExactly) if text else []
        if found:
            self.list.setCurrentItem(found[0])

    def _place_list(self) -> None:
        widest = max((theme.text_width(choice) for choice in self._choices), default=0) + 48
        height = min(self.list.count(), _MOST_SEEN) * _ROW + 10
        self.list.resize(max(self._cell.width(), min(widest, 420)), height)
        beside(self.list, self._cell, self._view)

    def _choose(self, item: QListWidgetItem) -> None:
        self.line.setText(item.text())
        self.finish_asked.emit()


def _holding(choices: Sequence[str], typed: str) -> list[str]:
    """Those that begin with what is typed, then those that hold it elsewhere."""
    wanted = typed.strip().casefold()
    beginning = [choice for choice in choices if choice.casefold().startswith(wanted)]
    return beginning + [choice for choice in choices if wanted in choice.casefold() and choice not in beginning]
