"""查找任何内容: typed, chosen with the arrows, gone to with Enter."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.domain.search_index import Kind, search
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.entries import EntriesPage
from assessor.ui.pages.forms import FormsPage
from assessor.ui.pages.scoring import ScoringPage
from assessor.ui.pages.tasks import TasksPage
from assessor.ui.pages.units import UnitsPage
from assessor.ui.search_palette import SearchPalette
from tests.ui.builders import SECOND
from tests.ui.typing_words import compose

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def palette(window: MainWindow, qtbot: QtBot) -> SearchPalette:
    """Opened by its key, with everything of the year ready to be found."""
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    (found,) = window.findChildren(SearchPalette)
    qtbot.waitUntil(lambda: found._read_of is window.session.current)
    assert found.isVisible()
    assert found.field.hasFocus()
    return found


def go(window: MainWindow, qtbot: QtBot, typed: str, kind: Kind) -> None:
    """Types, moves to the first thing of that kind, and goes there."""
    found = palette(window, qtbot)
    compose(found.field, typed)
    for _ in range(20):
        chosen = found.chosen()
        assert chosen is not None
        if chosen.kind is kind:
            break
        qtbot.keyClick(found.field, Qt.Key.Key_Down)
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    assert not found.isVisible()


def test_enter_goes_to_a_unit_a_task_a_form_an_indicator_and_an_event(window: MainWindow, qtbot: QtBot) -> None:
    go(window, qtbot, "kexie", Kind.UNIT)
    units = window.shown_page()
    assert isinstance(units, UnitsPage)
    qtbot.waitUntil(lambda: units.unit() == "kexie")
    go(window, qtbot, "A1.2", Kind.TASK)
    tasks = window.shown_page()
    assert isinstance(tasks, TasksPage)
    assert tasks.place().task == "A1.2"
    go(window, qtbot, "科协 年度填报表", Kind.FORM)
    forms = window.shown_page()
    assert isinstance(forms, FormsPage)
    assert forms.open_key is not None
    assert (forms.open_key.unit, forms.open_key.task) == ("kexie", "")
    view = window.session.view
    assert view is not None
    indicator = view.facts.groups[0].scheme.indicators[3]
    go(window, qtbot, indicator.title, Kind.INDICATOR)
    scoring = window.shown_page()
    assert isinstance(scoring, ScoringPage)
    assert scoring.place().code == indicator.code
    go(window, qtbot, "查实虚报", Kind.EVENT)
    entries = window.shown_page()
    assert isinstance(entries, EntriesPage)
    assert [row.event.key for row in entries.chosen()] == ["2"]


def test_another_year_is_read_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.loaded):
        go(window, qtbot, f"{SECOND} 年度", Kind.YEAR)
    assert window.shown_year() == SECOND


def test_a_command_is_run_and_one_that_cannot_be_says_why(window: MainWindow, qtbot: QtBot) -> None:
    found = palette(window, qtbot)
    compose(found.field, "重做")
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    assert found.isVisible()
    assert "重做" in found.hint.text()
    qtbot.keyClick(found.field, Qt.Key.Key_Escape)
    assert not found.isVisible()
    go(window, qtbot, "图表", Kind.COMMAND)
    assert window.shown_page().objectName() == "charts"


def test_what_is_not_there_is_said_and_the_mouse_chooses_too(window: MainWindow, qtbot: QtBot) -> None:
    found = palette(window, qtbot)
    compose(found.field, "没有这样的东西")
    assert "没有找到" in found.hint.text()
    found.field.clear()
    compose(found.field, "kexie")
    qtbot.mouseClick(
        found.list.viewport(), Qt.MouseButton.LeftButton, pos=found.list.visualRect(found.model.index(0, 0)).center()
    )
    assert window.shown_page().objectName() == "units"


def test_searching_takes_no_time_that_is_felt(window: MainWindow, qtbot: QtBot) -> None:
    found = palette(window, qtbot)
    began = time.perf_counter()
    for typed in ("科", "市科协 A", "kp", "2", "没有"):
        search((*found._commands, *found._entries), typed)
    assert (time.perf_counter() - began) / 5 < 0.03


def test_back_and_forward_over_pages_and_what_was_chosen(window: MainWindow, qtbot: QtBot) -> None:
    go(window, qtbot, "kexie", Kind.UNIT)
    go(window, qtbot, "A1.2", Kind.TASK)
    qtbot.keyClick(window, Qt.Key.Key_9, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    tasks = window.shown_page()
    assert isinstance(tasks, TasksPage)
    assert tasks.place().task == "A1.2"
    tasks.show_task("A1.3")
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    units = window.shown_page()
    assert isinstance(units, UnitsPage)
    qtbot.waitUntil(lambda: units.unit() == "kexie")
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert window.shown_page() is tasks
    assert tasks.place().task == "A1.3"
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.BackButton)
    assert window.shown_page() is units
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.ForwardButton)
    assert window.shown_page() is tasks


def test_the_year_is_changed_like_a_sheet_and_back_leads_to_the_year_before(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_4, CTRL)
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(window, Qt.Key.Key_PageDown, CTRL)
    assert window.shown_year() == SECOND
    with qtbot.waitSignal(window.session.loaded):
        qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.shown_page().objectName() == "overview"
    assert window.shown_year() != SECOND
