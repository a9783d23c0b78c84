"""分析: the three parts by clicks and keys, on the sample's sealed year, read-only, and where there is nothing yet."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assessor.resources import SAMPLE_WORKBOOK
from assessor.ui.grid.grid import Grid
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import PAGES, key_of
from assessor.ui.pages.analysis import AnalysisPage
from assessor.workbook.conversions import load_conversions
from assessor.workbook.workbook import Workbook

LEFT = Qt.MouseButton.LeftButton
SEALED = 2024


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE_WORKBOOK, tmp_path / "示例.assess"))


@pytest.fixture
def page(empty_window: MainWindow, sample: Path, qtbot: QtBot) -> AnalysisPage:
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(sample)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.select_year(SEALED)
    return analysis(empty_window)


def analysis(window: MainWindow) -> AnalysisPage:
    window.go("analysis")
    page = window.page("analysis")
    assert isinstance(page, AnalysisPage)
    return page


def cell(grid: Grid, row: int, key: str) -> QModelIndex:
    assert grid.model is not None
    return grid.model.index(row, grid.model.column_number(key))


def texts(grid: Grid, key: str) -> list[str]:
    assert grid.model is not None
    return [str(cell(grid, row, key).data()) for row in range(grid.model.rowCount())]


def rows(grid: Grid) -> int:
    return grid.model.rowCount() if grid.model else 0


def fill_in(field: QLineEdit, text: str, qtbot: QtBot) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def show(page: AnalysisPage, kind: str, grid: Grid, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.kinds.button(kind), LEFT)
    qtbot.waitUntil(lambda: rows(grid) > 0)


def test_it_stands_after_the_charts_and_has_a_key(empty_window: MainWindow, page: AnalysisPage, qtbot: QtBot) -> None:
    keys = [entry.key for entry in PAGES]
    assert keys[keys.index("analysis") - 1 : keys.index("analysis") + 2] == ["charts", "analysis", "report"]
    empty_window.go("overview")
    pressed = QKeySequence(key_of("analysis"))[0]
    qtbot.keyClick(empty_window, pressed.key(), pressed.keyboardModifiers())
    assert page.isVisible()


def test_the_ranking_is_analysed_beside_its_chart(page: AnalysisPage, qtbot: QtBot) -> None:
    pane = page.robustness
    qtbot.waitUntil(lambda: rows(pane.grid) == 27)
    qtbot.waitUntil(lambda: pane.chart.canvas.image is not None and not pane.chart.canvas.image.isNull())
    assert "不是正式得分" in pane.state.text() and "2000 次" in pane.state.text()
    assert set(texts(pane.influence_grid, "part")) == {"一级指标", "二级指标", "评委"}
    assert page.badge.isVisible() and "示例数据" in pane.grid.name
    before = pane.state.text()
    pane.spread.setFocus()
    qtbot.keyClick(pane.spread, Qt.Key.Key_Down)
    assert pane.spread.currentText() == "±50%"
    qtbot.waitUntil(lambda: "上下 50%" in pane.state.text())
    assert pane.state.text() != before


def test_enter_on_a_unit_opens_its_trace(empty_window: MainWindow, page: AnalysisPage, qtbot: QtBot) -> None:
    pane = page.robustness
    qtbot.waitUntil(lambda: rows(pane.grid) == 27)
    pane.grid.go_to(cell(pane.grid, 3, "interval"))
    unit = pane.units.row_at(cell(pane.grid, 3, "unit")).result.unit.code
    qtbot.keyClick(pane.grid.table, Qt.Key.Key_Return)
    assert empty_window.detail().isVisible()
    assert empty_window.detail().unit == unit


def test_the_other_group_is_one_click_away(page: AnalysisPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: rows(page.robustness.grid) == 27)
    qtbot.mouseClick(page.groups.button("county"), LEFT)
    qtbot.waitUntil(lambda: rows(page.robustness.grid) == 13)
    assert "共 13 个单位排名" in page.robustness.state.text()


def test_differences_are_split_into_parts_that_add_up(page: AnalysisPage, qtbot: QtBot) -> None:
    pane = page.bridge
    show(page, "bridge", pane.grid, qtbot)
    for row in range(rows(pane.grid)):
        difference, *parts = (
            Decimal(str(cell(pane.grid, row, key).data()))
            for key in ("difference", "performance", "scheme", "membership")
        )
        assert sum(parts) == difference
        totals = [Decimal(str(cell(pane.grid, row, key).data())) for key in ("before", "after")]
        assert totals[1] - totals[0] == difference
    pane.grid.setFocus()
    qtbot.keyClick(pane.grid.table, Qt.Key.Key_Down)
    assert pane.sentence.text() == f"{cell(pane.grid, 1, 'unit').data()}：{cell(pane.grid, 1, 'sentence').data()}"
    assert pane.state.text().startswith("与 2023 年度相比，27 个单位中")


def test_totals_are_converted_and_settings_changed_in_place_in_a_sealed_year(
    empty_window: MainWindow, page: AnalysisPage, sample: Path, qtbot: QtBot
) -> None:
    pane = page.conversion
    show(page, "conversion", pane.grid, qtbot)
    assert cell(pane.grid, 0, "points").data() == "4.83"
    with qtbot.waitSignal(empty_window.session.loaded):
        fill_in(pane.form.full, "10", qtbot)
    qtbot.waitUntil(lambda: cell(pane.grid, 0, "points").data() == "9.66")
    assert "× 10 分" in pane.state.text()
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.menu.actions["undo"].trigger()
    qtbot.waitUntil(lambda: cell(pane.grid, 0, "points").data() == "4.83")
    assert pane.form.full.text() == "5"


def test_a_method_takes_effect_once_all_it_asks_for_is_typed(
    empty_window: MainWindow, page: AnalysisPage, sample: Path, qtbot: QtBot
) -> None:
    pane, form = page.conversion, page.conversion.form
    show(page, "conversion", pane.grid, qtbot)
    form.method.setFocus()
    qtbot.keyClick(form.method, Qt.Key.Key_Down)
    assert form.problem.text().startswith("没有写“优秀”")
    assert pane.state.text().startswith("按得分比例")
    assert not empty_window.session.is_changing
    fields = list(form.grades.values())
    for field, text in zip(fields[:3], ("5", "4.5", "4"), strict=True):
        fill_in(field, text, qtbot)
    with qtbot.waitSignal(empty_window.session.loaded):
        fill_in(fields[3], "2", qtbot)
    qtbot.waitUntil(lambda: pane.state.text().startswith("按等次：优秀 5 分"))
    assert form.problem.text() == ""
    assert set(texts(pane.grid, "points")) == {"5.00", "4.50", "4.00", "2.00"}
    fill_in(fields[3], "six", qtbot)
    assert "不是数字" in form.problem.text()
    assert "2.00" in texts(pane.grid, "points")
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.menu.actions["undo"].trigger()
    qtbot.waitUntil(lambda: pane.state.text().startswith("按得分比例"))
    assert form.problem.text() == "" and fields[0].text() == ""


def test_bands_of_ranks_are_typed_from_the_first_on(
    empty_window: MainWindow, page: AnalysisPage, sample: Path, qtbot: QtBot
) -> None:
    pane, form = page.conversion, page.conversion.form
    show(page, "conversion", pane.grid, qtbot)
    form.method.setFocus()
    qtbot.keyClick(form.method, Qt.Key.Key_End)
    for (to, points), typed in zip(form.bands, (("5", "5"), ("20", "4")), strict=False):
        fill_in(to, typed[0], qtbot)
        with qtbot.waitSignal(empty_window.session.loaded):
            fill_in(points, typed[1], qtbot)
    qtbot.waitUntil(lambda: "第 6–20 名 4 分" in pane.state.text())
    assert texts(pane.grid, "points") == ["5.00"] * 5 + ["4.00"] * 15 + ["0.00"] * 7
    with Workbook.open(sample, read_only=True) as workbook:
        assert [band.to for band in load_conversions(workbook, SEALED)["member"].by_rank] == [5, 20]


def test_the_conversion_is_written_as_a_paper(
    empty_window: MainWindow, page: AnalysisPage, tmp_path: Path, qtbot: QtBot
) -> None:
    pane = page.conversion
    show(page, "conversion", pane.grid, qtbot)
    job = pane.save_pdf(tmp_path / "折算表.pdf")
    assert job is not None
    with qtbot.waitSignal(job.finished, timeout=20000):
        pass
    assert (tmp_path / "折算表.pdf").read_bytes().startswith(b"%PDF")
    assert "折算表" in empty_window.file_bar.text.text()


def test_who_only_reads_cannot_change_the_settings(
    empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(workbook_file, tmp_path / "共用.assess"))
    with Workbook.open(path, operator="李四"):
        with qtbot.waitSignal(empty_window.session.loaded):
            empty_window.open(path)
        page = analysis(empty_window)
        show(page, "conversion", page.conversion.grid, qtbot)
        form = page.conversion.form
        assert not form.full.isEnabled() and not form.method.isEnabled()
        assert "李四" in form.locked.text()


def test_a_year_that_is_still_collected_says_why_nothing_is_compared_or_converted(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = analysis(window)
    qtbot.waitUntil(lambda: rows(page.robustness.grid) > 0)
    assert "暂估" in page.robustness.state.text()
    show(page, "bridge", page.bridge.grid, qtbot)
    assert set(texts(page.bridge.grid, "sentence")) == {"工作簿里没有上一年度"}
    assert "没有可以与上年比较的单位" in page.bridge.state.text()
    show(page, "conversion", page.conversion.grid, qtbot)
    reasons = dict(zip(texts(page.conversion.grid, "how"), texts(page.conversion.grid, "points"), strict=True))
    assert reasons["得分暂估，定稿后折算"] == "—"
    assert "个单位不折算" in page.conversion.state.text()
