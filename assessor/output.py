"""Writing a file whole or not at all: to a temporary name beside it, synced, then renamed over it."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.errors import OutputError, os_reason
from assessor.open_files import read_start

_DATABASE_MAGIC = b"SQLite format 3\x00"
_WORKBOOK_SUFFIX = ".assess"
"""A workbook with a password is known by its name alone."""
_ANYONE_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_file(path: Path, content: bytes) -> None:
    """Raises OutputError, and leaves what was there, as ``written_whole`` does."""
    with written_whole(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yields the temporary name of an empty file, which the body fills and closes.

    Where ``path`` is a link, the file that it points to is written. Whatever is raised within, what was there stays.
    Raises OutputError where ``check_target`` does, or the folder is read-only or full.
    """
    check_target(path)
    target = Path(os.path.realpath(path))  # unlike resolve(), it puts up with a link that points to itself
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
        temporary = None
    except (OSError, ValueError) as problem:
        raise _not_writable(path, problem) from problem
    finally:
        if temporary is not None:  # also when the user interrupts
            temporary.unlink(missing_ok=True)


def check_target(path: Path) -> None:
    """Raises OutputError where ``path`` cannot be written, as far as can be told beforehand: its folder is missing, or
    it is a folder, a device, a read-only file, or a workbook, which no report may replace."""
    try:
        if not path.parent.is_dir():
            remedy = "请先新建这个文件夹，或换一个已有的文件夹"
            raise OutputError("文件夹不存在", place=str(path.parent), remedy=remedy)
        if path.is_dir():
            raise OutputError("这是一个文件夹，不能写成文件", place=str(path), remedy="请在后面加上文件名")
        if path.exists():
            _check_existing(path)
    except (OSError, ValueError) as problem:  # ValueError: a name with a null character
        raise _not_writable(path, problem) from problem


def _check_existing(path: Path) -> None:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise OutputError("这是设备或管道，不是文件", place=str(path), remedy="请换一个文件名")
    if not mode & _ANYONE_MAY_WRITE:
        remedy = "请取消这个文件的只读属性，或换一个文件名"
        raise OutputError("已有同名文件，而且是只读的", place=str(path), remedy=remedy)
    if path.suffix.lower() == _WORKBOOK_SUFFIX or read_start(path, len(_DATABASE_MAGIC)) == _DATABASE_MAGIC:
        raise OutputError("这是工作簿（数据库文件），不会覆盖", place=str(path), remedy="请换一个文件名")


def _not_writable(path: Path, problem: Exception) -> OutputError:
    return OutputError(
        f"无法写入（{os_reason(problem)}）",
        place=str(path),
        remedy="请检查文件夹是否只读、磁盘是否已满、文件是否正被别的程序打开，或换一个文件夹",
    )
