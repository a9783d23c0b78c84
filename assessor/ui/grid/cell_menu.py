"""What every grid offers in the menu of a cell, below what its page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from assessor.ui.grid.grid import Grid


def add_actions(menu: QMenu, grid: Grid) -> None:
    model, clipboard, arranging = grid.model, grid.clipboard, grid.arranging
    is_editable = model is not None and model.is_editable
    menu.addSeparator()
    if is_editable:
        menu.addAction("剪切\tCtrl+X", clipboard.cut)
    menu.addAction("复制\tCtrl+C", clipboard.copy)
    menu.addAction("复制（含标题）\tCtrl+Shift+C", lambda: clipboard.copy(with_titles=True))
    if is_editable:
        menu.addAction("粘贴\tCtrl+V", clipboard.paste)
        menu.addAction("向下填充\tCtrl+D", clipboard.fill_down)
        menu.addAction("清除内容\tDelete", clipboard.clear)
    menu.addSeparator()
    menu.addAction("查找…\tCtrl+F", grid.find_bar.open_bar)
    if model is not None and not model.arrangement.is_plain:
        menu.addAction("重新筛选和排序", arranging.apply_anew)
    if model is not None and model.arrangement.filters:
        menu.addAction("取消全部筛选", arranging.clear_filters)
    menu.addSeparator()
    menu.addAction("导出表格…", grid.export)
    menu.addAction("打印…", grid.print_table)
