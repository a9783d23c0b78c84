"""After an edit the window shows what it touched, at once, and leaves alone what it did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor.domain.facts import UnitFacts
from assessor.domain.next_steps import next_steps
from assessor.domain.results import UnitResult
from assessor.domain.review_list import review_items
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.results import ResultsPage
from assessor.workbook.events import save_exemption
from assessor.workbook.marks import save_mark, save_self_score
from tests.ui.builders import FIRST

UNIT, OTHER = "kexie", "nongyenongcunju"


@pytest.fixture
def marked(own_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """On the first year, with the results shown and a unit chosen in them."""
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(FIRST)
    own_window.go("results")
    results(own_window).select_unit(UNIT)
    return own_window


def results(window: MainWindow) -> ResultsPage:
    page = window.page("results")
    assert isinstance(page, ResultsPage)
    return page


def facts_of(window: MainWindow, code: str) -> UnitFacts:
    assert window.session.view is not None
    groups = window.session.view.facts.groups
    return next(unit for group in groups for unit in group.units if unit.unit.code == code)


def result_of(window: MainWindow, code: str) -> UnitResult:
    assert window.session.view is not None
    found = window.session.view.result.find(code)
    assert found is not None
    return found[1]


def mark(window: MainWindow, code: str, qtbot: QtBot) -> None:
    """Halves every mark of the unit."""
    marks = [replace(item, value=item.value / 2) for item in facts_of(window, code).marks]
    assert marks
    with qtbot.waitSignal(window.session.loaded):
        window.session.change("录入评议", lambda edit: [save_mark(edit, FIRST, code, item) for item in marks])


def shown_total(window: MainWindow, code: str) -> str:
    model = results(window).grid.model
    assert model is not None
    return str(model.index_of(code, "total").data())


def test_an_edit_says_what_it_touched(marked: MainWindow, qtbot: QtBot) -> None:
    session = marked.session
    assert session.current is not None
    assert session.current.changed is None  # another year: anything may differ
    mark(marked, UNIT, qtbot)
    changed = session.current.changed
    assert changed is not None
    assert (changed.units, "mark" in changed.tables) == ({UNIT}, True)
    with qtbot.waitSignal(session.loaded):
        session.reload()
    assert session.current.changed is None


def test_totals_and_ranks_follow_a_mark_and_the_choice_stays(marked: MainWindow, qtbot: QtBot) -> None:
    grid = results(marked).grid
    model, before = grid.model, result_of(marked, UNIT)
    assert model is not None
    assert shown_total(marked, UNIT) == f"{before.total}"
    mark(marked, UNIT, qtbot)
    after = result_of(marked, UNIT)
    assert after.total < before.total
    assert shown_total(marked, UNIT) == f"{after.total}"
    assert grid.model is model
    assert model.row_at(grid.current_index()).unit.code == UNIT


def test_undo_shows_the_total_from_before(marked: MainWindow, qtbot: QtBot) -> None:
    before = result_of(marked, UNIT)
    mark(marked, UNIT, qtbot)
    with qtbot.waitSignal(marked.session.loaded):
        qtbot.keyClick(marked, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert result_of(marked, UNIT) == before
    assert shown_total(marked, UNIT) == f"{before.total}"


def test_a_page_that_is_not_shown_is_filled_when_it_is_shown_next(marked: MainWindow, qtbot: QtBot) -> None:
    page = results(marked)
    marked.go("overview")
    mark(marked, UNIT, qtbot)
    assert page.view is not marked.session.view
    marked.go("results")
    assert page.view is marked.session.view
    assert shown_total(marked, UNIT) == f"{result_of(marked, UNIT).total}"


def test_the_trace_stays_at_its_line_and_shows_the_new_score(marked: MainWindow, qtbot: QtBot) -> None:
    leaf = next(leaf for leaf in result_of(marked, UNIT).leaves if leaf.indicator.rule.kind == "judgement")
    marked.open_trace(UNIT, leaf.indicator.code)
    pane = marked.detail()
    before = pane.text.toPlainText()
    mark(marked, UNIT, qtbot)
    assert pane.shown_code() == leaf.indicator.code
    qtbot.waitUntil(lambda: pane.text.toPlainText() != before)


def test_the_trace_of_another_unit_is_left_alone(marked: MainWindow, qtbot: QtBot) -> None:
    marked.open_trace(UNIT, None)
    tree = marked.detail().tree.model()
    with qtbot.waitSignal(marked.session.loaded):
        marked.session.change("自评", lambda edit: save_self_score(edit, FIRST, OTHER, first_leaf(marked), Decimal(1)))
    assert marked.detail().tree.model() is tree


def first_leaf(window: MainWindow) -> str:
    return result_of(window, OTHER).leaves[0].indicator.code


def test_the_trace_that_was_hidden_is_true_when_it_is_shown(marked: MainWindow, qtbot: QtBot) -> None:
    marked.open_trace(UNIT, None)
    marked.toggle_detail()
    mark(marked, UNIT, qtbot)
    marked.toggle_detail()
    assert f"{result_of(marked, UNIT).total}" in marked.detail().text.toPlainText()


def test_the_next_step_follows_an_edit_a_moment_later(own_window: MainWindow, qtbot: QtBot) -> None:
    session = own_window.session
    view, known = session.view, session.current
    assert view is not None
    assert known is not None
    with qtbot.waitSignal(session.steps_read) as read:
        unit = view.facts.groups[0].units[0].unit.code
        session.change("不参评", lambda edit: save_exemption(edit, view.year.year, unit, "当年撤并"))
        with qtbot.waitSignal(session.loaded) as loaded:
            pass
        assert loaded.args is not None
        assert loaded.args[0].has_old_steps
        assert loaded.args[0].steps == known.steps
    assert read.args is not None
    assert read.args[0].steps == next_steps(read.args[0].view, date.today())  # noqa: DTZ011 - as the session does
    assert not read.args[0].has_old_steps
    assert read.args[0].review == review_items(read.args[0].view)
    assert read.args[0].steps[0].title in own_window.stage_bar.next_button.text()
