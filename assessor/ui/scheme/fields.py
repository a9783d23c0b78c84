"""Fields that hand on what was typed when they are left; what is refused stays in them and says why."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.choice import Choice

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QWidget):
    """A text with a note under it. ``read`` raises an AssessorError for a text that cannot be taken."""

    given = Signal(str)
    """A text that ``read`` takes and that differs from what is saved."""

    def __init__(self, editor: QLineEdit | QPlainTextEdit, name: str, read: Callable[[str], object]) -> None:
        super().__init__()
        self.editor = editor
        self.editor.setAccessibleName(name)
        self.editor.installEventFilter(self)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAccessibleName(f"{name}：提示")
        theme.dress(self.note, tone="bad")
        self.note.hide()
        self._read = read
        self._key: Hashable = None
        self._saved = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(editor)
        layout.addWidget(self.note)
        self.setFocusProxy(editor)

    @property
    def is_refused(self) -> bool:
        return not self.note.isHidden()

    def text(self) -> str:
        """What stands in it, saved or not."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        raise NotImplementedError

    def show_value(self, key: Hashable, text: str, locked: str, hint: str = "") -> None:
        """``key``: of what place; what is being typed or was refused for the same place stays. ``locked``: why nothing
        can be changed."""
        is_same = key == self._key
        is_open = self.is_refused or (self.editor.hasFocus() and self.text() != self._saved)
        self._key = key
        self._saved, before = text, self._saved
        if not is_same or not is_open:
            self.note.hide()
            theme.dress(self.editor, tone="")
            if self.text() != text or before != text:
                self.put(text)
        self.editor.setReadOnly(bool(locked))
        self.editor.setToolTip(locked or hint)

    def commit(self) -> bool:
        """Hands on what was typed; False: it cannot be taken, and the note says why."""
        text = self.text()
        if text == self._saved:
            self.refuse(None)
            return True
        try:
            self._read(text)
        except AssessorError as problem:
            self.refuse(problem)
            return False
        self.refuse(None)
        self._saved = text
        self.given.emit(text)
        return True

    def refuse(self, problem: AssessorError | None) -> None:
        """Says under the field why what stands in it was not taken; None: it was."""
        if problem is not None:
            self.note.setText(f"{problem.what}。{problem.remedy}" if problem.remedy else problem.what)
        self.note.setVisible(problem is not None)
        theme.dress(self.editor, tone="bad" if problem is not None else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.commit()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER and self._ends(event):
                self.commit()
                return True
            if event.key() == Qt.Key.Key_Escape and (self.text() != self._saved or self.is_refused):
                self.put(self._saved)
                self.refuse(None)
                return True
        return super().eventFilter(watched, event)

    def _ends(self, event: QKeyEvent) -> bool:
        """Whether Enter ends the entry here."""
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class LineField(Field):
    def __init__(self, name: str, read: Callable[[str], object], width: int = 0) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, name, read)
        if width:
            self.line.setFixedWidth(width)

    def text(self) -> str:
        return self.line.text().strip()

    def put(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _ends(self, event: QKeyEvent) -> bool:
        return True


class TextField(Field):
    """Several lines; Ctrl+Enter hands on."""

    def __init__(self, name: str, lines: int, placeholder: str = "") -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box, name, str)
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText(placeholder)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * lines + 2 * theme.SPACE)

    def text(self) -> str:
        return self.box.toPlainText().strip()

    def put(self, text: str) -> None:
        self.box.setPlainText(text)


class ChoiceField(QWidget):
    """One of several; handed on when it is chosen."""

    given = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.choice = Choice(name)
        self.choice.activated.connect(self._choose)
        self._saved: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.choice)
        self.setFocusProxy(self.choice)

    def show_choices(self, choices: Sequence[tuple[object, str]], chosen: object, locked: str = "") -> None:
        """``choices``: value and title; ``chosen`` that is none of them is shown as nothing."""
        self._saved = chosen
        if [(self.choice.itemData(at), self.choice.itemText(at)) for at in range(self.choice.count())] != [*choices]:
            self.choice.clear()
            for value, title in choices:
                self.choice.addItem(title, value)
        values = [value for value, _title in choices]
        self.choice.setCurrentIndex(values.index(chosen) if chosen in values else -1)
        self.choice.setEnabled(not locked)
        self.choice.setToolTip(locked)

    def _choose(self, place: int) -> None:
        value = self.choice.itemData(place)
        if value != self._saved:
            self.given.emit(value)


def tool_button(title: str, run: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setAccessibleName(title)
    button.clicked.connect(lambda: run())
    return button
