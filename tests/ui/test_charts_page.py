"""图表: drawn in the background, redrawn for another width, kind or group, and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from assessor.ui.main_window import MainWindow
from assessor.ui.pages.charts import ChartsPage


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ChartsPage:
    window.go("charts")
    page = window.page("charts")
    assert isinstance(page, ChartsPage)
    qtbot.waitUntil(lambda: page.canvas.image is not None, timeout=20000)
    return page


def picture(page: ChartsPage) -> QImage:
    assert page.canvas.image is not None
    return page.canvas.image


def test_the_chart_fills_the_page_and_is_no_blank(page: ChartsPage) -> None:
    image = picture(page)
    assert image.width() > 800
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 8


def test_another_width_draws_it_anew(window: MainWindow, page: ChartsPage, qtbot: QtBot) -> None:
    before = picture(page).width()
    window.resize(1500, 768)
    qtbot.waitUntil(lambda: picture(page).width() > before + 80, timeout=20000)


def test_another_group_draws_it_anew(page: ChartsPage, qtbot: QtBot) -> None:
    before = picture(page)
    qtbot.mouseClick(page.groups.button("county"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: picture(page) != before, timeout=20000)
    assert picture(page).height() < before.height()


def test_a_chart_of_the_whole_year_offers_no_group(page: ChartsPage, qtbot: QtBot) -> None:
    before = picture(page)
    qtbot.mouseClick(page.kinds.button("sections"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: picture(page) != before, timeout=20000)
    assert not page.groups.isVisible()


@pytest.mark.parametrize(("suffix", "head"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_chart_is_saved_by_its_suffix(
    page: ChartsPage, tmp_path: Path, qtbot: QtBot, suffix: str, head: bytes
) -> None:
    path = tmp_path / f"排名.{suffix}"
    job = page.save(path)
    assert job is not None
    with qtbot.waitSignal(job.done, timeout=20000):
        pass
    assert path.read_bytes().startswith(head)


def test_a_chart_that_cannot_be_saved_says_why(
    window: MainWindow, page: ChartsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    job = page.save(tmp_path / "没有的文件夹" / "排名.png")
    assert job is not None
    with qtbot.waitSignal(job.failed, timeout=20000):
        pass
    assert "文件夹不存在" in window.message_bar.text.text()
