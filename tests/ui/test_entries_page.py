"""加减分: adding, changing, copying and removing events; what follows of caps, totals and grades; files as proof."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.domain.entry_table import EntryRow
from assessor.domain.results import UnitResult
from assessor.ui.dialogs.event import EventDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.entries import UNITS, EntriesPage
from tests.ui.builders import FIRST

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path, workbook_file: Path) -> EntriesPage:
    """On a copy of the workbook, in which 市科协 has a bonus and 市财政局 a veto."""
    copy = tmp_path / "副本.assess"
    copy.write_bytes(workbook_file.read_bytes())
    empty_window.session.operator = "李四"
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.open(copy)
    with qtbot.waitSignal(empty_window.session.loaded):
        empty_window.session.select_year(FIRST)
    empty_window.go("entries")
    page = empty_window.page("entries")
    assert isinstance(page, EntriesPage)
    return page


def window_of(page: EntriesPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def unit_of(page: EntriesPage, code: str) -> UnitResult:
    assert page.view is not None
    return page.view.assessed_unit(code)[1]


def row(page: EntriesPage, key: str) -> EntryRow:
    return next(row for row in page.model.rows() if row.event.key == key)


def dialog_of(page: EntriesPage) -> EventDialog:
    assert page.dialog is not None
    return page.dialog


def confirm(page: EntriesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(dialog_of(page).ok_button, LEFT)


def label_of(page: EntriesPage) -> str | None:
    current = window_of(page).session.current
    return current.undo_label if current else None


def undo(page: EntriesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window_of(page).session.loaded):
        window_of(page).menu.actions["undo"].trigger()


def write(page: EntriesPage, key: str, column: str, text: str, qtbot: QtBot) -> None:
    page.grid.go_to(page.model.index_of(key, column))
    with qtbot.waitSignal(window_of(page).session.loaded):
        for letter in text:
            editor = page.grid.editing.editor
            qtbot.keyClicks(editor.input if editor is not None else page.grid.table, letter)
        editor = page.grid.editing.editor
        assert editor is not None
        qtbot.keyClick(editor.input, Qt.Key.Key_Return)


def add(page: EntriesPage, qtbot: QtBot, kind: str, *units: str, points: str = "", reason: str = "省级表彰") -> None:
    page.doings["add"].trigger()
    dialog = dialog_of(page)
    for unit in dialog.chosen_units():
        dialog.tick(unit, on=False)
    for unit in units:
        dialog.tick(unit)
    qtbot.mouseClick(dialog.kind.button(kind), LEFT)
    dialog.reason.setText(reason)
    qtbot.keyClicks(dialog.points, points)
    dialog.shared.setChecked(len(units) > 1)
    confirm(page, qtbot)


def test_a_bonus_is_added_and_raises_the_total_and_undo_takes_it_back(page: EntriesPage, qtbot: QtBot) -> None:
    before = unit_of(page, "jiaotiju")
    add(page, qtbot, "bonus", "jiaotiju", points="1.5")
    after = unit_of(page, "jiaotiju")
    assert (after.bonus, after.total) == (Decimal("1.50"), before.total + Decimal("1.50"))
    assert label_of(page) == "登记加分：省级表彰"
    new = page.chosen()[0]
    assert (new.event.reason, new.counted_text, new.files) == ("省级表彰", "+1.50", 0)
    assert page.model.index_of(new.event.key, "total").data() == str(after.total)
    undo(page, qtbot)
    assert unit_of(page, "jiaotiju").total == before.total
    assert len(page.model.rows()) == 2


def test_a_veto_limits_the_grade(page: EntriesPage, qtbot: QtBot) -> None:
    add(page, qtbot, "veto", "jiaotiju", reason="查实虚报")
    veto = page.chosen()[0]
    assert veto.counted_text.startswith("限")
    assert "等次不高于" in veto.sentence
    result = unit_of(page, "jiaotiju")
    assert [item.title for item in result.vetoes] == [veto.item.title if veto.item else ""]
    qtbot.mouseClick(page.looks.button(UNITS), LEFT)
    assert "限" in page.sums_model.index_of("jiaotiju", "vetoes").data()


def test_an_occurrence_costs_points_of_its_indicator(page: EntriesPage, qtbot: QtBot) -> None:
    def score() -> Decimal | None:
        return next(leaf.score for leaf in unit_of(page, "jiaotiju").leaves if leaf.indicator.code == "4.5")

    before = score()
    add(page, qtbot, "occurrence", "jiaotiju", reason="逾期未整改")
    new = page.chosen()[0]
    assert (new.event.code, new.counted_text) == ("4.5", "1 次")
    assert before is not None
    assert (score() or 0) < before


def test_an_achievement_of_two_units_gives_each_half(page: EntriesPage, qtbot: QtBot) -> None:
    add(page, qtbot, "bonus", "jiaotiju", "kejiju", points="1")
    assert [unit_of(page, code).bonus for code in ("jiaotiju", "kejiju")] == [Decimal("0.50")] * 2
    page.grid.go_to(page.model.index_of(page.chosen()[0].event.key, "reason"))
    page.doings["copy"].trigger()
    dialog = dialog_of(page)
    assert "由 2 个单位均享" in dialog.shared.text()
    dialog.tick("weijianwei")
    assert "由 3 个单位均享" in dialog.shared.text()
    confirm(page, qtbot)
    assert [unit_of(page, code).bonus for code in ("jiaotiju", "kejiju", "weijianwei")] == [Decimal("0.33")] * 3
    assert label_of(page) == "复制加分：省级表彰"


def test_what_is_typed_over_the_cap_is_cut_and_says_so(page: EntriesPage, qtbot: QtBot) -> None:
    write(page, "1", "points", "20", qtbot)
    cut = row(page, "1")
    assert cut.event.points == 20
    assert cut.counted is not None
    assert cut.counted < 20
    assert "本类上限" in page.model.index_of("1", "sentence").data()
    assert "到上限" in page.summary.text()
    assert label_of(page) == "修改加分：受到表彰"
    undo(page, qtbot)
    assert row(page, "1").event.points == 2


def test_fields_that_a_kind_does_not_have_are_not_typed_in(page: EntriesPage, qtbot: QtBot) -> None:
    page.grid.go_to(page.model.index_of("2", "points"))
    qtbot.keyClicks(page.grid.table, "5")
    assert page.grid.editing.editor is None


def test_rows_that_a_kind_does_not_have_do_not_stretch_the_others(page: EntriesPage, qtbot: QtBot) -> None:
    page.doings["add"].trigger()
    dialog = dialog_of(page)
    before = dialog.kind.height()
    qtbot.mouseClick(dialog.kind.button("veto"), LEFT)
    qtbot.waitUntil(lambda: not dialog.points.isVisible())
    dialog.layout().activate()
    assert dialog.kind.height() == before
    dialog.reject()


def test_the_dialog_changes_an_event_and_says_what_is_missing(page: EntriesPage, qtbot: QtBot) -> None:
    page.grid.go_to(page.model.index_of("1", "reason"))
    page.doings["change"].trigger()
    dialog = dialog_of(page)
    assert dialog.reason.text() == "受到表彰"
    dialog.reason.clear()
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert dialog.problem.text().startswith("没有填写事由")
    dialog.reason.setText("受到国家表彰")
    dialog.day.setText("2022.7.1")
    confirm(page, qtbot)
    assert (row(page, "1").event.reason, str(row(page, "1").event.happened_on)) == ("受到国家表彰", "2022-07-01")


def test_files_dropped_on_an_event_are_its_evidence_and_then_it_stays(
    page: EntriesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    proof = tmp_path / "表彰文件.txt"
    proof.write_text("示例", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof))])
    viewport = page.grid.table.viewport()
    place = viewport.mapTo(page, page.grid.table.visualRect(page.model.index_of("1", "reason")).center())
    entering = QDragEnterEvent(place.toPointF(), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(place.toPointF(), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(page, dropping)
    qtbot.waitUntil(lambda: row(page, "1").files == 1)
    assert page.model.index_of("1", "files").data() == "1"
    page.grid.go_to(page.model.index_of("1", "reason"))
    with qtbot.waitSignal(window_of(page).session.loaded):
        page.doings["remove"].trigger()
    assert "不能删除" in window_of(page).message_bar.text.text()
    assert len(page.model.rows()) == 2


def test_events_are_removed_and_come_back_by_undo(page: EntriesPage, qtbot: QtBot) -> None:
    page.grid.go_to(page.model.index_of("2", "reason"))
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.model.rows()) == 1)
    assert label_of(page) == "删除一票否决：查实虚报"
    assert unit_of(page, "caizhengju").vetoes == ()
    page.grid.go_to(page.model.index_of("1", "reason"))
    page.doings["remove"].trigger()
    qtbot.waitUntil(page.empty.isVisible)
    undo(page, qtbot)
    undo(page, qtbot)
    assert page.grid.isVisible()
    assert len(page.model.rows()) == 2


def test_enter_on_what_counts_opens_the_trace_beside_the_page(page: EntriesPage, qtbot: QtBot) -> None:
    page.grid.go_to(page.model.index_of("1", "counted"))
    qtbot.keyClick(page.grid.table, Qt.Key.Key_Return)
    assert window_of(page).detail().unit == "kexie"
    assert page.isVisible()
