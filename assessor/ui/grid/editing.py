"""The editor over a cell: opened by typing, F2, a double click or an input method; closed only when its text is taken
or given up. A refused text stays, with the reason beside it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from assessor.errors import AssessorError
from assessor.ui.grid.areas import Cell
from assessor.ui.grid.cell_note import CellNote
from assessor.ui.grid.cell_view import CellView
from assessor.ui.grid.checking import Refusal, refusal_of
from assessor.ui.grid.column import CHECKED, CellKind
from assessor.ui.grid.editors import make_editor
from assessor.ui.grid.editors.editor import CellEditor, Use
from assessor.ui.grid.host import context_of
from assessor.ui.grid.row_model import RowModel
from assessor.ui.grid.selecting import Selecting
from assessor.ui.grid.table import GridTable
from assessor.ui.grid.writing import Writing, locked_by

_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


@dataclass
class _Open:
    editor: CellEditor
    view: CellView
    row: Hashable
    column: str
    before: str
    context: tuple[object, object]
    """Workbook and year when it was opened."""
    is_replacing: bool
    """Begun by typing: the arrows go to the next cell, not through the text."""
    failed: str | None = None
    """The text that the workbook did not take; None: none was offered."""


class Editing(QObject):
    def __init__(self, table: GridTable, selecting: Selecting, writing: Writing, overlay: QWidget) -> None:
        super().__init__(table)
        self._table, self._selecting, self._writing, self._overlay = table, selecting, writing, overlay
        self._model: RowModel[Any] | None = None
        self._open: _Open | None = None
        self._is_composing = False
        self.note = CellNote(overlay)
        table.laid_out.connect(self._follow)
        table.rows_came.connect(self._follow)
        table.take_composition = self._compose
        table.answer_input_method = self._answer_input_method
        selecting.may_leave = self.finish

    def set_model(self, model: RowModel[Any]) -> None:
        self._close()
        self._model = model

    @property
    def editor(self) -> CellEditor | None:
        return self._open.editor if self._open else None

    def refusal(self, index: QModelIndex) -> str:
        """Why a cell cannot be edited; empty: it can."""
        model = self._model
        if model is None or not index.isValid():
            return "没有单元格"
        if model.write is None:
            return "这张表只供查看"
        return refusal_of(model.column_at(index), model.row_at(index), locked_by(self._table, model))

    def begin(self, typed: str | None = None) -> bool:
        """Opens the editor of the active cell: with its text, or with ``typed`` instead. False: it says why not."""
        model, cell = self._model, self._selecting.active
        if model is None or cell is None or not self.finish():
            return False
        index = self._table.index_at(cell)
        reason = self.refusal(index)
        if reason:
            self.say(reason)
            return False
        column = model.column_at(index)
        if column.kind is CellKind.CHECK:
            if typed is None:
                return self.toggle()
            self.say("按空格键或单击方框勾选")
            return False
        self._selecting.reveal(cell)
        before = model.edited_text(index.row(), index.column())
        self._raise(index, before, before if typed is None else typed, is_replacing=typed is not None)
        return True

    def reopen(self, row: Hashable, column: str, text: str, problem: AssessorError) -> bool:
        """With a text that the workbook did not take. False: the keyboard is elsewhere, or that row is not shown."""
        model = self._model
        index = model.index_of(row, column) if model else QModelIndex()
        if model is None or self._open is not None or not index.isValid() or self._is_busy_elsewhere():
            return False
        edit = model.column_at(index).edit
        if edit is None or self._table.isColumnHidden(index.column()):
            return False
        self._selecting.select(self._table.cell_of(index))
        self._raise(index, edit.start(model.row_at(index)), text, is_replacing=False)
        if self._open is not None:
            self._open.failed = text
        self._refuse(problem.what, problem.remedy)
        return True

    def _is_busy_elsewhere(self) -> bool:
        """Whether the user is typing outside of this grid: the keyboard is not taken from him."""
        focused = QApplication.focusWidget()
        return focused is not None and not self._overlay.isAncestorOf(focused)

    def toggle(self) -> bool:
        """The active cell of a CHECK column. False where it is none."""
        model, cell = self._model, self._selecting.active
        if model is None or cell is None:
            return False
        index = self._table.index_at(cell)
        if not index.isValid() or model.column_at(index).kind is not CellKind.CHECK:
            return False
        is_checked = model.shown_text(index.row(), index.column()) == CHECKED
        refusals = self._writing.submit([self._writing.wanted(cell, "" if is_checked else CHECKED)])
        if refusals:
            self.say(_words(refusals[0]), is_bad=True)
        return True

    def finish(self, *, retries: bool = True) -> bool:
        """Takes the text of the open editor. False: it is refused, and the editor stays. Without ``retries`` a text
        that the workbook did not take is not offered to it once more.
        """
        opened = self._open
        if opened is None:
            return True
        text = opened.editor.text()
        if text == opened.failed and not retries:
            opened.editor.input.setFocus()
            return False
        if text == opened.before:
            self._close()
            return True
        if opened.context != context_of(self._table):
            self._refuse("这是在另一个年度输入的", "请切换回去再按 Enter，或复制内容后按 Esc 放弃")
            return False
        model = self._model
        place = model.place_of(opened.row) if model else None
        if model is None or place is None:
            self._refuse("这一行已经不在表中", "请复制已输入的内容，再按 Esc 放弃")
            return False
        column = self._table.shown_columns().index(model.column_number(opened.column))
        refusals = self._writing.submit([self._writing.wanted(Cell(place, column), text)])
        if refusals:
            self._refuse(refusals[0].what, refusals[0].remedy)
            return False
        self._close()
        return True

    def give_up(self) -> None:
        self._close()

    def say(self, text: str, *, is_bad: bool = False) -> None:
        """Beside the active cell."""
        cell = self._selecting.active
        index = self._table.index_at(cell) if cell else QModelIndex()
        if index.isValid():
            view = self._table.view_of(index.column())
            self.note.say(text, view.visualRect(index), view.viewport(), is_bad=is_bad)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        opened = self._open
        if opened is None or watched is not opened.editor.input:
            return False
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(opened, event)
        if event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._leave(opened, event.reason())
        return False

    def _take_key(self, opened: _Open, event: QKeyEvent) -> bool:
        use = opened.editor.use_of(event)
        if use is not Use.GRID:
            return use is Use.DONE
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.give_up()
            return True
        step = _STEPS.get(key)
        if step is None and opened.is_replacing and event.modifiers() in (_NONE, _KEYPAD):
            step = _ARROWS.get(key)
        if step is None:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            step = (-1, 0)
        if self.finish():
            self._selecting.step(*step)
        return True

    def _leave(self, opened: _Open, reason: Qt.FocusReason) -> None:
        """The keyboard went elsewhere: the text is taken where it can be; where not, the editor stays with it."""
        away = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        to = QApplication.focusWidget()
        if reason in away or self._is_composing or (to is not None and opened.editor.owns(to)):
            return
        self.finish()

    def _raise(self, index: QModelIndex, before: str, text: str, *, is_replacing: bool) -> None:
        model = self._model
        if model is None:
            return
        column, row = model.column_at(index), model.row_at(index)
        view = self._table.view_of(index.column())
        choices = column.edit.choices(row) if column.edit else ()
        editor = make_editor(column.kind, view.viewport(), self._overlay, choices, column.title.replace("\n", " "))
        editor.input.setAccessibleName(column.title.replace("\n", " "))
        context = context_of(self._table)
        self._open = _Open(editor, view, model.key_at(index.row()), column.key, before, context, is_replacing)
        self.note.hide()
        editor.set_text(text, selects=not is_replacing)
        editor.finish_asked.connect(self._finish_and_return)
        editor.give_up_asked.connect(self.give_up)
        editor.input.installEventFilter(self)
        self._follow()
        editor.show()
        editor.raise_()
        editor.input.setFocus()

    def _finish_and_return(self) -> None:
        if self.finish():
            self._table.setFocus()

    def _close(self) -> None:
        opened, self._open = self._open, None
        self._is_composing = False
        self.note.hide()
        if opened is None:
            return
        had_focus = opened.editor.owns(QApplication.focusWidget())
        opened.editor.input.removeEventFilter(self)
        opened.editor.end()
        if had_focus:
            self._table.setFocus()

    def _refuse(self, what: str, remedy: str) -> None:
        opened = self._open
        if opened is None:
            return
        opened.editor.point_out(True)
        opened.editor.input.setAccessibleDescription(f"{what}。{remedy}")
        self._reveal(opened)
        self.note.say("\n".join(part for part in (what, remedy) if part), *self._spot(opened), is_bad=True)
        opened.editor.input.setFocus()

    def _reveal(self, opened: _Open) -> None:
        index = self._index(opened)
        if index.isValid():
            self._table.scrollTo(index)

    def _index(self, opened: _Open) -> QModelIndex:
        return self._model.index_of(opened.row, opened.column) if self._model else QModelIndex()

    def _spot(self, opened: _Open) -> tuple[QRect, QWidget]:
        index = self._index(opened)
        rect = opened.view.visualRect(index) if index.isValid() else QRect(0, 0, 120, 30)
        return rect, opened.view.viewport()

    def _follow(self) -> None:
        """To its cell, after that has moved."""
        opened = self._open
        if opened is None:
            return
        rect, view = self._spot(opened)
        opened.editor.place(rect, view)
        if self.note.isVisible():
            self.note.follow(rect, view)

    # What an input method composes: it begins in the table, which keeps the keyboard until the first word is done

    def _compose(self, event: QInputMethodEvent) -> bool:
        if not event.preeditString() and not event.commitString() and not self._is_composing:
            return False
        if self._open is None and not self._begin_composing():
            return True
        opened = self._open
        if opened is None:
            return False
        copy = QInputMethodEvent(event.preeditString(), event.attributes())
        copy.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
        QApplication.sendEvent(opened.editor.input, copy)
        if not event.preeditString():
            self._is_composing = False
            opened.editor.input.setFocus()
        return True

    def _begin_composing(self) -> bool:
        if not self.begin(""):
            return False
        self._is_composing = True
        self._table.setFocus()
        return True

    def _answer_input_method(self, query: Qt.InputMethodQuery) -> object:
        """The list of candidates opens where the text appears, not at the corner of the table."""
        opened = self._open
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        if query != Qt.InputMethodQuery.ImCursorRectangle:
            return opened.editor.input.inputMethodQuery(query) if opened else None
        if opened is not None:
            rect = opened.editor.input.inputMethodQuery(query)
            at = opened.editor.input.mapTo(self._table, rect.topLeft()) if isinstance(rect, QRect) else None
            return QRect(at, rect.size()) if at is not None else None
        cell = self._selecting.active
        index = self._table.index_at(cell) if cell else QModelIndex()
        if not index.isValid():
            return None
        view = self._table.view_of(index.column())
        rect = view.visualRect(index)
        return QRect(view.viewport().mapTo(self._table, rect.topLeft()), rect.size())


def _words(refusal: Refusal) -> str:
    return "\n".join(part for part in (refusal.what, refusal.remedy) if part)


_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
