"""备注: what the office keeps in mind of the unit or of one of its indicators; each change is an edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from assessor.domain.note import Note
from assessor.ui import theme
from assessor.ui.detail_tabs.parts import TwoLines, subject_label
from assessor.ui.detail_tabs.subject import Reading, Subject
from assessor.workbook.notes import add_note, load_notes, remove_note, update_note

if TYPE_CHECKING:
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.workbook import Edit, Workbook

_NOTHING = "还没有备注。\n写在下面，按“添加”（Ctrl+Enter）；备注不影响得分，定稿后也可以写。"
_HEIGHT = 72


class NotesTab(QWidget):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._subject: Subject | None = None
        self.notes: tuple[Note, ...] = ()
        self._reading = Reading(self, surroundings, "正在读取备注", _read, self._show)
        self.label = subject_label()
        self.entries = TwoLines("备注", _NOTHING)
        self.entries.chosen.connect(self._choose)
        self.text = _NoteText(self._add)
        self.add_button = QPushButton("添加")
        self.change_button = QPushButton("保存修改")
        self.remove_button = QPushButton("删除")
        self.add_button.clicked.connect(self._add)
        self.change_button.clicked.connect(self._change)
        self.remove_button.clicked.connect(self._remove)
        self.text.textChanged.connect(self._allow)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.setContentsMargins(theme.SPACE, 0, theme.SPACE, 4)
        for button in (self.add_button, self.change_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        editing = QVBoxLayout()
        editing.setContentsMargins(theme.SPACE, 4, theme.SPACE, 0)
        editing.addWidget(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addWidget(self.entries, 1)
        layout.addLayout(editing)
        layout.addLayout(row)
        self._allow()

    def show_subject(self, subject: Subject | None) -> None:
        if subject != self._subject:
            self.text.clear()
        self._subject = subject
        if subject is None:
            self._reading.drop()
            self._show_notes(())
        else:
            self._reading.ask(subject)
        self._allow()

    def _show(self, subject: Subject, notes: tuple[Note, ...]) -> None:
        self.label.setText(f"{subject.words} · {len(notes)} 条")
        self._show_notes(notes)

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        self.entries.show_entries([(" ".join(note.text.split()), _second(note, self._subject), "") for note in notes])
        self._allow()

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.notes):
            self.text.setPlainText(self.notes[place].text)
        self._allow()

    def _chosen(self) -> Note | None:
        place = self.entries.list.currentRow()
        return self.notes[place] if 0 <= place < len(self.notes) else None

    def _allow(self) -> None:
        current = self._surroundings.session.current
        can_write = self._subject is not None and current is not None and not current.is_read_only
        text, chosen = self.text.toPlainText().strip(), self._chosen()
        is_new = bool(text) and (chosen is None or text != chosen.text)
        self.text.setReadOnly(not can_write)
        self.add_button.setEnabled(can_write and is_new)
        self.change_button.setEnabled(can_write and is_new and chosen is not None)
        self.remove_button.setEnabled(can_write and chosen is not None)

    def _add(self) -> None:
        subject, text = self._subject, self.text.toPlainText().strip()
        if subject is None or not self.add_button.isEnabled():
            return

        def add(edit: Edit) -> None:
            note = Note(subject.unit, 0, text, edit.at.date(), edit.operator, subject.indicator)
            add_note(edit, subject.year, note)

        self._do(f"添加备注：{subject.name}", add)

    def _change(self) -> None:
        subject, chosen, text = self._subject, self._chosen(), self.text.toPlainText().strip()
        if subject is None or chosen is None:
            return

        def change(edit: Edit) -> None:
            note = replace(chosen, text=text, noted_on=edit.at.date(), noted_by=edit.operator)
            update_note(edit, subject.year, note)

        self._do(f"修改备注：{subject.name}", change)

    def _remove(self) -> None:
        subject, chosen = self._subject, self._chosen()
        if subject is not None and chosen is not None:
            self._do(f"删除备注：{subject.name}", lambda edit: remove_note(edit, subject.year, chosen.unit, chosen.key))

    def _do(self, label: str, function: Callable[[Edit], None]) -> None:
        self._surroundings.clear_problem()
        job = self._surroundings.session.change(label, function)
        job.failed.connect(self._surroundings.show_problem)
        job.done.connect(lambda _nothing: self.text.clear())


class _NoteText(QPlainTextEdit):
    """Ctrl+Enter adds what is written."""

    def __init__(self, add: Callable[[], None]) -> None:
        super().__init__()
        self._add = add
        self.setAccessibleName("备注内容")
        self.setPlaceholderText("写一条备注")
        self.setTabChangesFocus(True)
        self.setFixedHeight(_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._add()
        else:
            super().keyPressEvent(event)


def _read(workbook: Workbook, subject: Subject) -> tuple[Note, ...]:
    """Of an indicator those on it alone; of the unit all."""
    notes = load_notes(workbook, subject.year, subject.unit)
    return tuple(note for note in notes if not subject.indicator or note.indicator == subject.indicator)


def _second(note: Note, subject: Subject | None) -> str:
    of = f"{note.indicator} · " if note.indicator and not (subject and subject.indicator) else ""
    return f"{of}{note.noted_on.isoformat()} · {note.noted_by}"
