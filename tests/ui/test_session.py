"""The open workbook: changed in its own thread, loaded anew after every change, closed with the window."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from assessor.errors import AssessorError, InputError
from assessor.ui.main_window import MainWindow
from assessor.workbook.settings import Settings, load_settings, save_settings
from assessor.workbook.workbook import Edit, Workbook
from tests.ui.builders import FIRST


def rename(title: str) -> object:
    def write(edit: Edit) -> str:
        save_settings(edit, Settings(title, True))
        return title

    return write


def title_in(path: Path) -> str:
    with Workbook.open(path, read_only=True) as workbook:
        return load_settings(workbook).title


def test_a_change_is_saved_and_the_year_loaded_anew(own_window: MainWindow, own_file: Path, qtbot: QtBot) -> None:
    outcomes: list[object] = []
    with qtbot.waitSignal(own_window.session.loaded):
        job = own_window.session.change("改标题", rename("新标题"))
        job.done.connect(outcomes.append)
        assert own_window.session.is_changing
    assert outcomes == ["新标题"]
    assert not own_window.session.is_changing
    assert title_in(own_file) == "新标题"


def test_a_refused_change_goes_to_its_job_and_leaves_the_workbook(
    own_window: MainWindow, own_file: Path, qtbot: QtBot
) -> None:
    before = title_in(own_file)
    problems: list[AssessorError] = []

    def refuse(edit: Edit) -> None:
        save_settings(edit, Settings("半途", True))
        raise InputError("不行")

    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.change("试试", refuse).failed.connect(problems.append)
    assert [problem.what for problem in problems] == ["不行"]
    assert title_in(own_file) == before


def test_closing_the_window_waits_for_a_change_under_way(own_window: MainWindow, own_file: Path, qtbot: QtBot) -> None:
    own_window.session.change("改标题", rename("最后一改"))
    own_window.close()
    qtbot.waitUntil(lambda: not own_window.isVisible())
    assert title_in(own_file) == "最后一改"
    left = {path.name for path in own_file.parent.iterdir() if own_file.stem in path.name}
    assert left == {own_file.name, f"{own_file.stem}.backups"}


def test_another_workbook_closes_the_first(
    own_window: MainWindow, own_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = Path(shutil.copy(own_file, tmp_path / "另一本.assess"))
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.open(other)
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.change("改标题", rename("另一本的"))
    with Workbook.open(own_file) as workbook:
        assert not workbook.read_only


def test_reading_in_the_background_keeps_what_is_shown(own_window: MainWindow, qtbot: QtBot) -> None:
    titles: list[object] = []
    job = own_window.session.run("读标题", lambda workbook, _work: load_settings(workbook).title)
    job.done.connect(titles.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert len(titles) == 1
    assert "全民科学素质" in str(titles[0])


def test_opening_the_open_file_again_reads_it_anew(own_window: MainWindow, own_file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(FIRST)
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.open(own_file)
    assert own_window.session.current is not None
    assert not own_window.session.current.is_read_only


def test_a_workbook_can_be_replaced_under_the_window(
    own_window: MainWindow, own_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = Path(shutil.copy(own_file, tmp_path / "备份.assess"))
    with Workbook.open(other) as workbook, workbook.edit("改标题") as edit:
        save_settings(edit, Settings("备份的", True))
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.replace(own_file, lambda _work: other.replace(own_file))
    assert title_in(own_file) == "备份的"
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.change("改标题", rename("再改"))
    assert title_in(own_file) == "再改"
