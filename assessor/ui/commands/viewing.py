"""查看: pages, years, the detail pane, light and dark."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from assessor.ui.commands.command import Command, Menu, has_year, is_open
from assessor.ui.navigation import PAGES, key_of

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow

_SCHEMES = {
    "跟随系统": Qt.ColorScheme.Unknown,
    "浅色": Qt.ColorScheme.Light,
    "深色": Qt.ColorScheme.Dark,
}


def _go(key: str, window: MainWindow) -> None:
    window.go(key)


def _step_year(step: int, window: MainWindow) -> None:
    window.session.step_year(step)


def _choose_scheme(scheme: Qt.ColorScheme, window: MainWindow) -> None:
    window.remembered.choose_scheme(scheme)


SEARCH = Command(
    "search", Menu.EDIT, "查找任何内容…", "search", ("Ctrl+K",), lambda window: window.open_search(),
    is_button=True, is_bare=True,
)  # fmt: skip
GO = tuple(
    Command(
        f"go.{entry.key}", Menu.VIEW, entry.title, entry.icon, (key_of(entry.key),), partial(_go, entry.key), is_open
    )
    for entry in PAGES
)
BACK = Command(
    "back", Menu.VIEW, "后退", "back", ("Alt+Left",), lambda window: window.ways.back(),
    lambda window: window.ways.can_go_back, lacking="前面没有看过的页", starts_group=True, is_button=True, is_bare=True,
)  # fmt: skip
FORWARD = Command(
    "forward", Menu.VIEW, "前进", "forward", ("Alt+Right",), lambda window: window.ways.ahead(),
    lambda window: window.ways.can_go_ahead, lacking="后面没有看过的页", is_button=True, is_bare=True,
)  # fmt: skip
PREVIOUS_YEAR = Command(
    "year.previous", Menu.VIEW, "上一年度", "", ("Ctrl+PgUp",), partial(_step_year, -1), has_year, starts_group=True
)
NEXT_YEAR = Command("year.next", Menu.VIEW, "下一年度", "", ("Ctrl+PgDown",), partial(_step_year, 1), has_year)
DETAIL = Command(
    "detail",
    Menu.VIEW,
    "详情栏",
    "detail",
    ("F4",),
    lambda window: window.toggle_detail(),
    lambda window: window.has_detail,
    lacking="这一页没有详情栏",
    starts_group=True,
    is_button=True,
)
LOOKS = tuple(
    Command(f"look.{scheme.name}", Menu.VIEW, title, "", (), partial(_choose_scheme, scheme), submenu="外观")
    for title, scheme in _SCHEMES.items()
)
