"""文件 > 导出完整工作簿 and 打开完整工作簿包."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from assessor.ui.commands.pack import export_pack, open_pack
from assessor.ui.main_window import MainWindow
from assessor.work import Work
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from tests.workbook.builders import small_workbook

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    with small_workbook(tmp_path) as workbook:
        add_drafts(workbook, 2023, [Draft("kexie", EvidenceFacts("总结", Owner()), Content("总结.pdf", b"1"))], Work())
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(workbook.path)
    return empty_window


def box_of(window: MainWindow, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def press(box: QMessageBox, text: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(next(button for button in box.buttons() if button.text() == text), LEFT)


def test_the_commands_are_in_the_file_menu(window: MainWindow) -> None:
    assert window.menu.actions["pack"].text() == "导出完整工作簿…"
    assert window.menu.actions["unpack"].text() == "打开完整工作簿包…"
    assert window.menu.actions["pack"].isEnabled()


def test_a_pack_is_exported_and_opened_as_a_workbook(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    export_pack(window, tmp_path / "包.assess.zip")
    qtbot.waitUntil(window.file_bar.isVisible)
    assert "已导出工作簿和 1 个佐证文件" in window.file_bar.text.text()
    with qtbot.waitSignal(window.session.loaded):
        open_pack(window, tmp_path / "包.assess.zip", tmp_path / "新.assess")
    assert window.session.current is not None
    assert window.session.current.path == tmp_path / "新.assess"
    assert len(list((tmp_path / "新.evidence").iterdir())) == 1


def test_missing_evidence_is_asked_about(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    shutil.rmtree(tmp_path / "考核.evidence")
    out = tmp_path / "包.assess.zip"
    export_pack(window, out)
    box = box_of(window, qtbot)
    assert "总结.pdf" in box.informativeText()
    press(box, "取消", qtbot)
    assert not out.exists()
    export_pack(window, out)
    press(box_of(window, qtbot), "缺少也导出", qtbot)
    qtbot.waitUntil(window.file_bar.isVisible)
    assert "另有 1 个佐证文件缺失" in window.file_bar.text.text()
    assert out.exists()


def test_what_is_no_pack_is_told_and_what_is_open_stays(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "假.zip").write_bytes(b"PK")
    open_pack(window, tmp_path / "假.zip", tmp_path / "新.assess")
    qtbot.waitUntil(lambda: window.message_bar.isVisible())
    assert "不能使用这个完整工作簿包" in window.message_bar.text.text()
    assert window.session.current is not None
    assert window.session.current.path == tmp_path / "考核.assess"
