"""结果: sorting, groups, copying, and opening the trace of any number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from assessor.domain.results import UnitResult
from assessor.ui.detail import DetailPane
from assessor.ui.grid.arrangement import ValueFilter
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
    model = page.grid.table.model()
    for column in range(model.columnCount()):
        if str(model.headerData(column, Qt.Orientation.Horizontal)).startswith(title):
            return column
    raise AssertionError(title)


def cell(page: ResultsPage, row: int, title: str) -> QModelIndex:
    return page.grid.table.model().index(row, column_of(page, title))


def first_unit(page: ResultsPage) -> UnitResult:
    assert page.view is not None
    return page.view.result.groups[0].units[0]


def chosen_title(pane: DetailPane) -> str:
    model = pane.tree.model()
    assert isinstance(model, TraceModel)
    return model.node(pane.tree.currentIndex()).title


def double_click(page: ResultsPage, index: QModelIndex, qtbot: QtBot) -> None:
    table = page.grid.table
    table.scrollTo(index)
    at = table.visualRect(index).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(table.viewport(), LEFT, pos=at)


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
    page.grid.go_to(cell(page, 1, "总分"))
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Return)
    assert chosen_title(window.detail()) in ("总分", "暂估总分")
    assert page.view is not None
    assert page.view.result.groups[0].units[1].sentence in window.detail().text.toPlainText()


def test_moving_through_the_table_moves_the_detail_pane(window: MainWindow, page: ResultsPage, qtbot: QtBot) -> None:
    page.grid.go_to(cell(page, 0, "总分"))
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Down)
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


def test_the_menu_of_a_heading_sorts_by_exact_numbers(page: ResultsPage, qtbot: QtBot) -> None:
    table = page.grid.table
    header = table.column_header
    column = column_of(page, "基础分")
    table.scrollTo(table.model().index(0, column))
    qtbot.mouseClick(header.viewport(), LEFT, pos=header.button_rect(column).center())
    menu = page.grid.arranging.menu
    assert menu is not None
    rising = next(button for button in menu.findChildren(QPushButton) if "升序" in button.text())
    qtbot.mouseClick(rising, LEFT)
    shown = [table.model().index(row, column).data() for row in range(table.model().rowCount())]
    assert page.view is not None
    assert shown == [str(value) for value in sorted(unit.base for unit in page.view.result.groups[0].units)]


def test_copying_gives_tab_separated_lines(page: ResultsPage, qtbot: QtBot) -> None:
    model = page.grid.table.model()
    page.take_focus()
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(page.grid.table, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines == ["\t".join(str(model.index(row, column).data()) for column in range(3)) for row in range(2)]


def test_ctrl_end_takes_the_selection_along(page: ResultsPage, qtbot: QtBot) -> None:
    page.take_focus()
    table = page.grid.table
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    model = table.model()
    assert table.selectedIndexes() == [model.index(model.rowCount() - 1, model.columnCount() - 1)]


def test_a_unit_that_is_filtered_out_is_shown_when_it_is_asked_for(page: ResultsPage) -> None:
    page.grid.arranging.filter("unit", ValueFilter(frozenset({"市财政局"}), is_exclusion=True))
    before = page.grid.table.model().rowCount()
    page.select_unit("caizhengju")
    assert page.grid.table.model().rowCount() == before + 1
    row = page.grid.current_index().row()
    assert cell(page, row, "单位").data() == "市财政局"


def test_the_other_group_is_one_click_away(page: ResultsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.groups.button("county"), LEFT)
    assert page.grid.table.model().rowCount() == 13


def test_a_vetoed_unit_says_so(page: ResultsPage) -> None:
    page.select_unit("caizhengju")
    row = page.grid.current_index().row()
    assert "一票否决" in cell(page, row, "备注").data()


def test_the_first_columns_stay_when_the_others_scroll(page: ResultsPage) -> None:
    bar = page.grid.table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    frozen = page.grid.table.frozen
    assert frozen.columnAt(frozen.viewport().width() - 4) == 3
    assert frozen.width() == sum(page.grid.table.columnWidth(column) for column in range(4)) + 1


@pytest.mark.parametrize("group", ["member", "county"])
def test_total_grade_and_categories_are_seen_beside_the_open_detail_pane(
    window: MainWindow, page: ResultsPage, group: str, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.groups.button(group), LEFT)
    page.grid.table.horizontalScrollBar().setValue(0)
    assert (window.width(), window.detail().isVisible()) == (1366, True)
    last = column_of(page, "基础分") - 1
    right = page.grid.table.columnViewportPosition(last) + page.grid.table.columnWidth(last)
    assert right <= page.grid.table.viewport().width()


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
    assert page.grid.table.hasFocus()
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Down)
    assert page.grid.current_index().row() == 1
