"""What can be done on the page of evidence: one action each for its menu, its buttons and its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Needs(Enum):
    """Of how many chosen rows an action makes sense."""

    NOTHING = auto()
    ONE = auto()
    SOME = auto()
    ONE_FILE = auto()
    SOME_FILES = auto()


@dataclass(frozen=True)
class Doing:
    key: str
    title: str
    keys: str
    needs: Needs
    writes: bool = False


DOINGS = (
    Doing("add", "添加…", "Ins", Needs.NOTHING, writes=True),
    Doing("paste", "粘贴文件或图片", "Ctrl+V", Needs.NOTHING, writes=True),
    Doing("open", "打开", "", Needs.ONE_FILE),
    Doing("export", "导出…", "Ctrl+S", Needs.SOME_FILES),
    Doing("attach", "添加或替换文件…", "", Needs.ONE, writes=True),
    Doing("change", "修改…", "F2", Needs.ONE, writes=True),
    Doing("remove", "删除", "Del", Needs.SOME, writes=True),
    Doing("check", "核对文件", "", Needs.NOTHING),
    Doing("clear", "清理没有用到的文件", "", Needs.NOTHING, writes=True),
)
_IN_MENU_ONLY = ("paste", "clear")
BUTTONS = tuple(doing.key for doing in DOINGS if doing.key not in _IN_MENU_ONLY)


class EvidenceActions:
    """The page's QActions by key."""

    def __init__(self, page: QWidget, run: Callable[[str], object]) -> None:
        self._actions: dict[str, QAction] = {}
        for doing in DOINGS:
            action = QAction(doing.title, page)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setShortcut(QKeySequence(doing.keys))
            action.triggered.connect(lambda _checked, key=doing.key: run(key))
            page.addAction(action)
            self._actions[doing.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def all(self) -> Sequence[QAction]:
        return tuple(self._actions.values())

    def allow(self, rows: int, files: int, read_only: str) -> None:
        """``rows`` are chosen, ``files`` of them have one; ``read_only``: why nothing can be changed, or empty."""
        fits = {
            Needs.NOTHING: True,
            Needs.ONE: rows == 1,
            Needs.SOME: rows > 0,
            Needs.ONE_FILE: rows == files == 1,
            Needs.SOME_FILES: files > 0,
        }
        for doing in DOINGS:
            action = self._actions[doing.key]
            action.setEnabled(fits[doing.needs] and not (doing.writes and read_only))
            keys = f"（{doing.keys}）" if doing.keys else ""
            action.setToolTip(read_only if doing.writes and read_only else f"{doing.title}{keys}")
