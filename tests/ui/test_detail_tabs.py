"""The detail pane's tabs: evidence, history and notes of the unit or indicator that is chosen, read when looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.ui.detail import EVIDENCE, HISTORY, NOTES, TRACE
from assessor.ui.detail_tabs.evidence import EvidenceTab
from assessor.ui.detail_tabs.history import HistoryTab
from assessor.ui.detail_tabs.notes import NotesTab
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.history import HistoryPage
from tests.ui.builders import FIRST

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(own_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """With the detail pane on 市科协."""
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(FIRST)
    own_window.go("results")
    own_window.show_trace("kexie", None)
    return own_window


def choose(window: MainWindow, key: str, qtbot: QtBot) -> EvidenceTab | HistoryTab | NotesTab:
    qtbot.mouseClick(window.detail().tabs.button(key), LEFT)
    return window.detail().tab(key)


def test_the_evidence_of_the_unit_and_of_an_indicator(shown: MainWindow, qtbot: QtBot) -> None:
    tab = choose(shown, EVIDENCE, qtbot)
    assert isinstance(tab, EvidenceTab)
    qtbot.waitUntil(lambda: bool(tab.items))
    everything = len(tab.items)
    assert {item.unit for item in tab.items} == {"kexie"}
    shown.look_at("kexie", "1.1")
    qtbot.waitUntil(lambda: "1.1" in tab.label.text())
    assert 0 < len(tab.items) < everything
    assert {item.owner.form for item in tab.items} == {""}


def test_evidence_without_a_file_leads_to_its_page(shown: MainWindow, qtbot: QtBot) -> None:
    tab = choose(shown, EVIDENCE, qtbot)
    assert isinstance(tab, EvidenceTab)
    qtbot.waitUntil(lambda: bool(tab.items))
    tab.entries.list.setCurrentRow(0)
    qtbot.keyClick(tab.entries.list, Qt.Key.Key_Return)
    assert shown.page("evidence").isVisible()


def test_the_last_edits_and_the_way_to_the_history(shown: MainWindow, qtbot: QtBot) -> None:
    tab = choose(shown, HISTORY, qtbot)
    assert isinstance(tab, HistoryTab)
    qtbot.waitUntil(lambda: bool(tab.entries.texts()))
    assert tab.entries.texts()[0][0] == "录入示例"
    qtbot.mouseClick(tab.page_button, LEFT)
    page = shown.page("history")
    assert isinstance(page, HistoryPage)
    assert page.isVisible()


def test_a_note_is_added_changed_and_removed(shown: MainWindow, qtbot: QtBot) -> None:
    tab = choose(shown, NOTES, qtbot)
    assert isinstance(tab, NotesTab)
    qtbot.waitUntil(lambda: "0 条" in tab.label.text())
    assert not tab.add_button.isEnabled()
    qtbot.keyClicks(tab.text, "huan ren")
    with qtbot.waitSignal(shown.session.loaded):
        qtbot.keyClick(tab.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(tab.notes) == 1)
    assert (tab.notes[0].text, tab.notes[0].noted_by) == ("huan ren", "张三")
    tab.entries.list.setCurrentRow(0)
    qtbot.keyClicks(tab.text, "12 ")
    with qtbot.waitSignal(shown.session.loaded):
        qtbot.mouseClick(tab.change_button, LEFT)
    qtbot.waitUntil(lambda: tab.notes[0].text == "12 huan ren")
    tab.entries.list.setCurrentRow(0)
    with qtbot.waitSignal(shown.session.loaded):
        qtbot.mouseClick(tab.remove_button, LEFT)
    qtbot.waitUntil(lambda: not tab.notes)


def test_a_note_on_an_indicator_is_seen_with_the_unit_too(shown: MainWindow, qtbot: QtBot) -> None:
    tab = choose(shown, NOTES, qtbot)
    assert isinstance(tab, NotesTab)
    shown.look_at("kexie", "1.1")
    qtbot.waitUntil(lambda: "1.1" in tab.label.text())
    qtbot.keyClicks(tab.text, "bu jian")
    with qtbot.waitSignal(shown.session.loaded):
        qtbot.mouseClick(tab.add_button, LEFT)
    qtbot.waitUntil(lambda: len(tab.notes) == 1)
    shown.look_at("kexie", None)
    qtbot.waitUntil(lambda: "1.1" not in tab.label.text())
    assert [(note.indicator, note.text) for note in tab.notes] == [("1.1", "bu jian")]
    shown.look_at("jiaotiju", None)
    qtbot.waitUntil(lambda: not tab.notes)


def test_asking_for_the_trace_goes_back_to_it(shown: MainWindow, qtbot: QtBot) -> None:
    choose(shown, HISTORY, qtbot)
    shown.show_trace("kexie", "1.1")
    assert shown.detail().tabs.key == TRACE
    assert shown.detail().tree.isVisible()
