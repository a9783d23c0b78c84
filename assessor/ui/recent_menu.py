"""文件 > 最近打开: the workbooks that were open of late; those that are gone are named, and cannot be chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


class RecentMenu(QMenu):
    """Filled whenever it is opened: a disk may have come or gone."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("最近打开", window)
        self._window = window
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        self.clear()
        recent = self._window.remembered.recent
        for place, path in enumerate(recent, start=1):
            is_there = path.exists()
            name = path.name.replace("&", "&&") + ("" if is_there else "（找不到）")
            action = self.addAction(f"&{place} {name}", partial(self._window.open, path))
            action.setToolTip(str(path))
            action.setEnabled(is_there)
        if not recent:
            self.addAction("还没有打开过工作簿").setEnabled(False)
