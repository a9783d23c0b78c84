"""The list of pages at the window's left."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from assessor.ui import theme
from assessor.ui.icons import icon
from assessor.ui.navigation import PAGES, key_of


def navigation_list() -> QListWidget:
    result = QListWidget()
    result.setAccessibleName("页面")
    theme.dress(result, role="navigation")
    result.setIconSize(QSize(20, 20))
    result.setFixedWidth(128)
    for entry in PAGES:
        item = QListWidgetItem(icon(entry.icon), entry.title)
        item.setToolTip(f"{entry.title}（{key_of(entry.key)}）")
        result.addItem(item)
    result.setCurrentRow(0)
    return result
