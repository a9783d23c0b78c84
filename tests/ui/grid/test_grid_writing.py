"""What is typed while the workbook takes its time: shown at once, put back when it fails, never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from assessor.errors import WorkbookError
from assessor.ui.background import Background, Job, Lane
from assessor.ui.grid.areas import Area, Cell, Selection
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.editors.line import LineEditor
from assessor.work import Work
from tests.ui.grid.conftest import Line, Sheet

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class SlowFile:
    """Writes when it is let go on, or refuses; the rows come back after it, as from the session."""

    def __init__(self, sheet: Sheet, background: Background) -> None:
        self.sheet, self.background = sheet, background
        self.gate = threading.Event()
        self.problem: WorkbookError | None = None
        self.jobs: list[Job] = []
        sheet.model.write = self.write

    def write(self, changes: Sequence[CellChange[Line]]) -> Job:
        def work(_work: Work) -> None:
            self.gate.wait(10)
            if self.problem is not None:
                raise self.problem

        job = self.background.run("写入", work, lane=Lane.WORKBOOK)
        job.done.connect(lambda _outcome: self.load(changes))
        self.jobs.append(job)
        return job

    def load(self, changes: Sequence[CellChange[Line]]) -> None:
        new = {row.unit: row for row in self.sheet.rows}
        for change in changes:
            new[change.row.unit] = replace(new[change.row.unit], **{change.column: change.value})
        self.sheet.show(list(new.values()))

    def go_on(self) -> None:
        with self.sheet.bot.waitSignal(self.jobs[-1].finished):
            self.gate.set()


@pytest.fixture
def file(sheet: Sheet) -> Iterator[SlowFile]:
    background = Background()
    yield SlowFile(sheet, background)
    background.stop()


def shown(sheet: Sheet, row: int, column: int) -> object:
    return sheet.model.index(row, column).data()


def test_the_typed_text_is_shown_while_it_is_written(sheet: Sheet, file: SlowFile) -> None:
    sheet.go(0, 1)
    sheet.type("９０")
    sheet.keys(KEY.Key_Return)
    assert (shown(sheet, 0, 1), sheet.column("mark")[0], sheet.active) == ("90", "", Cell(1, 1))
    sheet.show([replace(row, group="县市区") for row in sheet.rows])
    assert shown(sheet, 0, 1) == "90"
    sheet.go(0, 1)
    sheet.keys(KEY.Key_F2)
    editor = sheet.grid.editing.editor
    assert editor is not None and editor.text() == "90"
    sheet.keys(KEY.Key_Escape)
    file.go_on()
    assert (shown(sheet, 0, 1), sheet.column("mark")[0]) == ("90", "90")
    sheet.show([replace(row, mark="1") for row in sheet.rows])
    assert shown(sheet, 0, 1) == "1"


def test_a_write_that_fails_puts_the_text_back_in_an_editor(sheet: Sheet, file: SlowFile) -> None:
    file.problem = WorkbookError("磁盘已满", remedy="请腾出空间")
    sheet.go(0, 1)
    sheet.type("90")
    sheet.keys(KEY.Key_Return)
    file.go_on()
    editor = sheet.grid.editing.editor
    assert isinstance(editor, LineEditor)
    assert (editor.line.text(), sheet.active) == ("90", Cell(0, 1))
    assert sheet.grid.editing.note.text() == "磁盘已满\n请腾出空间"
    file.problem = None
    sheet.keys(KEY.Key_Return)
    file.go_on()
    assert sheet.column("mark")[0] == "90"


def test_while_another_cell_is_edited_the_failed_text_is_listed(sheet: Sheet, file: SlowFile) -> None:
    file.problem = WorkbookError("磁盘已满", remedy="请腾出空间")
    sheet.go(0, 1)
    sheet.type("90")
    sheet.keys(KEY.Key_Return)
    sheet.type("8")
    file.go_on()
    editor = sheet.grid.editing.editor
    assert editor is not None and editor.text() == "8"
    assert sheet.grid.refusals.lines == [("第 1 行 市科协", "得分 100 分", "90", "磁盘已满", "请腾出空间")]
    assert shown(sheet, 0, 1) == ""


def test_the_keyboard_is_not_taken_from_another_widget(sheet: Sheet, file: SlowFile) -> None:
    file.problem = WorkbookError("磁盘已满")
    sheet.go(0, 1)
    sheet.type("90")
    sheet.keys(KEY.Key_Return)
    other = QLineEdit()
    sheet.bot.addWidget(other)
    with sheet.bot.waitExposed(other):
        other.show()
    other.activateWindow()
    other.setFocus()
    sheet.bot.waitUntil(other.hasFocus)
    file.go_on()
    assert other.hasFocus() and sheet.grid.editing.editor is None
    assert [line[2] for line in sheet.grid.refusals.lines] == ["90"]


def test_a_block_that_fails_is_listed_and_can_be_copied(sheet: Sheet, file: SlowFile) -> None:
    file.problem = WorkbookError("磁盘已满")
    QApplication.clipboard().setText("1\n2")
    sheet.go(0, 1)
    sheet.keys(KEY.Key_V, modifier=CONTROL)
    assert (shown(sheet, 0, 1), shown(sheet, 1, 1)) == ("1", "2")
    file.go_on()
    assert [line[2] for line in sheet.grid.refusals.lines] == ["1", "2"]
    sheet.grid.refusals.copy_list()
    assert QApplication.clipboard().text().splitlines()[1].startswith("第 1 行 市科协\t得分 100 分\t1\t磁盘已满")


def test_an_open_editor_stays_when_the_rows_are_loaded_anew(sheet: Sheet) -> None:
    sheet.go(2, 1)
    sheet.type("7")
    sheet.show([Line("新增的"), *reversed(sheet.rows)])
    sheet.type("5")
    editor = sheet.grid.editing.editor
    assert editor is not None and editor.text() == "75"
    sheet.keys(KEY.Key_Return)
    assert {row.unit: row.mark for row in sheet.rows}["袁州区"] == "75"


def test_the_text_of_a_row_that_is_gone_stays_in_its_editor(sheet: Sheet) -> None:
    sheet.go(2, 1)
    sheet.type("7")
    sheet.show([row for row in sheet.rows if row.unit != "袁州区"])
    sheet.keys(KEY.Key_Return)
    editor = sheet.grid.editing.editor
    assert editor is not None and editor.text() == "7"
    assert "已经不在表中" in sheet.grid.editing.note.text()


def test_rows_that_do_not_differ_are_not_painted_anew(sheet: Sheet) -> None:
    painted: list[tuple[int, int]] = []
    sheet.model.dataChanged.connect(lambda first, last, _roles: painted.append((first.row(), last.row())))
    sheet.show([replace(row, mark="5") if row.unit == "丰城市" else row for row in sheet.rows])
    assert painted == [(3, 3)]


def test_two_rows_of_one_key_are_a_fault(sheet: Sheet) -> None:
    with pytest.raises(ValueError, match="same key"):
        sheet.model.show_rows([Line("甲"), Line("甲")])


def test_a_cell_that_refuses_keeps_a_whole_fill_away(sheet: Sheet) -> None:
    sheet.show([replace(row, mark="6", is_closed=row.unit == "丰城市") for row in sheet.rows])
    sheet.grid.selecting.set(Selection.over(Area(0, 1, 4, 1)))
    sheet.keys(KEY.Key_Delete)
    assert (sheet.writes, [line[3] for line in sheet.grid.refusals.lines]) == ([], ["这个单位已经定稿"])
    assert sheet.grid.refusals.title.text() == "没有清除：1 个单元格不能填入，其余也没有改动"
