"""帮助 > 使用手册, 快捷键: the manual, at the page that is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def _show(chapter: str, window: MainWindow) -> None:
    """``chapter``: empty: of the page that is shown. One manual at a time: it stays beside the window."""
    from assessor.ui.dialogs.manual import ManualDialog
    from assessor.ui.navigation import PAGES
    from assessor.ui.shortcut_sheet import key_lines

    page = window.shown_page() if window.session.current is not None else None
    title = next((entry.title for entry in PAGES if page is not None and entry.key == page.objectName()), "")
    dialog = window.findChild(ManualDialog) or ManualDialog(window)
    dialog.show_chapter(chapter or (page.objectName() if page is not None else "start"), key_lines(page, title))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


MANUAL = Command("manual", Menu.HELP, "使用手册", "help", ("F1",), partial(_show, ""))
KEYS = Command("keys", Menu.HELP, "快捷键", "", ("Ctrl+/",), partial(_show, "shortcuts"))
