"""文件 > 密码, and the question for the password of a workbook that has one: through clicks and keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from assessor.ui.commands.backups import restore_open
from assessor.ui.commands.pack import export_pack, open_pack
from assessor.ui.dialogs.password import AskPasswordDialog, PasswordDialog
from assessor.ui.dialogs.recovery import RecoveryDialog
from assessor.ui.main_window import MainWindow
from assessor.workbook.backup_list import list_backups
from assessor.workbook.format import check_header
from assessor.workbook.password import change_password, set_password
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.with_backups import plain_texts, put_protected, workbook_with_backups

LEFT = Qt.MouseButton.LeftButton
FIRST, SECOND = "firstpass 2024", "another one"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "file").mkdir()
    return workbook_with_backups(tmp_path / "file")


@pytest.fixture
def window(empty_window: MainWindow, path: Path, qtbot: QtBot) -> MainWindow:
    empty_window.session.operator = "李四"
    open_file(empty_window, path, qtbot)
    return empty_window


@pytest.fixture
def protected(path: Path) -> Path:
    put_protected(path, FIRST)
    return path


def open_file(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.loaded):
        window.open(path)


def shown(window: MainWindow, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    def visible() -> list[QDialog]:
        return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def asked(window: MainWindow, qtbot: QtBot) -> AskPasswordDialog:
    dialog = shown(window, AskPasswordDialog, qtbot)
    assert isinstance(dialog, AskPasswordDialog)
    return dialog


def dialog_of(window: MainWindow, key: str, qtbot: QtBot) -> PasswordDialog:
    window.menu.actions[key].trigger()
    dialog = shown(window, PasswordDialog, qtbot)
    assert isinstance(dialog, PasswordDialog)
    return dialog


def type_into(field: QLineEdit, words: str, qtbot: QtBot) -> None:
    field.clear()
    qtbot.keyClicks(field, words)


def convert_by(dialog: PasswordDialog, window: MainWindow, qtbot: QtBot) -> QMessageBox:
    """Clicks the button; answers with what is said afterwards."""
    with qtbot.waitSignal(window.session.loaded, timeout=10_000):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    box = shown(window, QMessageBox, qtbot)
    assert isinstance(box, QMessageBox)
    return box


def enabled(window: MainWindow) -> list[bool]:
    return [window.menu.actions[f"password.{name}"].isEnabled() for name in ("set", "change", "remove")]


def test_a_password_is_set(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    assert enabled(window) == [True, False, False]
    assert not window.status_bar.protection.isVisible()
    dialog = dialog_of(window, "password.set", qtbot)
    assert not dialog.ok_button.isEnabled()
    type_into(dialog.new_field, FIRST, qtbot)
    type_into(dialog.repeat_field, FIRST, qtbot)
    assert not dialog.ok_button.isEnabled(), "nobody has said that it is kept"
    qtbot.keyClick(dialog.kept_box, Qt.Key.Key_Space)
    box = convert_by(dialog, window, qtbot)
    assert "已设置密码。工作簿、1 个佐证文件、2 个备份" in box.text()
    assert window.session.current is not None and window.session.current.path == path
    assert window.session.password == FIRST
    assert window.status_bar.protection.isVisible()
    assert enabled(window) == [False, True, True]
    assert list(plain_texts(path.parent)) == []


def test_what_is_no_password_stays_in_the_dialog(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(window, "password.set", qtbot)
    dialog.kept_box.setChecked(True)
    for new, repeated, said in (("abc", "abc", "密码太短"), (FIRST, SECOND, "两次输入的新密码不一样")):
        type_into(dialog.new_field, new, qtbot)
        type_into(dialog.repeat_field, repeated, qtbot)
        qtbot.keyClick(dialog.repeat_field, Qt.Key.Key_Return)
        assert dialog.isVisible() and said in dialog.problem.text()
    assert dialog.focusWidget() is dialog.repeat_field
    assert dialog.new_field.echoMode() is QLineEdit.EchoMode.Password
    dialog.show_box.setChecked(True)
    assert dialog.new_field.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not check_header(path).is_protected


def test_a_wrong_password_stays_in_the_dialog_until_it_is_right(
    empty_window: MainWindow, protected: Path, qtbot: QtBot
) -> None:
    empty_window.open(protected)
    dialog = asked(empty_window, qtbot)
    assert not dialog.problem.isVisible() and not dialog.ok_button.isEnabled()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    type_into(dialog.field, SECOND, qtbot)
    with qtbot.waitSignal(empty_window.session.failed):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert asked(empty_window, qtbot) is dialog
    assert "密码不对" in dialog.problem.text() and dialog.problem.isVisible()
    assert dialog.field.selectedText() and dialog.field.isEnabled()
    type_into(dialog.field, FIRST, qtbot)
    with qtbot.waitSignal(empty_window.session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    qtbot.waitUntil(lambda: not empty_window.findChildren(AskPasswordDialog))
    assert empty_window.session.password == FIRST
    assert empty_window.status_bar.protection.isVisible()


def test_who_gives_up_keeps_what_was_open(window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other"
    other.mkdir()
    locked = workbook_with_backups(other)
    set_password(locked, FIRST)
    window.open(locked)
    qtbot.keyClick(asked(window, qtbot), Qt.Key.Key_Escape)
    assert window.session.current is not None and window.session.current.path == path
    assert not window.message_bar.isVisible()


def test_it_is_changed_and_removed(empty_window: MainWindow, protected: Path, qtbot: QtBot) -> None:
    empty_window.session.operator = "李四"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(protected, FIRST)
    dialog = dialog_of(empty_window, "password.change", qtbot)
    dialog.kept_box.setChecked(True)
    for field, words in ((dialog.old_field, "wrong one"), (dialog.new_field, SECOND), (dialog.repeat_field, SECOND)):
        type_into(field, words, qtbot)
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert dialog.isVisible() and "原密码不对" in dialog.problem.text() and dialog.focusWidget() is dialog.old_field
    type_into(dialog.old_field, FIRST, qtbot)
    qtbot.mouseClick(convert_by(dialog, empty_window, qtbot).buttons()[0], LEFT)
    assert empty_window.session.password == SECOND
    qtbot.waitUntil(lambda: not empty_window.findChildren(QMessageBox))
    dialog = dialog_of(empty_window, "password.remove", qtbot)
    type_into(dialog.old_field, SECOND, qtbot)
    assert "已解除密码" in convert_by(dialog, empty_window, qtbot).text()
    assert empty_window.session.password is None and not check_header(protected).is_protected
    assert not empty_window.status_bar.protection.isVisible()


def test_a_failure_leaves_the_workbook_open_as_it_was(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    (path.with_suffix(".backups") / ".converting").write_bytes(b"")
    dialog = dialog_of(window, "password.set", qtbot)
    dialog.kept_box.setChecked(True)
    type_into(dialog.new_field, FIRST, qtbot)
    type_into(dialog.repeat_field, FIRST, qtbot)
    with qtbot.waitSignal(window.session.loaded, timeout=10_000):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert "无法转换备份" in window.message_bar.text.text() and window.message_bar.isVisible()
    assert window.session.password is None and window.menuBar().isEnabled()


def test_without_the_library_it_says_what_is_missing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    window.menu.actions["password.set"].trigger()
    assert "没有安装加密组件" in window.message_bar.text.text()
    assert not window.findChildren(PasswordDialog)


def test_backups_and_packs_of_a_protected_workbook_are_protected(
    empty_window: MainWindow, protected: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = empty_window
    window.session.operator = "李四"
    with qtbot.waitSignal(window.session.loaded):
        window.open(protected, FIRST)
    job = window.automatic_backups.make()
    assert job is not None
    with qtbot.waitSignal(job.finished):
        pass
    with qtbot.waitSignal(export_pack(window, tmp_path / "包.assess.zip").done):
        pass
    assert all(check_header(backup.path).is_protected for backup in list_backups(protected))
    assert list(plain_texts(tmp_path)) == []
    open_pack(window, tmp_path / "包.assess.zip", tmp_path / "新.assess")
    dialog = asked(window, qtbot)
    type_into(dialog.field, FIRST, qtbot)
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.session.current is not None and window.session.current.path == tmp_path / "新.assess"
    with Workbook.open(tmp_path / "新.assess", read_only=True, password=FIRST, check=Check.FULL):
        pass


def test_a_backup_with_another_password_is_asked_for_and_gets_the_present_one(
    empty_window: MainWindow, protected: Path, qtbot: QtBot
) -> None:
    backup = list_backups(protected)[0]
    old = backup.path.read_bytes()
    change_password(protected, FIRST, SECOND)
    backup.path.chmod(0o644)
    backup.path.write_bytes(old)
    window = empty_window
    window.session.operator = "李四"
    with qtbot.waitSignal(window.session.loaded):
        window.open(protected, SECOND)
    restore_open(window, backup)
    dialog = asked(window, qtbot)
    qtbot.waitUntil(lambda: window.menuBar().isEnabled())
    type_into(dialog.field, FIRST, qtbot)
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.session.password == SECOND


def test_a_damaged_one_goes_to_recovery_with_its_password(
    empty_window: MainWindow, protected: Path, qtbot: QtBot
) -> None:
    content = bytearray(protected.read_bytes())
    content[5 * 4096 + 50] ^= 1
    protected.write_bytes(content)
    empty_window.open(protected)
    dialog = asked(empty_window, qtbot)
    type_into(dialog.field, FIRST, qtbot)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    recovery = shown(empty_window, RecoveryDialog, qtbot)
    assert isinstance(recovery, RecoveryDialog)
    qtbot.waitUntil(lambda: recovery.diagnosis is not None)
    assert recovery.diagnosis is not None and recovery.diagnosis.backup is not None
    assert not [shown for shown in empty_window.findChildren(AskPasswordDialog) if shown.isVisible()]
