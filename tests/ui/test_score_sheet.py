"""文件 > 导出计分表."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from assessor.ui.main_window import MainWindow
from tests.exchange.recalculation import values


def test_the_sheet_is_written_where_the_user_says_and_the_window_tells(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[str] = []

    def answer(_parent: object, title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        return str(tmp_path / "计分"), title

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window.menu.actions["score_sheet"].trigger()
    qtbot.waitUntil(window.file_bar.isVisible)
    assert asked == ["宜春市2022年度计分表.xlsx"]
    assert "已导出 2022 年度计分表" in window.file_bar.text.text()
    assert values((tmp_path / "计分.xlsx").read_bytes())["核对", "B2"] == 0
