"""The shell: opening, years, pages, the stage bar, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from assessor.exchange.plan_file import find_plan, load_plan
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import PAGES, key_of
from assessor.workbook.creation import create_from_plan
from tests.ui.builders import FIRST, SECOND

CTRL = Qt.KeyboardModifier.ControlModifier


def year_shown(window: MainWindow) -> int:
    assert window.session.view is not None
    return window.session.view.year.year


def test_the_first_paint_comes_before_anything_is_open(empty_window: MainWindow) -> None:
    assert empty_window.session.current is None
    assert not empty_window.stage_bar.next_button.isVisible()


def test_opening_shows_the_latest_year_that_has_begun(
    empty_window: MainWindow, workbook_file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(workbook_file)
    assert year_shown(empty_window) == SECOND
    assert workbook_file.name in empty_window.windowTitle()
    assert empty_window.status_bar.file.text() == workbook_file.name


def test_the_page_keys_with_ctrl_change_the_year(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(window, Qt.Key.Key_PageDown, CTRL)
    assert year_shown(window) == SECOND
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    assert year_shown(window) == FIRST


def test_the_list_of_years_changes_the_year(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(window.stage_bar.years, Qt.Key.Key_Down)
    assert year_shown(window) == SECOND
    assert window.stage_bar.years.currentText() == "2023 年度"


def pressed(page: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    keys = QKeySequence(key_of(page))[0]
    return keys.key(), keys.keyboardModifiers()


def test_every_page_opens_by_its_key_and_wears_the_sample_badge(window: MainWindow, qtbot: QtBot) -> None:
    assert len({key_of(entry.key) for entry in PAGES}) == len(PAGES)
    for entry in PAGES:
        qtbot.keyClick(window, *pressed(entry.key))
        page = window.page(entry.key)
        assert page.isVisible()
        assert page.badge.isVisible()


def test_the_stage_bar_names_the_stage_and_the_next_step(window: MainWindow, qtbot: QtBot) -> None:
    assert "当前：收集" in window.stage_bar.track.accessibleDescription()
    assert window.stage_bar.next_button.text() == "下一步：催报 15 个单位"
    window.go("charts")
    qtbot.mouseClick(window.stage_bar.next_button, Qt.MouseButton.LeftButton)
    assert window.page("overview").isVisible()


def test_a_file_that_is_no_workbook_is_refused_and_the_open_one_stays(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    stranger = tmp_path / "名单.csv"
    stranger.write_text("单位,得分\n", encoding="utf-8")
    with qtbot.waitSignal(window.session.failed):
        window.open(stranger)
    assert window.message_bar.isVisible()
    assert "名单.csv" in window.message_bar.text.text()
    assert "处理办法" in window.message_bar.text.text()
    assert year_shown(window) == FIRST
    qtbot.mouseClick(window.message_bar.close_button, Qt.MouseButton.LeftButton)
    assert not window.message_bar.isVisible()


def test_a_workbook_without_years_says_what_to_do_first(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "空.assess"
    create_from_plan(path, load_plan(find_plan("yichun-2021-2025")).plan, (), years=()).close()
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    assert "还没有考核年度" in empty_window.page("overview").empty_text()
    assert not empty_window.stage_bar.next_button.isVisible()


def test_refreshing_keeps_the_year_and_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.go("results")
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    assert year_shown(window) == FIRST
    assert window.page("results").isVisible()


def test_a_first_window_is_no_larger_than_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    """Where no window manager runs, what is too large could not be made smaller."""
    window = MainWindow(QSettings(str(tmp_path / "new.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    normal = window.normalGeometry().size()
    assert normal.width() <= max(screen.width(), window.minimumWidth())
    assert normal.height() <= max(screen.height(), window.minimumHeight())
