"""Copy, paste, fill and clear by keys, with what WPS and Excel put on the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from assessor.ui.grid.areas import Area, Cell, Selection
from tests.ui.grid.conftest import Sheet

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def put(text: str = "", html: str = "") -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QApplication.clipboard().setMimeData(data)


def paste(sheet: Sheet) -> None:
    sheet.keys(KEY.Key_V, modifier=CONTROL)


def test_a_block_spreads_from_the_active_cell_in_one_write(sheet: Sheet) -> None:
    put("90\t县市区\r\n85.5\t市直\r\n")
    sheet.go(1, 1)
    paste(sheet)
    assert sheet.column("mark") == ["", "90", "85.5", "", ""]
    assert sheet.column("group")[1:3] == ["县市区", "市直"]
    assert len(sheet.writes) == 1
    assert sheet.grid.selecting.selection == Selection.over(Area(1, 1, 2, 2))


def test_one_value_goes_into_every_selected_cell(sheet: Sheet) -> None:
    put("60")
    sheet.grid.selecting.set(Selection.over(Area(0, 1, 3, 1)))
    paste(sheet)
    assert sheet.column("mark") == ["60", "60", "60", "60", ""]


def test_a_block_with_a_refused_value_changes_nothing_and_is_listed(sheet: Sheet) -> None:
    put("90\n101\nabc\n")
    sheet.go(0, 1)
    paste(sheet)
    assert (sheet.writes, sheet.grid.refusals.isVisible()) == ([], True)
    assert sheet.grid.refusals.lines == [
        ("第 2 行 市教育局", "得分 100 分", "101", "101 超出 0 到 100", "请填写 0 到 100 的分数"),
        ("第 3 行 袁州区", "得分 100 分", "abc", "“abc”不是数字", "请填写 0 到 100 的分数"),
    ]
    sheet.keys(KEY.Key_Escape)
    assert not sheet.grid.refusals.isVisible()


def test_read_only_cells_and_cells_beyond_the_table_refuse(sheet: Sheet) -> None:
    put("甲\t90\n乙\t91")
    sheet.go(4, 0)
    paste(sheet)
    assert sheet.writes == []
    assert [line[3] for line in sheet.grid.refusals.lines] == [
        "这一列由程序给出，不能直接修改",
        "表格没有这么多行",
        "表格没有这么多行",
    ]


def test_html_alone_is_pasted(sheet: Sheet) -> None:
    put(html="<table><tr><td>１２</td></tr><tr><td>13&nbsp;</td></tr></table>")
    sheet.go(0, 1)
    paste(sheet)
    assert sheet.column("mark")[:2] == ["12", "13"]


def test_line_breaks_and_quotes_stay_in_their_cell(sheet: Sheet) -> None:
    put('"一\n二 ""三"""\n四\n')
    sheet.go(0, 4)
    paste(sheet)
    assert sheet.column("note")[:2] == ['一\n二 "三"', "四"]


def test_copying_gives_tabs_and_lines(sheet: Sheet) -> None:
    sheet.grid.selecting.set(Selection.over(Area(0, 0, 1, 2)))
    sheet.keys(KEY.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text() == "市科协\t\t市直\n市教育局\t\t市直\n"


def test_cut_delete_and_fill_down(sheet: Sheet) -> None:
    put("1\n2\n3\n")
    sheet.go(0, 1)
    paste(sheet)
    sheet.grid.selecting.set(Selection.over(Area(0, 1, 3, 1)))
    sheet.keys(KEY.Key_D, modifier=CONTROL)
    assert sheet.column("mark") == ["1", "1", "1", "1", ""]
    sheet.go(0, 1)
    sheet.keys(KEY.Key_X, modifier=CONTROL)
    assert (sheet.column("mark")[0], QApplication.clipboard().text()) == ("", "1\n")
    sheet.keys(KEY.Key_A, modifier=CONTROL)
    sheet.grid.selecting.set(Selection.over(Area(1, 1, 2, 1), Cell(1, 1)))
    sheet.keys(KEY.Key_Delete)
    assert sheet.column("mark") == ["", "", "", "1", ""]
