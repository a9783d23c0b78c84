"""The page 任务 by real clicks and keys, on a workbook of its own."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from assessor.domain.assignment import Assignment
from assessor.domain.assignment_table import Pick, PickKind
from assessor.domain.plan import Role
from assessor.ui.dialogs.picking import PickDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.tasks import TasksPage
from tests.ui.builders import FIRST, SECOND

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TASK = "A2.3"


@pytest.fixture
def page(empty_window: MainWindow, workbook_file: Path, tmp_path: Path, qtbot: QtBot) -> TasksPage:
    """Showing the second year, which has only been set up."""
    copy = tmp_path / "宜春市.assess"
    shutil.copy(workbook_file, copy)
    empty_window.session.operator = "张三"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(copy)
    empty_window.go("tasks")
    found = empty_window.page("tasks")
    assert isinstance(found, TasksPage)
    return found


def assignments(page: TasksPage) -> dict[tuple[str, str], Assignment]:
    assert page.view is not None
    units = [unit for group in page.view.facts.groups for unit in group.units]
    return {(item.task, item.unit): item for unit in units for item in unit.assignments}


def changed(page: TasksPage, qtbot: QtBot):  # type: ignore[no-untyped-def]
    return qtbot.waitSignal(page.surroundings.session.loaded, timeout=5000)


def type_text(page: TasksPage, text: str) -> None:
    for sign in text:
        editor = page.grid.editing.editor
        target = editor.input if editor is not None else page.grid.table
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


def enter(page: TasksPage, qtbot: QtBot, column: str, text: str, unit: str = "kexie") -> None:
    page.grid.go_to(page.model.index_of((TASK, unit), column))
    page.grid.table.setFocus()
    type_text(page, text)
    editor = page.grid.editing.editor
    assert editor is not None
    qtbot.keyClick(editor.input, KEY.Key_Return)


def test_the_tree_has_the_plan_and_the_table_the_year(page: TasksPage) -> None:
    assert page.branches.index(0, 0).data() == "全部任务"
    assert page.branches.index(0, 1).data() == "197"
    assert page.model.rowCount() == 197
    assert page.summary.text().startswith("197 项任务分解，28 个单位")
    assert "未定目标值 197 项" in page.summary.text()


def test_a_click_on_a_task_shows_its_units(page: TasksPage, qtbot: QtBot) -> None:
    index = page.branches.index_of(Pick(PickKind.TASK, TASK))
    page.tree.setExpanded(index.parent(), True)
    page.tree.scrollTo(index)
    qtbot.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, pos=page.tree.visualRect(index).center())
    assert page.head.isVisible()
    assert page.head.title.text().startswith(TASK)
    assert {row.assignment.task for row in page.model.rows()} == {TASK}
    assert page.model.columns[0].key == "unit"


def test_by_unit_the_units_tasks_are_shown(page: TasksPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.grouping.button("unit"), Qt.MouseButton.LeftButton)
    assert page.branches.index(0, 0).data() == "全部单位"
    page.show_unit("kexie")
    assert {row.assignment.unit for row in page.model.rows()} == {"kexie"}
    assert not page.head.isVisible()
    assert page.assign_button.text() == "下达任务…"


def test_a_typed_target_is_saved_and_undone(page: TasksPage, qtbot: QtBot) -> None:
    page.show_task(TASK)
    with changed(page, qtbot):
        enter(page, qtbot, "target", "300")
    assert assignments(page)[TASK, "kexie"].target == Decimal(300)
    session = page.surroundings.session
    assert session.current is not None
    assert session.current.undo_label == f"修改 市科协 {TASK} 目标值"
    with changed(page, qtbot):
        session.undo()
    assert assignments(page)[TASK, "kexie"].target is None


def test_a_refused_target_keeps_its_editor_open(page: TasksPage, qtbot: QtBot) -> None:
    page.show_task(TASK)
    enter(page, qtbot, "target", "0")
    assert page.grid.editing.editor is not None
    assert assignments(page)[TASK, "kexie"].target is None


def test_a_column_of_targets_is_pasted_as_one_edit(page: TasksPage, qtbot: QtBot) -> None:
    page.show_task(TASK)
    units = [row.assignment.unit for row in page.model.rows()]
    targets = [str(10 * place) for place in range(1, len(units) + 1)]
    QApplication.clipboard().setText("\r\n".join(targets) + "\r\n")
    page.grid.go_to(page.model.index(0, page.model.column_number("target")))
    page.grid.table.setFocus()
    with changed(page, qtbot):
        qtbot.keyClick(page.grid.table, KEY.Key_V, CONTROL)
    QApplication.clipboard().clear()
    found = assignments(page)
    assert [found[TASK, unit].target for unit in units] == [Decimal(text) for text in targets]
    session = page.surroundings.session
    assert session.current is not None
    assert session.current.undo_label == f"修改目标值 {len(units)} 处"


def test_role_deadline_and_the_reason_why_a_task_does_not_apply_are_edited_in_place(
    page: TasksPage, qtbot: QtBot
) -> None:
    page.show_task(TASK)
    for column, text in (("not_applicable", "无此职能"), ("deadline", "2023-06-30"), ("weight", "1.5")):
        with changed(page, qtbot):
            enter(page, qtbot, column, text)
    item = assignments(page)[TASK, "kexie"]
    assert (item.not_applicable, str(item.deadline), item.weight) == ("无此职能", "2023-06-30", Decimal("1.5"))


def test_units_are_given_a_task_and_it_is_taken_back(page: TasksPage, qtbot: QtBot) -> None:
    page.show_task(TASK)
    qtbot.mouseClick(page.assign_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(PickDialog)
    assert dialog is not None
    assert not dialog.ok_button.isEnabled()
    qtbot.keyClicks(dialog.field, "tongji")
    dialog.tick("tongjiju")
    assert dialog.ok_button.text() == "下达给单位（1）"
    with changed(page, qtbot):
        qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    assert assignments(page)[TASK, "tongjiju"].role is Role.PARTICIPANT
    page.grid.go_to(page.model.index_of((TASK, "tongjiju")))
    with changed(page, qtbot):
        qtbot.mouseClick(page.drop_button, Qt.MouseButton.LeftButton)
    assert (TASK, "tongjiju") not in assignments(page)


def test_a_task_with_a_form_is_not_taken_back_and_the_window_says_what_to_do(
    page: TasksPage, empty_window: MainWindow, qtbot: QtBot
) -> None:
    with changed(page, qtbot):
        empty_window.session.select_year(FIRST)
    page.show_task(TASK)
    before = assignments(page)
    with changed(page, qtbot):
        qtbot.mouseClick(page.drop_button, Qt.MouseButton.LeftButton)
    assert empty_window.message_bar.isVisible()
    assert assignments(page) == before


def test_a_task_s_targets_are_brought_along_from_the_year_before(page: TasksPage, qtbot: QtBot) -> None:
    page.show_task(TASK)
    with changed(page, qtbot):
        qtbot.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert {row.assignment.target for row in page.model.rows()} == {Decimal(100)}


def test_what_the_year_asks_of_a_task_is_typed_above_its_table(page: TasksPage, qtbot: QtBot) -> None:
    page.show_task(TASK)
    page.head.requirement.setFocus()
    qtbot.keyClicks(page.head.requirement, "at least 4")
    with changed(page, qtbot):
        qtbot.keyClick(page.head.requirement, KEY.Key_Return, CONTROL)
    assert page.view is not None
    assert page.view.facts.requirements == {TASK: "at least 4"}
    page.show_unit("kexie")
    asked = [row.requirement for row in page.model.rows() if row.assignment.task == TASK]
    assert asked == ["at least 4"]


def test_a_year_without_assignments_takes_the_plan_s_at_a_click(page: TasksPage, qtbot: QtBot) -> None:
    session = page.surroundings.session
    with changed(page, qtbot):
        session.change("清空", lambda edit: edit.execute("DELETE FROM assignment WHERE year = ?", (SECOND,)))
    assert page.plan_button.isVisible()
    assert "还没有下达任何任务" in page.hint.text()
    with changed(page, qtbot):
        qtbot.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)
    assert len(assignments(page)) == 197
    assert not page.plan_button.isVisible()


def test_the_buttons_say_what_must_be_chosen_first(page: TasksPage) -> None:
    buttons: list[QPushButton] = [page.assign_button, page.copy_button]
    assert not any(button.isEnabled() for button in buttons)
    assert "选择一项任务" in page.assign_button.toolTip()
