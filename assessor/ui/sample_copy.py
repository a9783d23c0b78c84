"""The user's own copy of the shipped sample: the window writes into what it opens, and must not write into the program.

The copy lies in a folder named by the sample's digest: with a new sample comes a new copy, and what was tried out in
the old one stays where it was.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from assessor.errors import OutputError, os_reason
from assessor.output import write_file


def own_sample(shipped: Path, folder: Path) -> Path:
    """The copy of ``shipped`` under ``folder``, made where there is none. Raises OutputError."""
    try:
        content = shipped.read_bytes()
        place = folder / "示例" / hashlib.sha256(content).hexdigest()[:8]
        place.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        what = f"示例工作簿放不进用户数据文件夹（{os_reason(problem)}）"
        raise OutputError(what, place=str(folder), remedy="请用“文件 > 打开…”打开自己的工作簿") from problem
    copy = place / shipped.name
    if not copy.exists():
        write_file(copy, content)
    return copy
