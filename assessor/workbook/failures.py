"""SQLite's failures that the surroundings or a damaged file cause, in the user's words. Any other is a fault of the
program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.errors import WorkbookError
from assessor.workbook.format import corrupt, is_protected_file, password_needed

_PRIMARY_CODE = 0xFF  # extended codes carry the primary one in their low byte

_WORDS = {
    sqlite3.SQLITE_BUSY: ("工作簿正被另一个程序占用", "请关闭其他打开此文件的程序，稍后再试"),
    sqlite3.SQLITE_LOCKED: ("工作簿正被另一个程序占用", "请关闭其他打开此文件的程序，稍后再试"),
    sqlite3.SQLITE_FULL: ("磁盘已满，修改没有保存", "请清理磁盘空间后再试；工作簿保持原样"),
    sqlite3.SQLITE_READONLY: (
        "工作簿是只读的，修改没有保存",
        "请取消文件和文件夹的只读属性，或把工作簿复制到别处再打开",
    ),
    sqlite3.SQLITE_PERM: ("没有读写此文件的权限", "请检查文件和文件夹的权限，或把工作簿复制到别处再打开"),
    sqlite3.SQLITE_CANTOPEN: (
        "无法打开工作簿",
        "请检查文件和文件夹的读写权限，或把工作簿连同旁边的 -wal 文件复制到别处再打开",
    ),
    sqlite3.SQLITE_IOERR: ("读写磁盘出错", "请检查磁盘或移动盘是否已断开；工作簿保持最后一次保存的样子"),
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


_BROKEN_TEXT = "Could not decode to UTF-8"
_BROKEN_TABLES = ("no such table", "no such column")
"""Openings of messages that have no code of their own."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns a failure of disk, lock or file into a WorkbookError naming ``path``; lets every other error pass."""
    try:
        yield
    except sqlite3.Error as problem:
        if str(problem).startswith(_BROKEN_TEXT):
            raise corrupt(path, "文字无法识别") from problem
        code = getattr(problem, "sqlite_errorcode", None)
        if code is None:
            raise
        if code & _PRIMARY_CODE == sqlite3.SQLITE_NOTADB and is_protected_file(path):
            raise password_needed(path) from problem
        if code & _PRIMARY_CODE in _DAMAGED:
            raise corrupt(path, "") from problem
        if code & _PRIMARY_CODE not in _WORDS:
            raise
        what, remedy = _WORDS[code & _PRIMARY_CODE]
        raise WorkbookError(what, place=str(path), remedy=remedy) from problem


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Around reading facts out of tables that every workbook has: a table that is missing, or a text that is no number,
    date, kind or rule, can only come of damage, since nothing else is ever written. Raises WorkbookError naming
    ``path``."""
    try:
        yield
    except sqlite3.OperationalError as problem:
        if str(problem).startswith(_BROKEN_TABLES):
            raise corrupt(path, "数据表无法识别") from problem
        raise
    except (ValueError, ArithmeticError) as problem:
        raise corrupt(path, f"内容无法识别：{str(problem)[:80]}") from problem
