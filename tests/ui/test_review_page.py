"""复核: ticks and notes, the way to where something is mended, appeals from filing to decision, adjustments, period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.domain.appeal import AppealState, Publicity
from assessor.domain.results import LeafResult
from assessor.domain.review_item import ReviewItem, ReviewState, ReviewTopic
from assessor.domain.review_list import review_items
from assessor.ui.dialogs.adjustment import AdjustmentDialog
from assessor.ui.dialogs.appeal import AppealDialog
from assessor.ui.dialogs.publicity import PublicityDialog
from assessor.ui.dialogs.review_limits import ReviewLimitsDialog
from assessor.ui.dialogs.ruling import RulingDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.review import ADJUSTMENTS, APPEALS, ITEMS, ReviewPage
from assessor.ui.review.items_tab import ALL, DONE
from tests.ui.builders import FIRST

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(own_window: MainWindow, qtbot: QtBot) -> ReviewPage:
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(FIRST)
    own_window.go("review")
    page = own_window.page("review")
    assert isinstance(page, ReviewPage)
    return page


def window_of(page: ReviewPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def leaf(page: ReviewPage, unit: str, code: str) -> LeafResult:
    assert page.view is not None
    return next(leaf for leaf in page.view.assessed_unit(unit)[1].leaves if leaf.indicator.code == code)


def first_of(page: ReviewPage, topic: ReviewTopic) -> ReviewItem:
    """The first entry of the topic, with the cursor on it."""
    page.items.show_topic(topic)
    item = page.items.model.shown_rows()[0]
    page.items.grid.go_to_row(item.key, "topic")
    return item


def label_of(page: ReviewPage) -> str | None:
    current = window_of(page).session.current
    return current.undo_label if current else None


def choose_tab(page: ReviewPage, key: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.tabs.button(key), LEFT)


def test_what_deserves_a_look_is_listed_and_filtered_by_topic_unit_and_state(page: ReviewPage, qtbot: QtBot) -> None:
    everything = page.items.model.row_total
    assert everything > 20
    assert page.tabs.button(ITEMS).text() == f"待核事项 {everything}"
    item = first_of(page, ReviewTopic.LATE)
    assert {row.topic for row in page.items.model.rows()} == {ReviewTopic.LATE}
    page.items.unit.setCurrentIndex(page.items.unit.findData(item.unit.unit.code))
    assert {row.unit.unit.code for row in page.items.model.rows()} == {item.unit.unit.code}
    qtbot.mouseClick(page.items.state.button(DONE), LEFT)
    assert page.items.model.row_total == 0
    assert "没有符合筛选的事项" in page.items.place.word.text()


def test_while_the_page_is_seen_the_list_is_made_in_the_background(
    page: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, asked = window_of(page).session, []
    monkeypatch.setattr("assessor.ui.review.items_tab.review_items", asked.append)
    item = first_of(page, ReviewTopic.EVENT)
    with qtbot.waitSignal(session.loaded):
        qtbot.keyClick(page.items.grid.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.view is not None
    assert session.review_of(session.view) == review_items(session.view)
    qtbot.mouseClick(page.items.state.button(DONE), LEFT)
    assert [row.key for row in page.items.model.rows()] == [item.key]
    assert asked == []
    known = session.current.review if session.current else None
    with qtbot.waitSignal(session.loaded):
        session.sign_as("王五")
    assert session.current is not None
    assert session.current.review is known  # nothing of it has changed
    window_of(page).go("results")
    assert not session.lists_review


def test_a_click_on_the_box_ticks_an_entry_off_and_undo_brings_it_back(page: ReviewPage, qtbot: QtBot) -> None:
    item = first_of(page, ReviewTopic.EVENT)
    qtbot.mouseClick(page.items.state.button(ALL), LEFT)
    page.items.grid.go_to_row(item.key, "checked")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.keyClick(page.items.grid.table, Qt.Key.Key_Space)
    (row,) = [row for row in page.items.model.rows() if row.key == item.key]
    assert (row.state, row.check and row.check.checked_by) == (ReviewState.CHECKED, "张三")
    assert label_of(page) == "复核 1 项"
    with qtbot.waitSignal(window_of(page).session.loaded):
        window_of(page).menu.actions["undo"].trigger()
    assert all(row.check is None for row in page.items.model.rows())


def test_a_typed_note_ticks_off_and_the_entry_leaves_the_open_ones(page: ReviewPage, qtbot: QtBot) -> None:
    item = first_of(page, ReviewTopic.LATE)
    before = page.items.model.row_total
    page.items.grid.go_to_row(item.key, "note")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.keyClick(page.items.grid.table, "a")
        editor = page.items.grid.editing.editor
        assert editor is not None
        qtbot.keyClick(editor.input, Qt.Key.Key_Return)
    assert page.items.model.row_total == before - 1
    assert page.view is not None
    assert page.view.facts.review.checks[item.key].note == "a"


def test_several_are_ticked_off_at_once(page: ReviewPage, qtbot: QtBot) -> None:
    first_of(page, ReviewTopic.LATE)
    qtbot.keyClick(page.items.grid.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    count = page.items.model.row_total
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.keyClick(page.items.grid.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert label_of(page) == f"复核 {count} 项"
    assert page.items.model.row_total == 0


def test_enter_goes_to_where_it_is_mended(page: ReviewPage, qtbot: QtBot) -> None:
    window = window_of(page)
    for topic, key in ((ReviewTopic.LATE, "forms"), (ReviewTopic.EVENT, "entries"), (ReviewTopic.SPREAD, "scoring")):
        window.go("review")
        first_of(page, topic)
        qtbot.keyClick(page.items.grid.table, Qt.Key.Key_Return)
        assert window.page(key).isVisible()
    window.go("review")
    item = first_of(page, ReviewTopic.MEDIAN)
    qtbot.keyClick(page.items.grid.table, Qt.Key.Key_Return)
    assert page.isVisible()
    assert (window.detail().unit, window.detail().shown_code()) == (item.unit.unit.code, item.indicator)


def test_the_offices_own_unit_gets_a_second_score(page: ReviewPage, qtbot: QtBot) -> None:
    item = first_of(page, ReviewTopic.HOST)
    assert (item.unit.unit.code, item.state) == ("kexie", ReviewState.UNSCORED)
    page.items.grid.go_to_row(item.key, "second")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.keyClick(page.items.grid.table, "0")
        editor = page.items.grid.editing.editor
        assert editor is not None
        qtbot.keyClick(editor.input, Qt.Key.Key_Return)
    (row,) = [row for row in page.items.model.rows() if row.key == item.key]
    assert (row.state, row.compared, row.difference) == (ReviewState.OPEN, 0, item.score)
    assert row.second is not None
    assert row.second.scorer == "张三"


def file_appeal(page: ReviewPage, qtbot: QtBot, indicator: str | None) -> None:
    choose_tab(page, APPEALS, qtbot)
    page.appeals.add.trigger()
    dialog = page.appeals.dialog
    assert isinstance(dialog, AppealDialog)
    dialog.leaf.choose("kexie", indicator)
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert "没有填写诉求" in dialog.problem.text()
    qtbot.keyClicks(dialog.claim, "louji")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)


def decide(page: ReviewPage, qtbot: QtBot, score: str, *, upheld: bool = True) -> None:
    qtbot.keyClick(page.appeals.grid.table, Qt.Key.Key_Return)
    dialog = page.appeals.dialog
    assert isinstance(dialog, RulingDialog)
    if not upheld:
        qtbot.mouseClick(dialog.state.button(AppealState.REJECTED.value), LEFT)
    if score:
        qtbot.keyClicks(dialog.new_score, score)
    qtbot.keyClicks(dialog.decision, "shu shi")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)


def test_an_upheld_appeal_changes_score_and_total_and_is_taken_back(page: ReviewPage, qtbot: QtBot) -> None:
    scored = next(
        item
        for item in (page.view.assessed_unit("kexie")[1].leaves if page.view else ())
        if item.score is not None and item.score >= 1
    )
    code, before = scored.indicator.code, scored.score
    file_appeal(page, qtbot, code)
    assert page.tabs.button(APPEALS).text() == "申诉和异议 1"
    decide(page, qtbot, "0.5")
    assert leaf(page, "kexie", code).score == Decimal("0.5")
    (row,) = page.appeals.model.rows()
    assert (row.appeal.state, row.before, row.after) == (AppealState.UPHELD, before, Decimal("0.5"))
    assert "申诉调整" in leaf(page, "kexie", code).sentence
    choose_tab(page, ADJUSTMENTS, qtbot)
    assert not page.adjustments.take_back.isEnabled()
    choose_tab(page, APPEALS, qtbot)
    with qtbot.waitSignal(window_of(page).session.loaded):
        page.appeals.reopen.trigger()
    assert leaf(page, "kexie", code).score == before
    assert page.appeals.model.rows()[0].appeal.is_open


def test_an_open_appeal_is_on_the_list_and_a_rejected_one_changes_nothing(page: ReviewPage, qtbot: QtBot) -> None:
    file_appeal(page, qtbot, None)
    choose_tab(page, ITEMS, qtbot)
    item = first_of(page, ReviewTopic.APPEAL)
    qtbot.keyClick(page.items.grid.table, Qt.Key.Key_Return)
    assert page.tabs.key == APPEALS
    assert page.appeals.grid.selected_rows()[0].appeal.key == item.subject
    decide(page, qtbot, "", upheld=False)
    (row,) = page.appeals.model.rows()
    assert (row.appeal.state, row.after) == (AppealState.REJECTED, None)
    assert page.view is not None
    assert not page.view.facts.review.open_appeals


def test_after_the_period_a_decision_says_why(page: ReviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window_of(page).session.loaded):
        page.acts.set_publicity(Publicity(date(2023, 1, 9), date(2023, 1, 13)))
    file_appeal(page, qtbot, None)
    qtbot.keyClick(page.appeals.grid.table, Qt.Key.Key_Return)
    dialog = page.appeals.dialog
    assert isinstance(dialog, RulingDialog)
    assert dialog.late_note.isVisible()
    qtbot.keyClicks(dialog.decision, "shu shi")
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert "2023-01-13 结束" in dialog.problem.text()
    qtbot.keyClicks(dialog.late_note, "chi dao")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert page.appeals.model.rows()[0].appeal.decision == "shu shi（公示期后处理：chi dao）"


def test_an_adjustment_without_an_appeal_is_made_and_taken_back(page: ReviewPage, qtbot: QtBot) -> None:
    before = leaf(page, "kexie", "1.1").score
    choose_tab(page, ADJUSTMENTS, qtbot)
    page.adjustments.add.trigger()
    dialog = page.adjustments.dialog
    assert isinstance(dialog, AdjustmentDialog)
    dialog.leaf.choose("kexie", "1.1")
    qtbot.keyClicks(dialog.new_score, "0.25")
    assert dialog.change.text().endswith("0.25（-3.75）")
    qtbot.keyClicks(dialog.reason, "he shi")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert leaf(page, "kexie", "1.1").score == Decimal("0.25")
    assert page.tabs.button(ADJUSTMENTS).text() == "复核调整 1"
    with qtbot.waitSignal(window_of(page).session.loaded):
        page.adjustments.take_back.trigger()
    assert leaf(page, "kexie", "1.1").score == before
    assert page.adjustments.model.row_total == 0


def test_the_period_and_the_limits_are_set(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.period_button, LEFT)
    dialog = page.dialog
    assert isinstance(dialog, PublicityDialog)
    dialog.ends.setText("2020-01-01")
    qtbot.mouseClick(dialog.ok_button, LEFT)
    assert "早于起日" in dialog.problem.text()
    dialog.starts.setText("2019-12-26")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(dialog.ok_button, LEFT)
    assert page.period.text() == "公示期 2019-12-26 至 2020-01-01 · 已结束"
    before = page.items.model.row_total
    qtbot.mouseClick(page.limits_button, LEFT)
    limits = page.dialog
    assert isinstance(limits, ReviewLimitsDialog)
    limits.fields["median_gap"].setText("100")
    with qtbot.waitSignal(window_of(page).session.loaded):
        qtbot.mouseClick(limits.ok_button, LEFT)
    assert page.items.model.row_total < before
