"""The real window on a copy of the sample, a calendar that the journey turns, and hands to use it with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from assessor.resources import SAMPLE_WORKBOOK
from assessor.ui import main_window, session
from assessor.ui.main_window import MainWindow
from bench.watchdog import Heartbeat
from tests.journeys.hands import Hands


class Calendar:
    """The day that the window takes for today."""

    def __init__(self, day: date) -> None:
        self.day = day


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    found = Calendar(date(2026, 1, 12))
    monkeypatch.setattr(main_window, "today", lambda: found.day)
    monkeypatch.setattr(session, "_today", lambda: found.day)
    return found


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE_WORKBOOK, tmp_path / "宜春市.assess"))


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, calendar: Calendar) -> Iterator[Hands]:
    """On a window that is signed in, before anything is open in it."""
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("operator", "李娟")
    window = MainWindow(settings)
    window.setWindowState(Qt.WindowState.WindowNoState)  # the screen that is not there is a small one
    window.resize(1366, 768)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    found = Hands(window, Heartbeat(window))
    found.until(window.isActiveWindow)
    yield found
    window.close()
