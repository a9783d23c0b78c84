"""A year made, dated, taken through its stages and deleted, by clicks and keys in the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from assessor.domain.year import Stage, Year
from assessor.ui.dialogs.new_year import NewYearDialog
from assessor.ui.dialogs.seal import SealDialog
from assessor.ui.dialogs.stage import AdvanceDialog, GoBackDialog
from assessor.ui.dialogs.year_properties import YearPropertiesDialog
from assessor.ui.main_window import MainWindow
from assessor.workbook.workbook import Edit
from tests.ui.builders import SECOND
from tests.workbook.builders import small_workbook

Dialog = TypeVar("Dialog", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton
NEXT = SECOND + 1


@pytest.fixture
def own_window(empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """On a workbook of its own, showing the second year, which has only been set up."""
    path = Path(shutil.copy(workbook_file, tmp_path / "自己的.assess"))
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    return empty_window


def year(window: MainWindow) -> Year:
    assert window.session.view is not None
    return window.session.view.year


def dialog(window: MainWindow, kind: type[Dialog], qtbot: QtBot) -> Dialog:
    """Once it is there."""
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(kind)))
    return next(found for found in window.findChildren(kind) if found.isVisible())


def changing(window: MainWindow, qtbot: QtBot, act: Callable[[], object], wanted: Callable[[], bool]) -> None:
    act()
    qtbot.waitUntil(wanted, timeout=8000)


def click_stage(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    track = window.stage_bar.track
    centre = track.stage_rect(stage.position).center()
    qtbot.mouseClick(track, LEFT, pos=QPoint(int(centre.x()), int(centre.y())))


def press_ok(found: AdvanceDialog | GoBackDialog | NewYearDialog, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.mouseClick(found.ok_button, LEFT)


def test_a_new_year_is_copied_shown_and_deleted_again(own_window: MainWindow, qtbot: QtBot) -> None:
    own_window.menu.actions["year.new"].trigger()
    asked = dialog(own_window, NewYearDialog, qtbot)
    qtbot.waitUntil(asked.ok_button.isEnabled)
    assert (asked.wanted, asked.copied) == (NEXT, SECOND)
    asked.dates.deadline.selectAll()
    qtbot.keyClicks(asked.dates.deadline, f"{NEXT}-11-30")
    changing(own_window, qtbot, press_ok(asked, qtbot), lambda: year(own_window).year == NEXT)
    assert year(own_window).deadline.isoformat() == f"{NEXT}-11-30"
    assert own_window.stage_bar.years.currentText() == f"{NEXT} 年度"
    view = own_window.session.view
    assert view is not None
    assert sum(len(unit.assignments) for group in view.facts.groups for unit in group.units) == 193
    own_window.menu.actions["year.delete"].trigger()
    qtbot.waitUntil(lambda: year(own_window).year == SECOND)
    assert own_window.session.current is not None
    assert [item.year for item in own_window.session.current.years] == [SECOND - 1, SECOND]


def test_enter_makes_the_new_year_and_does_not_cancel(own_window: MainWindow, qtbot: QtBot) -> None:
    own_window.menu.actions["year.new"].trigger()
    asked = dialog(own_window, NewYearDialog, qtbot)
    qtbot.waitUntil(asked.ok_button.isEnabled)
    assert asked.focusWidget() is asked.year
    enter = partial(qtbot.keyClick, asked.year, Qt.Key.Key_Return)
    changing(own_window, qtbot, enter, lambda: year(own_window).year == NEXT)


def test_a_wrong_date_is_said_in_the_dialog_and_nothing_is_made(own_window: MainWindow, qtbot: QtBot) -> None:
    own_window.menu.actions["year.new"].trigger()
    asked = dialog(own_window, NewYearDialog, qtbot)
    qtbot.waitUntil(asked.ok_button.isEnabled)
    asked.dates.ends.setText("2024-02-30")
    press_ok(asked, qtbot)()
    assert "2024-02-30" in asked.problem.text()
    assert asked.isVisible()
    asked.reject()


def test_a_year_with_entries_is_not_deleted(own_window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(SECOND - 1)
    own_window.menu.actions["year.delete"].trigger()
    qtbot.waitUntil(own_window.message_bar.isVisible)
    assert "不是空的" in own_window.message_bar.text.text()


def test_the_dates_of_a_year_are_changed(own_window: MainWindow, qtbot: QtBot) -> None:
    own_window.menu.actions["year.properties"].trigger()
    asked = dialog(own_window, YearPropertiesDialog, qtbot)
    asked.dates.deadline.setText("明年")
    qtbot.mouseClick(asked.ok_button, LEFT)
    assert asked.isVisible()
    assert asked.problem.text().startswith("报送期限：“明年”不是日期")
    asked.dates.deadline.setText("20231120")
    qtbot.mouseClick(asked.ok_button, LEFT)
    qtbot.waitUntil(lambda: year(own_window).deadline.isoformat() == "2023-11-20")


def test_a_year_goes_through_its_stages_by_the_bar_and_back_with_a_reason(own_window: MainWindow, qtbot: QtBot) -> None:
    for stage in (Stage.COLLECT, Stage.SCORE, Stage.REVIEW):
        click_stage(own_window, stage, qtbot)
        step = dialog(own_window, AdvanceDialog, qtbot)
        changing(own_window, qtbot, press_ok(step, qtbot), lambda stage=stage: year(own_window).stage is stage)
    assert year(own_window).collection_closed
    click_stage(own_window, Stage.SEAL, qtbot)
    dialog(own_window, SealDialog, qtbot).reject()
    click_stage(own_window, Stage.COLLECT, qtbot)
    back = dialog(own_window, GoBackDialog, qtbot)
    assert back.stage is Stage.COLLECT
    assert "重新开放收集" in back.explanation.text()
    assert not back.ok_button.isEnabled()
    qtbot.keyClicks(back.reason, "late forms")
    changing(own_window, qtbot, press_ok(back, qtbot), lambda: year(own_window).stage is Stage.COLLECT)
    assert not year(own_window).collection_closed
    current = own_window.session.current
    assert current is not None
    assert current.undo_label == "2023 年度退回收集阶段：late forms"
    own_window.session.undo()
    qtbot.waitUntil(lambda: year(own_window).stage is Stage.REVIEW)


def test_the_bar_is_used_by_keys_and_says_where_a_stage_is_too_far(own_window: MainWindow, qtbot: QtBot) -> None:
    track = own_window.stage_bar.track
    track.setFocus()
    qtbot.keyClick(track, Qt.Key.Key_Return)
    step = dialog(own_window, AdvanceDialog, qtbot)
    assert step.windowTitle() == "下达任务，开始收集"
    step.reject()
    for _ in range(3):
        qtbot.keyClick(track, Qt.Key.Key_Right)
    qtbot.keyClick(track, Qt.Key.Key_Space)
    assert "还不能进入复核" in own_window.message_bar.text.text()


def test_the_collection_may_stay_open_and_be_closed_later(own_window: MainWindow, qtbot: QtBot) -> None:
    actions = own_window.menu.actions
    assert not actions["stage.close"].isEnabled()
    assert not actions["stage.back"].isEnabled()
    assert actions["stage.advance"].text() == "下达任务，开始收集…"
    for _ in range(2):
        actions["stage.advance"].trigger()
        step = dialog(own_window, AdvanceDialog, qtbot)
        step.keeps_open.setChecked(True)
        before = year(own_window).stage
        changing(own_window, qtbot, press_ok(step, qtbot), lambda before=before: year(own_window).stage is not before)
    assert (year(own_window).stage, year(own_window).collection_closed) == (Stage.SCORE, False)
    actions["stage.close"].trigger()
    qtbot.waitUntil(lambda: year(own_window).collection_closed)


def test_the_next_step_begins_where_it_is_one_of_the_year(own_window: MainWindow, qtbot: QtBot) -> None:
    def targets(edit: Edit) -> None:
        edit.execute("UPDATE assignment SET target = '10' WHERE year = ?", (SECOND,))

    with qtbot.waitSignal(own_window.session.steps_read):
        own_window.session.change("下达目标值", targets)
    assert own_window.stage_bar.next_button.text() == "下一步：下达任务，开始收集"
    qtbot.mouseClick(own_window.stage_bar.next_button, LEFT)
    step = dialog(own_window, AdvanceDialog, qtbot)
    changing(own_window, qtbot, press_ok(step, qtbot), lambda: year(own_window).stage is Stage.COLLECT)


def test_without_a_year_no_button_of_a_page_does_nothing(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    small_workbook(tmp_path, years=()).close()
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(next(tmp_path.glob("*.assess")))
    page = empty_window.page("tasks")
    assert "还没有考核年度" in page.empty_text()
    buttons = [button for button in page.findChildren(QPushButton) if button.text().startswith("下达给单位")]
    assert buttons
    assert not any(button.isEnabled() for button in buttons)
    history = empty_window.page("history")
    assert any(button.isEnabled() for button in history.findChildren(QPushButton) if button.text().startswith("导出"))
