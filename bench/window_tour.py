"""Run as a child: the real window on a workbook of ``big_workbook``, toured by page and typed into, and timed.

Prints a JSON object: seconds from opening to results shown, to each page's first and second showing, from each typed
mark to painted totals and ranks, and the longest times that the UI thread did not react.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Hashable
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from big_workbook import YEAR  # noqa: E402
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from watchdog import Heartbeat  # noqa: E402

from assessor.ui.app import make_application  # noqa: E402
from assessor.ui.main_window import MainWindow  # noqa: E402
from assessor.ui.navigation import PAGES  # noqa: E402
from assessor.ui.pages.scoring import ScoringPage  # noqa: E402

PATIENCE = 20.0
"""Seconds after which the tour gives up waiting."""


class Painted(QObject):
    """Notes the paints of a widget: when each began, and when the event loop went on after it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.paints: list[tuple[float, float]] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            began = time.perf_counter()
            QTimer.singleShot(0, self, lambda: self.paints.append((began, time.perf_counter())))
        return False

    def after(self, moment: float) -> float | None:
        """When the first paint that began later than that was done."""
        return next((done for began, done in self.paints if began > moment), None)


class Tour:
    def __init__(self, window: MainWindow, heartbeat: Heartbeat) -> None:
        self.window = window
        self.heartbeat = heartbeat

    def until(self, is_done: Callable[[], bool]) -> None:
        end = time.perf_counter() + PATIENCE
        while not is_done():
            if time.perf_counter() > end:
                raise TimeoutError(self.heartbeat.during)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self, seconds: float = 0.2) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or self.window.background.is_busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def open(self, path: Path) -> float:
        self.heartbeat.during = "opening"
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        started = time.perf_counter()
        self.window.painted.connect(lambda: self.window.open(path))
        self.window.show()
        self.until(lambda: self.window.session.current is not None)
        seconds = time.perf_counter() - started
        self.settle(1.0)
        self.heartbeat.during = "making pages in idle moments"
        self.settle(2.0 + 0.2 * len(PAGES))
        self.heartbeat.during = "choosing the year"
        self.window.session.select_year(YEAR)
        self.until(lambda: self.window.session.view is not None and self.window.session.view.year.year == YEAR)
        self.settle()
        return seconds

    def show(self, key: str, during: str) -> float:
        """Seconds until the page is painted, from asking for it."""
        self.heartbeat.during = during
        found: list[Painted] = []

        def go() -> None:
            self.window.go(key)
            page = self.window.page(key)
            found.append(Painted(page))
            page.update()

        started = time.perf_counter()
        QTimer.singleShot(0, self.window, go)  # as an event: what it takes is watched, too
        self.until(lambda: bool(found) and bool(found[0].paints))
        painted = found[0]
        seconds = painted.paints[0][1] - started
        self.settle()
        painted.deleteLater()
        return seconds

    def type_marks(self, count: int) -> list[float]:
        """Into the table of 评分, at an indicator that reviewers mark: seconds from the key that ends each mark until
        the unit's new score, total and rank, and all other ranks, are painted there."""
        self.heartbeat.during = "making the window larger"
        self.window.resize(1920, 1080)  # so that totals and ranks are in view beside the marks
        self.show("scoring", "scoring")
        page = self.window.page("scoring")
        assert isinstance(page, ScoringPage)
        view = self.window.session.view
        assert view is not None
        group = view.facts.groups[0]
        judged = next(item for item in group.scheme.indicators if item.rule.kind == "judgement")
        page.show_indicator(group.group.code, judged.code)
        self.window.toggle_detail()
        self.settle()
        painted = Painted(page.grid.table.viewport())
        units = [row.key for row in page.model.rows() if row.marks]
        turns = (units[turn * 7 % len(units)] for turn in itertools.count())
        typed = (self._type_mark(page, key, painted) for key in turns)
        return list(itertools.islice((seconds for seconds in typed if seconds is not None), count))

    def _type_mark(self, page: ScoringPage, key: Hashable, painted: Painted) -> float | None:
        """None where the mark moves no total: the highest and the lowest may be left out."""
        column = next(column.key for column in page.model.columns if column.key.startswith("mark:"))
        index = page.model.index_of(key, column)
        page.grid.go_to(index)
        page.grid.table.scrollTo(page.model.index_of(key, "total"))
        self.settle(0.05)
        value = 60 if Decimal(str(index.data())) > 80 else 99
        total = page.model.index_of(key, "total")
        assert page.grid.table.viewport().rect().intersects(page.grid.table.visualRect(total)), (
            f"out of view: {page.grid.table.visualRect(total)}"
        )
        before, shown = total.data(), list[float]()
        self.window.session.loaded.connect(lambda _loaded: shown.append(time.perf_counter()))
        self.heartbeat.during = "typing a mark"
        for letter in f"{value}":
            QTest.keyClicks(self._target(page), letter)
        self.settle(0.02)
        started = time.perf_counter()
        QTest.keyClick(self._target(page), Qt.Key.Key_Return)
        self.until(lambda: bool(shown))
        seconds = None
        if page.model.index_of(key, "total").data() != before:
            self.until(lambda: painted.after(shown[0]) is not None)
            seconds = (painted.after(shown[0]) or started) - started
        self.heartbeat.during = "after a mark"
        self.settle(0.02)
        return seconds

    @staticmethod
    def _target(page: ScoringPage) -> QWidget:
        """What has the keyboard."""
        editor = page.grid.editing.editor
        return editor.input if editor is not None else page.grid.table


def main(path: Path, marks: int) -> None:
    application = make_application()
    heartbeat = Heartbeat()
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat))
        window.session.operator = "测速"
        tour = Tour(window, heartbeat)
        opened = tour.open(path)
        keys = [entry.key for entry in PAGES]
        first = {key: tour.show(key, f"first showing of {key}") for key in keys[1:]}
        again = {key: tour.show(key, f"showing {key} again") for key in keys}
        typed = tour.type_marks(marks)
        after = {key: tour.show(key, f"showing {key} after edits") for key in keys}
        longest = [str(delay) for delay in heartbeat.longest(8)]
        beats = len(heartbeat.delays)
        window.close()
    application.processEvents()
    shown = {"opened": opened, "first": first, "again": again, "after": after}
    print(json.dumps({**shown, "typed": typed, "longest": longest, "beats": beats}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
