"""评分: typing, pasting and taking back marks, extreme marks, reviewers, and what follows at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from assessor.domain.mark_table import MarkRow
from assessor.errors import InputError
from assessor.ui.dialogs.scoring_settings import ScoringSettingsDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.scoring import BY_UNIT, ScoringPage
from assessor.workbook.facts import load_facts
from assessor.workbook.workbook import Edit, Workbook
from tests.ui.builders import FIRST

LEFT = Qt.MouseButton.LeftButton
JUDGED, LEVELLED, DIRECT, COMPUTED = "4.4", "4.6", "4.7", "3.2"
ONE = "mark:expert:评委1"


def compose(widget: QWidget, text: str) -> None:
    """As an input method does, which has no keys for what it writes."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


class Typist:
    """Types into the page's grid and waits for what the workbook makes of it."""

    def __init__(self, window: MainWindow, page: ScoringPage, bot: QtBot) -> None:
        self.window, self.page, self.bot = window, page, bot

    def go(self, unit: str, column: str, indicator: str = JUDGED) -> None:
        index = self.page.model.index_of((unit, indicator, ""), column)
        assert index.isValid()
        self.page.grid.table.scrollTo(index)
        self.bot.mouseClick(self.page.grid.table.viewport(), LEFT, pos=self.page.grid.table.visualRect(index).center())
        if self.page.grid.current_index() != index:  # it lies under the frozen columns
            self.page.grid.go_to(index)

    def keys(self, text: str, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """``text``, then ``keys``, to whatever has the keyboard."""
        for letter in text:
            if letter.isascii():
                self.bot.keyClicks(self.target(), letter)
            else:
                compose(self.target(), letter)
        for key in keys:
            self.bot.keyClick(self.target(), key, modifier)

    def target(self):  # type: ignore[no-untyped-def]
        editor = self.page.grid.editing.editor
        return editor.input if editor is not None else self.page.grid.table

    def write(self, text: str, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """As ``keys``; goes on when the page shows what came of it."""
        with self.bot.waitSignal(self.window.session.loaded):
            self.keys(text, *keys, modifier=modifier)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.keys("", Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)

    def undo(self) -> None:
        with self.bot.waitSignal(self.window.session.loaded):
            self.window.menu.actions["undo"].trigger()

    def row(self, unit: str, indicator: str = JUDGED) -> MarkRow:
        return next(row for row in self.page.model.rows() if row.key == (unit, indicator, ""))

    def shown(self, unit: str, column: str, indicator: str = JUDGED) -> str:
        return str(self.page.model.index_of((unit, indicator, ""), column).data())


@pytest.fixture
def typist(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path, workbook_file: Path) -> Typist:
    """On a copy of the workbook, at the indicator that reviewers mark."""
    copy = tmp_path / "副本.assess"
    copy.write_bytes(workbook_file.read_bytes())
    empty_window.session.operator = "李四"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(copy)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.select_year(FIRST)
    empty_window.go("scoring")
    page = empty_window.page("scoring")
    assert isinstance(page, ScoringPage)
    return Typist(empty_window, page, qtbot)


def units(typist: Typist) -> list[str]:
    return [row.unit.unit.code for row in typist.page.model.rows()]


def test_the_page_begins_with_the_first_indicator_that_the_office_scores(typist: Typist) -> None:
    page = typist.page
    assert page.subject.currentText().startswith("4.4 工作成效评议 · 评议 · 待评 ")
    titles = [column.title for column in page.model.columns]
    assert titles[:6] == ["单位", *(f"评委组\n评委{number}" for number in range(1, 6))]
    assert page.progress.text().startswith("已评 ")


def test_typing_a_mark_shows_the_score_the_total_and_the_rank(typist: Typist) -> None:
    unit = next(row.unit.unit.code for row in typist.page.model.rows() if row.is_awaited)
    before = typist.row(unit)
    typist.go(unit, ONE)
    typist.write("86.5", Qt.Key.Key_Return)
    row = typist.row(unit)
    assert [str(mark.value) for mark in row.marks] == ["86.5"]
    assert typist.shown(unit, "score") == str(row.leaf.score) == "4.33"
    assert typist.shown(unit, "total") == str(before.unit.total + Decimal("4.33"))
    assert typist.shown(unit, "rank") == row.unit.rank_text
    assert typist.window.session.current is not None
    assert typist.window.session.current.undo_label == "录入评分：4.4 工作成效评议"
    typist.undo()
    assert typist.row(unit).marks == before.marks
    assert typist.shown(unit, "total") == str(before.unit.total)


def test_a_mark_that_cannot_be_keeps_the_editor_open(typist: Typist) -> None:
    unit = units(typist)[1]
    before = typist.row(unit)
    typist.go(unit, ONE)
    typist.keys("101", Qt.Key.Key_Return)
    assert typist.page.grid.editing.editor is not None
    typist.keys("", Qt.Key.Key_Escape)
    assert typist.row(unit) == before


def test_grounds_without_a_mark_keep_the_editor_open_and_say_why(typist: Typist) -> None:
    unit = next(row.unit.unit.code for row in typist.page.model.rows() if not row.marks)
    before = typist.row(unit)
    typist.go(unit, "basis")
    typist.keys("88", Qt.Key.Key_Return)
    assert typist.page.grid.editing.editor is not None
    typist.keys("", Qt.Key.Key_Escape)
    typist.paste("工作有亮点\n工作有亮点")
    assert typist.page.grid.refusals.isVisible()
    assert typist.row(unit) == before
    assert not typist.window.session.is_changing


def test_ctrl_z_in_the_table_takes_a_mark_back_and_ctrl_y_puts_it_there_again(typist: Typist) -> None:
    unit = units(typist)[0]
    before = typist.row(unit).marks
    typist.go(unit, ONE)
    typist.write("77", Qt.Key.Key_Return)
    after = typist.row(unit).marks
    assert after != before
    typist.write("", Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert typist.row(unit).marks == before
    typist.write("", Qt.Key.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)
    assert typist.row(unit).marks == after
    assert typist.page.grid.table.hasFocus()


def test_after_undo_and_redo_the_keyboard_is_where_the_mark_was(typist: Typist) -> None:
    first, second = units(typist)[:2]
    typist.go(first, ONE)
    before, beside = typist.row(first).marks, typist.row(second).marks
    typist.write("77", Qt.Key.Key_Return)
    spot = typist.page.model.index_of((second, JUDGED, ""), ONE)
    assert typist.page.grid.current_index() == spot
    typist.write("", Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert typist.row(first).marks == before
    typist.write("78", Qt.Key.Key_Return)
    assert [mark.value for mark in typist.row(first).marks][:1] == [78]
    assert typist.row(second).marks == beside
    assert typist.page.grid.current_index() == spot
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        typist.keys("", Qt.Key.Key_Down)
        typist.write("", key, modifier=Qt.KeyboardModifier.ControlModifier)
        assert typist.page.grid.current_index() == typist.page.model.index_of((first, JUDGED, ""), ONE)


def test_undo_before_the_mark_is_read_back_goes_to_its_unit_too(typist: Typist) -> None:
    first, second = units(typist)[:2]
    typist.go(first, ONE)
    beside = typist.row(second).marks
    typist.write("77", Qt.Key.Key_Return)
    typist.keys("79", Qt.Key.Key_Return)
    typist.keys("", Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    spot = typist.page.model.index_of((second, JUDGED, ""), ONE)
    typist.bot.waitUntil(lambda: typist.page.grid.current_index() == spot)
    assert typist.row(second).marks == beside
    assert typist.row(first).marks[0].value == 77


def test_closing_the_window_writes_what_stands_in_an_editor(typist: Typist) -> None:
    typist.go(units(typist)[0], ONE)
    typist.keys("66")
    typist.window.close()
    assert typist.window.session.is_changing
    typist.window.close()  # impatient
    typist.bot.waitUntil(lambda: not typist.window.isVisible())


def asked(typist: Typist) -> QMessageBox:
    box = typist.window.closing.box
    assert box is not None and typist.window.isVisible()
    return box


def test_a_refused_mark_keeps_the_window_until_it_is_mended(typist: Typist) -> None:
    typist.go(units(typist)[0], ONE)
    typist.keys("101")
    typist.window.close()
    assert "“101”没有写入" in asked(typist).text()
    typist.bot.keyClick(asked(typist), Qt.Key.Key_Escape)
    typist.bot.waitUntil(lambda: typist.window.closing.box is None)
    editor = typist.page.grid.editing.editor
    assert editor is not None and (editor.text(), typist.window.isVisible()) == ("101", True)
    typist.keys("", Qt.Key.Key_Backspace)
    typist.window.close()
    typist.bot.waitUntil(lambda: not typist.window.isVisible())


def test_a_mark_that_the_workbook_refuses_is_asked_about_once_and_what_it_took_stays(typist: Typist) -> None:
    first, second = units(typist)[:2]
    typist.go(first, ONE)
    typist.write("77", Qt.Key.Key_Return)
    current = typist.window.session.current
    assert current is not None

    def refuse(_edit: Edit) -> None:
        raise InputError("这一年刚刚定稿", remedy="请撤销定稿")

    typist.page.model.write = lambda _changes: typist.window.session.change("录入", refuse)
    typist.go(second, ONE)
    typist.keys("61")
    typist.window.close()
    typist.bot.waitUntil(lambda: typist.window.closing.box is not None)
    box = asked(typist)
    typist.bot.wait(100)  # a loop would write again and again meanwhile
    assert typist.window.closing.box is box and not typist.window.session.is_changing
    assert "“61”没有写入。这一年刚刚定稿" in box.text()
    typist.bot.mouseClick(button(box, "放弃这个值并关闭"), LEFT)
    typist.bot.waitUntil(lambda: not typist.window.isVisible())
    with Workbook.open(current.path, read_only=True) as workbook:
        marks = {unit.unit.code: unit.marks for group in load_facts(workbook, FIRST).groups for unit in group.units}
    given = {code: {mark.value for mark in marks[code] if mark.indicator == JUDGED} for code in (first, second)}
    assert Decimal(77) in given[first] and Decimal(61) not in given[second]


def button(box: QMessageBox, title: str) -> QWidget:
    return next(button for button in box.buttons() if button.text() == title)


def test_a_block_of_forty_marks_is_one_edit(typist: Typist) -> None:
    chosen = units(typist)[:8]
    typist.go(chosen[0], ONE)
    block = "\n".join("\t".join(str(70 + line + place) for place in range(5)) for line in range(8))
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.paste(block + "\n")
    for line, unit in enumerate(chosen):
        assert [int(mark.value) for mark in typist.row(unit).marks] == [70 + line + place for place in range(5)]
    assert typist.window.session.current is not None
    assert typist.window.session.current.undo_label == "录入评分：4.4 工作成效评议"
    typist.undo()
    assert [int(mark.value) for mark in typist.row(chosen[1]).marks] != [71, 72, 73, 74, 75]


def test_a_block_with_one_refused_mark_changes_nothing(typist: Typist) -> None:
    chosen = units(typist)[:2]
    before = [typist.row(unit) for unit in chosen]
    typist.go(chosen[0], ONE)
    typist.paste("80\t81\n82\t182\n")
    assert typist.page.grid.refusals.isVisible()
    assert [typist.row(unit) for unit in chosen] == before


def test_filling_down_and_clearing_are_one_edit_each(typist: Typist) -> None:
    chosen = units(typist)[:3]
    typist.go(chosen[0], ONE)
    typist.write("77", Qt.Key.Key_Return)
    typist.go(chosen[0], ONE)
    typist.keys("", Qt.Key.Key_Down, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    typist.write("", Qt.Key.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
    assert [typist.shown(unit, ONE) for unit in chosen] == ["77"] * 3
    typist.write("", Qt.Key.Key_Delete)
    assert [typist.shown(unit, ONE) for unit in chosen] == [""] * 3
    assert typist.window.session.current is not None
    assert typist.window.session.current.undo_label == "删除评分：4.4 工作成效评议"


def test_an_extreme_mark_counts_and_asks_for_its_fact(typist: Typist) -> None:
    unit = units(typist)[1]
    typist.go(unit, ONE)
    typist.write("99", Qt.Key.Key_Return)
    typist.go(unit, ONE)
    assert typist.shown(unit, ONE) == "99"
    assert typist.page.strip.fact.isVisible()
    assert "评委1 99" in typist.page.strip.lacking.text()
    assert "缺依据" in typist.page.progress.text()
    compose(typist.page.strip.fact, "获全国表彰")
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.bot.keyClick(typist.page.strip.fact, Qt.Key.Key_Return)
    assert not typist.page.strip.fact.isVisible()
    assert typist.row(unit).marks[0].fact == "获全国表彰"
    assert any("获全国表彰" in item.source for item in typist.row(unit).leaf.inputs)
    assert typist.window.session.current is not None
    assert typist.window.session.current.undo_label == "录入评分依据：4.4 工作成效评议"


def test_points_and_a_reason_make_an_award_and_clearing_them_takes_it_back(typist: Typist) -> None:
    typist.page.show_indicator("member", DIRECT)
    unit = units(typist)[0]
    typist.go(unit, "points", DIRECT)
    typist.write("1.5", Qt.Key.Key_Tab)
    typist.write("资料齐全", Qt.Key.Key_Return)
    award = typist.row(unit, DIRECT).award
    assert award is not None
    assert (str(award.points), award.reason) == ("1.5", "资料齐全")
    assert "资料齐全" in typist.row(unit, DIRECT).leaf.sentence
    typist.go(unit, "points", DIRECT)
    typist.write("", Qt.Key.Key_Delete)
    assert typist.row(unit, DIRECT).award is None
    assert typist.shown(unit, "score", DIRECT) == "待评"


def test_a_percentage_chooses_the_level(typist: Typist) -> None:
    typist.page.show_indicator("member", LEVELLED)
    unit = units(typist)[0]
    typist.go(unit, "percentage", LEVELLED)
    typist.write("95", Qt.Key.Key_Return)
    assert (typist.shown(unit, "level", LEVELLED), typist.shown(unit, "percentage", LEVELLED)) == ("优秀", "95")


def test_a_computed_indicator_shows_its_figures_and_takes_a_ruling(typist: Typist) -> None:
    typist.page.show_indicator("member", COMPUTED)
    unit = next(row.unit.unit.code for row in typist.page.model.rows() if row.leaf.score is not None)
    assert "场" in typist.shown(unit, "inputs", COMPUTED) or "活动" in typist.shown(unit, "inputs", COMPUTED)
    typist.go(unit, "not_applicable", COMPUTED)
    typist.write("没有这项职能", Qt.Key.Key_Return)
    assert typist.shown(unit, "score", COMPUTED) == "不涉及"


def test_one_unit_over_all_its_indicators(typist: Typist) -> None:
    unit = units(typist)[0]
    typist.bot.mouseClick(typist.page.modes.button(BY_UNIT), LEFT)
    typist.page.show_unit(unit)
    assert {row.unit.unit.code for row in typist.page.model.rows()} == {unit}
    typist.go(unit, "points", DIRECT)
    typist.write("1", Qt.Key.Key_Return)
    assert typist.shown(unit, "points", DIRECT) == "1"
    typist.go(unit, "points", COMPUTED)
    typist.keys("5")
    assert typist.page.grid.editing.editor is None


def test_next_and_previous_by_key(typist: Typist) -> None:
    typist.keys("", Qt.Key.Key_PageDown, modifier=Qt.KeyboardModifier.AltModifier)
    assert typist.page.subject.currentText().startswith("4.5")
    typist.keys("", Qt.Key.Key_PageUp, modifier=Qt.KeyboardModifier.AltModifier)
    assert typist.page.subject.currentText().startswith("4.4")


def test_enter_on_a_number_opens_its_trace_beside_the_page(typist: Typist) -> None:
    unit = units(typist)[1]
    typist.go(unit, "score")
    typist.keys("", Qt.Key.Key_Return)
    detail = typist.window.detail()
    assert detail.isVisible()
    assert detail.unit == unit
    assert typist.row(unit).leaf.sentence in detail.text.toPlainText()
    assert typist.page.isVisible()


def test_reviewers_are_added_renamed_and_removed_while_unused(typist: Typist) -> None:
    typist.bot.mouseClick(typist.page.settings, LEFT)
    dialog = typist.page.dialog
    assert isinstance(dialog, ScoringSettingsDialog)
    compose(dialog.name, "王五")
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.bot.mouseClick(dialog.add, LEFT)
    assert [column.key for column in typist.page.model.columns if "王五" in column.key] == ["mark:expert:王五"]
    dialog.list.setCurrentRow([dialog.list.item(n).text()[:2] for n in range(dialog.list.count())].index("王五"))
    dialog.name.setText("王武")
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.bot.mouseClick(dialog.rename, LEFT)
    dialog.list.setCurrentRow([dialog.list.item(n).text()[:2] for n in range(dialog.list.count())].index("王武"))
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.bot.mouseClick(dialog.remove, LEFT)
    assert not [column for column in typist.page.model.columns if "王" in column.key]
    dialog.list.setCurrentRow(0)
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.bot.mouseClick(dialog.remove, LEFT)
    assert "不能删除" in dialog.problem.text()
    dialog.low.setText("50")
    with typist.bot.waitSignal(typist.window.session.loaded):
        typist.bot.mouseClick(dialog.save, LEFT)
    assert typist.page.view is not None
    assert typist.page.view.facts.extremes.low == 50
    dialog.close()
