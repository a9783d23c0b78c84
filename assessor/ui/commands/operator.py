"""工具 > 操作员: whose name the edits made at this workstation bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def _ask(window: MainWindow) -> None:
    window.ask_operator()


OPERATOR = Command("operator", Menu.TOOLS, "操作员…", "operator", (), _ask)
