"""What an entry of the menu is. Features register theirs in ``assessor/ui/commands/__init__.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


class Menu(Enum):
    """The menus, in the order of the bar; the value is the title."""

    FILE = "文件(&F)"
    EDIT = "编辑(&E)"
    VIEW = "查看(&V)"
    YEAR = "年度(&Y)"
    TOOLS = "工具(&T)"
    HELP = "帮助(&H)"


def always(_window: MainWindow) -> bool:
    return True


def is_open(window: MainWindow) -> bool:
    return window.session.current is not None


def has_year(window: MainWindow) -> bool:
    return window.session.view is not None


@dataclass(frozen=True)
class Command:
    """Entries of a menu stand in the order of ``COMMANDS``."""

    key: str
    """Unique; names the action for tests and scripts."""
    menu: Menu
    title: str
    icon: str
    """A name of ``ui/icons.py``; empty: none."""
    keys: tuple[str, ...]
    """Shortcuts, the first is shown: ``("Ctrl+Y", "Ctrl+Shift+Z")``."""
    run: Callable[[MainWindow], object]
    is_enabled: Callable[[MainWindow], bool] = always
    """Asked whenever a workbook or a year was loaded."""
    lacking: str = ""
    """Why not, where ``is_enabled`` says no and the reason is neither the workbook nor its year: 没有可以撤销的修改."""
    writes: bool = False
    """Changes the workbook: disabled where that is read-only, with a tooltip that says why."""
    starts_group: bool = False
    """A line is drawn above it."""
    submenu: str = ""
    """Title of the menu within the menu where it stands."""
    title_now: Callable[[MainWindow], str] | None = None
    """For a title that changes, asked with ``is_enabled``: 撤销 录入评分."""
    is_button: bool = False
    """Also a button at the end of the menu bar."""
    is_bare: bool = False
    """Its button shows the icon alone."""

    def title_in(self, window: MainWindow) -> str:
        """As it is now: 撤销 录入评分."""
        return self.title_now(window) if self.title_now else self.title

    def refusal(self, window: MainWindow) -> str:
        """Why it cannot be run now; empty: it can."""
        current, view = window.session.current, window.session.view
        if self.writes and current is not None and current.read_only_reason:
            return current.read_only_reason
        if self.is_enabled(window):
            return ""
        if current is None:
            return "先打开一个工作簿"
        if self.lacking:
            return self.lacking
        if view is None:
            return "先建立一个考核年度"
        if self.writes and view.seal is not None:
            return f"{view.year.year} 年度已定稿"
        return "当前状态下不可用"
