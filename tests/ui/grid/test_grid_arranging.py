"""Sorting, filtering, finding, zoom and headings by real clicks and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from assessor.ui.grid.areas import Area, Cell
from assessor.ui.grid.arrangement import Order, ValueFilter
from assessor.ui.grid.filter_menu import FilterMenu
from tests.ui.grid.conftest import COLUMNS, Line, Sheet

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARKS = ("90", "", "85.5", "100", "9")


def fill(sheet: Sheet) -> None:
    groups = ("市直", "市直", "县市区", "县市区", "县市区")
    sheet.show([Line(row.unit, *rest) for row, *rest in zip(sheet.rows, MARKS, groups, strict=True)])


def shown(sheet: Sheet) -> list[str]:
    return [row.unit for row in sheet.model.shown_rows()]


def open_menu(sheet: Sheet, column: int) -> FilterMenu:
    header = sheet.grid.table.view_of(column).column_header
    sheet.bot.mouseClick(header.viewport(), LEFT, pos=header.button_rect(column).center())
    menu = sheet.grid.arranging.menu
    assert menu is not None
    return menu


def button(menu: FilterMenu, title: str):  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QPushButton

    return next(found for found in menu.findChildren(QPushButton) if found.text() == title)


def test_the_menu_sorts_and_the_active_row_is_kept(sheet: Sheet) -> None:
    fill(sheet)
    sheet.go(3, 1)
    menu = open_menu(sheet, 1)
    sheet.bot.mouseClick(button(menu, "↓ 降序"), LEFT)
    assert shown(sheet) == ["丰城市", "市科协", "袁州区", "樟树市", "市教育局"]
    assert sheet.active == Cell(0, 1)
    assert sheet.model.arrangement.order == Order("mark", is_descending=True)
    menu = open_menu(sheet, 1)
    sheet.bot.mouseClick(button(menu, "不排序"), LEFT)
    assert shown(sheet) == ["市科协", "市教育局", "袁州区", "丰城市", "樟树市"]


def test_ticks_filter_and_typing_searches_the_values(sheet: Sheet) -> None:
    fill(sheet)
    menu = open_menu(sheet, 2)
    first = menu.list.visualRect(menu.model.index(0)).center()
    assert (menu.model.index(0).data(), menu.all.text()) == ("市直", "全选（2 个值）")
    sheet.bot.mouseClick(menu.list.viewport(), LEFT, pos=first)
    sheet.bot.keyClick(menu.search, KEY.Key_Return)
    assert shown(sheet) == ["袁州区", "丰城市", "樟树市"]
    menu = open_menu(sheet, 1)
    menu.search.setFocus()
    sheet.bot.keyClicks(menu.search, "10")
    sheet.bot.keyClick(menu.search, KEY.Key_Return)
    assert shown(sheet) == ["丰城市"]
    menu = open_menu(sheet, 1)
    sheet.bot.mouseClick(button(menu, "取消筛选"), LEFT)
    assert shown(sheet) == ["袁州区", "丰城市", "樟树市"]


def test_a_table_that_its_filters_empty_says_so_and_a_click_clears_them(sheet: Sheet) -> None:
    fill(sheet)
    note = sheet.grid.empty
    sheet.grid.arranging.filter("unit", ValueFilter(frozenset({"市科协"})))
    assert note.isHidden()
    sheet.grid.arranging.filter("group", ValueFilter(frozenset({"县市区"})))
    assert shown(sheet) == []
    assert (note.isVisible(), note.word.text()) == (True, "没有符合筛选的行")
    sheet.grid.resize(900, 500)
    sheet.bot.waitUntil(lambda: abs(note.geometry().center().x() - sheet.grid.table.rect().center().x()) <= 1)
    sheet.bot.mouseClick(note.clear, LEFT)
    assert len(shown(sheet)) == 5
    assert note.isHidden()
    assert sheet.grid.table.hasFocus()
    sheet.show([])
    assert note.isHidden()  # nothing is hidden by a filter


def test_an_edited_row_stays_where_it_is_until_asked(sheet: Sheet) -> None:
    fill(sheet)
    sheet.grid.arranging.sort("mark", False)
    assert shown(sheet)[0] == "樟树市"
    sheet.go(0, 1)
    sheet.type("99")
    sheet.keys(KEY.Key_Return)
    assert shown(sheet)[0] == "樟树市"
    sheet.grid.arranging.apply_anew()
    assert shown(sheet) == ["袁州区", "市科协", "樟树市", "丰城市", "市教育局"]


def test_a_click_on_a_heading_selects_the_column_and_shift_extends(sheet: Sheet) -> None:
    table = sheet.grid.table
    header = table.column_header
    for column, keys in ((1, Qt.KeyboardModifier.NoModifier), (2, SHIFT)):
        at = QPoint(header.sectionViewportPosition(column) + 12, 12)
        sheet.bot.mouseClick(header.viewport(), LEFT, keys, at)
    selection = sheet.grid.selecting.selection
    assert selection is not None
    assert (selection.areas, selection.active) == ((Area(0, 1, 4, 2),), Cell(0, 1))


def test_a_click_on_a_number_selects_the_row(sheet: Sheet) -> None:
    header = sheet.grid.table.row_header
    at = QPoint(5, header.sectionViewportPosition(2) + 5)
    sheet.bot.mouseClick(header.viewport(), LEFT, pos=at)
    assert sheet.grid.selecting.selection is not None
    assert sheet.grid.selecting.selection.areas == (Area(2, 0, 2, 5),)


def test_dragging_selects_a_rectangle_and_ctrl_adds_one(sheet: Sheet) -> None:
    table = sheet.grid.table
    view = table.viewport()
    points = [table.visualRect(table.index_at(cell)).center() for cell in (Cell(0, 1), Cell(2, 3), Cell(4, 2))]
    sheet.bot.mousePress(view, LEFT, pos=points[0])
    sheet.bot.mouseMove(view, points[1])
    sheet.bot.mouseRelease(view, LEFT, pos=points[1])
    sheet.bot.mouseClick(view, LEFT, CONTROL, points[2])
    assert sheet.grid.selecting.selection is not None
    assert sheet.grid.selecting.selection.areas == (Area(0, 1, 2, 3), Area(4, 2, 4, 2))


def test_keys_move_extend_and_go_to_the_ends(sheet: Sheet) -> None:
    fill(sheet)
    sheet.go(0, 1)
    sheet.keys(KEY.Key_Down, modifier=CONTROL)
    assert sheet.active == Cell(2, 1)
    sheet.keys(KEY.Key_End, modifier=CONTROL)
    assert sheet.active == Cell(4, 5)
    sheet.keys(KEY.Key_Home)
    sheet.keys(KEY.Key_Up, KEY.Key_Right, modifier=SHIFT)
    assert sheet.grid.selecting.selection is not None
    assert sheet.grid.selecting.selection.areas == (Area(3, 0, 4, 1),)
    sheet.keys(KEY.Key_A, modifier=CONTROL)
    assert sheet.grid.selecting.selection.areas == (Area(0, 0, 4, 5),)


def test_the_find_bar_goes_from_find_to_find(sheet: Sheet) -> None:
    fill(sheet)
    sheet.go(0, 0)
    sheet.keys(KEY.Key_F, modifier=CONTROL)
    bar = sheet.grid.find_bar
    assert bar.isVisible() and bar.line.hasFocus()
    for sign in "市":
        bar.line.insert(sign)
    bar.line.textEdited.emit(bar.line.text())
    sheet.bot.keyClick(bar.line, KEY.Key_Return)
    assert (bar.count.text(), sheet.active) == ("第 1 / 9 处", Cell(0, 0))
    sheet.bot.keyClick(bar.line, KEY.Key_Return)
    assert sheet.active == Cell(0, 2)
    sheet.bot.keyClick(bar.line, KEY.Key_Return, SHIFT)
    sheet.bot.keyClick(bar.line, KEY.Key_Return, SHIFT)
    assert (bar.count.text(), sheet.active) == ("第 9 / 9 处", Cell(4, 2))
    sheet.bot.keyClick(bar.line, KEY.Key_Escape)
    assert not bar.isVisible() and sheet.grid.table.hasFocus() and sheet.model.marked == ""


def test_ctrl_and_the_wheel_zoom_texts_rows_and_columns(sheet: Sheet) -> None:
    table = sheet.grid.table
    width, height, size = table.columnWidth(1), table.rowHeight(0), table.font().pointSizeF()
    spot = QPointF(60, 60)
    wheel = QWheelEvent(
        spot, spot, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(table.viewport(), wheel)
    assert (table.zoom, table.rowHeight(0)) == (110, round(height * 1.1))
    assert abs(table.columnWidth(1) - width * 1.1) <= 1
    assert table.font().pointSizeF() > size
    sheet.keys(KEY.Key_0, modifier=CONTROL)
    assert (table.zoom, table.columnWidth(1)) == (100, width)


def test_columns_are_hidden_and_moved_and_cells_follow(sheet: Sheet) -> None:
    table = sheet.grid.table
    table.set_column_shown(2, False)
    sheet.go(0, 2)
    assert sheet.model.column_at(sheet.grid.current_index()).key == "due"
    table.column_header.moveSection(table.column_header.visualIndex(1), 5)
    assert table.shown_columns() == [0, 3, 4, 5, 1]
    table.column_header.moveSection(1, 0)
    assert table.shown_columns()[0] == 0


def test_the_summary_counts_adds_and_averages(sheet: Sheet) -> None:
    fill(sheet)
    with sheet.bot.waitSignal(sheet.grid.summarizing.summarized, check_params_cb=lambda text: bool(text)) as told:
        sheet.grid.selecting.select_columns(1, 1)
    assert told.args == ["计数 4  求和 284.5  平均 71.125"]


def test_rows_that_come_and_go_keep_the_selection_by_row(sheet: Sheet) -> None:
    sheet.go(3, 1)
    sheet.show([sheet.rows[3], sheet.rows[0]])
    assert (sheet.active, shown(sheet)) == (Cell(0, 1), ["丰城市", "市科协"])
    sheet.show([])
    assert sheet.grid.selecting.active is None
    sheet.show([Line("新")])
    assert sheet.active == Cell(0, 0)


def test_other_columns_take_the_place_of_those_before(sheet: Sheet) -> None:
    table = sheet.grid.table
    table.set_column_shown(2, False)
    table.keep_width(1, 200)
    sheet.model.show_table([COLUMNS[0], COLUMNS[4], COLUMNS[5]], sheet.rows)
    assert (table.shown_columns(), table.own_widths) == ([0, 1, 2], {})
    sheet.go(1, 1)
    sheet.type("一")
    sheet.keys(KEY.Key_Return, modifier=CONTROL)
    assert sheet.column("note")[1] == "一"


def test_a_load_moves_nothing_that_is_looked_at(sheet: Sheet) -> None:
    sheet.show([Line(f"单位{number}") for number in range(200)])
    sheet.go(0, 1)
    bar = sheet.grid.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    sheet.show([Line(f"单位{number}", "1") for number in range(200)])
    assert bar.value() == bar.maximum()
    before = bar.value()
    sheet.show(sheet.rows[1:] + sheet.rows[:1])
    assert bar.value() == before


def test_another_model_leaves_the_one_before_alone(sheet: Sheet) -> None:
    before = sheet.model
    again = Sheet(sheet.grid, sheet.bot)
    before.show_rows([Line("别的")])
    assert again.active == Cell(0, 0)
    assert sheet.grid.table.model() is again.model
    sheet.grid.set_model(again.model)
    looked: list[int] = []
    sheet.grid.looked_at.connect(lambda index: looked.append(index.row()))
    again.go(2, 1)
    assert looked == [2]
