"""填报: forms received, typed, pasted, accepted and returned through the window, as the office does it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.domain.form_flow import RETURN_REASONS, FormKey
from assessor.domain.form_table import FormRow, FormState
from assessor.domain.submission import Blank, Evidence, FigureValue, Submission, SubmissionState
from assessor.ui.dialogs.forms import ClaimDialog, ReceiveDialog, ReturnDialog
from assessor.ui.forms.layout import Look
from assessor.ui.forms.state_look import LATE
from assessor.ui.grid.grid import Grid
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.forms import FormsPage
from assessor.ui.pages.overview import OverviewPage
from assessor.ui.pages.page import Page
from assessor.workbook.evidence import Owner
from assessor.workbook.seal import seal_year
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import load_year, save_year
from tests.ui.builders import FIRST, MISSING
from tests.workbook.builders import own_form, small_workbook

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
YEAR = 2023
OWN, TASK = FormKey("kexie"), FormKey("kexie", "A1.1")


class Office:
    """The page with keyboard and mouse at hand."""

    def __init__(self, page: FormsPage, bot: QtBot) -> None:
        self.page, self.bot = page, bot

    @property
    def grid(self) -> Grid:
        return self.page.pane.figures if self.page.open_key else self.page.parts.grid()

    def form(self, key: FormKey) -> Submission:
        found = self.row(key).submission
        assert found is not None
        return found

    def row(self, key: FormKey) -> FormRow:
        return next(row for row in self.page.rows if row.key == key)

    def look(self, look: Look) -> None:
        self.bot.mouseClick(self.page.parts.looks.button(look.value), LEFT)

    def press(self, key: str) -> None:
        """The button of an action, as the user clicks it."""
        action = self.page.actions_by_key[key]
        assert action.isEnabled(), action.toolTip()
        action.trigger()

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            self.bot.keyClick(self.target(), key, modifier)

    def type(self, text: str) -> None:
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.target(), QKeyEvent(kind, 0, NONE, sign))

    def target(self):  # type: ignore[no-untyped-def]
        editor = self.grid.editing.editor
        return editor.input if editor is not None else self.grid.table

    def settled(self) -> None:
        """Until what was done is written, read anew and shown."""
        session = self.page.surroundings.session
        with self.bot.waitSignal(session.loaded):
            pass
        self.bot.waitUntil(lambda: not session.is_changing)

    def confirm(self) -> None:
        dialog = self.page.asking.dialog
        assert isinstance(dialog, ReceiveDialog | ReturnDialog | ClaimDialog)
        with self.bot.waitSignal(self.page.surroundings.session.loaded):
            self.bot.mouseClick(dialog.ok_button, LEFT)
        self.page.window().activateWindow()  # as a window manager does
        self.bot.waitUntil(self.page.window().isActiveWindow)
        self.page.take_focus()

    def go(self, grid: Grid, key: object, column: str) -> None:
        assert grid.model is not None
        grid.go_to(grid.model.index_of(key, column))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with small_workbook(tmp_path_factory.mktemp("forms"), (YEAR - 1, YEAR)) as workbook, workbook.edit("上年") as edit:
        save_submission(edit, YEAR - 1, own_form(figures={"articles": Decimal(7)}))
    return workbook.path


@pytest.fixture
def path(small_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small_file, tmp_path / "考核.assess"))


@pytest.fixture
def workbook_copy(workbook_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(workbook_file, tmp_path / "考核.assess"))


@pytest.fixture
def office(empty_window: MainWindow, path: Path, qtbot: QtBot) -> Iterator[Office]:
    empty_window.session.operator = "李四"
    yield opened(empty_window, path, YEAR, qtbot)
    QApplication.clipboard().clear()


def opened(window: MainWindow, path: Path, year: int, bot: QtBot) -> Office:
    with bot.waitSignal(window.session.loaded):
        window.open(path)
    assert window.session.view is not None
    if window.session.view.year.year != year:
        with bot.waitSignal(window.session.loaded):
            window.session.select_year(year)
    window.go("forms")
    page = window.page("forms")
    assert isinstance(page, FormsPage)
    return Office(page, bot)


def figure(office: Office, key: FormKey, code: str = "articles") -> FigureValue:
    return office.form(key).figure(code)


def test_forms_of_three_units_are_received_by_keyboard(office: Office, qtbot: QtBot) -> None:
    office.look(Look.LIST)
    office.page.parts.legend.choose(FormState.OVERDUE.value)
    for unit in ("kexie", "nongye", "dongqu"):
        office.go(office.grid, FormKey(unit), "unit")
        office.keys(Qt.Key.Key_Insert)
        dialog = office.page.asking.dialog
        assert isinstance(dialog, ReceiveDialog)
        dialog.day.selectAll()
        qtbot.keyClicks(dialog.day, "2023.12.5")
        qtbot.keyClicks(dialog.note, "paper")
        office.confirm()
    for unit in ("kexie", "nongye", "dongqu"):
        form = office.form(FormKey(unit))
        assert (form.submitted_on, form.note, form.state) == (date(2023, 12, 5), "paper", SubmissionState.SUBMITTED)
    assert "登记收到 1 份" in office.page.parts.note.text()


def test_a_date_that_is_none_keeps_the_dialog_open(office: Office, qtbot: QtBot) -> None:
    office.page.tables.go_to(OWN)
    office.press("receive")
    dialog = office.page.asking.dialog
    assert isinstance(dialog, ReceiveDialog)
    dialog.day.clear()
    qtbot.keyClicks(dialog.day, "2023-13-1")
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert dialog.isVisible()
    assert "日历上没有" in dialog.problem.text()
    dialog.reject()


def test_a_list_that_the_chosen_state_empties_says_so_and_a_click_shows_all(office: Office, qtbot: QtBot) -> None:
    parts = office.page.parts
    for look in Look:
        office.look(look)
        assert office.grid.empty.isHidden()
    office.look(Look.LIST)
    parts.legend.choose(FormState.RETURNED.value)
    assert office.page.tables.list.row_total == 0
    assert office.grid.empty.isVisible()
    qtbot.mouseClick(office.grid.empty.clear, LEFT)
    assert (parts.legend.wanted, parts.whom.currentIndex()) == ("", 0)
    assert office.page.tables.list.row_total == len(office.page.rows)
    assert office.grid.empty.isHidden()


def test_a_block_of_figures_is_pasted_as_one_edit_that_one_undo_takes_back(office: Office) -> None:
    office.look(Look.FIGURES)
    QApplication.clipboard().setText("12\n0\n/\n")
    office.go(office.grid, OWN, "figure:articles")
    office.keys(Qt.Key.Key_V, modifier=CONTROL)
    office.settled()
    member = [FormKey("kexie"), FormKey("nongye"), FormKey("xiangcun")]
    assert [figure(office, key) for key in member] == [Decimal(12), Decimal(0), Blank.NOT_APPLICABLE]
    assert all(office.form(key).submitted_on == office.page.surroundings.today() for key in member)
    session = office.page.surroundings.session
    assert session.current is not None
    assert session.current.undo_label == "修改填报数据 年度填报表 3 个单位"
    session.undo()
    office.settled()
    assert all(office.row(key).submission is None for key in member)


def test_a_refused_figure_refuses_the_whole_block_and_is_named(office: Office) -> None:
    office.look(Look.FIGURES)
    QApplication.clipboard().setText("12\n约20\n3\n")
    office.go(office.grid, OWN, "figure:articles")
    office.keys(Qt.Key.Key_V, modifier=CONTROL)
    assert office.grid.refusals.isVisible()
    assert office.row(OWN).submission is None


def test_the_four_states_are_typed_apart(office: Office) -> None:
    office.look(Look.FIGURES)
    for typed, value in (("0", Decimal(0)), ("不涉及", Blank.NOT_APPLICABLE), ("未报", Blank.NOT_SUBMITTED)):
        office.go(office.grid, OWN, "figure:articles")
        office.type(typed)
        office.keys(Qt.Key.Key_Return)
        office.settled()
        assert figure(office, OWN) == value
    office.go(office.grid, OWN, "figure:articles")
    office.keys(Qt.Key.Key_Delete)
    office.settled()
    assert figure(office, OWN) is Blank.EMPTY
    hint = office.page.tables.figures.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "不涉及" in hint


def test_a_form_is_opened_from_the_matrix_typed_returned_and_received_again(office: Office, qtbot: QtBot) -> None:
    page = office.page
    page.tables.go_to(TASK)
    office.keys(Qt.Key.Key_Return)
    assert page.pane.key == TASK
    assert "还没有收到" in page.pane.reason.text()
    office.type("285")
    office.keys(Qt.Key.Key_Return)
    office.settled()
    assert figure(office, TASK, "done") == 285
    office.press("return")
    dialog = page.asking.dialog
    assert isinstance(dialog, ReturnDialog)
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert "没有填写退回理由" in dialog.problem.text()
    first = dialog.templates.visualItemRect(dialog.templates.item(0)).center()
    qtbot.mouseClick(dialog.templates.viewport(), LEFT, pos=first)
    office.confirm()
    assert office.form(TASK).return_reason == RETURN_REASONS[0]
    assert RETURN_REASONS[0] in page.pane.reason.text()
    assert "登记收到" in page.pane.figures.editing.refusal(page.pane.figures.current_index())
    office.press("receive")
    office.confirm()
    assert (office.form(TASK).revision, figure(office, TASK, "done")) == (2, 285)
    qtbot.mouseClick(page.pane.side.tabs.button("revisions"), LEFT)
    qtbot.waitUntil(lambda: page.pane.side.revisions.columnCount() == 3)
    qtbot.mouseClick(page.pane.back, LEFT)
    assert [row.key for row in page.chosen()] == [TASK]


def test_notes_dates_and_self_scores_are_kept_when_the_keyboard_leaves(office: Office, qtbot: QtBot) -> None:
    page, pane = office.page, office.page.pane
    page.open(OWN)
    pane.day.setFocus()
    qtbot.keyClicks(pane.day, "2023-12-20")
    qtbot.keyClick(pane.day, Qt.Key.Key_Return)
    office.settled()
    assert office.form(OWN).first_submitted_on == date(2023, 12, 20)
    assert "逾期" in pane.lateness.text()
    qtbot.mouseClick(pane.side.tabs.button("note"), LEFT)
    pane.side.note.setFocus()
    qtbot.keyClicks(pane.side.note, "by phone")
    qtbot.keyClick(pane.side.note, Qt.Key.Key_Down, ALT)  # to the next form
    office.settled()
    assert office.form(OWN).note == "by phone"
    assert page.pane.key == TASK
    qtbot.mouseClick(pane.side.tabs.button("self"), LEFT)
    office.go(pane.side.score_grid, "1.2", "self")
    qtbot.keyClicks(pane.side.score_grid.table, "1")
    editor = pane.side.score_grid.editing.editor
    assert editor is not None
    qtbot.keyClicks(editor.input, "8.5")
    qtbot.keyClick(editor.input, Qt.Key.Key_Return)
    office.settled()
    assert page.view is not None
    facts = page.view.facts.groups[0].units[0]
    assert facts.self_scores == {"1.2": Decimal("18.5")}


def test_last_years_figures_are_proposed(office: Office) -> None:
    page = office.page
    page.tables.go_to(OWN)
    office.bot.waitUntil(page.actions_by_key["propose"].isEnabled)
    office.press("propose")
    office.settled()
    assert figure(office, OWN) == 7
    assert "核对" in office.form(OWN).note
    assert not page.actions_by_key["propose"].isEnabled()


def test_a_claim_is_settled_with_a_reason(office: Office, qtbot: QtBot) -> None:
    page = office.page
    page.open(OWN)
    office.type("/")
    office.keys(Qt.Key.Key_Return)
    office.settled()
    office.press("claims")
    dialog = page.asking.dialog
    assert isinstance(dialog, ClaimDialog)
    qtbot.keyClicks(dialog.reason, "no such duty")
    office.confirm()
    assert page.view is not None
    assert page.view.facts.groups[0].units[0].not_applicable == {"1.2": "no such duty"}
    assert not page.actions_by_key["claims"].isEnabled()


def test_ten_forms_are_accepted_at_once_and_what_cannot_be_is_skipped(
    empty_window: MainWindow, workbook_copy: Path, qtbot: QtBot
) -> None:
    empty_window.session.operator = "李四"
    office = opened(empty_window, workbook_copy, FIRST, qtbot)
    office.look(Look.LIST)
    waiting = FormState.SUBMITTED
    qtbot.mouseClick(office.page.parts.legend.button(waiting.value), LEFT)
    rows = office.page.tables.list.shown_rows()
    assert {row.state for row in rows} == {waiting}
    office.go(office.grid, rows[0].key, "unit")
    for _step in range(9):
        office.keys(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    chosen = office.page.chosen()
    assert [row.key for row in chosen] == [row.key for row in rows[:10]]
    office.keys(Qt.Key.Key_Return, modifier=CONTROL)
    office.settled()
    assert {office.form(row.key).state for row in chosen} == {SubmissionState.ACCEPTED}
    session = office.page.surroundings.session
    assert session.current is not None
    assert session.current.undo_label == "审核通过 10 份填报"
    office.page.parts.legend.choose("")
    office.go(office.grid, FormKey(MISSING), "unit")
    assert not office.page.actions_by_key["accept"].isEnabled()


def test_the_matrix_shows_states_counts_and_lateness(
    empty_window: MainWindow, workbook_file: Path, qtbot: QtBot
) -> None:
    office = opened(empty_window, workbook_file, FIRST, qtbot)
    page, matrix = office.page, office.page.tables.matrix
    page.tables.go_to(FormKey(MISSING))
    assert "逾期未报" in page.parts.spot.text()
    late = next(row for row in page.rows if row.is_late)
    shown = matrix.index_of(late.key.unit, late.key.task or "own")
    assert matrix.data(shown).endswith(f"+{late.days_late}")
    header = matrix.headerData(shown.column(), Qt.Orientation.Horizontal)
    assert "/" in header
    qtbot.mouseClick(page.parts.legend.button(LATE), LEFT)
    office.look(Look.LIST)
    assert all(row.is_late for row in page.tables.list.shown_rows())
    unit = page.rows[0].unit.code
    page.parts.legend.choose("")
    office.look(Look.MATRIX)
    page.parts.grid().go_to(matrix.index_of(unit, "unit"))
    assert {row.key for row in page.chosen()} == {row.key for row in page.rows if row.unit.code == unit}


def test_a_double_click_opens_a_form_and_the_next_follows(
    empty_window: MainWindow, workbook_file: Path, qtbot: QtBot
) -> None:
    office = opened(empty_window, workbook_file, FIRST, qtbot)
    page = office.page
    office.look(Look.LIST)
    first, second = page.tables.list.shown_rows()[:2]
    view = page.parts.grid().table
    place = view.visualRect(page.tables.list.index_of(first.key, "form")).center()
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert page.pane.key == first.key
    qtbot.waitUntil(lambda: page.pane.side.evidence.model.rowCount() == 2)
    qtbot.mouseClick(page.pane.after, LEFT)
    assert page.pane.key == second.key
    assert page.pane.place.text() == second.place
    assert page.pane.why.text()


def test_the_overview_leads_to_the_forms_of_a_finding(
    empty_window: MainWindow, workbook_file: Path, qtbot: QtBot
) -> None:
    office = opened(empty_window, workbook_file, FIRST, qtbot)
    empty_window.go("overview")
    overview = empty_window.page("overview")
    assert isinstance(overview, OverviewPage)
    overview.show_step(0)
    qtbot.mouseClick(overview.todo.care_button, LEFT)
    shown = office.page.tables.list.shown_rows()
    assert office.page.parts.look is Look.LIST
    assert shown
    assert {row.state for row in shown} == {FormState.OVERDUE}
    qtbot.mouseClick(office.page.parts.legend.button(FormState.OVERDUE.value), LEFT)
    assert len(office.page.tables.list.shown_rows()) == len(office.page.rows)


def test_a_self_score_beyond_the_points_is_refused_and_the_history_of_a_form_opens(
    office: Office, qtbot: QtBot
) -> None:
    page = office.page
    page.open(OWN)
    side = page.pane.side
    qtbot.mouseClick(side.tabs.button("self"), LEFT)
    office.go(side.score_grid, "1.2", "self")
    qtbot.keyClicks(side.score_grid.table, "9")
    editor = side.score_grid.editing.editor
    assert editor is not None
    qtbot.keyClicks(editor.input, "9")
    qtbot.keyClick(editor.input, Qt.Key.Key_Return)
    assert side.score_grid.editing.editor is editor  # it says why, and what was typed stays
    qtbot.keyClick(editor.input, Qt.Key.Key_Escape)
    office.press("history")
    history = page_beside(page, "history")
    assert history.isVisible()


def page_beside(page: FormsPage, key: str) -> Page:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window.page(key)


def test_files_dropped_beside_a_form_become_its_evidence(office: Office, tmp_path: Path) -> None:
    page = office.page
    page.open(OWN)
    office.type("3")
    office.keys(Qt.Key.Key_Return)
    office.settled()
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"proof")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    tab = page.pane.side.evidence
    at = QPointF(tab.rect().center())
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(tab, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(tab, QDropEvent(at, Qt.DropAction.CopyAction, mime, LEFT, NONE))
    office.bot.waitUntil(lambda: tab.model.rowCount() == 1)
    item = tab.model.rows()[0]
    assert (item.title, item.owner) == ("照片", Owner("", 1))
    assert item.file is not None
    office.bot.waitUntil(lambda: office.form(OWN).evidence == (Evidence("照片"),))


def test_ctrl_enter_in_the_note_keeps_it_and_accepts_nothing(office: Office, qtbot: QtBot) -> None:
    page = office.page
    page.open(OWN)
    office.type("3")
    office.keys(Qt.Key.Key_Return)
    office.settled()
    side = page.pane.side
    qtbot.mouseClick(side.tabs.button("note"), LEFT)
    side.note.setFocus()
    qtbot.keyClicks(side.note, "checked")
    qtbot.keyClick(side.note, Qt.Key.Key_Return, CONTROL)
    office.settled()
    assert (office.form(OWN).note, office.form(OWN).state) == ("checked", SubmissionState.SUBMITTED)


def test_a_sealed_year_says_why_nothing_can_be_changed(empty_window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with Workbook.open(path) as workbook:
        with workbook.edit("截止") as edit:
            save_year(edit, replace(load_year(edit, YEAR), collection_closed=True))
        seal_year(workbook, YEAR, accept_pending=True)
    office = opened(empty_window, path, YEAR, qtbot)
    office.page.tables.go_to(OWN)
    action = office.page.actions_by_key["receive"]
    assert not action.isEnabled()
    assert "定稿" in action.toolTip()
    assert "定稿" in office.page.parts.locked.text()
    office.look(Look.FIGURES)
    office.go(office.grid, OWN, "figure:articles")
    assert "定稿" in office.grid.editing.refusal(office.grid.current_index())


def test_without_forms_the_page_says_what_to_do_first(empty_window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with Workbook.open(path) as workbook, workbook.edit("清空") as edit:
        edit.execute("DELETE FROM assignment WHERE year = ?", (YEAR,))
        edit.execute("DELETE FROM figure WHERE year = ?", (YEAR,))
    office = opened(empty_window, path, YEAR, qtbot)
    assert "请先到“任务”页下达" in office.page.empty_text()
