"""The menu is built from the commands; undo and redo bear the name of what they take back and put back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from assessor.errors import WorkbookError
from assessor.ui.commands import COMMANDS
from assessor.ui.commands.command import Menu
from assessor.ui.main_window import MainWindow
from assessor.workbook.settings import load_settings, save_settings

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def own_window(empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """On a workbook in which 张三 has changed the title once."""
    path = Path(shutil.copy(workbook_file, tmp_path / "自己的.assess"))
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.change(
            "改标题", lambda edit: save_settings(edit, replace(load_settings(edit), title="新标题"))
        )
    return empty_window


def buttons(window: MainWindow) -> dict[str, QToolButton]:
    found = window.menuBar().cornerWidget().findChildren(QToolButton)
    return {button.defaultAction().objectName(): button for button in found if button.isVisible()}


def title(window: MainWindow, qtbot: QtBot) -> str:
    titles: list[str] = []
    job = window.session.run("读标题", lambda workbook, _work: load_settings(workbook).title)
    job.done.connect(titles.append)
    with qtbot.waitSignal(job.finished):
        pass
    return titles[0]


def test_the_buttons_beside_the_menu_are_there(window: MainWindow) -> None:
    texts = [button.text() for button in buttons(window).values()]
    assert [texts[0], texts[1], texts[-1]] == ["打开", "刷新", "详情栏"]
    assert texts[2].startswith("撤销")
    assert texts[3].startswith("重做")


def test_every_command_has_a_key_of_its_own_and_stands_in_its_menu(window: MainWindow) -> None:
    keys = [command.key for command in COMMANDS]
    assert len(keys) == len(set(keys))
    shortcuts = [shortcut for command in COMMANDS for shortcut in command.keys]
    assert len(shortcuts) == len(set(shortcuts))
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == [menu.value for menu in Menu]


def test_undo_and_redo_by_key_and_their_names(own_window: MainWindow, qtbot: QtBot) -> None:
    undo, redo = own_window.menu.actions["undo"], own_window.menu.actions["redo"]
    assert undo.text() == "撤销 改标题"
    assert buttons(own_window)["undo"].text() == "撤销 改标题"
    assert not redo.isEnabled()

    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.keyClick(own_window, Qt.Key.Key_Z, CTRL)
    assert title(own_window, qtbot) != "新标题"
    assert redo.text() == "重做 改标题"

    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.keyClick(own_window, Qt.Key.Key_Y, CTRL)
    assert title(own_window, qtbot) == "新标题"

    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.mouseClick(buttons(own_window)["undo"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(own_window.session.loaded):
        qtbot.keyClick(own_window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert title(own_window, qtbot) == "新标题"


def test_undo_is_still_there_after_opening_anew(
    own_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert own_window.session.current is not None
    path = own_window.session.current.path
    for file in (Path(shutil.copy(workbook_file, tmp_path / "另一本.assess")), path):
        with qtbot.waitSignal(own_window.session.loaded):
            own_window.open(file)
    assert own_window.menu.actions["undo"].text() == "撤销 改标题"
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.menu.actions["undo"].trigger()
    assert title(own_window, qtbot) != "新标题"


def test_undoing_past_a_later_change_of_another_is_refused_and_explained(own_window: MainWindow, qtbot: QtBot) -> None:
    for name in ("李四", "张三"):
        with qtbot.waitSignal(own_window.session.loaded):
            own_window.session.sign_as(name)
        if name == "李四":
            assert not own_window.menu.actions["undo"].isEnabled()
            with qtbot.waitSignal(own_window.session.loaded):
                own_window.session.change(
                    "又改标题", lambda edit: save_settings(edit, replace(load_settings(edit), title="李四的"))
                )
    with qtbot.waitSignal(own_window.session.failed):
        qtbot.keyClick(own_window, Qt.Key.Key_Z, CTRL)
    assert own_window.message_bar.isVisible()
    told = own_window.message_bar.text.text()
    assert "李四" in told
    assert "又改标题" in told
    assert "settings" not in told
    assert title(own_window, qtbot) == "李四的"


def test_what_cannot_be_done_says_why(window: MainWindow) -> None:
    hints = {key: action.toolTip() for key, action in window.menu.actions.items() if not action.isEnabled()}
    assert "没有可以重做的修改" in hints["redo"]
    assert "工作簿没有密码" in hints["password.remove"]
    assert "本年度还没有定稿" in hints["unseal"]


def test_an_old_refusal_goes_when_something_else_is_done(own_window: MainWindow, qtbot: QtBot) -> None:
    own_window.show_problem(WorkbookError("不能撤销"))
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.menu.actions["undo"].trigger()
    assert not own_window.message_bar.isVisible()
