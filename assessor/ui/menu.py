"""The menu and the buttons beside it: only what works now, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from assessor.ui import theme
from assessor.ui.icons import icon
from assessor.ui.navigation import PAGES

_SCHEMES = {
    "跟随系统": Qt.ColorScheme.Unknown,
    "浅色": Qt.ColorScheme.Light,
    "深色": Qt.ColorScheme.Dark,
}


@dataclass(frozen=True)
class Commands:
    """What the menu's entries do."""

    open_file: Callable[[], object]
    reload: Callable[[], object]
    close: Callable[[], object]
    go: Callable[[str], object]
    step_year: Callable[[int], object]
    toggle_detail: Callable[[], object]
    choose_scheme: Callable[[Qt.ColorScheme], object]
    show_keys: Callable[[], object]


def build_menu(bar: QMenuBar, commands: Commands) -> QAction:
    """Fills the bar; answers with the action of the detail pane, which not every page has."""
    bar.setNativeMenuBar(False)
    open_action, reload_action = _fill_file_menu(bar.addMenu("文件(&F)"), commands)
    detail_action = _fill_view_menu(bar.addMenu("查看(&V)"), commands)
    _action(bar.addMenu("帮助(&H)"), "键盘操作", "", QKeySequence("F1"), commands.show_keys)
    corner = _buttons(bar, open_action, reload_action, detail_action)
    bar.setCornerWidget(corner)
    corner.show()
    return detail_action


def keys_text() -> str:
    """Every key of the window, for 帮助."""
    pages = "、".join(f"Ctrl+{place + 1} {entry.title}" for place, entry in enumerate(PAGES))
    return (
        f"页面：{pages}\n"
        "年度：Alt+← 上一年，Alt+→ 下一年\n"
        "结果表：Enter 看得分依据，Ctrl+C 复制选中的单元格\n"
        "窗口：F4 详情栏，F5 刷新，Ctrl+O 打开，Ctrl+P 报告"
    )


def _fill_file_menu(menu: QMenu, commands: Commands) -> tuple[QAction, QAction]:
    open_action = _action(menu, "打开…", "open", QKeySequence.StandardKey.Open, commands.open_file)
    reload_action = _action(menu, "刷新", "refresh", QKeySequence("F5"), commands.reload)
    menu.addSeparator()
    _action(menu, "生成报告…", "report", QKeySequence("Ctrl+P"), partial(commands.go, "report"))
    menu.addSeparator()
    _action(menu, "退出", "", QKeySequence("Ctrl+Q"), commands.close)
    return open_action, reload_action


def _fill_view_menu(menu: QMenu, commands: Commands) -> QAction:
    for place, entry in enumerate(PAGES):
        _action(menu, entry.title, entry.icon, QKeySequence(f"Ctrl+{place + 1}"), partial(commands.go, entry.key))
    menu.addSeparator()
    _action(menu, "上一年度", "", QKeySequence("Alt+Left"), partial(commands.step_year, -1))
    _action(menu, "下一年度", "", QKeySequence("Alt+Right"), partial(commands.step_year, 1))
    menu.addSeparator()
    detail_action = _action(menu, "详情栏", "detail", QKeySequence("F4"), commands.toggle_detail)
    look = menu.addMenu("外观")
    for title, scheme in _SCHEMES.items():
        _action(look, title, "", QKeySequence(), partial(commands.choose_scheme, scheme))
    return detail_action


def _buttons(bar: QMenuBar, *actions: QAction) -> QWidget:
    corner = QWidget(bar)  # the bar's own: setCornerWidget alone does not keep it
    row = QHBoxLayout(corner)
    row.setContentsMargins(0, 0, theme.SPACE, 0)
    row.setSpacing(4)
    for action in actions:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        row.addWidget(button)
    return corner


def _action(
    menu: QMenu, text: str, sign: str, keys: QKeySequence | QKeySequence.StandardKey, run: Callable[[], object]
) -> QAction:
    action = QAction(text, menu)
    if sign:
        action.setIcon(icon(sign))
    action.setShortcut(keys)
    action.triggered.connect(lambda _checked: run())
    menu.addAction(action)
    return action
