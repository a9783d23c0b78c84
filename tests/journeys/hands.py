"""A user's hands on the window: keys to whatever has the keyboard, clicks where a thing is seen, menus and dialogs.

Nothing here calls what a click would call. Every deed is timed, because the window must react at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QMenu,
    QWidget,
)

from assessor.domain.year import Stage
from assessor.ui.grid.grid import Grid
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import PAGES
from bench.watchdog import Heartbeat

T = TypeVar("T")
Found = TypeVar("Found", bound=QWidget)
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20.0
"""Seconds after which a user would give up."""


class Hands:
    def __init__(self, window: MainWindow, heartbeat: Heartbeat) -> None:
        self.window, self.heartbeat = window, heartbeat
        self.took: dict[str, float] = {}
        """Seconds, by what was done in them."""
        self._doing, self._since = "", time.perf_counter()

    # What the journey says of itself

    def begin(self, doing: str) -> None:
        now = time.perf_counter()
        if self._doing:
            self.took[self._doing] = self.took.get(self._doing, 0.0) + now - self._since
        self._doing, self._since, self.heartbeat.during = doing, now, doing

    def see(self, stage: Stage, undo: str | None = None) -> None:
        """Looks around: the stage in the bar, what can be undone, and that the window complains of nothing."""
        described = self.window.stage_bar.track.accessibleDescription()
        assert described.startswith(f"当前：{stage.label}"), described
        assert not self.window.message_bar.isVisible(), self.window.message_bar.text.text()
        if undo is not None:
            assert self.undo_words() == f"撤销 {undo}", self.undo_words()

    def undo_words(self) -> str:
        """Of the menu's entry."""
        return self.window.menu.actions["undo"].text()

    # Waiting

    def until(self, is_so: Callable[[], object], patience: float = PATIENCE) -> None:
        end = time.perf_counter() + patience
        self.heartbeat.rest()
        while not is_so():
            if time.perf_counter() > end:
                raise TimeoutError(f"{self._doing}: waited {patience:.0f} s in vain")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        """Until what was done is written, read again and shown."""
        session, background = self.window.session, self.window.background
        QApplication.processEvents()
        self.until(lambda: not session.is_changing and not background.is_busy)
        self.pause(0.02)

    def pause(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end)

    def do(self, deed: Callable[[], T]) -> T:
        """What the window's handlers take for it is time in which the window does not react."""
        return self.heartbeat.watch(deed)

    # Keys

    @property
    def keyboard(self) -> QWidget:
        """What has it."""
        found = QApplication.focusWidget()
        assert found is not None, f"{self._doing}: nothing has the keyboard"
        return found

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            target = self.keyboard
            self.do(lambda target=target, key=key: QTest.keyClick(target, key, modifier))

    def type(self, text: str) -> None:
        """Chinese comes from an input method, which has no keys for what it writes."""
        for letter in text:
            target = self.keyboard
            if letter.isascii():
                self.do(lambda target=target, letter=letter: QTest.keyClicks(target, letter))
            else:
                self.do(lambda target=target, letter=letter: _compose(target, letter))

    def retype(self, text: str) -> None:
        """In place of all that a field holds."""
        self.press(Key.Key_A, modifier=CONTROL)
        self.type(text)

    # Mouse

    def click(self, widget: QWidget, at: QPoint | None = None, modifier: Qt.KeyboardModifier = NONE) -> None:
        self._check_visible(widget)
        place = widget.rect().center() if at is None else at
        self.do(lambda: QTest.mouseClick(widget, LEFT, modifier, place))

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        self._check_visible(widget)
        self.click(widget, at)
        self.do(lambda: QTest.mouseDClick(widget, LEFT, NONE, at))

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        self._check_visible(widget)
        self.do(lambda: QTest.mousePress(widget, LEFT, NONE, start))
        for place in ((start + end) / 2, end):
            self.do(lambda place=place: QTest.mouseMove(widget, place))
            self.pause(0.01)
        self.do(lambda: QTest.mouseRelease(widget, LEFT, NONE, end))

    def button(self, text: str, within: QWidget | None = None) -> None:
        """Clicks the one button that is seen with these words, or words that begin so."""
        shown = [
            found
            for found in (within or self.window).findChildren(QAbstractButton)
            if found.isVisible() and found.text().replace("&", "").startswith(text)
        ]
        exact = [found for found in shown if found.text().replace("&", "") == text] or shown
        assert len(exact) == 1, f"{text}: {[found.text() for found in shown]}"
        assert exact[0].isEnabled(), f"{text}: {exact[0].toolTip()}"
        self.click(exact[0])

    def choose(self, box: QComboBox, text: str) -> None:
        """Opens its list and goes through that with the arrows, as Qt takes no click there in the first moment."""
        place = next(number for number in range(box.count()) if box.itemText(number).startswith(text))
        self.click(box)
        self.until(box.view().isVisible)
        self.press(Key.Key_Home, *[Key.Key_Down] * place, Key.Key_Return)
        self._come_back()
        assert box.currentIndex() == place, (box.currentText(), text)

    def tick(self, box: QListWidget, text: str) -> None:
        """The box of a line of a list, by its text: a click on the line, then the space bar."""
        item = next(box.item(row) for row in range(box.count()) if box.item(row).text() == text)
        box.scrollToItem(item)
        self.click(box.viewport(), box.visualItemRect(item).center())
        self.press(Key.Key_Space)

    # The window

    def page(self, title: str, kind: type[Found]) -> Found:
        """By the list at the left."""
        entry = next(entry for entry in PAGES if entry.title == title)
        listed = next(found for found in self.window.findChildren(QListWidget) if found.accessibleName() == "页面")
        item = next(listed.item(row) for row in range(listed.count()) if listed.item(row).text() == entry.title)
        self.click(listed.viewport(), listed.visualItemRect(item).center())
        self.settle()
        page = self.window.page(entry.key)
        assert isinstance(page, kind)
        assert page.isVisible()
        return page

    def menu(self, title: str, entry: str) -> None:
        bar = self.window.menuBar()
        opened = next(action for action in bar.actions() if action.text().startswith(title))
        self.click(bar, bar.actionGeometry(opened).center())
        menu = opened.menu()
        assert isinstance(menu, QMenu)
        self.entry(menu, entry)

    def entry(self, menu: QMenu, text: str) -> None:
        """Of a menu that is open."""
        self.until(menu.isVisible)
        action = next(action for action in menu.actions() if action.text().startswith(text))
        assert action.isEnabled(), f"{text}: {action.toolTip()}"
        self.click(menu, menu.actionGeometry(action).center())

    def stage(self, stage: Stage) -> None:
        """Clicks it in the bar."""
        track = self.window.stage_bar.track
        self.click(track, track.stage_rect(stage.position).center().toPoint())

    def dialog(self, kind: type[Found]) -> Found:
        """Once it is there."""

        def shown() -> list[Found]:
            return [found for found in self.window.findChildren(kind) if found.isVisible()]

        self.until(shown)
        found = shown()[-1]
        found.activateWindow()
        self.until(found.isActiveWindow)
        return found

    def leave(self, dialog: QDialog, text: str) -> None:
        """Presses a button that closes it, after a look at it: no text is cut, no icon of another desktop is on it."""
        for box in dialog.findChildren(QDialogButtonBox):
            assert all(button.icon().isNull() for button in box.buttons())
        for label in dialog.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        self.button(text, dialog)
        self.settle()
        self._come_back()

    def _come_back(self) -> None:
        """A window manager makes the window active again when what was over it has gone."""
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)

    # Tables

    def cell(self, grid: Grid, key: Hashable, column: str, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Clicks a cell, scrolling to it first."""
        view, at = self._spot(grid, key, column)
        self.click(view, at, modifier)
        assert grid.current_index() == grid.model.index_of(key, column) or modifier  # type: ignore[union-attr]

    def open_cell(self, grid: Grid, key: Hashable, column: str) -> None:
        view, at = self._spot(grid, key, column)
        self.double_click(view, at)

    def cell_menu(self, grid: Grid, key: Hashable, column: str) -> QMenu:
        """By the right button, whose release the window system makes into a wish for the menu."""
        view, at = self._spot(grid, key, column)
        self.do(lambda: QTest.mouseClick(view, Qt.MouseButton.RightButton, NONE, at))
        wish = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
        self.do(lambda: QApplication.sendEvent(view, wish))
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def drag_cells(self, grid: Grid, first: tuple[Hashable, str], last: tuple[Hashable, str]) -> None:
        view, start = self._spot(grid, *first)
        other, end = self._spot(grid, *last)
        view, start = self._spot(grid, *first) if other is not view else (view, start)
        self.drag(view, start, end)

    def write(self, text: str, *, ends: Qt.Key = Key.Key_Return) -> None:
        """Into the active cell, and waits for what comes of it."""
        self.type(text)
        self.press(ends)
        self.settle()

    def shown(self, grid: Grid, key: Hashable, column: str) -> str:
        """What stands in a cell."""
        assert grid.model is not None
        index = grid.model.index_of(key, column)
        assert index.isValid(), (key, column)
        return str(index.data() or "")

    def _spot(self, grid: Grid, key: Hashable, column: str) -> tuple[QWidget, QPoint]:
        assert grid.model is not None
        index = grid.model.index_of(key, column)
        assert index.isValid(), (key, column, [item.key for item in grid.model.columns])
        grid.table.scrollTo(index)
        view: Any = grid.table.view_of(index.column())
        return view.viewport(), view.visualRect(index).center()

    def _check_visible(self, widget: QWidget) -> None:
        assert widget.isVisible(), f"{self._doing}: {widget} is not to be seen"
        blocking = QApplication.activeModalWidget()
        assert blocking is None or blocking.isAncestorOf(widget) or blocking is widget or _is_popup(widget), (
            f"{self._doing}: {blocking.windowTitle()} is in the way of {widget}"
        )


def _is_popup(widget: QWidget) -> bool:
    return bool(widget.window().windowFlags() & Qt.WindowType.Popup)


def _compose(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
