"""结果: sorting, groups, copying, and opening the trace of any number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.domain.results import UnitResult
from assessor.ui.detail import DetailPane
from assessor.ui.main_window import MainWindow
from assessor.ui.models.trace_model import TraceModel
from assessor.ui.navigation import key_of
from assessor.ui.pages.results import ResultsPage
from tests.ui.builders import SECOND

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow) -> ResultsPage:
    window.go("results")
    page = window.page("results")
    assert isinstance(page, ResultsPage)
    return page


def column_of(page: ResultsPage, title: str) -> int:
    model = page.table.model()
    for column in range(model.columnCount()):
        if str(model.headerData(column, Qt.Orientation.Horizontal)).startswith(title):
            return column
    raise AssertionError(title)


def cell(page: ResultsPage, row: int, title: str) -> QModelIndex:
    return page.table.model().index(row, column_of(page, title))


def first_unit(page: ResultsPage) -> UnitResult:
    assert page.view is not None
    return page.view.result.groups[0].units[0]


def chosen_title(pane: DetailPane) -> str:
    model = pane.tree.model()
    assert isinstance(model, TraceModel)
    return model.node(pane.tree.currentIndex()).title


def double_click(page: ResultsPage, index: QModelIndex, qtbot: QtBot) -> None:
    page.table.scrollTo(index)
    at = page.table.visualRect(index).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(page.table.viewport(), LEFT, pos=at)


def test_the_numbers_are_the_printed_ones_and_stand_to_the_right(page: ResultsPage) -> None:
    index = cell(page, 0, "总分")
    assert index.data() == str(first_unit(page).total)
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_a_provisional_unit_is_marked_in_rank_grade_and_remark(page: ResultsPage) -> None:
    assert first_unit(page).provisional
    assert cell(page, 0, "名次").data() == "暂 1"
    assert cell(page, 0, "等次").data() == "暂估"
    assert "待评" in cell(page, 0, "备注").data()


def test_double_clicking_a_category_opens_its_trace_there(window: MainWindow, page: ResultsPage, qtbot: QtBot) -> None:
    double_click(page, cell(page, 2, "任务落实"), qtbot)
    pane = window.detail()
    assert pane.isVisible()
    assert page.view is not None
    assert pane.unit == page.view.result.groups[0].units[2].unit.code
    assert chosen_title(pane) == "任务落实"


def test_enter_on_the_total_opens_the_trace_of_the_total(window: MainWindow, page: ResultsPage, qtbot: QtBot) -> None:
    page.table.setCurrentIndex(cell(page, 1, "总分"))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert chosen_title(window.detail()) in ("总分", "暂估总分")
    assert page.view is not None
    assert page.view.result.groups[0].units[1].sentence in window.detail().text.toPlainText()


def test_moving_through_the_table_moves_the_detail_pane(window: MainWindow, page: ResultsPage, qtbot: QtBot) -> None:
    page.table.setCurrentIndex(cell(page, 0, "总分"))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.view is not None
    assert window.detail().unit == page.view.result.groups[0].units[1].unit.code


def test_an_indicator_in_the_tree_shows_its_sentence_inputs_and_sources(
    window: MainWindow, page: ResultsPage, qtbot: QtBot
) -> None:
    unit = next(unit for unit in page.view.result.groups[0].units if unit.leaves[4].inputs) if page.view else None
    assert unit is not None
    leaf = unit.leaves[4]
    window.open_trace(unit.unit.code, leaf.indicator.code)
    text = window.detail().text.toPlainText()
    assert leaf.sentence in text
    assert leaf.inputs[0].source in text


def test_clicking_a_heading_sorts_by_exact_numbers(page: ResultsPage, qtbot: QtBot) -> None:
    header = page.table.horizontalHeader()
    column = column_of(page, "基础分")
    page.table.scrollTo(page.table.model().index(0, column))
    at = QPoint(header.sectionViewportPosition(column) + 10, 10)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    shown = [page.table.model().index(row, column).data() for row in range(page.table.model().rowCount())]
    assert page.view is not None
    assert shown == [str(value) for value in sorted(unit.base for unit in page.view.result.groups[0].units)]


def test_copying_gives_tab_separated_lines(page: ResultsPage, qtbot: QtBot) -> None:
    model = page.table.model()
    selection = QItemSelection(model.index(0, 0), model.index(1, 2))
    page.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines == ["\t".join(str(model.index(row, column).data()) for column in range(3)) for row in range(2)]


def test_ctrl_end_takes_the_selection_along(page: ResultsPage, qtbot: QtBot) -> None:
    page.take_focus()
    qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    model = page.table.model()
    assert page.table.selectedIndexes() == [model.index(model.rowCount() - 1, model.columnCount() - 1)]


def test_the_other_group_is_one_click_away(page: ResultsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.groups.button("county"), LEFT)
    assert page.table.model().rowCount() == 13


def test_a_vetoed_unit_says_so(page: ResultsPage) -> None:
    page.select_unit("caizhengju")
    row = page.table.currentIndex().row()
    assert "一票否决" in cell(page, row, "备注").data()


def test_the_first_columns_stay_when_the_others_scroll(page: ResultsPage) -> None:
    bar = page.table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    frozen = page.table.frozen
    assert frozen.columnAt(frozen.viewport().width() - 4) == 3
    assert frozen.width() == sum(page.table.columnWidth(column) for column in range(4)) + 1


@pytest.mark.parametrize("group", ["member", "county"])
def test_total_grade_and_categories_are_seen_beside_the_open_detail_pane(
    window: MainWindow, page: ResultsPage, group: str, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.groups.button(group), LEFT)
    page.table.horizontalScrollBar().setValue(0)
    assert (window.width(), window.detail().isVisible()) == (1366, True)
    last = column_of(page, "基础分") - 1
    right = page.table.columnViewportPosition(last) + page.table.columnWidth(last)
    assert right <= page.table.viewport().width()


def test_the_groups_are_counted_anew_in_every_year(window: MainWindow, page: ResultsPage, qtbot: QtBot) -> None:
    assert page.groups.button("member").text() == "成员单位 28"
    with qtbot.waitSignal(window.session.loaded):
        window.session.select_year(SECOND)
    assert page.view is not None
    assert page.groups.button("member").text() == f"成员单位 {len(page.view.result.groups[0].units)}"


def test_what_was_not_scored_is_one_quiet_line_that_opens(page: ResultsPage, qtbot: QtBot) -> None:
    assert not page.ignored.isVisible()
    page.ignored.show_lines(["市科协 任务 A1.2：没有分解给该单位，填报表不计分"])
    assert page.ignored.button.text() == "有 1 条记录没有计分 ▸"
    assert not page.ignored.list.isVisible()
    qtbot.mouseClick(page.ignored.button, LEFT)
    assert page.ignored.list.isVisible()
    assert "A1.2" in page.ignored.list.text()


def test_the_keyboard_goes_to_the_page_that_is_chosen_by_key(window: MainWindow, qtbot: QtBot) -> None:
    keys = QKeySequence(key_of("results"))[0]
    qtbot.keyClick(window, keys.key(), keys.keyboardModifiers())
    page = window.page("results")
    assert isinstance(page, ResultsPage)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 1
