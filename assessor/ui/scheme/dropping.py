"""A scheme file dropped on a page is imported there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from assessor.exchange.scheme_intake import SUFFIXES


class SchemeDrop(QObject):
    """``refusal``: why nothing can be taken now; empty: it can."""

    def __init__(self, page: QWidget, take: Callable[[Path], None], refusal: Callable[[], str]) -> None:
        super().__init__(page)
        self._take, self._refusal = take, refusal
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent):
            return False
        path = dropped_scheme(event.mimeData())
        if path is None or self._refusal():
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._take(path)
        return True


def dropped_scheme(mime: QMimeData) -> Path | None:
    """The one local file that is dragged, where it may be a scheme."""
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.casefold() in SUFFIXES else None
