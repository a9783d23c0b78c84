"""A workbook that somebody else writes: said everywhere, nothing to change, fresh data on F5, writable when free."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.errors import AssessorError
from assessor.ui.main_window import MainWindow
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import Workbook

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def writer(workbook_file: Path, tmp_path: Path) -> Iterator[Workbook]:
    path = Path(shutil.copy(workbook_file, tmp_path / "共用.assess"))
    with Workbook.open(path, operator="李四") as workbook:
        yield workbook


@pytest.fixture
def reader(empty_window: MainWindow, writer: Workbook, qtbot: QtBot) -> MainWindow:
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(writer.path)
    return empty_window


def rename(workbook: Workbook, title: str) -> None:
    with workbook.edit("改标题") as edit:
        save_settings(edit, replace(load_settings(edit), title=title))


def test_it_is_said_in_the_title_a_banner_and_the_status_bar(reader: MainWindow) -> None:
    assert "只读" in reader.windowTitle()
    assert reader.read_only_bar.isVisible()
    assert "李四" in reader.read_only_bar.text.text()
    assert "只读" in reader.status_bar.state.text()
    undo = reader.menu.actions["undo"]
    assert not undo.isEnabled()
    assert "李四" in undo.toolTip()


def test_undo_by_key_does_nothing_and_a_change_is_refused(reader: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(reader, Qt.Key.Key_Z, CTRL)
    assert not reader.session.is_changing
    problems: list[AssessorError] = []
    job = reader.session.change("改标题", lambda edit: save_settings(edit, load_settings(edit)))
    job.failed.connect(problems.append)
    with qtbot.waitSignal(reader.session.loaded):
        pass
    assert len(problems) == 1


def test_f5_shows_what_the_writer_has_saved_since(reader: MainWindow, writer: Workbook, qtbot: QtBot) -> None:
    before = reader.status_bar.state.text()
    rename(writer, "写者的新标题")
    with qtbot.waitSignal(reader.session.loaded):
        qtbot.keyClick(reader, Qt.Key.Key_F5)
    titles: list[str] = []
    job = reader.session.run("读标题", lambda workbook, _work: load_settings(workbook).title)
    job.done.connect(titles.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert titles == ["写者的新标题"]
    assert reader.status_bar.state.text() == before
    assert reader.read_only_bar.isVisible()


def test_once_the_writer_has_gone_the_banner_makes_it_writable(
    reader: MainWindow, writer: Workbook, qtbot: QtBot
) -> None:
    writer.close()
    with qtbot.waitSignal(reader.session.loaded):
        qtbot.mouseClick(reader.read_only_bar.retry_button, Qt.MouseButton.LeftButton)
    assert not reader.read_only_bar.isVisible()
    assert "只读" not in reader.windowTitle()
    assert "已保存" in reader.status_bar.state.text()
    assert reader.menu.actions["undo"].isEnabled() == (reader.session.current.undo_label is not None)  # type: ignore[union-attr]


def test_a_second_window_of_the_same_program_reads_too(
    reader: MainWindow, writer: Workbook, workbook_file: Path, qtbot: QtBot
) -> None:
    writer.close()
    with qtbot.waitSignal(reader.session.loaded):
        qtbot.keyClick(reader, Qt.Key.Key_F5)
    with Workbook.open(writer.path, operator="王五") as second:
        assert second.read_only
        assert "张三" in second.read_only_reason
