"""Files and pictures as the clipboard and drag and drop hand them over."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from assessor.ui.dropping import dropped_workbook
from assessor.workbook.evidence_adding import Content, Source


def has_sources(mime: QMimeData) -> bool:
    """Whether something in it can be evidence; nothing is converted yet."""
    if dropped_workbook(mime) is not None:
        return False  # the window opens it
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def sources_in(mime: QMimeData, now: datetime) -> tuple[Source, ...]:
    """Its local files, else its picture as a PNG named by the time; empty where there is neither."""
    # Files first: a file manager hands over a picture of the file, too.
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files or not mime.hasImage():
        return files
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return ()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return (Content(f"剪贴板图片 {now:%Y-%m-%d %H%M%S}.png", bytes(buffer.data().data())),)
