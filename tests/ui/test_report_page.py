"""报告: made in the background, shown in the window, cancelled without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from assessor.errors import OutputError
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.report import ReportPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> ReportPage:
    window.go("report")
    page = window.page("report")
    assert isinstance(page, ReportPage)
    page.set_folder(tmp_path / "报告")
    return page


def wait_for_pdf(page: ReportPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.make_button, LEFT)
    qtbot.waitUntil(page.make_button.isEnabled, timeout=60000)


def test_reports_go_beside_the_workbook_unless_told_otherwise(window: MainWindow, workbook_file: Path) -> None:
    window.go("report")
    page = window.page("report")
    assert isinstance(page, ReportPage)
    assert page.folder_shown == workbook_file.parent / "宜春市.reports"


def test_a_feedback_sheet_is_made_and_shown(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.kinds.button("unit"), LEFT)
    page.units.setCurrentIndex(page.units.findData("kexie"))
    wait_for_pdf(page, qtbot)
    path = tmp_path / "报告" / "2022年度考核结果反馈单（市科协）.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in page.state.text()
    assert page.preview is not None
    assert page.preview.document.pageCount() >= 1
    assert page.preview.isVisible()
    assert page.folder_button.isVisible()


def test_cancelling_leaves_no_file(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.make_button, LEFT)
    assert page.cancel_button.isVisible()
    qtbot.mouseClick(page.cancel_button, LEFT)
    qtbot.waitUntil(page.make_button.isEnabled, timeout=60000)
    assert "已取消" in page.state.text()
    assert not list(tmp_path.rglob("*.pdf"))
    assert page.preview is None


def test_a_folder_that_cannot_be_made_is_reported(
    window: MainWindow, page: ReportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    page.set_folder(tmp_path / "文件" / "报告")
    wait_for_pdf(page, qtbot)
    assert "无法新建文件夹" in window.message_bar.text.text()


def test_a_date_that_is_none_writes_nothing_and_says_so(
    window: MainWindow, page: ReportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.signed_on.setText("2025-13-40")
    qtbot.mouseClick(page.make_button, LEFT)
    assert "日历上没有“2025-13-40”这一天" in window.message_bar.text.text()
    assert "处理办法" in window.message_bar.text.text()
    assert page.make_button.isEnabled()
    assert page.signed_on.hasFocus()
    assert not (tmp_path / "报告").exists()


def test_a_date_is_typed_over_in_any_usual_form(window: MainWindow, page: ReportPage, qtbot: QtBot) -> None:
    window.show_problem(OutputError("无法写入"))
    qtbot.mouseClick(page.kinds.button("unit"), LEFT)
    page.signed_on.selectAll()
    qtbot.keyClicks(page.signed_on, "2023/1/5")
    qtbot.keyClick(page.signed_on, Qt.Key.Key_Return)
    assert page.signed_on.text() == "2023-01-05"
    assert not window.message_bar.isVisible()
    qtbot.waitUntil(page.make_button.isEnabled, timeout=60000)
    assert "已生成" in page.state.text()


def test_the_status_bar_follows_the_work(window: MainWindow, page: ReportPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.make_button, LEFT)
    qtbot.waitUntil(window.status_bar.cancel_button.isVisible)
    qtbot.mouseClick(window.status_bar.cancel_button, LEFT)
    qtbot.waitUntil(page.make_button.isEnabled, timeout=60000)
    assert not window.status_bar.progress.isVisible()


def test_the_analysis_can_be_attached_to_the_overall_report_alone(
    page: ReportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.robustness.isVisible() and not page.robustness.isChecked()
    qtbot.mouseClick(page.robustness, LEFT, pos=QPoint(8, page.robustness.height() // 2))
    assert page.robustness.isChecked()
    qtbot.mouseClick(page.kinds.button("unit"), LEFT)
    assert not page.robustness.isVisible()
    qtbot.mouseClick(page.kinds.button("overall"), LEFT)
    wait_for_pdf(page, qtbot)
    (path,) = (tmp_path / "报告").glob("*.pdf")
    text = "".join(found.extract_text() for found in PdfReader(path).pages)
    assert "稳健性" in text
