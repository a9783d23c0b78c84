"""Every page and dialog by the keyboard and by ear: names for controls, keys that mean one thing, a way round."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from assessor.ui.dialogs.operator import OperatorDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import PAGES
from assessor.ui.pages.entries import EntriesPage
from assessor.ui.pages.evidence import EvidencePage
from assessor.ui.pages.forms import FormsPage
from assessor.ui.pages.review import ReviewPage
from assessor.ui.pages.scoring import ScoringPage
from assessor.ui.pages.tasks import TasksPage
from assessor.ui.pages.units import UnitsPage
from tests.ui.builders import FIRST
from tests.ui.walking import clashing_keys, clashing_mnemonics, nameless


def page(window: MainWindow, key: str, kind: type[QWidget]):  # type: ignore[no-untyped-def]
    window.go(key)
    found = window.page(key)
    assert isinstance(found, kind)
    return found


def dialogs() -> list[QDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]


def by_command(key: str) -> Callable[[MainWindow, QtBot], object]:
    return lambda window, _qtbot: window.menu.actions[key].trigger()


def of_units(name: str) -> Callable[[MainWindow, QtBot], object]:
    def ask(window: MainWindow, qtbot: QtBot) -> None:
        units = page(window, "units", UnitsPage)
        qtbot.waitUntil(lambda: units.registry is not None and bool(units.unit()))
        getattr(units, name)()

    return ask


def of_evidence(window: MainWindow, qtbot: QtBot) -> None:
    evidence = page(window, "evidence", EvidencePage)
    qtbot.waitUntil(lambda: bool(evidence.evidence.items))
    evidence.do("add")


def of_forms(key: str) -> Callable[[MainWindow, QtBot], object]:
    def ask(window: MainWindow, _qtbot: QtBot) -> None:
        forms = page(window, "forms", FormsPage)
        forms.parts.grid().selecting.select_all()
        forms.do(key)

    return ask


def of_tasks(window: MainWindow, _qtbot: QtBot) -> None:
    tasks = page(window, "tasks", TasksPage)
    tasks.show_task("A1.1")
    tasks.ask_assign()


OPENERS: dict[str, Callable[[MainWindow, QtBot], object]] = {
    "settings": by_command("settings"),
    "manual": by_command("manual"),
    "new": by_command("new"),
    "backups": by_command("backups"),
    "year.new": by_command("year.new"),
    "year.properties": by_command("year.properties"),
    "stage.advance": by_command("stage.advance"),
    "stage.back": by_command("stage.back"),
    "seal": by_command("seal"),
    "verify": by_command("verify"),
    "operator": lambda window, _qtbot: OperatorDialog("", window).open(),
    "password": by_command("password.set"),
    "units.new": of_units("ask_new"),
    "units.rename": of_units("ask_rename"),
    "units.merge": of_units("ask_merge"),
    "units.split": of_units("ask_split"),
    "units.years": of_units("ask_years"),
    "tasks": of_tasks,
    "forms.receive": of_forms("receive"),
    "forms.return": of_forms("return"),
    "scoring": lambda window, _qtbot: page(window, "scoring", ScoringPage).settings.click(),
    "entries": lambda window, _qtbot: page(window, "entries", EntriesPage).doings["add"].trigger(),
    "evidence": of_evidence,
    "review.period": lambda window, _qtbot: page(window, "review", ReviewPage).period_button.click(),
    "review.limits": lambda window, _qtbot: page(window, "review", ReviewPage).limits_button.click(),
}


def test_every_page_names_its_controls_and_no_key_means_two_things(window: MainWindow) -> None:
    problems = {}
    for entry in PAGES:
        window.go(entry.key)
        found = window.page(entry.key)
        problems[entry.key] = [*nameless(found), *clashing_keys(window, found)]
    assert {key: found for key, found in problems.items() if found} == {}
    assert nameless(window) == []


def test_every_dialog_names_its_controls_and_closes_by_escape(own_window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(own_window.session.loaded):
        own_window.session.select_year(FIRST)
    problems = {}
    for name, ask in OPENERS.items():
        ask(own_window, qtbot)
        qtbot.waitUntil(lambda: bool(dialogs()))
        (dialog,) = dialogs()
        problems[name] = [*nameless(dialog), *clashing_mnemonics(dialog), *clashing_keys(dialog, dialog)]
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not dialogs())
    assert {name: found for name, found in problems.items() if found} == {}


def test_tab_goes_round_the_whole_window_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    """From the list of pages over the page's own controls to where it began."""
    window.go("evidence")
    window.page("evidence").parts.unit.setFocus()  # type: ignore[attr-defined]
    first, seen = window.focusWidget(), []
    for _ in range(200):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
        if window.focusWidget() is first:
            break
    assert window.focusWidget() is first
    assert window._navigation in seen
    assert window.stage_bar.next_button in seen
    assert window.stage_bar.track in seen
