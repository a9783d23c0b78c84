"""The keys of a grid in words, for the sheet of shortcuts."""

from __future__ import annotations

KEY_WORDS = (
    ("↑ ↓ ← →", "上下左右移动；加 Shift 扩大选区"),
    ("Ctrl+↑ ↓ ← →", "到数据的边缘"),
    ("Home、End", "到行首、行尾"),
    ("Ctrl+Home、Ctrl+End", "到第一格、最后一格"),
    ("PageUp、PageDown", "上一屏、下一屏"),
    ("Enter、Shift+Enter", "下一格、上一格；不能修改的格子：打开"),
    ("Tab、Shift+Tab", "右一格、左一格"),
    ("F2", "修改这一格"),
    ("Esc", "放弃这一格的修改"),
    ("Alt+↓", "格子的选项或日历；否则是这一列的筛选和排序"),
    ("Ctrl+Shift+L", "这一列的筛选和排序"),
    ("Ctrl+C", "复制"),
    ("Ctrl+Shift+C", "复制（含标题）"),
    ("Ctrl+X", "剪切"),
    ("Ctrl+V", "粘贴，可以是 WPS、Excel 里复制的一块"),
    ("Ctrl+D", "向下填充"),
    ("Delete", "清除选中的内容"),
    ("Backspace", "清空这一格并修改"),
    ("Space", "打勾"),
    ("Ctrl+A", "全选"),
    ("Ctrl+Space、Shift+Space", "选中整列、整行"),
    ("Ctrl+F", "查找；Enter 下一个，Shift+Enter 上一个"),
    ("Ctrl++、Ctrl+-、Ctrl+0", "放大、缩小、恢复；也可用 Ctrl+滚轮"),
    ("Ctrl+Enter", "长文本：保存；Enter 是换行"),
    ("Ctrl+Tab", "离开表格"),
)
"""Keys and what they do."""
