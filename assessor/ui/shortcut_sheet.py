"""Every key of the window, by where it works: of the commands, of the page that is shown, of every table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from assessor.ui.commands import COMMANDS
from assessor.ui.grid.key_words import KEY_WORDS


@dataclass(frozen=True)
class KeyLine:
    place: str
    """Where the key works."""
    words: str
    keys: str


def key_lines(page: QWidget | None, page_title: str) -> tuple[KeyLine, ...]:
    """``page``: the one that is shown; None: none is."""
    return (
        *(_of_page(page, page_title) if page is not None else ()),
        *(KeyLine("表格", words, keys) for keys, words in KEY_WORDS),
        *_of_commands(),
    )


def matching(lines: Sequence[KeyLine], typed: str) -> tuple[KeyLine, ...]:
    """Those in which every word that is typed is found."""
    words = typed.casefold().split()
    return tuple(
        line for line in lines if all(word in f"{line.place} {line.words} {line.keys}".casefold() for word in words)
    )


def _of_commands() -> Iterator[KeyLine]:
    for command in COMMANDS:
        if command.keys:
            menu = command.menu.value.partition("(")[0]
            yield KeyLine(menu, command.title.rstrip("…"), "、".join(command.keys))


def _of_page(page: QWidget, title: str) -> Iterator[KeyLine]:
    for action in page.findChildren(QAction):
        if not action.shortcut().isEmpty():
            yield KeyLine(title, action.text().rstrip("…"), _text(action.shortcut()))
    for shortcut in page.findChildren(QShortcut):
        if shortcut.whatsThis():
            yield KeyLine(title, shortcut.whatsThis(), _text(shortcut.key()))


def _text(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.PortableText)
