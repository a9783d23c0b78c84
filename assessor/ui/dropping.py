"""Workbooks and packs dropped on the window. Evidence is taken by the pages that have a place for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

_WORKBOOK, _PACK = ".assess", ".assess.zip"


def dropped_workbook(mime: QMimeData) -> Path | None:
    """The one local file that is dragged, where it is a workbook or a pack of one."""
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.name.lower().endswith((_WORKBOOK, _PACK)) else None


def is_pack(path: Path) -> bool:
    return path.name.lower().endswith(_PACK)
