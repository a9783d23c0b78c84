"""A fault of the program is logged and shown, wherever it is raised; the window stays, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from assessor.errors import WorkbookError
from assessor.resources import ROOT
from assessor.ui import crashes
from assessor.ui.background import Lane
from assessor.ui.faults import FaultReporter
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.main_window import MainWindow
from assessor.work import Work
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import Edit, Workbook

LEFT = Qt.MouseButton.LeftButton


def shown_boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def box(qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(shown_boxes()))
    (found,) = shown_boxes()
    return found


def press(shown: QMessageBox, title: str, qtbot: QtBot) -> None:
    button = next(one for one in shown.findChildren(QPushButton) if one.text().startswith(title))
    qtbot.mouseClick(button, LEFT)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "记录" / "故障记录.log"


@pytest.fixture
def reporter(qapp: QApplication, log: Path) -> Iterator[FaultReporter]:
    """In the place of Python's own hooks."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    reporter = FaultReporter(log)
    reporter.install()
    yield reporter
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    for one in shown_boxes():
        one.close()


def test_a_fault_is_written_to_the_log_and_shown_once(qtbot: QtBot, log: Path) -> None:
    reporter = FaultReporter(log)
    try:
        raise ZeroDivisionError("除以零")
    except ZeroDivisionError as problem:
        for _ in range(2):
            reporter.report(type(problem), problem, problem.__traceback__)
    shown = box(qtbot)
    assert "除以零" in shown.text()
    assert str(log) in shown.detailedText()
    assert str(log) in shown.informativeText()
    assert log.read_text(encoding="utf-8").count("ZeroDivisionError: 除以零") == 2
    press(shown, "复制", qtbot)
    assert shown.isVisible()
    assert "Traceback" in QApplication.clipboard().text()
    press(shown, "继续使用", qtbot)
    qtbot.waitUntil(lambda: not shown_boxes())


def test_a_log_that_cannot_be_written_is_said_so(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    reporter = FaultReporter(tmp_path / "文件" / "故障记录.log")
    reporter.report(ValueError, ValueError("坏"))
    shown = box(qtbot)
    assert "写不进" in shown.detailedText()
    shown.close()
    qtbot.waitUntil(lambda: not shown_boxes())


def test_a_log_that_has_grown_large_is_shortened(qtbot: QtBot, log: Path) -> None:
    log.parent.mkdir()
    log.write_text("旧" * 1_000_000, encoding="utf-8")
    FaultReporter(log).report(ValueError, ValueError("坏"))
    assert log.stat().st_size < 3_100_000
    assert "ValueError: 坏" in log.read_text(encoding="utf-8")
    box(qtbot).close()


def test_a_fault_in_a_slot_leaves_the_window_working(
    reporter: FaultReporter, own_window: MainWindow, log: Path, qtbot: QtBot
) -> None:
    def fail() -> None:
        raise KeyError("槽")

    QTimer.singleShot(0, fail)
    shown = box(qtbot)
    assert "槽" in shown.text()
    press(shown, "继续使用", qtbot)
    assert own_window.isVisible()
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.change(
            "改标题", lambda edit: save_settings(edit, replace(load_settings(edit), title="还能改"))
        )
    assert own_window.menu.actions["undo"].text() == "撤销 改标题"
    assert "KeyError" in log.read_text(encoding="utf-8")


def test_a_fault_within_an_edit_takes_the_edit_back_and_loses_nothing_else(
    reporter: FaultReporter, own_window: MainWindow, own_file: Path, qtbot: QtBot
) -> None:
    def change(edit: Edit) -> None:
        save_settings(edit, replace(load_settings(edit), title="半截"))
        raise RuntimeError("写到一半")

    own_window.session.change("改一半", change)
    press(box(qtbot), "继续使用", qtbot)
    qtbot.waitUntil(lambda: not own_window.session.is_changing)
    own_window.close()
    with Workbook.open(own_file, read_only=True) as workbook:
        assert load_settings(workbook).title != "半截"


def test_a_fault_in_a_worker_is_shown_and_the_lane_goes_on(
    reporter: FaultReporter, empty_window: MainWindow, qtbot: QtBot
) -> None:
    def fail(_work: Work) -> None:
        raise ValueError("工人")

    empty_window.background.run("坏活", fail, lane=Lane.DRAWING)
    shown = box(qtbot)
    assert "工人" in shown.text()
    press(shown, "继续使用", qtbot)
    job = empty_window.background.run("好活", lambda _work: 1, lane=Lane.DRAWING)
    with qtbot.waitSignal(job.done):
        pass


def test_a_fault_in_a_model_is_shown_once_however_often_it_is_painted(
    reporter: FaultReporter, log: Path, qtbot: QtBot
) -> None:
    def fail(_row: int) -> str:
        raise ArithmeticError("模型")

    model: RowModel[int] = RowModel([Column("n", "数", CellKind.TEXT, text=fail)], lambda row: row)
    grid = Grid("坏表")
    qtbot.addWidget(grid)
    grid.set_model(model)
    grid.show()
    try:
        model.show_rows([1])
    except ArithmeticError as problem:  # where rows are measured at once
        reporter.report(type(problem), problem, problem.__traceback__)
    grid.table.viewport().repaint()
    shown = box(qtbot)
    assert "模型" in shown.text()
    press(shown, "继续使用", qtbot)
    assert "ArithmeticError" in log.read_text(encoding="utf-8")


def test_a_problem_with_a_cause_folds_it_away(empty_window: MainWindow, qtbot: QtBot) -> None:
    problem = WorkbookError("写不进去", place="a.assess", remedy="请换一个文件夹")
    problem.__cause__ = PermissionError(13, "Permission denied")
    empty_window.show_problem(problem)
    bar = empty_window.message_bar
    assert "请换一个文件夹" in bar.text.text()
    assert not bar.details.isVisible()
    qtbot.mouseClick(bar.details_button, LEFT)
    assert bar.details.isVisible()
    assert "Permission denied" in bar.details.text()
    empty_window.show_problem(WorkbookError("别的"))
    assert not bar.details_button.isVisible()


_CRASH = """
import sys
from pathlib import Path
from assessor.ui import crashes
print(crashes.watch(Path(sys.argv[1])))
if sys.argv[2] == "crash":
    import faulthandler
    faulthandler._sigsegv()
crashes.stop_watching()
"""


def test_a_crash_leaves_a_trace_and_is_told_once_at_the_next_start(log: Path) -> None:
    def start(how: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", _CRASH, str(log), how], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout.strip()

    assert start("crash")[0] != 0
    code, told = start("well")
    assert code == 0
    assert "上次意外终止" in told
    assert str(log) in told
    assert "Segmentation fault" in log.read_text(encoding="utf-8")
    assert start("well") == (0, "None")


def test_the_window_says_of_a_crash_when_the_workbook_is_there(
    empty_window: MainWindow, workbook_file: Path, log: Path, qtbot: QtBot
) -> None:
    log.parent.mkdir()
    log.with_name("崩溃记录.txt").write_text("Fatal Python error: Aborted\n", encoding="utf-8")
    try:
        problem = crashes.watch(log)
    finally:
        crashes.stop_watching()
    assert problem is not None
    empty_window.tell_when_ready(problem)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(workbook_file)
    assert "上次意外终止" in empty_window.message_bar.text.text()
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.reload()
    assert not empty_window.message_bar.isVisible()
