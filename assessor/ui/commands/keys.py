"""帮助 > 键盘操作."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu
from assessor.ui.navigation import PAGES, key_of

if TYPE_CHECKING:
    from assessor.ui.main_window import MainWindow


def keys_text() -> str:
    """Every key of the window."""
    pages = "、".join(f"{key_of(entry.key)} {entry.title}" for entry in PAGES)
    return (
        f"页面：{pages}\n"
        "年度：Alt+← 上一年，Alt+→ 下一年，Ctrl+Shift+N 新建年度\n"
        "修改：Ctrl+Z 撤销，Ctrl+Y 重做\n"
        "评分：Alt+PageUp 上一个指标或单位，Alt+PageDown 下一个，Enter 看得分依据\n"
        "加减分：Insert 新增，Ctrl+Enter 修改，Ctrl+Shift+D 复制到其他单位，Ctrl+Delete 删除\n"
        "佐证：Ctrl+V 粘贴文件或截图，Insert 添加，Enter 打开，F2 修改，Delete 删除，Ctrl+S 导出\n"
        "表格：Enter、Tab 下一格，F2 修改，Ctrl+C/X/V 复制剪切粘贴，Ctrl+D 向下填充，Ctrl+F 查找，Alt+↓ 筛选和排序\n"
        "结果表：Enter 看得分依据\n"
        "窗口：F4 详情栏，F5 刷新，Ctrl+O 打开，Ctrl+P 报告"
    )


def _show(window: MainWindow) -> None:
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.information(window, "键盘操作", keys_text())


KEYS = Command("keys", Menu.HELP, "键盘操作", "", ("F1",), _show)
