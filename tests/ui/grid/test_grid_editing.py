"""Typing into cells by real keys: every kind of editor, refusals, input methods, where Enter and Tab go."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from assessor.ui.grid.areas import Area, Cell, Selection
from assessor.ui.grid.editors.date import DateEditor
from assessor.ui.grid.editors.line import LineEditor
from tests.ui.grid.conftest import Sheet

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def line(sheet: Sheet) -> QLineEdit:
    editor = sheet.grid.editing.editor
    assert isinstance(editor, LineEditor)
    return editor.line


def test_typing_replaces_and_enter_goes_down(sheet: Sheet) -> None:
    sheet.go(0, 1)
    sheet.type("90")
    sheet.keys(KEY.Key_Return)
    sheet.type("85.5")
    sheet.keys(KEY.Key_Return)
    assert (sheet.column("mark")[:2], sheet.active) == (["90", "85.5"], Cell(2, 1))
    assert [len(write) for write in sheet.writes] == [1, 1]


def test_f2_opens_with_the_text_and_esc_leaves_it(sheet: Sheet) -> None:
    sheet.go(0, 1)
    sheet.type("90")
    sheet.keys(KEY.Key_Return)
    sheet.go(0, 1)
    sheet.keys(KEY.Key_F2)
    assert line(sheet).text() == "90"
    sheet.keys(KEY.Key_End)
    sheet.type("1")
    sheet.keys(KEY.Key_Escape)
    assert (sheet.grid.editing.editor, sheet.column("mark")[0], len(sheet.writes)) == (None, "90", 1)


def test_an_unchanged_text_writes_nothing(sheet: Sheet) -> None:
    sheet.go(0, 2)
    sheet.keys(KEY.Key_F2, KEY.Key_Return)
    assert (sheet.writes, sheet.active) == ([], Cell(1, 2))


def test_tab_goes_right_and_arrows_end_what_was_begun_by_typing(sheet: Sheet) -> None:
    sheet.go(0, 1)
    sheet.type("7")
    sheet.keys(KEY.Key_Tab)
    assert sheet.active == Cell(0, 2)
    sheet.keys(KEY.Key_Left)
    sheet.type("8")
    sheet.keys(KEY.Key_Down)
    assert (sheet.column("mark")[0], sheet.active) == ("8", Cell(1, 1))


def test_enter_and_tab_go_round_a_selection(sheet: Sheet) -> None:
    sheet.grid.selecting.set(Selection.over(Area(0, 1, 1, 2)))
    places = []
    for _ in range(4):
        sheet.keys(KEY.Key_Return)
        places.append(sheet.active)
    assert places == [Cell(1, 1), Cell(0, 2), Cell(1, 2), Cell(0, 1)]
    sheet.keys(KEY.Key_Tab)
    assert sheet.active == Cell(0, 2)


def test_a_refused_value_stays_in_its_editor_with_the_reason(sheet: Sheet) -> None:
    sheet.go(0, 1)
    sheet.type("101")
    sheet.keys(KEY.Key_Return)
    assert line(sheet).text() == "101"
    assert sheet.grid.editing.note.isVisible()
    assert sheet.grid.editing.note.text() == "101 超出 0 到 100\n请填写 0 到 100 的分数"
    sheet.keys(KEY.Key_Backspace)
    sheet.keys(KEY.Key_Return)
    assert (sheet.column("mark")[0], sheet.grid.editing.note.isVisible()) == ("10", False)


def test_a_click_elsewhere_takes_the_text_or_leaves_the_editor_open(sheet: Sheet) -> None:
    sheet.go(0, 1)
    sheet.type("x")
    table = sheet.grid.table
    there = table.visualRect(table.index_at(Cell(3, 2))).center()
    sheet.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert (line(sheet).text(), sheet.active) == ("x", Cell(0, 1))
    line(sheet).setText("12")
    sheet.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert (sheet.column("mark")[0], sheet.active) == ("12", Cell(3, 2))


def test_full_width_digits_become_plain(sheet: Sheet) -> None:
    sheet.go(0, 1)
    sheet.type("８５。５")
    assert line(sheet).text() == "85.5"
    sheet.keys(KEY.Key_Return)
    assert sheet.column("mark")[0] == "85.5"


def test_a_cell_that_cannot_be_edited_says_why(sheet: Sheet) -> None:
    sheet.go(0, 0)
    sheet.type("x")
    assert (sheet.grid.editing.editor, sheet.grid.editing.note.text()) == (None, "这一列由程序给出，不能直接修改")
    sheet.model.locked = "2025 年度已封存"
    sheet.go(0, 1)
    sheet.type("9")
    assert (sheet.grid.editing.editor, sheet.grid.editing.note.text()) == (None, "2025 年度已封存")


def test_enter_opens_a_cell_that_is_not_edited(sheet: Sheet) -> None:
    sheet.go(2, 0)
    with sheet.bot.waitSignal(sheet.grid.opened) as opened:
        sheet.keys(KEY.Key_Return)
    assert sheet.model.row_at(opened.args[0]).unit == "袁州区"


def test_an_input_method_composes_in_the_cell(sheet: Sheet) -> None:
    sheet.go(0, 2)
    table = sheet.grid.table
    QApplication.sendEvent(table, QInputMethodEvent("shi", []))
    assert table.hasFocus() and line(sheet).text() == ""
    cursor = table.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert cursor.y() >= table.visualRect(table.index_at(Cell(0, 2))).top()
    done = QInputMethodEvent("", [])
    done.setCommitString("市直")
    QApplication.sendEvent(table, done)
    assert (line(sheet).text(), line(sheet).hasFocus()) == ("市直", True)


def test_a_choice_is_narrowed_by_typing(sheet: Sheet) -> None:
    sheet.go(1, 2)
    sheet.type("县")
    sheet.keys(KEY.Key_Return)
    assert (sheet.column("group")[1], sheet.active) == ("县市区", Cell(2, 2))
    sheet.keys(KEY.Key_F2, KEY.Key_Down, KEY.Key_Return)
    assert sheet.column("group")[2] == "县市区"


def test_long_text_has_lines_in_a_pane(sheet: Sheet) -> None:
    sheet.go(0, 4)
    sheet.type("一")
    sheet.keys(KEY.Key_Return)
    sheet.type("二")
    sheet.keys(KEY.Key_Return, modifier=CONTROL)
    assert (sheet.column("note")[0], sheet.active) == ("一\n二", Cell(1, 4))


def test_space_ticks_a_box(sheet: Sheet) -> None:
    sheet.go(0, 5)
    sheet.keys(KEY.Key_Space)
    assert sheet.column("is_done")[0] is True
    sheet.type("x")
    assert sheet.column("is_done")[0] is True
    sheet.keys(KEY.Key_Space)
    assert sheet.column("is_done")[0] is False


def test_a_click_on_a_box_ticks_it_and_one_beside_it_only_selects(sheet: Sheet) -> None:
    table = sheet.grid.table
    rect = table.visualRect(table.index_at(Cell(1, 5)))
    sheet.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert sheet.column("is_done")[1] is True
    sheet.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(3, 3))
    assert (sheet.column("is_done")[1], sheet.active) == (True, Cell(1, 5))


def test_a_date_is_taken_as_typed(sheet: Sheet) -> None:
    sheet.go(0, 3)
    sheet.type("2025.3.1")
    sheet.keys(KEY.Key_Return)
    assert sheet.column("due")[0] == "2025-03-01"


def test_a_day_is_taken_from_the_calendar_by_keys(sheet: Sheet) -> None:
    sheet.go(0, 3)
    sheet.type("2025.3.1")
    sheet.keys(KEY.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    editor = sheet.grid.editing.editor
    assert isinstance(editor, DateEditor) and editor.calendar.isVisible()
    assert sheet.grid.editing.editor is editor  # the keyboard is in its calendar, not elsewhere
    days = QApplication.focusWidget()
    assert days is not None and editor.owns(days)
    sheet.bot.keyClick(days, KEY.Key_Right)
    sheet.bot.keyClick(days, KEY.Key_Return)
    assert (sheet.column("due")[0], sheet.grid.editing.editor) == ("2025-03-02", None)


def test_esc_closes_the_calendar_first_then_the_editor(sheet: Sheet) -> None:
    sheet.go(0, 3)
    sheet.keys(KEY.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    sheet.keys(KEY.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    editor = sheet.grid.editing.editor
    assert isinstance(editor, DateEditor) and editor.calendar.isVisible()
    sheet.bot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not editor.calendar.isVisible() and line(sheet).hasFocus()
    sheet.keys(KEY.Key_Escape)
    assert sheet.grid.editing.editor is None and sheet.grid.table.hasFocus()


def test_tab_leaves_a_table_that_is_only_read(sheet: Sheet) -> None:
    other = QLineEdit(sheet.grid)
    other.show()
    sheet.model.write = None
    sheet.keys(KEY.Key_Tab)
    assert not sheet.grid.table.hasFocus()
    sheet.model.write = sheet.write
    sheet.grid.table.setFocus()
    sheet.keys(KEY.Key_Tab)
    assert sheet.grid.table.hasFocus() and sheet.active == Cell(0, 1)
