"""Ticks for the columns of a grid: which of them are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from assessor.ui import theme

_WIDTH, _ROW, _MOST_SEEN = 240, 26, 14


class ColumnChooser(QFrame):
    changed = Signal(int, bool)
    """Column of the model, and whether it is to be shown. At least one always is."""

    def __init__(self, parent: QWidget, titles: Sequence[str], shown: Sequence[bool]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, role="menu")
        self.list = QListWidget()
        self.list.setAccessibleName("显示的列")
        for title, is_shown in zip(titles, shown, strict=True):
            item = QListWidgetItem(title.replace("\n", " "))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.addWidget(self.list)
        self.setFixedWidth(_WIDTH)
        self.list.setFixedHeight(min(len(titles), _MOST_SEEN) * _ROW + theme.SPACE)

    def open_at(self, at: QPoint) -> None:
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(min(at.x(), room.right() - self.width()), min(at.y(), room.bottom() - self.height()))
        self.show()
        self.list.setFocus()

    def _change(self, item: QListWidgetItem) -> None:
        is_shown = item.checkState() is Qt.CheckState.Checked
        checked = (self.list.item(row).checkState() is Qt.CheckState.Checked for row in range(self.list.count()))
        if not is_shown and not any(checked):
            item.setCheckState(Qt.CheckState.Checked)
            return
        self.changed.emit(self.list.row(item), is_shown)
