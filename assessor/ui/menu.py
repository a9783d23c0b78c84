"""The menu and the buttons beside it, built from the commands and kept true to what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from assessor.ui import theme
from assessor.ui.commands import COMMANDS
from assessor.ui.commands.command import Command, Menu
from assessor.ui.icons import icon
from assessor.ui.recent_menu import RecentMenu

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow

_OPEN, _RECENT_BEFORE = "open", "reload"
"""Between these two in their menu stands 最近打开."""
_WIDEST_BUTTON = 150
"""Of a button's words; a long name of an edit is elided, and whole in the tooltip."""


class MainMenu:
    """The actions of the window by the key of their command."""

    def __init__(self, window: MainWindow, commands: Sequence[Command] = COMMANDS) -> None:
        self._window = window
        self._commands = {command.key: command for command in commands}
        self.actions = {command.key: _action(window, command) for command in commands}
        bar = window.menuBar()
        bar.setNativeMenuBar(False)
        for menu in Menu:
            entries = [command for command in commands if command.menu is menu]
            if entries:
                self._fill(bar.addMenu(menu.value), entries)
        self.recent = RecentMenu(window)
        after_open = self.actions[_RECENT_BEFORE]
        for place in self.actions[_OPEN].associatedObjects():
            if isinstance(place, QMenu):
                place.insertMenu(after_open, self.recent)
        self._corner = self._buttons(bar, [command.key for command in commands if command.is_button])
        bar.setCornerWidget(self._corner)
        self.refresh()
        self._corner.show()

    def refresh(self) -> None:
        """Asks every command what it is called and whether it can be run."""
        for key, command in self._commands.items():
            action = self.actions[key]
            title = command.title_in(self._window)
            action.setText(title.replace("&", "&&"))
            if command.is_button:
                action.setIconText(theme.elided(title.rstrip("…"), _WIDEST_BUTTON))
            refusal = command.refusal(self._window)
            action.setEnabled(not refusal)
            action.setToolTip(f"{_hint(title, command)}\n{refusal}" if refusal else _hint(title, command))
        self._corner.adjustSize()
        self._window.menuBar().adjustSize()

    def _fill(self, menu: QMenu, commands: Sequence[Command]) -> None:
        menu.setToolTipsVisible(True)
        within: dict[str, QMenu] = {}
        for command in commands:
            if command.starts_group and not menu.isEmpty():
                menu.addSeparator()
            place = menu
            if command.submenu:
                if command.submenu not in within:
                    within[command.submenu] = menu.addMenu(command.submenu)
                place = within[command.submenu]
            place.addAction(self.actions[command.key])

    def _buttons(self, bar: QMenuBar, keys: Sequence[str]) -> QWidget:
        corner = QWidget(bar)  # the bar's own: setCornerWidget alone does not keep it
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, theme.SPACE, 0)
        row.setSpacing(4)
        for key in keys:
            button = QToolButton()
            button.setDefaultAction(self.actions[key])
            is_bare = self._commands[key].is_bare
            style = Qt.ToolButtonStyle
            button.setToolButtonStyle(style.ToolButtonIconOnly if is_bare else style.ToolButtonTextBesideIcon)
            if is_bare:
                button.setAccessibleName(self._commands[key].title)
            button.setAutoRaise(True)
            button.setIconSize(QSize(18, 18))
            row.addWidget(button)
        return corner


def _action(window: MainWindow, command: Command) -> QAction:
    action = QAction(command.title, window)
    action.setObjectName(command.key)
    if command.icon:
        action.setIcon(icon(command.icon))
    action.setShortcuts([QKeySequence(keys) for keys in command.keys])
    action.triggered.connect(lambda _checked: _run(window, command))
    return action


def _run(window: MainWindow, command: Command) -> None:
    """What was refused before is no longer spoken of, once something else is done."""
    if command.writes:
        window.surroundings.clear_problem()
    command.run(window)


def _hint(title: str, command: Command) -> str:
    return f"{title.rstrip('…')}（{command.keys[0]}）" if command.keys else title.rstrip("…")
