"""One form opened: figures beside last year's and the target, evidence, revisions, self-scores and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor.domain.figure_table import FigureLine, Previous, figure_lines
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.forms.actions import BUTTONS, HISTORY, OPEN, FormActions
from assessor.ui.forms.figure_columns import read_day, refusal_to_fill
from assessor.ui.forms.line_columns import VALUE, figures_of, line_columns, sentence_of
from assessor.ui.forms.side_tabs import SideTabs
from assessor.ui.forms.state_look import tone_of
from assessor.ui.forms.work import FormWork
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.workbook.form_steps import Entry

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings

_SIDE = 460
_NOT_YET = "还没有收到这份填报：点“登记收到…”，或直接在“本年”一列输入、粘贴数据（按今天收到）。"


class SubmissionPane(QWidget):
    left = Signal()
    """Back to the tables."""
    moved = Signal(object)
    """FormKey of the previous or next form."""

    def __init__(self, surroundings: Surroundings, work: FormWork, actions: FormActions) -> None:
        super().__init__()
        self.key: FormKey | None = None
        """Of the form that is shown."""
        self._surroundings, self._work = surroundings, work
        self._row: FormRow | None = None
        self._keys: Sequence[FormKey] = ()
        self.back = QPushButton("返回")
        self.before = QPushButton("上一份")
        self.after = QPushButton("下一份")
        self.place = QLabel()
        self.place.setFont(theme.font("heading", bold=True))
        self.place.setMinimumWidth(1)  # a long title is cut, it does not push the window open
        self.state = QLabel()
        self.day = QLineEdit()
        self.day.setFixedWidth(112)
        self.day.setAccessibleName("报送日期")
        self.lateness = QLabel()
        theme.dress(self.lateness, tone="muted")
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.model = RowModel[FigureLine]((), lambda line: line.figure.code)
        self.model.write = self._write
        self.figures = Grid("本表数据", frozen=1, memory_key="form-figures", numbers=False)
        self.figures.set_model(self.model)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setMinimumHeight(48)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.dress(self.why, tone="muted")
        self.side = SideTabs(surroundings, work)
        self._lay_out(actions)
        self._connect()

    def show_form(self, key: FormKey, among: Sequence[FormKey]) -> None:
        """``among``: the forms that previous and next go through. ``fill`` shows it."""
        self.side.finish()
        self.key, self._keys = key, among

    def fill(self, view: YearView, row: FormRow, previous: Previous, locked: str) -> None:
        self._row = row
        form = row.submission
        self.place.setText(row.place)
        self.place.setToolTip(row.place)
        self.state.setText(row.state.label)
        theme.dress(self.state, tone=tone_of(row.state))
        if not self.day.hasFocus() or self.day.isReadOnly():
            self.day.setText(form.submitted_on.isoformat() if form else "")
        why_not = locked or refusal_to_fill(row)
        self.day.setReadOnly(bool(why_not))
        self.day.setToolTip(why_not)
        self.day.setPlaceholderText("" if why_not else "收到后填写")
        self.lateness.setText(_lateness(row))
        self._show_reason(row, locked)
        self.model.show_table(line_columns(row), figure_lines(view, row, previous))
        self.model.locked = locked
        self.side.fill(view, row, locked)
        place = self._place()
        self.before.setEnabled(place is not None and place > 0)
        self.after.setEnabled(place is not None and place + 1 < len(self._keys))
        self._explain(self.figures.current_index())

    def take_focus(self) -> None:
        self.figures.setFocus()

    def go_to_first(self) -> None:
        """To the first figure, ready to type."""
        if self.model.rowCount():
            self.figures.go_to(self.model.index(0, self.model.column_number(VALUE)))

    def _show_reason(self, row: FormRow, locked: str) -> None:
        form = row.submission
        if form is not None and form.return_reason:
            text, tone = f"退回理由：{form.return_reason}", "warn"
        elif locked:
            text, tone = locked, "muted"
        elif row.not_applicable:
            text, tone = f"{row.state.label}：{row.not_applicable}", "muted"
        else:
            text, tone = (_NOT_YET if form is None else ""), "muted"
        self.reason.setText(text)
        theme.dress(self.reason, tone=tone)
        self.reason.setVisible(bool(text))

    def _place(self) -> int | None:
        return next((place for place, key in enumerate(self._keys) if key == self.key), None)

    def _step(self, by: int) -> None:
        place = self._place()
        if place is not None and 0 <= place + by < len(self._keys):
            self.moved.emit(self._keys[place + by])

    def _write(self, changes: Sequence[CellChange[FigureLine]]) -> Job | None:
        return self._work.correct(self._row, figures_of(changes)) if self._row is not None else None

    def _write_day(self) -> None:
        """A date that is none goes back to what it was, and the message bar says why."""
        row = self._row
        if row is None or self.day.isReadOnly():
            return
        shown = row.submission.submitted_on.isoformat() if row.submission else ""
        if self.day.text().strip() == shown:
            return
        try:
            day = read_day(self.day.text())
        except InputError as problem:
            self.day.setText(shown)
            self._surroundings.show_problem(problem)
            return
        self._surroundings.clear_problem()
        job = self._work.enter({row.key: Entry(day=day)}, f"修改报送日期 {row.unit.short_name} {row.key.title}")
        job.failed.connect(lambda _problem: self.day.setText(shown))

    def _explain(self, index: QModelIndex) -> None:
        self.why.setText(sentence_of(self.model.row_at(index)) if index.isValid() else "")

    def _open_trace(self, index: QModelIndex) -> None:
        feeds = self.model.row_at(index).feeds
        if self.key is not None and feeds:
            self._surroundings.open_trace(self.key.unit, feeds[0].indicator)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.day.editingFinished.connect(self._write_day)
        self.figures.looked_at.connect(self._explain)
        self.figures.opened.connect(self._open_trace)
        keys = (("Alt+Up", -1, "上一份"), ("Alt+Down", 1, "下一份"))
        for sequence, by, words in keys:
            self._shortcut(sequence, words).activated.connect(lambda by=by: self._step(by))
        self._shortcut("Alt+Home", "返回总表").activated.connect(self.left)
        self.before.setToolTip("上一份（Alt+↑）")
        self.after.setToolTip("下一份（Alt+↓）")
        self.back.setToolTip("返回总表（Alt+Home）")

    def _shortcut(self, keys: str, words: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setWhatsThis(words)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def _lay_out(self, actions: FormActions) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        for button in (self.back, self.before, self.after):
            head.addWidget(button)
        head.addSpacing(theme.SPACE)
        head.addWidget(self.place)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(QLabel("报送日期"))
        head.addWidget(self.day)
        head.addWidget(self.lateness)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for key in (*BUTTONS, HISTORY):
            if key != OPEN:
                deed = QToolButton()
                deed.setDefaultAction(actions[key])
                deed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
                buttons.addWidget(deed)
        buttons.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._figures_card())
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([10_000, _SIDE])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(head)
        layout.addLayout(buttons)
        layout.addWidget(self.reason)
        layout.addWidget(splitter, 1)

    def _figures_card(self) -> QFrame:
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.figures, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.SPACE + 4, 0, theme.SPACE, 6)
        foot.addWidget(self.why)
        inside.addLayout(foot)
        return card


def _lateness(row: FormRow) -> str:
    words = [f"截止 {row.deadline.isoformat()}"]
    if row.submission is not None:
        words.insert(0, f"第 {row.submission.revision} 次")
    if row.days_late:
        words.append(f"{'逾期' if row.submission else '已逾期'} {row.days_late} 天")
    return " · ".join(words)
