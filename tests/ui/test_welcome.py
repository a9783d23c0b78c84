"""What the window offers while nothing is open, and a workbook made of a plan, by clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.ui.commands.starting import open_last
from assessor.ui.dialogs.new_workbook import NewWorkbookDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.welcome import WelcomePage

LEFT = Qt.MouseButton.LeftButton


def welcome(window: MainWindow) -> WelcomePage:
    page = window.findChild(WelcomePage)
    assert page is not None
    assert page.isVisible()
    return page


def dialog(window: MainWindow, qtbot: QtBot) -> NewWorkbookDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(NewWorkbookDialog)))
    return window.findChildren(NewWorkbookDialog)[-1]


def test_at_the_first_start_the_sample_is_one_click_or_enter_away(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    open_last(empty_window)
    page = welcome(empty_window)
    assert page.recent.count() == 0
    assert page.sample.hasFocus()
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.keyClick(page.sample, Qt.Key.Key_Return)
    assert not page.isVisible()
    assert empty_window.session.view is not None
    assert empty_window.session.view.is_sample


def test_a_workbook_is_made_of_the_shipped_plan_and_opened(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    empty_window.show_nothing_open()
    qtbot.mouseClick(welcome(empty_window).new, LEFT)
    asked = dialog(empty_window, qtbot)
    qtbot.waitUntil(asked.ok_button.isEnabled)
    assert "41 个单位、34 项任务" in asked.about.text()
    assert "市文广新旅局" in asked.warnings.text()
    asked.choose_year(2024)
    asked.path.selectAll()
    qtbot.keyClicks(asked.path, str(tmp_path / "yichun"))
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.mouseClick(asked.ok_button, LEFT)
    current = empty_window.session.current
    assert current is not None
    assert current.path == tmp_path / "yichun.assess"
    assert [year.year for year in current.years] == [2024]
    assert not current.years[0].is_sample


def test_a_fault_in_a_plan_file_is_said_with_its_line_and_an_existing_file_is_kept(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    empty_window.menu.actions["new"].trigger()
    asked = dialog(empty_window, qtbot)
    qtbot.waitUntil(asked.ok_button.isEnabled)
    taken = tmp_path / "taken.assess"
    taken.write_text("珍贵", "utf-8")
    asked.path.setText(str(taken))
    qtbot.mouseClick(asked.ok_button, LEFT)
    qtbot.waitUntil(lambda: "已经存在" in asked.problem.text())
    assert taken.read_text("utf-8") == "珍贵"
    faulty = tmp_path / "方案.toml"
    faulty.write_text('[plan]\ncode = "x\n', "utf-8")
    asked.choose_plan(str(faulty))
    qtbot.waitUntil(lambda: "第2行" in asked.problem.text())
    assert str(faulty) in asked.problem.text()
    assert not asked.ok_button.isEnabled()
    asked.reject()


def test_the_workbook_of_last_time_opens_again_and_those_of_late_are_listed(
    empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    gone = tmp_path / "gone.assess"
    for path in (workbook_file, gone):
        empty_window.remembered.keep_workbook(path)
    empty_window.show_nothing_open()
    page = welcome(empty_window)
    assert [page.recent.item(row).toolTip() for row in range(2)] == [str(gone), str(workbook_file)]
    assert "找不到" in page.recent.item(0).text()
    with qtbot.waitSignal(empty_window.session.loaded):
        place = page.recent.visualItemRect(page.recent.item(1)).center()
        qtbot.mouseClick(page.recent.viewport(), LEFT, pos=place)
    empty_window.remembered.keep_workbook(workbook_file)
    assert empty_window.remembered.recent == [workbook_file, gone]
