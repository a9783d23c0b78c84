"""Where a file that was asked for lies, and the way to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from assessor.ui.main_window import MainWindow
from assessor.ui.pages.charts import ChartsPage

LEFT = Qt.MouseButton.LeftButton


def test_a_saved_chart_is_opened_and_so_is_its_folder(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(QUrl(url).toLocalFile()) or True)
    window.go("charts")
    page = window.page("charts")
    assert isinstance(page, ChartsPage)
    target = tmp_path / "图.png"
    page.save(target)
    bar = window.file_bar
    qtbot.waitUntil(bar.isVisible, timeout=20_000)
    assert bar.text.text() == f"已保存图表：{target}"
    qtbot.mouseClick(bar.open_button, LEFT)
    qtbot.mouseClick(bar.folder_button, LEFT)
    assert shown == [str(target), str(tmp_path)]
    qtbot.mouseClick(bar.close_button, LEFT)
    assert not bar.isVisible()


def test_a_file_that_nothing_opens_is_said(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    window.tell_written(tmp_path / "表.xlsx", "已导出表格")
    qtbot.mouseClick(window.file_bar.open_button, LEFT)
    assert "没有能打开它的程序" in window.message_bar.text.text()


def test_a_program_and_a_folder_are_not_opened(window: MainWindow, tmp_path: Path) -> None:
    for place in (tmp_path / "安装.exe", tmp_path):
        window.tell_written(place, "已导出")
        assert not window.file_bar.open_button.isVisible()
        assert window.file_bar.folder_button.isVisible()
