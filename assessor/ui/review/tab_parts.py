"""What the tabs of the review share: a row of buttons for actions that have keys; a table or a word for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from assessor.ui import theme
from assessor.ui.grid.grid import Grid


def make_action(owner: QWidget, title: str, keys: str, run: Callable[[], object]) -> QAction:
    """Its keys work wherever the keyboard is within ``owner``."""
    action = QAction(title, owner)
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setToolTip(f"{title}（{keys}）" if keys else title)
    action.triggered.connect(lambda _checked: run())
    owner.addAction(action)
    return action


def add_buttons(row: QHBoxLayout, actions: list[QAction]) -> None:
    for action in actions:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        row.addWidget(button)


class TableOrWord(QStackedWidget):
    """The grid, or where it has no rows what that means and what to do."""

    def __init__(self, grid: Grid, word: str) -> None:
        super().__init__()
        self.word = QLabel(word)
        self.word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.word.setWordWrap(True)
        self.word.setMargin(theme.SPACE * 3)
        theme.dress(self.word, tone="muted")
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(grid)
        self.addWidget(card)
        self.addWidget(self.word)

    def show_table(self, is_shown: bool) -> None:
        self.setCurrentIndex(0 if is_shown else 1)
