"""What is offered when a workbook that is opened is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from assessor.ui.commands.backups import offer_recovery
from assessor.ui.dialogs.recovery import RecoveryDialog
from assessor.ui.main_window import MainWindow
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_names import Reason
from assessor.workbook.check import check_workbook
from tests.workbook.builders import small_workbook
from tests.workbook.test_backup import overwrite

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


def dialog_of(window: MainWindow, path: Path, qtbot: QtBot) -> RecoveryDialog:
    window.session.operator = "李四"
    window.open(path)
    qtbot.waitUntil(lambda: window.findChild(RecoveryDialog) is not None)
    found = window.findChild(RecoveryDialog)
    assert found is not None
    qtbot.waitUntil(lambda: found.diagnosis is not None)
    return found


def test_the_newest_good_backup_takes_its_place(empty_window: MainWindow, path: Path, qtbot: QtBot) -> None:
    made = backup_workbook(path, Reason.MANUAL, "初评后")
    assert made is not None
    overwrite(path, 7)
    dialog = dialog_of(empty_window, path, qtbot)
    assert "读不出来" in dialog.ailment.text()
    assert f"{made.at:%Y-%m-%d %H:%M}（手动，初评后）" in dialog.backup.text()
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.mouseClick(dialog.restore_button, LEFT)
    current = empty_window.session.current
    assert current is not None
    assert current.path == path
    assert not current.is_read_only
    assert check_workbook(path).findings == ()


def test_what_is_readable_is_salvaged_and_opened(
    empty_window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    overwrite(path, 10)
    damaged = path.read_bytes()
    dialog = dialog_of(empty_window, path, qtbot)
    assert not dialog.restore_button.isEnabled()
    assert "没有找到" in dialog.backup.text()
    new = tmp_path / "抢救.assess"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(new), ""))
    qtbot.mouseClick(dialog.salvage_button, LEFT)
    qtbot.waitUntil(dialog.open_button.isVisible)
    assert "全部找回" in dialog.outcome.text()
    assert dialog.salvaged is not None
    assert dialog.missing.toPlainText().count("\n") + 1 == max(len(dialog.salvaged.items), 1)
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.mouseClick(dialog.open_button, LEFT)
    assert empty_window.session.current is not None
    assert empty_window.session.current.path == new
    assert path.read_bytes() == damaged


def test_of_an_empty_file_nothing_is_salvaged(empty_window: MainWindow, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(b"")
    dialog = dialog_of(empty_window, path, qtbot)
    assert "空的" in dialog.ailment.text()
    assert not dialog.salvage_button.isEnabled()
    qtbot.mouseClick(dialog.close_button, LEFT)
    assert path.read_bytes() == b""


def test_a_file_whose_head_is_gone_is_still_offered_its_backup(
    empty_window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    backup_workbook(path, Reason.MANUAL)
    path.write_text("这只是文字\n" * 100)
    dialog = dialog_of(empty_window, path, qtbot)
    assert "文件不是工作簿" in dialog.ailment.text()
    assert dialog.findings.text() == ""
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.mouseClick(dialog.restore_button, LEFT)
    assert check_workbook(path).findings == ()


def test_a_file_of_another_kind_is_only_refused(empty_window: MainWindow, path: Path, qtbot: QtBot) -> None:
    other = path.with_suffix(".txt")
    other.write_text("这只是文字")
    empty_window.open(other)
    qtbot.waitUntil(lambda: "不是考核工作簿" in empty_window.message_bar.text.text())
    assert empty_window.findChild(RecoveryDialog) is None


def test_what_is_damaged_while_it_is_open_is_restored(empty_window: MainWindow, path: Path, qtbot: QtBot) -> None:
    """The window itself has it locked."""
    backup_workbook(path, Reason.MANUAL)
    empty_window.session.operator = "李四"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE unit_group SET title = '改过'")
        other.commit()
    offer_recovery(empty_window, None, path)
    dialog = empty_window.findChild(RecoveryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.diagnosis is not None)
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.mouseClick(dialog.restore_button, LEFT)
    current = empty_window.session.current
    assert current is not None
    assert not current.is_read_only
    assert check_workbook(path).findings == ()


def test_what_is_missing_is_saved_as_a_list(
    empty_window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE unit_group SET title = '改过'")
        other.commit()
    dialog = dialog_of(empty_window, path, qtbot)
    names = iter([tmp_path / "抢救.assess", tmp_path / "清单.txt"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(names)), ""))
    qtbot.mouseClick(dialog.salvage_button, LEFT)
    qtbot.waitUntil(dialog.list_button.isVisible)
    qtbot.mouseClick(dialog.list_button, LEFT)
    text = (tmp_path / "清单.txt").read_text("utf-8-sig")
    assert dialog.missing.toPlainText() in text
    assert "与修改历史不一致，已按修改历史改正" in text


def test_a_salvage_that_fails_says_why(
    empty_window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(path, 10)
    dialog = dialog_of(empty_window, path, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(dialog.salvage_button, LEFT)
    qtbot.waitUntil(lambda: "已经存在" in dialog.outcome.text())
    assert dialog.salvage_button.isEnabled()
    assert not dialog.open_button.isVisible()


def test_any_file_can_be_looked_at(
    empty_window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    empty_window.menu.actions["recover"].trigger()
    dialog = empty_window.findChild(RecoveryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.diagnosis is not None)
    assert "没有发现问题" in dialog.ailment.text()
