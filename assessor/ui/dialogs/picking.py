"""Chooses several of many: units for a task, tasks for a unit. The list narrows to what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from assessor.ui import theme
from assessor.ui.dialogs.layout import dialog_buttons, dialog_column, dialog_heading, dialog_text

_KEY = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_LEAST_HEIGHT = 320


@dataclass(frozen=True)
class Offer:
    key: str
    title: str
    words: str = ""
    """What it is found by besides its title."""


class PickDialog(QDialog):
    def __init__(
        self, title: str, offers: Sequence[tuple[str, Sequence[Offer]]], button: str, parent: QWidget | None = None
    ) -> None:
        """``offers``: under the title of their group."""
        super().__init__(parent)
        self.setWindowTitle(button)
        self._button = button
        self.field = QLineEdit()
        self.field.setPlaceholderText("输入名称的一部分查找")
        self.field.setAccessibleName("查找")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(_LEAST_HEIGHT)
        theme.dress(self.list, role="choices")
        for group, items in offers:
            self._add_group(group, items)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.list.itemActivated.connect(_toggle)
        layout = dialog_column(self)
        layout.addWidget(dialog_heading(title))
        layout.addWidget(dialog_text("勾选一个或多个（空格键勾选）：", "muted"))
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self.buttons, self.ok_button = dialog_buttons(self, button)
        self.ok_button.setAutoDefault(False)
        layout.addWidget(self.buttons)
        self._count()
        self.field.setFocus()

    def chosen(self) -> list[str]:
        """Keys of the ticked offers, in their order; those that are narrowed away, too."""
        return [item.data(_KEY) for item in self._offers() if item.checkState() is Qt.CheckState.Checked]

    def tick(self, key: str) -> None:
        for item in self._offers():
            if item.data(_KEY) == key:
                item.setCheckState(Qt.CheckState.Checked)

    def _add_group(self, title: str, offers: Sequence[Offer]) -> None:
        head = QListWidgetItem(title)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(theme.font("small", bold=True))
        head.setForeground(QColor(theme.colours().muted))
        self.list.addItem(head)
        for offer in offers:
            item = QListWidgetItem(offer.title)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(_KEY, offer.key)
            item.setData(_WORDS, f"{offer.title} {offer.words}".casefold())
            item.setToolTip(offer.title)
            self.list.addItem(item)

    def _offers(self) -> list[QListWidgetItem]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in items if item.data(_KEY) is not None]

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for item in self._offers():
            item.setHidden(wanted not in item.data(_WORDS))

    def _count(self) -> None:
        count = len(self.chosen())
        self.ok_button.setText(f"{self._button}（{count}）" if count else self._button)
        self.ok_button.setEnabled(bool(count))


def _toggle(item: QListWidgetItem) -> None:
    if item.data(_KEY) is not None:
        is_on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
