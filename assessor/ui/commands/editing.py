"""编辑: undo and redo, each with the name of the edit that it takes back or puts back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def _undo_label(window: MainWindow) -> str | None:
    return window.session.current.undo_label if window.session.current else None


def _redo_label(window: MainWindow) -> str | None:
    return window.session.current.redo_label if window.session.current else None


UNDO = Command(
    "undo",
    Menu.EDIT,
    "撤销",
    "undo",
    ("Ctrl+Z",),
    lambda window: window.session.undo(),
    lambda window: _undo_label(window) is not None,
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
    writes=True,
    title_now=lambda window: f"重做 {_redo_label(window) or ''}".rstrip(),
    is_button=True,
)
