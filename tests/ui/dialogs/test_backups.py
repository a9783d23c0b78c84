"""文件 > 备份与恢复, and the backups that make themselves."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from assessor.errors import OutputError
from assessor.ui.automatic_backups import INTERVAL_MINUTES
from assessor.ui.dialogs.backups import BackupsDialog
from assessor.ui.main_window import MainWindow
from assessor.work import Work
from assessor.workbook import backup
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Reason, folder_beside
from assessor.workbook.settings import Settings, load_settings, save_settings
from assessor.workbook.workbook import Edit, Workbook
from tests.workbook.builders import small_workbook

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


@pytest.fixture
def window(empty_window: MainWindow, path: Path, qtbot: QtBot) -> MainWindow:
    empty_window.session.operator = "李四"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(path)
    return empty_window


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[BackupsDialog]:
    window.menu.actions["backups"].trigger()
    found = window.findChild(BackupsDialog)
    assert found is not None
    qtbot.waitUntil(lambda: bool(found.folder.text()))
    yield found


def retitle(window: MainWindow, qtbot: QtBot, title: str) -> None:
    def change(edit: Edit) -> None:
        save_settings(edit, Settings(title))

    with qtbot.waitSignal(window.session.settled):
        window.session.change("改标题", change)


def made(dialog: BackupsDialog, qtbot: QtBot, label: str) -> None:
    count = dialog.model.rowCount()
    dialog.label.setText(label)
    qtbot.mouseClick(dialog.make_button, LEFT)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == count + 1)


def test_a_backup_is_made_and_listed(dialog: BackupsDialog, path: Path, qtbot: QtBot) -> None:
    assert not dialog.table.isVisible()
    assert "考核.backups" in dialog.folder.text()
    assert not dialog.restore_button.isEnabled()
    made(dialog, qtbot, "初评后")
    words = [dialog.model.index(0, column).data() for column in range(4)]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", words[0])
    assert words[1:3] == ["手动", "初评后"]
    assert dialog.table.isVisible()
    assert dialog.label.text() == ""
    assert dialog.restore_button.isEnabled() and dialog.look_button.isEnabled()
    assert [backup.label for backup in list_backups(path)] == ["初评后"]


def test_a_backup_is_restored_and_the_present_state_kept(
    window: MainWindow, dialog: BackupsDialog, path: Path, qtbot: QtBot
) -> None:
    made(dialog, qtbot, "以前")
    retitle(window, qtbot, "后来")
    with qtbot.waitSignal(window.session.loaded):
        qtbot.mouseClick(dialog.restore_button, LEFT)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert "恢复前" in box.text()
    qtbot.mouseClick(box.buttons()[0], LEFT)
    assert {backup.reason for backup in list_backups(path)} == {Reason.RESTORE, Reason.MANUAL}
    assert window.session.current is not None
    assert not window.session.current.is_read_only
    with Workbook.open(path, read_only=True) as workbook:
        assert load_settings(workbook).title != "后来"


def test_a_backup_is_looked_at_read_only(window: MainWindow, dialog: BackupsDialog, qtbot: QtBot) -> None:
    made(dialog, qtbot, "")
    with qtbot.waitSignal(window.session.loaded):
        qtbot.mouseClick(dialog.look_button, LEFT)
    current = window.session.current
    assert current is not None
    assert current.is_read_only
    assert current.path.parent.name == "考核.backups"


def test_the_folder_is_changed_and_opened(
    dialog: BackupsDialog, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "移动盘"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    dialog.place_button.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: str(chosen) in dialog.folder.text())
    made(dialog, qtbot, "")
    assert list_backups(path)[0].path.parent == chosen / "考核.backups"
    qtbot.mouseClick(dialog.show_button, LEFT)
    assert [url.toLocalFile() for url in shown] == [str(chosen / "考核.backups")]
    dialog.place_button.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: "工作簿旁边" in dialog.folder.text())


def test_what_goes_wrong_is_said_in_the_dialog(dialog: BackupsDialog, path: Path, qtbot: QtBot) -> None:
    folder_beside(path).write_text("这里不能放备份")
    qtbot.mouseClick(dialog.make_button, LEFT)
    qtbot.waitUntil(lambda: str(folder_beside(path)) in dialog.problem.text())
    assert dialog.make_button.isEnabled()


def test_one_makes_itself_after_ten_minutes_if_something_changed(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    backups = window.automatic_backups
    assert backups.timer.isActive()
    assert backups.timer.interval() == INTERVAL_MINUTES * 60_000
    retitle(window, qtbot, "改后")
    for _ in range(2):
        backups.timer.timeout.emit()
        qtbot.waitUntil(lambda: not window.background.is_busy)
    assert [backup.reason for backup in list_backups(path)] == [Reason.AUTOMATIC]
    assert window.message_bar.isHidden()


def test_a_trouble_is_said_once(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    folder_beside(path).write_text("这里不能放备份")
    troubles: list[OutputError] = []
    window.automatic_backups.troubled.connect(troubles.append)
    for _ in range(3):
        window.automatic_backups.timer.timeout.emit()
        qtbot.waitUntil(lambda: not window.background.is_busy)
    assert len(troubles) == 1
    assert str(folder_beside(path)) in window.message_bar.text.text()


def test_the_last_is_made_at_closing(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    retitle(window, qtbot, "改后")
    window.close()
    assert [backup.reason for backup in list_backups(path)] == [Reason.AUTOMATIC]


def test_nothing_is_made_at_closing_if_nothing_changed(window: MainWindow, path: Path) -> None:
    window.close()
    assert list_backups(path) == ()


def test_a_trouble_at_closing_is_said_at_the_next_start(
    window: MainWindow, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    retitle(window, qtbot, "改后")
    folder_beside(path).write_text("这里不能放备份")
    window.close()
    again = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.session.loaded):
        again.open(path)
    assert str(folder_beside(path)) in again.message_bar.text.text()
    assert "上次关闭" in again.message_bar.text.text()
    again.close()


def test_a_slow_last_backup_is_given_up_and_said(
    window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that does not answer must not keep the program alive."""
    retitle(window, qtbot, "改后")
    may_end = threading.Event()

    def wait(*_: object, **__: object) -> None:
        may_end.wait(10)

    monkeypatch.setattr(backup, "backup_workbook", wait)
    window.automatic_backups.finish(longest_seconds=0.05)
    may_end.set()
    assert "太慢" in window.remembered.trouble


def test_a_backup_makes_way_for_a_restore(
    window: MainWindow, dialog: BackupsDialog, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(dialog, qtbot, "以前")
    retitle(window, qtbot, "后来")
    qtbot.waitUntil(lambda: not window.background.is_busy)
    write, slowness = Workbook.backup_to, [500]

    def slow(self: Workbook, target: Path, work: Work | None = None) -> None:
        for _ in range(slowness.pop() if slowness else 0):  # the first alone
            (work or Work()).step(0.1, "慢")
            time.sleep(0.01)
        write(self, target, work)

    monkeypatch.setattr(Workbook, "backup_to", slow)
    job = window.automatic_backups.make()
    assert job is not None
    qtbot.waitUntil(lambda: not slowness)
    with qtbot.waitSignals([job.cancelled, window.session.loaded]):
        qtbot.mouseClick(dialog.restore_button, LEFT)
    with Workbook.open(path, read_only=True) as workbook:
        assert load_settings(workbook).title != "后来"


def test_the_workbook_before_is_backed_up_when_another_is_opened(
    window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    retitle(window, qtbot, "改后")
    (tmp_path / "另").mkdir()
    small_workbook(tmp_path / "另").close()
    with qtbot.waitSignal(window.session.loaded):
        window.open(tmp_path / "另" / "考核.assess")
    qtbot.waitUntil(lambda: not window.background.is_busy)
    assert [backup.reason for backup in list_backups(path)] == [Reason.AUTOMATIC]
    assert list_backups(tmp_path / "另" / "考核.assess") == ()
