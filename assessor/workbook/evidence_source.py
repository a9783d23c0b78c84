"""Reading a file that the user hands in as evidence: whole, unchanged while it was read, and no larger than allowed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from assessor.errors import InputError, os_reason
from assessor.work import Work

_PIECE = 1 << 20
_WINDOWS_SHORTCUT = ".lnk"
_NOT_REGULAR = {
    stat.S_IFDIR: ("这是一个文件夹，不是文件", "请打开文件夹，选择其中的文件；要交整个文件夹时先压缩成一个文件"),
    stat.S_IFLNK: ("这是一个链接，不是文件本身", "请选择链接所指的原文件"),
}


def read_source(source: Path, limit: int, work: Work) -> bytes:
    """The file's content, at most ``limit`` bytes.

    Raises InputError where it is missing, no regular file (links included), unreadable, empty, larger than ``limit``,
    or changes meanwhile; Cancelled.
    """
    place = shown_path(source)
    try:
        _refuse_special(os.lstat(source).st_mode, source, place)
        # Not waiting for a pipe's other end, not following a link put there since, not handed on to child processes.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(source, flags)
        try:
            return _read_open(handle, source, place, limit, work)
        finally:
            os.close(handle)
    except (OSError, ValueError) as problem:  # ValueError: a name with a null character
        remedy = "请检查文件是否还在、能否读取、是否正被别的程序打开，或把它复制到本机再添加"
        raise InputError(f"无法读取文件（{os_reason(problem)}）", place=place, remedy=remedy) from problem


def require_size(size: int, limit: int, place: str) -> None:
    """Raises InputError where nothing was given, or more than ``limit`` bytes."""
    if size == 0:
        raise InputError("这是一个空文件", place=place, remedy="请检查文件是否已保存完整，再重新添加")
    if size > limit:
        raise InputError(
            f"文件有 {size_text(size)}，超过每个文件 {size_text(limit)} 的上限",
            place=place,
            remedy="请压缩图片、转成 PDF 或拆成几个文件后再添加；确有必要时可用“工具 > 佐证文件大小上限”调高",
        )


def size_text(size: int) -> str:
    """As file managers show it: 12 字节, 3.4 KB, 50 MB."""
    if size < 1024:
        return f"{size} 字节"
    amount = size / 1024
    for unit in ("KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1024
    return f"{amount:.1f}".removesuffix(".0") + f" {unit}"


def shown_path(path: Path) -> str:
    """A path for a message: bytes that are no text are replaced, so that it can be shown anywhere."""
    return str(path).encode("utf-8", "replace").decode()


def _refuse_special(mode: int, source: Path, place: str) -> None:
    kind = stat.S_IFMT(mode)
    if kind in _NOT_REGULAR:
        what, remedy = _NOT_REGULAR[kind]
        raise InputError(what, place=place, remedy=remedy)
    if kind != stat.S_IFREG:
        raise InputError("这是设备或管道，不是文件", place=place, remedy="请选择普通文件")
    if source.suffix.lower() == _WINDOWS_SHORTCUT:
        raise InputError("这是一个快捷方式，不是文件本身", place=place, remedy="请选择快捷方式所指的原文件")


def _read_open(handle: int, source: Path, place: str, limit: int, work: Work) -> bytes:
    before = os.fstat(handle)
    _refuse_special(before.st_mode, source, place)
    require_size(before.st_size, limit, place)
    pieces: list[bytes] = []
    count = 0
    while piece := os.read(handle, _PIECE):
        pieces.append(piece)
        count += len(piece)
        if count > before.st_size:
            break
        work.step(count / before.st_size, f"正在读取 {source.name}")
    after = os.fstat(handle)
    if count != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError("读取时文件正在被修改", place=place, remedy="请等别的程序保存完毕、关闭文件后再添加")
    return b"".join(pieces)
