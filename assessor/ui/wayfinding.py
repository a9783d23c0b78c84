"""The ways through the window: to a place, back and forward, by keys and by the mouse's side buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent

from assessor.domain.place import Place
from assessor.ui.trail import Trail

if TYPE_CHECKING:
    from pathlib import Path

    from assessor.ui.loading import Loaded
    from assessor.ui.main_window import MainWindow


class Wayfinder(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._trail = Trail()
        self._of: Path | None = None
        """The workbook that the trail leads through."""
        self._wanted: Place | None = None
        """In a year that is being read."""
        self._is_stepping = False

    @property
    def can_go_back(self) -> bool:
        return bool(self._trail.back)

    @property
    def can_go_ahead(self) -> bool:
        return bool(self._trail.ahead)

    def go_to(self, place: Place) -> None:
        """Goes there, and remembers where the window was. Another year is read first."""
        self.leave()
        self._arrive(place)

    def back(self) -> None:
        self._step(self._trail.step_back(self._present()))

    def ahead(self) -> None:
        self._step(self._trail.step_ahead(self._present()))

    def leave(self) -> None:
        """The window is about to show another page, or another place of the same."""
        if self._window.session.view is not None and not self._is_stepping:
            self._trail.leave(self._present())

    def follow(self, loaded: Loaded) -> None:
        """After a workbook or a year was read: on to what was waiting for it."""
        if self._of != loaded.path:
            self._of = loaded.path
            self._trail.clear()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and loaded.view is not None and loaded.view.year.year == wanted.year:
            self._arrive(wanted)

    def forget(self) -> None:
        """What was to be read was not."""
        self._wanted = None

    def watch_mouse(self) -> None:
        """Of the window as the system has it: its widgets need not know of the side buttons."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if event.button() is Qt.MouseButton.BackButton:
                self.back()
                return True
            if event.button() is Qt.MouseButton.ForwardButton:
                self.ahead()
                return True
        return super().eventFilter(watched, event)

    def _present(self) -> Place:
        view = self._window.session.view
        return replace(self._window.shown_page().place(), year=view.year.year if view else None)

    def _step(self, place: Place | None) -> None:
        if place is None:
            return
        self._is_stepping = True
        try:
            self._arrive(place)
        finally:
            self._is_stepping = False
        self._window.menu.refresh()

    def _arrive(self, place: Place) -> None:
        session = self._window.session
        if session.view is None:
            return
        if place.year is not None and place.year != session.view.year.year:
            self._wanted = place
            session.select_year(place.year)
            return
        was_stepping, self._is_stepping = self._is_stepping, True
        try:
            if place.page:
                self._window.go(place.page)
            self._window.shown_page().go_to(place)
        finally:
            self._is_stepping = was_stepping
        self._window.menu.refresh()
