"""A fault of the program is logged and shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from assessor.ui.faults import FaultReporter


def shown_boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def test_a_fault_is_written_to_the_log_and_shown_once(qtbot: QtBot, tmp_path: Path) -> None:
    log = tmp_path / "记录" / "故障记录.log"
    reporter = FaultReporter(log)
    try:
        raise ZeroDivisionError("除以零")
    except ZeroDivisionError as problem:
        for _ in range(2):
            reporter.report(type(problem), problem, problem.__traceback__)
    boxes = shown_boxes()
    assert len(boxes) == 1
    assert "除以零" in boxes[0].text()
    assert str(log) in boxes[0].detailedText()
    assert log.read_text(encoding="utf-8").count("ZeroDivisionError: 除以零") == 2
    boxes[0].close()
    qtbot.waitUntil(lambda: not shown_boxes())


def test_a_log_that_cannot_be_written_is_said_so(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    reporter = FaultReporter(tmp_path / "文件" / "故障记录.log")
    reporter.report(ValueError, ValueError("坏"))
    box = shown_boxes()[0]
    assert "写不进" in box.detailedText()
    box.close()
    qtbot.waitUntil(lambda: not shown_boxes())
