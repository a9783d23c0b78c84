"""A new file appears whole or not at all: made under a temporary name in its folder, then renamed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.errors import WorkbookError, os_reason
from assessor.workbook.disks import is_writable


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yields the temporary name, at which the body leaves a closed file. Raises WorkbookError where ``path`` exists,
    or its folder is missing or read-only; whatever is raised, nothing is left behind."""
    folder = path.absolute().parent
    try:
        _refuse_existing(path)
        if not folder.is_dir():
            raise WorkbookError("文件夹不存在", place=str(folder), remedy="请先新建这个文件夹，或换一个已有的文件夹")
        if not is_writable(folder):
            raise WorkbookError("文件夹是只读的", place=str(folder), remedy="请换一个可以写入的文件夹")
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder, ignore_cleanup_errors=True) as scratch:
            temporary = Path(scratch) / "new.assess"
            with _placed_at(path, temporary):
                yield temporary
            _refuse_existing(path)
            temporary.rename(path)
    except OSError as problem:
        raise WorkbookError(
            f"无法新建工作簿（{os_reason(problem)}）",
            place=str(path),
            remedy="请检查文件夹权限和磁盘空间，或换一个文件夹",
        ) from problem


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise WorkbookError("文件已经存在，不会覆盖", place=str(path), remedy="请换一个文件名，或直接打开这个工作簿")


@contextmanager
def _placed_at(path: Path, temporary: Path) -> Iterator[None]:
    """A trouble with the temporary file is one with the file that the user asked for."""
    try:
        yield
    except WorkbookError as problem:
        if problem.place == str(temporary):
            problem.place = str(path)
        raise
