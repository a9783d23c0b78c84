"""What stands beside one form's figures: evidence, revisions, self-scores, note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget, QVBoxLayout

from assessor.domain.figure_table import asked_figures
from assessor.domain.form_table import FormRow, FormState
from assessor.domain.results import LeafResult
from assessor.domain.submission import Submission
from assessor.ui import theme
from assessor.ui.forms.evidence_tab import EvidenceTab
from assessor.ui.forms.figure_columns import refusal_to_fill
from assessor.ui.forms.revisions import RevisionLine, revision_columns, revision_lines
from assessor.ui.forms.self_scores import scores_of, self_score_columns
from assessor.ui.forms.work import FormWork
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.segments import Segments
from assessor.workbook.form_steps import Entry
from assessor.workbook.submissions import load_revisions

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings

EVIDENCE, REVISIONS, SELF, NOTE = "evidence", "revisions", "self", "note"


class NoteEdit(QPlainTextEdit):
    """A text that is kept when the keyboard leaves it, or with Ctrl+Enter."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_done(event):
            event.accept()  # here Ctrl+Enter does not accept the form
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_done(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _is_done(event: QKeyEvent) -> bool:
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class SideTabs(QFrame):
    def __init__(self, surroundings: Surroundings, work: FormWork) -> None:
        super().__init__()
        self._surroundings, self._work = surroundings, work
        self._view: YearView | None = None
        self._row: FormRow | None = None
        self._reading: Job | None = None
        self.tabs = Segments("附属内容")
        self.evidence = EvidenceTab(surroundings)
        self.revisions = RowModel[RevisionLine]((), lambda line: line.title)
        self.revision_grid = Grid("历次填报", frozen=1, memory_key="form-revisions", numbers=False)
        self.revision_grid.set_model(self.revisions)
        self.scores = RowModel[LeafResult](self_score_columns(), lambda leaf: leaf.indicator.code)
        self.scores.write = self._write_scores
        self.score_grid = Grid("自评分", frozen=1, memory_key="form-self-scores", numbers=False)
        self.score_grid.set_model(self.scores)
        self.score_grid.opened.connect(lambda index: self._open_trace(self.scores.row_at(index).indicator.code))
        self.note = NoteEdit()
        self.note.setAccessibleName("说明")
        self.note.setPlaceholderText("说明：来文方式、核实经过、与上年相差较大的原因等")
        self.note.left.connect(self.finish)
        self._stack = QStackedWidget()
        for part in (self.evidence, self.revision_grid, self.score_grid, self.note):
            self._stack.addWidget(part)
        self.tabs.chosen.connect(self.choose)
        self._show_titles("", "")
        theme.dress(self, role="card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(340)

    def choose(self, key: str) -> None:
        self._stack.setCurrentIndex((EVIDENCE, REVISIONS, SELF, NOTE).index(key))

    def fill(self, view: YearView, row: FormRow, locked: str) -> None:
        is_same = self._row is not None and self._row.key == row.key
        self._view, self._row = view, row
        form = row.submission
        self._show_titles(str(len(form.evidence)) if form else "", str(form.revision) if form else "")
        self.evidence.fill(view.year.year, row, locked)
        _group, result = view.assessed_unit(row.key.unit)
        self.scores.show_rows(result.leaves)
        self.scores.locked = locked or ("不参评" if row.state is FormState.EXEMPT else "")
        if not (is_same and self.note.hasFocus()):
            self.note.setPlainText(form.note if form else "")
        why_not = locked or ("还没有收到填报" if form is None else refusal_to_fill(row))
        self.note.setReadOnly(bool(why_not))
        self.note.setToolTip(why_not)
        self._read_revisions(view, row)

    def _read_revisions(self, view: YearView, row: FormRow) -> None:
        year, key = view.year.year, row.key
        self._reading = job = self._surroundings.session.run(
            "正在读取历次填报", lambda workbook, _work: load_revisions(workbook, year, key.unit, key.task), quiet=True
        )
        job.done.connect(lambda forms: self._show_revisions(forms) if self._reading is job else None)
        job.failed.connect(self._surroundings.show_problem)

    def _show_revisions(self, forms: Sequence[Submission]) -> None:
        if self._view is None or self._row is None:
            return
        group, _result = self._view.assessed_unit(self._row.key.unit)
        lines = revision_lines(forms, asked_figures(group.scheme, self._row.key.task)) if forms else ()
        self.revisions.show_table(revision_columns(forms) if forms else (), lines)

    def _show_titles(self, evidence: str, revisions: str) -> None:
        titles = [
            (EVIDENCE, f"佐证 {evidence}".rstrip()),
            (REVISIONS, f"历次 {revisions}".rstrip()),
            (SELF, "自评分"),
            (NOTE, "说明"),
        ]
        self.tabs.show_choices(titles)

    def _write_scores(self, changes: Sequence[CellChange[LeafResult]]) -> Job | None:
        if self._row is None:
            return None
        return self._work.score_self(self._row.key.unit, self._row.unit.short_name, scores_of(changes))

    def finish(self) -> None:
        """Keeps the note that was typed."""
        row = self._row
        if row is None or row.submission is None or self.note.isReadOnly():
            return
        text = self.note.toPlainText().strip()
        if text != row.submission.note:
            self._work.enter({row.key: Entry(note=text)}, f"修改说明 {row.unit.short_name} {row.key.title}")

    def _open_trace(self, indicator: str) -> None:
        if self._row is not None:
            self._surroundings.open_trace(self._row.key.unit, indicator)
