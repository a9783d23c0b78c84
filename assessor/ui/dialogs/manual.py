"""The manual beside the window: its chapters, a field to search in all of them, and the one that is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.manual import CHAPTERS, SHORTCUTS, chapters_with, sheet_of, text_of
from assessor.ui.manual_setting import set_document
from assessor.ui.shortcut_sheet import KeyLine

_SIZE = (900, 640)
_LIST_WIDTH = 170
_KEY = Qt.ItemDataRole.UserRole


class ManualDialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.resize(*_SIZE)
        self._lines: Sequence[KeyLine] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText("在手册中查找（Ctrl+F）")
        self.field.setAccessibleName("在手册中查找")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self._find_next)
        self.list = QListWidget()
        self.list.setAccessibleName("章节")
        self.list.setFixedWidth(_LIST_WIDTH)
        theme.dress(self.list, role="choices")
        for chapter in CHAPTERS:
            item = QListWidgetItem(chapter.title)
            item.setData(_KEY, chapter.key)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda _item, _before: self._read())
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("手册正文")
        self.browser.setOpenExternalLinks(False)
        self.browser.document().setDocumentMargin(theme.SPACE * 2)
        side = QVBoxLayout()
        side.setSpacing(theme.SPACE)
        side.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE)
        right.addWidget(self.field)
        right.addWidget(self.browser, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE * 2)
        layout.addLayout(side)
        layout.addLayout(right, 1)
        finding = QShortcut(QKeySequence("Ctrl+F"), self)
        finding.activated.connect(self.field.setFocus)

    def show_chapter(self, key: str, lines: Sequence[KeyLine]) -> None:
        """``lines``: of the sheet of shortcuts. What there is no chapter of shows the first."""
        self._lines = lines
        self.field.clear()
        keys = [chapter.key for chapter in CHAPTERS]
        self.list.setCurrentRow(keys.index(key) if key in keys else 0)
        self._read()
        self.list.setFocus()

    def chapter(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def _narrow(self, typed: str) -> None:
        """Only chapters in which it stands; the first of them, where the one that is read is not among them."""
        found = {chapter.key for chapter in chapters_with(typed, self._lines)}
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(item.data(_KEY) not in found)
            if first is None and not item.isHidden():
                first = item
        if self.chapter() not in found and first is not None:
            self.list.setCurrentItem(first)
        self._read()

    def _read(self) -> None:
        key, typed = self.chapter(), self.field.text()
        try:
            text = sheet_of(self._lines, typed) if key == SHORTCUTS else text_of(key or CHAPTERS[0].key)
        except AssessorError as problem:
            text = str(problem)
        self.browser.setMarkdown(text)
        set_document(self.browser.document())
        self._find_next()

    def _find_next(self) -> None:
        """The first word that is typed, from where the text is read on, then from its beginning."""
        words = self.field.text().split()
        if words and not self.browser.find(words[0]):
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
            self.browser.find(words[0])
