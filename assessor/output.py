"""Writing a file whole or not at all: to a temporary name beside it, synced, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from assessor.errors import OutputError


def write_file(path: Path, content: bytes) -> None:
    """Raises OutputError, and leaves what was there, when the folder is missing, read-only or full."""
    folder = path.parent
    temporary: Path | None = None
    try:
        if not folder.is_dir():
            raise OutputError("文件夹不存在", place=str(folder), remedy="请先新建这个文件夹，或换一个已有的文件夹")
        if path.is_dir():
            raise OutputError("这是一个文件夹，不能写成文件", place=str(path), remedy="请在后面加上文件名")
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=folder)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except (OSError, ValueError) as problem:  # ValueError: a name with a null character
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = getattr(problem, "strerror", None) or str(problem)
        raise OutputError(
            f"无法写入（{reason}）",
            place=str(path),
            remedy="请检查文件夹是否只读、磁盘是否已满、文件是否正被别的程序打开，或换一个文件夹",
        ) from problem
