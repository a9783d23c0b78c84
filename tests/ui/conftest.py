"""A workbook written once, and a window that has opened it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from assessor.ui.grid.grid import Grid
from assessor.ui.main_window import MainWindow
from tests.ui.builders import FIRST, write_workbook


@pytest.fixture(scope="session")
def workbook_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "宜春市.assess"
    write_workbook(path)
    return path


def give_up_editors(window: MainWindow) -> None:
    """Or the window would stay open until what a test left in an editor is written."""
    for grid in window.findChildren(Grid):
        grid.editing.give_up()


@pytest.fixture
def empty_window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    window.setWindowState(Qt.WindowState.WindowNoState)  # the screen that is not there is a small one
    window.resize(1366, 768)
    qtbot.addWidget(window, before_close_func=give_up_editors)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def window(empty_window: MainWindow, workbook_file: Path, qtbot: QtBot) -> MainWindow:
    """Showing the first year, in which forms were handed in."""
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(workbook_file)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.select_year(FIRST)
    return empty_window


@pytest.fixture
def own_file(workbook_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(workbook_file, tmp_path / "自己的.assess"))


@pytest.fixture
def own_window(empty_window: MainWindow, own_file: Path, qtbot: QtBot) -> MainWindow:
    """On a workbook that the test may change."""
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(own_file)
    return empty_window
