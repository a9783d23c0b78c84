"""文件 > 导入细则, 导出细则: schemes in and out as .xlsx or .toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, has_year

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow
    from assessor.ui.pages.rehearsal import RehearsalPage

_PAGE = "rehearsal"


def _import(window: MainWindow) -> None:
    _shown(window).takeover.ask()


def _export(window: MainWindow) -> None:
    """What is chosen on the page."""
    _shown(window).export_scheme()


def _shown(window: MainWindow) -> RehearsalPage:
    from assessor.ui.pages.rehearsal import RehearsalPage

    window.go(_PAGE)
    page = window.page(_PAGE)
    assert isinstance(page, RehearsalPage)
    return page


IMPORT = Command("scheme_import", Menu.FILE, "导入细则…", "", (), _import, has_year, writes=True, starts_group=True)
EXPORT = Command("scheme_export", Menu.FILE, "导出细则…", "", (), _export, has_year)
