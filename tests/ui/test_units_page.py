"""单位: the registry is typed into, units are added, renamed, merged and split through the window, and taken back."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from assessor.domain.contact import Contact
from assessor.domain.facts import Mark
from assessor.ui.dialogs.registry_change import RegistryDialog
from assessor.ui.dialogs.unit_merge import MergeDialog
from assessor.ui.dialogs.unit_new import NewUnitDialog
from assessor.ui.dialogs.unit_rename import RenameDialog
from assessor.ui.dialogs.unit_split import SplitDialog
from assessor.ui.dialogs.unit_years import YearsDialog
from assessor.ui.grid.grid import Grid
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.units import UnitsPage
from assessor.workbook.marks import save_mark
from assessor.workbook.plans import load_plan
from assessor.workbook.seal import seal_year
from assessor.workbook.unit_contacts import load_contacts, save_contacts
from assessor.workbook.workbook import Workbook
from tests.workbook.sealed import FREE, REVIEWER, YEAR, ready_workbook

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def sealed_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2023 is sealed, 2024 is open; one unit has a contact."""
    with ready_workbook(tmp_path_factory.mktemp("registry")) as workbook:
        with workbook.edit("登记联系人") as edit:
            save_contacts(edit, "kexie", [Contact("丁一鸣", "填报人", "0795-0000002")])
        seal_year(workbook, YEAR)
    return workbook.path


@pytest.fixture
def own_registry(sealed_registry: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sealed_registry, tmp_path))


@pytest.fixture
def page(empty_window: MainWindow, own_registry: Path, qtbot: QtBot) -> UnitsPage:
    return opened(empty_window, own_registry, qtbot)


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> UnitsPage:
    window.session.operator = "李四"
    with qtbot.waitSignal(window.session.loaded):
        window.open(path)
    assert window.session.view is not None
    assert window.session.view.year.year == FREE
    window.go("units")
    found = window.page("units")
    assert isinstance(found, UnitsPage)
    qtbot.waitUntil(lambda: bool(found.rows))
    return found


def type_into(widget: object, text: str) -> None:
    """As a keyboard does; QTest knows no keys of Chinese signs."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))  # type: ignore[arg-type]


def fill_in(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    type_into(field, text)


def go_to(page: UnitsPage, unit: str, column: str) -> None:
    page.grid.go_to(page.model.index_of(unit, column))


def enter(qtbot: QtBot, grid: Grid, text: str) -> None:
    """Types over the active cell and leaves it with Enter."""
    type_into(grid.table, text[0])
    editor = grid.editing.editor
    assert editor is not None
    type_into(editor.input, text[1:])
    qtbot.keyClick(editor.input, Qt.Key.Key_Return)


def changed(page: UnitsPage, qtbot: QtBot, what: str) -> None:
    """Waits until the window shows the edit of that name."""
    session = page.surroundings.session
    qtbot.waitUntil(lambda: session.current is not None and session.current.undo_label == what)
    qtbot.waitUntil(lambda: page.registry is not None and not session.is_changing)
    qtbot.wait(30)


def press(page: UnitsPage, qtbot: QtBot, key: str) -> RegistryDialog:
    qtbot.mouseClick(page.buttons[key], LEFT)
    assert page.dialog is not None
    return page.dialog


def accept(dialog: RegistryDialog, qtbot: QtBot) -> None:
    assert dialog.ok_button.isEnabled(), dialog.preview.toPlainText()
    qtbot.mouseClick(dialog.ok_button, LEFT)


def stored(page: UnitsPage) -> Workbook:
    current = page.surroundings.session.current
    assert current is not None
    return Workbook.open(current.path, read_only=True)


def texts(page: UnitsPage, unit: str) -> dict[str, str]:
    row = next(row for row in page.model.rows() if row.code == unit)
    return {column.key: column.text(row) for column in page.model.columns}


def test_the_registry_shows_every_unit_with_what_the_year_knows_of_it(page: UnitsPage) -> None:
    assert [row.short_name for row in page.model.rows()] == ["市科协", "市农业农村局", "市乡村振兴局", "东区"]
    shown = texts(page, "kexie")
    assert (shown["contact"], shown["phone"], shown["tasks"]) == ("丁一鸣", "0795-0000002", "2")
    assert shown["grade_before"] in ("优秀", "合格", "不合格")
    gone = texts(page, "xiangcun")
    assert (gone["tasks"], gone["validity"], gone["successor"]) == ("—", "到 2023 年为止", "市农业农村局")
    assert page.summary.text() == "本年度考核 3 个单位，2 个没有联系人"


def test_the_groups_narrow_the_table(page: UnitsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.groups.button("county"), LEFT)
    assert [row.code for row in page.model.rows()] == ["dongqu"]
    qtbot.mouseClick(page.groups.button("-"), LEFT)
    assert [row.code for row in page.model.rows()] == ["xiangcun"]
    page.show_unit("kexie")
    assert page.unit() == "kexie"


def test_a_phone_typed_in_the_table_goes_to_the_main_contact(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "kexie", "phone")
    enter(qtbot, page.grid, "0795-0001234")
    changed(page, qtbot, "修改单位 市科协")
    with stored(page) as workbook:
        assert load_contacts(workbook)["kexie"] == (Contact("丁一鸣", "填报人", "0795-0001234"),)


def test_aliases_are_typed_with_commas(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "nongye", "aliases")
    enter(qtbot, page.grid, "农业农村局、市农业局")
    changed(page, qtbot, "修改单位 市农业农村局")
    with stored(page) as workbook:
        assert load_plan(workbook).unit_by_code["nongye"].aliases == ("农业农村局", "市农业局")


def test_an_alias_of_another_unit_stays_in_the_editor_with_the_reason(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "nongye", "aliases")
    enter(qtbot, page.grid, "市科协")
    assert not page.surroundings.session.is_changing
    assert page.grid.editing.editor is not None
    assert page.grid.editing.editor.text() == "市科协"
    assert "一个名称只能指一个单位" in page.grid.editing.note.text()
    window = page.window()
    assert isinstance(window, MainWindow)
    window.close()  # does not try again and again: it asks once, and the window stays, with what was typed
    assert window.closing.box is not None and "一个名称只能指一个单位" in window.closing.box.text()
    qtbot.keyClick(window.closing.box, Qt.Key.Key_Escape)
    assert page.isVisible() and page.grid.editing.editor is not None
    qtbot.keyClick(page.grid.editing.editor.input, Qt.Key.Key_Escape)
    with stored(page) as workbook:
        assert load_plan(workbook).unit_by_code["nongye"].aliases == ()


def test_a_name_in_a_sealed_year_is_not_typed_over(page: UnitsPage) -> None:
    go_to(page, "kexie", "short_name")
    reason = page.grid.editing.refusal(page.grid.current_index())
    assert "2023 年度已定稿，用的就是这个名称" in reason
    assert "更名" in reason


def test_contacts_are_added_in_the_empty_row(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "nongye", "name")
    grid = page.detail.contact_grid
    grid.go_to(page.detail.contacts.index_of(0, "name"))
    enter(qtbot, grid, "冯稼轩")
    changed(page, qtbot, "修改联系人 市农业农村局")
    assert [row.contact.name for row in page.detail.contacts.rows()] == ["冯稼轩", ""]
    assert texts(page, "nongye")["contact"] == "冯稼轩"


def test_a_unit_tells_its_years_and_what_it_took_over(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "kexie", "grade_before")
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Return)
    assert page.detail.parts.key == "years"
    assert [(row.year, row.is_sealed) for row in page.detail.years.rows()] == [(2024, False), (2023, True)]
    go_to(page, "kexie", "tasks")
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Return)
    assert [row.code for row in page.detail.tasks.rows()] == ["A1.1", "P1.1"]


def test_a_unit_without_tasks_says_what_to_do(page: UnitsPage, qtbot: QtBot) -> None:
    page.show_unit("dongqu")
    qtbot.mouseClick(page.detail.parts.button("tasks"), LEFT)
    assert page.detail.no_tasks.isVisible()
    assert "请在“任务”页分配" in page.detail.no_tasks.text()
    page.show_unit("xiangcun")
    assert "不在本年度" in page.detail.no_tasks.text()


def test_a_unit_asked_for_before_the_registry_is_read_is_gone_to(
    empty_window: MainWindow, own_registry: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(own_registry)
    found = empty_window.page("units")
    assert isinstance(found, UnitsPage)
    found.show_unit("nongye")
    assert not found.nothing.isVisibleTo(found)
    qtbot.waitUntil(lambda: found.unit() == "nongye")


def test_a_year_of_a_unit_opens_its_trace(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "kexie", "grade_before")
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Return)
    grid = page.detail.year_grid
    grid.go_to(page.detail.years.index_of(2023))
    session = page.surroundings.session
    with qtbot.waitSignal(session.loaded):
        qtbot.keyClick(grid.table, Qt.Key.Key_Return)
    assert session.view is not None
    assert session.view.year.year == 2023


def test_a_unit_is_added(page: UnitsPage, qtbot: QtBot) -> None:
    dialog = press(page, qtbot, "new")
    assert isinstance(dialog, NewUnitDialog)
    assert not dialog.ok_button.isEnabled()
    fill_in(qtbot, dialog.short_name, "市数据局")
    fill_in(qtbot, dialog.name, "某市数据局")
    assert "自 2024 年起参加考核" in dialog.preview.toPlainText()
    accept(dialog, qtbot)
    changed(page, qtbot, "新增单位 市数据局")
    qtbot.waitUntil(lambda: "市数据局" in [row.short_name for row in page.rows])


def test_a_unit_is_renamed_from_a_year_on(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "kexie", "name")
    dialog = press(page, qtbot, "rename")
    assert isinstance(dialog, RenameDialog)
    fill_in(qtbot, dialog.name, "某市科学技术促进会")
    fill_in(qtbot, dialog.short_name, "市科促会")
    assert "2023 年度仍用“市科协”" in dialog.preview.toPlainText()
    accept(dialog, qtbot)
    changed(page, qtbot, "单位更名 市科协 → 市科促会")
    qtbot.waitUntil(lambda: texts(page, "kexie")["short_name"] == "市科促会")
    assert "2024 年以前称" in page.detail.lineage.text()
    session = page.surroundings.session
    assert session.view is not None and session.view.previous is not None
    before = session.view.previous.find("kexie")
    assert before is not None and before[1].unit.short_name == "市科协"


def test_a_unit_is_merged_and_the_merger_taken_back(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "nongye", "name")
    dialog = press(page, qtbot, "merge")
    assert isinstance(dialog, MergeDialog)
    assert dialog.unit.currentData() == "nongye"
    assert not dialog.ok_button.isEnabled()
    dialog.into.setFocus()
    type_into(dialog.into, "市")
    dialog.into.setCurrentIndex(dialog.into.findData("kexie"))
    said = dialog.preview.toPlainText()
    assert "A1.1 培训农民：市科协也有这项任务，并为一项（牵头）" in said
    assert "2023 年度已定稿，单位、任务和得分都不变" in said
    accept(dialog, qtbot)
    changed(page, qtbot, "合并单位 市农业农村局 → 市科协")
    qtbot.waitUntil(lambda: texts(page, "nongye")["successor"] == "市科协")
    assert texts(page, "kexie")["tasks"] == "3"
    session = page.surroundings.session
    with qtbot.waitSignal(session.loaded):
        session.undo()
    qtbot.waitUntil(lambda: texts(page, "nongye")["successor"] == "")
    assert texts(page, "kexie")["tasks"] == "2"


def test_a_merger_that_loses_marks_says_so_and_cannot_be_made(
    empty_window: MainWindow, own_registry: Path, qtbot: QtBot
) -> None:
    with Workbook.open(own_registry) as workbook, workbook.edit("评分") as edit:
        save_mark(edit, FREE, "nongye", Mark("2.1", REVIEWER, "office", Decimal(90)))
    page = opened(empty_window, own_registry, qtbot)
    go_to(page, "nongye", "name")
    dialog = press(page, qtbot, "merge")
    assert isinstance(dialog, MergeDialog)
    dialog.into.setCurrentIndex(dialog.into.findData("kexie"))
    assert "市农业农村局在 2024 年度已有评委评分 1 条" in dialog.preview.toPlainText()
    assert not dialog.ok_button.isEnabled()
    dialog.year.setCurrentIndex(dialog.year.findData(2025))
    assert dialog.ok_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.dialog is None


def test_a_unit_is_split_by_keys_alone(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "nongye", "name")
    dialog = press(page, qtbot, "split")
    assert isinstance(dialog, SplitDialog)
    for place, (short, name) in enumerate((("市农业局", "某市农业局"), ("市乡村局", "某市乡村局"))):
        dialog.part_grid.go_to(dialog.parts.index_of(place, "short_name"))
        enter(qtbot, dialog.part_grid, short)
        dialog.part_grid.go_to(dialog.parts.index_of(place, "name"))
        enter(qtbot, dialog.part_grid, name)
    assert len(dialog.parts.rows()) == 3
    assert [row.task for row in dialog.shares.rows()] == ["A1.1", "A1.2"]
    dialog.share_grid.go_to(dialog.shares.index_of("A1.2", "taker"))
    enter(qtbot, dialog.share_grid, "市乡村局")
    assert "自 2024 年起新设“市乡村局”，承担 1 项指定的任务" in dialog.preview.toPlainText()
    assert dialog.carrier.currentText() == "市农业局"
    assert dialog.isVisible()
    accept(dialog, qtbot)
    changed(page, qtbot, "拆分单位 市农业农村局 → 市农业局、市乡村局")
    qtbot.waitUntil(lambda: len(page.rows) == 6)
    assert [texts(page, unit)["tasks"] for unit in ("市农业局", "市乡村局", "nongye")] == ["1", "1", "—"]
    assert texts(page, "市农业局")["grade_before"] != "—"


def test_the_years_of_a_unit_keep_to_its_tasks(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "kexie", "name")
    dialog = press(page, qtbot, "years")
    assert isinstance(dialog, YearsDialog)
    fill_in(qtbot, dialog.last, "2023")
    assert "市科协在 2024 年度有 2 项任务" in dialog.preview.toPlainText()
    fill_in(qtbot, dialog.last, "二三")
    assert "不是年份" in dialog.preview.toPlainText()
    fill_in(qtbot, dialog.last, "2025")
    accept(dialog, qtbot)
    changed(page, qtbot, "修改起止年度 市科协")


def test_a_unit_moves_down_among_those_of_its_group(page: UnitsPage, qtbot: QtBot) -> None:
    go_to(page, "kexie", "name")
    page.step(-1)
    page.step(1)
    changed(page, qtbot, "调整单位顺序 市科协")
    qtbot.waitUntil(lambda: [row.code for row in page.model.rows()][:2] == ["nongye", "kexie"])
    assert page.unit() == "kexie"


def test_a_read_only_workbook_lets_nothing_be_changed(
    empty_window: MainWindow, own_registry: Path, qtbot: QtBot
) -> None:
    with Workbook.open(own_registry):
        page = opened(empty_window, own_registry, qtbot)
        assert not any(button.isEnabled() for button in page.buttons.values())
        assert "只读" in page.model.locked
