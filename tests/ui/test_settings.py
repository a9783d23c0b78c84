"""设置: of the workstation and of the workbook, by keys; what is remembered from one start to the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from assessor.ui import app, theme
from assessor.ui.commands.starting import open_last
from assessor.ui.dialogs.settings import SettingsDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.remembered import Remembered
from assessor.workbook.preferences import load_reminder_days
from assessor.workbook.settings import load_settings
from assessor.workbook.workbook import Workbook
from tests.ui.builders import FIRST
from tests.ui.typing_words import compose

CTRL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton


def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    qtbot.waitUntil(lambda: bool(window.findChildren(SettingsDialog)))
    return window.findChildren(SettingsDialog)[-1]


def drop(window: MainWindow, path: Path) -> bool:
    """Whether the window takes what is dragged over it; then it is dropped."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(600, 400), copy, mime, LEFT, none)
    entered.ignore()
    QApplication.sendEvent(window, entered)
    if entered.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(600, 400), copy, mime, LEFT, none))
    return entered.isAccepted()


def test_what_is_of_the_workbook_is_one_edit(own_window: MainWindow, own_file: Path, qtbot: QtBot) -> None:
    shown = dialog(own_window, qtbot)
    assert (shown.megabytes.value(), shown.reminder.value(), shown.folder.text()) == (50, 10, "")
    shown.reminder.selectAll()
    qtbot.keyClicks(shown.reminder, "21")
    shown.megabytes.selectAll()
    qtbot.keyClicks(shown.megabytes, "80")
    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.mouseClick(shown.ok_button, LEFT)
    assert own_window.menu.actions["undo"].text() == "撤销 修改设置"
    own_window.activateWindow()
    qtbot.waitUntil(lambda: own_window.isActiveWindow() and not own_window.findChildren(SettingsDialog))
    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.keyClick(own_window, Qt.Key.Key_Z, CTRL)
    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.keyClick(own_window, Qt.Key.Key_Y, CTRL)
    own_window.close()
    with Workbook.open(own_file, read_only=True) as workbook:
        assert load_reminder_days(workbook) == 21
        assert load_settings(workbook).evidence_limit == 80 * 1024 * 1024


def test_what_is_of_the_workstation_stays_there(empty_window: MainWindow, qtbot: QtBot) -> None:
    shown = dialog(empty_window, qtbot)
    assert not shown.megabytes.isEnabled()
    shown.operator.selectAll()
    compose(shown.operator, "王 五")
    shown.scheme.setCurrentIndex(shown.scheme.findData(Qt.ColorScheme.Dark))
    shown.zoom.setCurrentIndex(shown.zoom.findData(125))
    qtbot.keyClick(shown.opens_last, Qt.Key.Key_Space)
    try:
        qtbot.mouseClick(shown.ok_button, LEFT)
        assert theme.is_dark()
    finally:
        empty_window.remembered.choose_scheme(Qt.ColorScheme.Unknown)
    kept = empty_window.remembered
    assert (kept.operator, kept.zoom, kept.opens_last) == ("王 五", 125, False)
    assert empty_window.session.operator == "王 五"
    assert "重新打开" in empty_window.message_bar.text.text()


def test_the_zoom_scales_the_window_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    app._zoom(125)
    assert os.environ["QT_SCALE_FACTOR"] == "2.5"


def test_who_does_not_want_the_last_workbook_begins_with_what_there_is(
    empty_window: MainWindow, workbook_file: Path
) -> None:
    empty_window.remembered.keep_workbook(workbook_file)
    empty_window.remembered.opens_last = False
    open_last(empty_window)
    assert empty_window.session.asked is None
    assert not empty_window.message_bar.isVisible()


def test_page_year_and_splitters_are_as_they_were_left(qtbot: QtBot, tmp_path: Path, own_file: Path) -> None:
    settings = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    first = MainWindow(settings)
    qtbot.addWidget(first)
    first.resize(1366, 768)
    with qtbot.waitSignal(first.session.loaded):
        first.open(own_file)
    with qtbot.waitSignal(first.session.loaded):
        first.session.select_year(FIRST)
    first.go("units")
    (splitter, *_) = first.page("units").findChildren(QSplitter)
    splitter.setSizes([500, 700])
    left = splitter.sizes()
    first.close()
    second = MainWindow(settings)
    qtbot.addWidget(second)
    second.resize(1366, 768)
    with qtbot.waitSignal(second.session.loaded):
        second.open(own_file)
    assert second.shown_page().objectName() == "units"
    assert second.shown_year() == FIRST
    (splitter, *_) = second.page("units").findChildren(QSplitter)
    assert splitter.sizes() == left
    second.close()


def test_the_kept_place_of_a_workbook_without_a_year(tmp_path: Path) -> None:
    kept = Remembered(QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat))
    assert kept.where(tmp_path / "a.assess") == ("", None)
    kept.keep_where(tmp_path / "a.assess", "units", None)
    assert kept.where(tmp_path / "a.assess") == ("units", None)


def test_a_workbook_dropped_on_the_window_is_opened_and_other_files_are_not(
    empty_window: MainWindow, own_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "总结.docx"
    other.write_bytes(b"x")
    assert not drop(empty_window, other)
    with qtbot.waitSignal(empty_window.session.loaded):
        assert drop(empty_window, own_file)
    assert empty_window.workbook_path() == own_file


def test_recent_workbooks_stand_in_the_menu_and_those_that_are_gone_say_so(
    empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    for path in (tmp_path / "没有.assess", workbook_file):
        empty_window.remembered.keep_workbook(path)
    menu = empty_window.menu.recent
    menu.fill()
    texts = [(action.text(), action.isEnabled()) for action in menu.actions()]
    assert texts == [(f"&1 {workbook_file.name}", True), ("&2 没有.assess（找不到）", False)]
    with qtbot.waitSignal(empty_window.session.loaded):
        menu.actions()[0].trigger()


def test_a_deadline_that_draws_near_is_said_in_the_bar_of_stages(window: MainWindow) -> None:
    assert not window.stage_bar.reminder.isVisible()
    window.stage_bar.show_reminder("还有 5 天截止，3 个单位未报齐")
    assert window.stage_bar.reminder.isVisible()
