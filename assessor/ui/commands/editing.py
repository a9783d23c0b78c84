"""编辑: undo and redo, each with the name of the edit that it takes back or puts back; finding in the table at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, has_year

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def _undo_label(window: MainWindow) -> str | None:
    return window.session.current.undo_label if window.session.current else None


def _redo_label(window: MainWindow) -> str | None:
    return window.session.current.redo_label if window.session.current else None


def _find(window: MainWindow) -> None:
    """In the table that has the keyboard, else in the largest one; where there is none, in everything."""
    from assessor.ui.grid.grid import Grid

    shown = [grid for grid in window.findChildren(Grid) if grid.isVisible()]
    at = window.focusWidget()
    holder = next((grid for grid in shown if at is not None and grid.isAncestorOf(at)), None)
    grid = holder or max(shown, key=lambda grid: grid.width() * grid.height(), default=None)
    if grid is None:
        window.open_search()
    else:
        grid.find_bar.open_bar()


UNDO = Command(
    "undo",
    Menu.EDIT,
    "撤销",
    "undo",
    ("Ctrl+Z",),
    lambda window: window.session.undo(),
    lambda window: _undo_label(window) is not None,
    lacking="没有可以撤销的修改",
    writes=True,
    title_now=lambda window: f"撤销 {_undo_label(window) or ''}".rstrip(),
    is_button=True,
)
REDO = Command(
    "redo",
    Menu.EDIT,
    "重做",
    "redo",
    ("Ctrl+Y", "Ctrl+Shift+Z"),
    lambda window: window.session.redo(),
    lambda window: _redo_label(window) is not None,
    lacking="没有可以重做的修改",
    writes=True,
    title_now=lambda window: f"重做 {_redo_label(window) or ''}".rstrip(),
    is_button=True,
)
FIND = Command("find", Menu.EDIT, "在表中查找…", "", ("Ctrl+F",), _find, has_year, starts_group=True)
