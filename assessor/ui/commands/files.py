"""文件: opening, reading anew, reports, leaving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, has_year, is_open

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def _ask_file(window: MainWindow) -> None:
    from PySide6.QtWidgets import QFileDialog

    current = window.session.current
    folder = current.path.parent if current else Path.home()
    kinds = "考核工作簿 (*.assess);;所有文件 (*)"
    name, _kind = QFileDialog.getOpenFileName(window, "打开工作簿", str(folder), kinds)
    if name:
        window.open(Path(name))


OPEN = Command("open", Menu.FILE, "打开…", "open", ("Ctrl+O",), _ask_file, is_button=True)
RELOAD = Command(
    "reload", Menu.FILE, "刷新", "refresh", ("F5",), lambda window: window.session.reload(), is_open, is_button=True
)
REPORT = Command(
    "report", Menu.FILE, "生成报告…", "report", ("Ctrl+P",), lambda window: window.go("report"), has_year,
    starts_group=True,
)  # fmt: skip
LEAVE = Command("leave", Menu.FILE, "退出", "", ("Ctrl+Q",), lambda window: window.close(), starts_group=True)
