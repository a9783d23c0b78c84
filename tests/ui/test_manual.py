"""F1: the manual, at the page that is shown; searched; with a sheet of every key there is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from assessor.resources import MANUAL
from assessor.ui.commands import COMMANDS
from assessor.ui.dialogs.manual import ManualDialog
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.key_words import KEY_WORDS
from assessor.ui.main_window import MainWindow
from assessor.ui.manual import CHAPTERS, SHORTCUTS, chapters_with, text_of
from assessor.ui.navigation import PAGES
from assessor.ui.shortcut_sheet import key_lines, matching
from tests.ui.typing_words import compose

CTRL = Qt.KeyboardModifier.ControlModifier


def manual(window: MainWindow, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_F1, with_: Qt.KeyboardModifier | None = None):  # type: ignore[no-untyped-def]
    qtbot.keyClick(window, key, with_ or Qt.KeyboardModifier.NoModifier)
    (dialog,) = window.findChildren(ManualDialog)
    assert dialog.isVisible()
    return dialog


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_every_page_has_its_chapter_which_begins_with_its_title(key: str) -> None:
    title = next(entry.title for entry in PAGES if entry.key == key)
    assert text_of(key).startswith(f"# {title}\n")


def test_every_chapter_is_written() -> None:
    assert {path.stem for path in MANUAL.glob("*.md")} >= {chapter.key for chapter in CHAPTERS} - {SHORTCUTS}


def test_f1_opens_the_manual_at_the_page_that_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.go("forms")
    dialog = manual(window, qtbot)
    assert dialog.chapter() == "forms"
    assert "登记收到" in dialog.browser.toPlainText()
    window.go("units")
    window.menu.actions["manual"].trigger()
    assert dialog.chapter() == "units"
    assert len(window.findChildren(ManualDialog)) == 1


def test_without_a_workbook_it_begins_at_the_beginning(empty_window: MainWindow, qtbot: QtBot) -> None:
    assert manual(empty_window, qtbot).chapter() == "start"


def test_what_is_typed_narrows_the_chapters_and_is_found_in_the_text(window: MainWindow, qtbot: QtBot) -> None:
    dialog = manual(window, qtbot)
    compose(dialog.field, "忘了密码")
    shown = [dialog.list.item(row).text() for row in range(dialog.list.count()) if not dialog.list.item(row).isHidden()]
    assert shown == ["出了问题"]
    assert dialog.browser.textCursor().selectedText() == "忘了密码"
    assert chapters_with("没有这样的话", ()) == ()


def test_the_sheet_has_the_keys_of_commands_pages_and_tables(window: MainWindow, qtbot: QtBot) -> None:
    window.go("scoring")
    dialog = manual(window, qtbot, Qt.Key.Key_Slash, CTRL)
    assert dialog.chapter() == SHORTCUTS
    text = dialog.browser.toPlainText()
    for command in COMMANDS:
        assert all(keys in text for keys in command.keys)
    assert "上一个指标或单位" in text
    compose(dialog.field, "填充")
    assert "向下填充" in dialog.browser.toPlainText()
    assert "撤销" not in dialog.browser.toPlainText()


def test_every_key_that_a_grid_takes_is_on_the_sheet(qtbot: QtBot) -> None:
    grid = Grid("表")
    qtbot.addWidget(grid)
    said = " ".join(keys for keys, _words in KEY_WORDS).replace("↓", "Down").replace("Enter", "Return Enter")
    told_otherwise = {"Ctrl+=", "Ctrl+Shift++", "Return", "Shift+Return", "Shift+Enter", "Del"}
    for key, modifiers in grid._actions:
        name = QKeySequence(key | modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)
        assert name in said or name in told_otherwise, name


def test_every_shortcut_of_a_page_says_what_it_does(window: MainWindow) -> None:
    for entry in PAGES:
        page = window.page(entry.key)
        unnamed = [
            shortcut.key().toString()
            for shortcut in page.findChildren(QShortcut)
            if not shortcut.whatsThis() and shortcut.key().toString() != "Esc"
        ]
        assert not unnamed, (entry.key, unnamed)
    assert matching(key_lines(window.page("forms"), "填报"), "退回")
