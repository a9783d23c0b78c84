"""Whose name edits bear: set in the menu, asked once at the first edit, kept for the workstation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.ui.dialogs.operator import OperatorDialog
from assessor.ui.main_window import MainWindow
from assessor.workbook.history import last_edit
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import OPERATOR, Workbook


@pytest.fixture
def own_window(empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    path = Path(shutil.copy(workbook_file, tmp_path / "自己的.assess"))
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    return empty_window


def answer(qtbot: QtBot, act: Callable[[OperatorDialog], None]) -> list[str]:
    """Does ``act`` in the dialog that comes up; the list gets its title then."""
    seen: list[str] = []

    def find() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, OperatorDialog)
        seen.append(dialog.windowTitle())
        act(dialog)

    QTimer.singleShot(0, find)
    return seen


def fill_in(name: str) -> Callable[[OperatorDialog], None]:
    def act(dialog: OperatorDialog) -> None:
        event = QInputMethodEvent()
        event.setCommitString(name)
        QApplication.sendEvent(dialog.field, event)
        dialog.ok_button.click()

    return act


def change_title(window: MainWindow, qtbot: QtBot, title: str) -> None:
    with qtbot.waitSignal(window.session.loaded):
        window.session.change("改标题", lambda edit: save_settings(edit, replace(load_settings(edit), title=title)))


def last_operator(window: MainWindow) -> str:
    assert window.session.current is not None
    with Workbook.open(window.session.current.path, read_only=True) as workbook:
        record = last_edit(workbook)
    assert record is not None
    return record.operator


def test_the_first_edit_asks_once_and_bears_the_name(own_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    asked = answer(qtbot, fill_in("　张三 "))
    change_title(own_window, qtbot, "一")
    change_title(own_window, qtbot, "二")
    assert asked == ["操作员"]
    assert last_operator(own_window) == "张三"
    assert "张三" in own_window.status_bar.operator.text()
    again = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    assert again.session.operator == "张三"


def test_who_does_not_say_is_not_asked_again_and_not_taken_from_the_login(
    own_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    answer(qtbot, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    change_title(own_window, qtbot, "一")
    change_title(own_window, qtbot, "二")
    assert last_operator(own_window) == OPERATOR == "未署名"
    again = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    assert again.session.operator == ""


def test_the_menu_changes_the_name_of_the_edits_that_follow(own_window: MainWindow, qtbot: QtBot) -> None:
    own_window.session.operator = "张三"
    answer(qtbot, fill_in("李四"))
    own_window.menu.actions["operator"].trigger()
    change_title(own_window, qtbot, "一")
    assert last_operator(own_window) == "李四"
