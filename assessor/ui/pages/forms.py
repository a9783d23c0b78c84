"""填报: what every unit hands in, as a matrix, a list and figures; one form opened; received, checked, returned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from assessor.domain.figure_table import FigureRow, asked_figures, figure_summary
from assessor.domain.form_claims import Claim, open_claims
from assessor.domain.form_flow import FormKey
from assessor.domain.form_table import FormRow, form_rows
from assessor.domain.next_steps import Topic
from assessor.domain.place import Place
from assessor.domain.standing import deadline_text, standing_of
from assessor.errors import AssessorError
from assessor.ui.forms.actions import CLAIMS, HISTORY, OPEN, PROPOSE, Allowed, FormActions
from assessor.ui.forms.asking import FormAsking
from assessor.ui.forms.figure_columns import entries_of
from assessor.ui.forms.layout import FormsLayout, Look
from assessor.ui.forms.previous import PreviousForms
from assessor.ui.forms.state_look import state_of
from assessor.ui.forms.submission_pane import SubmissionPane
from assessor.ui.forms.tables import FormTables
from assessor.ui.forms.work import FormWork
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import CellChange
from assessor.ui.pages.page import Page, Surroundings

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job

_SEALED = "本年度已定稿，不能修改填报"
_NOTHING = "{} 年度还没有下达任务，也没有年度填报表。\n请先到“任务”页下达本年度的任务。"


class FormsPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("填报", surroundings)
        self.overview = QWidget()
        self.actions_by_key = FormActions(self.body, self.do)
        self.parts = FormsLayout(self.overview, self.tools, self.actions_by_key, self._take_grid)
        self.tables = FormTables(self.parts, self._write)
        self.work = FormWork(surroundings, self.parts.say)
        self._pane: SubmissionPane | None = None
        self.asking = FormAsking(self, self.work, surroundings.today)
        self.rows: tuple[FormRow, ...] = ()
        self.previous = PreviousForms(surroundings, self._show)
        self._panes = QStackedWidget()
        self._panes.addWidget(self.overview)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        self._doings: dict[str, Callable[[Sequence[FormRow]], object]] = {
            OPEN: lambda rows: self.open(rows[0].key),
            "receive": self.asking.receive,
            "accept": self.asking.accept,
            "return": self.asking.give_back,
            "reopen": self.asking.reopen,
            PROPOSE: self._propose,
            CLAIMS: self._ask_claims,
            "remove": self.asking.remove,
            HISTORY: self._show_history,
        }
        self._connect()
        self.parts.show_look()

    @property
    def pane(self) -> SubmissionPane:
        """One form opened; made when it is first asked for."""
        if self._pane is None:
            self._pane = SubmissionPane(self.surroundings, self.work, self.actions_by_key)
            self._pane.left.connect(self.close_form)
            self._pane.moved.connect(self.open)
            self._panes.addWidget(self._pane)
        return self._pane

    @property
    def open_key(self) -> FormKey | None:
        """Of the form that is open; None where the tables are shown."""
        return self._pane.key if self._pane is not None else None

    def fill(self, view: YearView) -> None:
        self.rows = form_rows(view, self.surroundings.today())
        self.work.year = view.year.year
        if not self.rows:
            self.set_empty(_NOTHING.format(view.year.year))
            return
        self.set_subtitle(self._subtitle_of(view))
        self.previous.read(view)
        self.parts.show_whom(view)
        self.parts.show_tables(view, self.rows)
        self._show()

    def take_focus(self) -> None:
        if self.open_key is not None:
            self.pane.take_focus()
        else:
            self.parts.grid().setFocus()

    def do(self, key: str) -> None:
        """Does what the action of that key does with the chosen forms, or with the one that is open."""
        if not self.actions_by_key[key].isEnabled():
            return
        self.surroundings.clear_problem()
        self.parts.say("")
        try:
            self._doings[key](self.chosen())
        except AssessorError as problem:
            self.surroundings.show_problem(problem)

    def chosen(self) -> list[FormRow]:
        if self.open_key is not None:
            return [row for row in self.rows if row.key == self.open_key]
        return self.tables.chosen()

    def choose_look(self, look: Look) -> None:
        self.parts.looks.show_choices([(each.value, each.label) for each in Look], look.value)
        self._change_look()

    def show_topic(self, topic: Topic) -> None:
        """Goes to the list with the forms that a finding of that topic is about."""
        self.close_form()
        self.parts.whom.setCurrentIndex(0)
        self.choose_look(Look.LIST)
        self.parts.legend.choose(state_of(topic, self.rows))

    def go_to(self, place: Place) -> None:
        """Opens the form that the place names; of a form that the year does not have, nothing."""
        key = FormKey(place.unit, place.task)
        if any(row.key == key for row in self.rows):
            self.open(key)
        elif not place.unit and self.open_key is not None:
            self.close_form()

    def place(self) -> Place:
        key = self.open_key
        return Place(self.objectName(), unit=key.unit, task=key.task) if key else Place(self.objectName())

    def open(self, key: FormKey) -> None:
        """Shows one form in place of the tables."""
        among = [row.key for row in self._ordered()]
        self.pane.show_form(key, among if key in among else [row.key for row in self.rows])
        self._panes.setCurrentWidget(self.pane)
        self._show_pane()
        self._show_tools(False)
        self.pane.go_to_first()
        self.pane.take_focus()

    def close_form(self) -> None:
        """Back to the tables, at the form that was open."""
        key = self.open_key
        if self._pane is not None:
            self._pane.key = None
        self._panes.setCurrentWidget(self.overview)
        self._show_tools(True)
        self._show()
        if key is not None:
            self.tables.go_to(key)
        self.parts.grid().setFocus()

    def read_only_reason(self) -> str:
        """Why nothing can be changed here; empty where it can."""
        current = self.surroundings.session.current
        if current is None or self.view is None:
            return "没有打开的年度"
        return current.read_only_reason or (_SEALED if self.view.seal else "")

    def _connect(self) -> None:
        self.parts.looks.chosen.connect(lambda _key: self._change_look())
        self.parts.whom.currentIndexChanged.connect(self._show)
        self.parts.table.currentIndexChanged.connect(self._show)
        self.parts.previous.toggled.connect(self._show)
        self.parts.legend.chosen.connect(lambda _key: self._show())

    def _take_grid(self, look: Look, grid: Grid) -> None:
        grid.is_narrowed, grid.widen = self._is_narrowed, self._widen
        self.tables.take(look, grid)
        grid.opened.connect(self._open_at)
        grid.looked_at.connect(lambda _index: self._look())
        grid.selecting.changed.connect(self._look)
        grid.menu_asked.connect(self._fill_menu)

    def _is_narrowed(self) -> bool:
        return bool(self.parts.legend.wanted or self.parts.whom.currentData())

    def _widen(self) -> None:
        """Shows the forms of all units and states; the table of figures that is chosen stays."""
        self.parts.whom.setCurrentIndex(0)
        self.parts.legend.choose("")

    def _change_look(self) -> None:
        """The form that is chosen stays so in the other view."""
        self.parts.show_look()
        self._show()
        self.parts.grid().setFocus()

    def _show(self) -> None:
        if self.view is None or not self.rows:
            return
        if self.open_key is not None:
            self._show_pane()
            return
        self.parts.locked.setText(self.read_only_reason())
        self.parts.legend.show_counts(self._counted(), with_unassigned=self.parts.look is Look.MATRIX)
        self.tables.show(self.view, self.rows, self.previous.forms, self.read_only_reason())
        self._look()

    def _show_pane(self) -> None:
        row = next((row for row in self.rows if row.key == self.open_key), None)
        if row is None or self.view is None:
            self.close_form()
            return
        self.pane.fill(self.view, row, self.previous.forms, self.read_only_reason())
        self._allow([row])

    def _show_tools(self, is_shown: bool) -> None:
        for part in self.parts.choices:
            part.setVisible(is_shown)
        if is_shown:
            self.parts.show_look()

    def _look(self) -> None:
        rows = self.tables.chosen()
        self._allow(rows)
        index = self.parts.grid().current_index()
        row = self.tables.form_at(index)
        text = self._words_of(row) if row else ""
        if len(rows) > 1:
            text = f"已选 {len(rows)} 份 · {text}"
        self.parts.spot.setText(text or "双击或回车打开一份填报；用 Ctrl、Shift 选择多份一起办理")

    def _words_of(self, row: FormRow) -> str:
        """A form in one line."""
        assert self.view is not None
        group, _unit = self.view.assessed_unit(row.key.unit)
        form = row.submission
        parts = [f"<b>{escape(row.place)}</b>", row.state_text]
        parts += [f"{form.submitted_on.isoformat()} 报送" if form else f"截止 {row.deadline.isoformat()}"]
        parts += [figure_summary(row, asked_figures(group.scheme, row.key.task))]
        parts += [f"退回理由：{escape(form.return_reason)}" if form and form.return_reason else ""]
        return " · ".join(part for part in parts if part)

    def _allow(self, rows: Sequence[FormRow]) -> None:
        has_previous = self.view is not None and bool(self.previous.proposable(self.view, rows))
        has_claims = any(row.has_claim for row in rows)
        self.actions_by_key.allow(rows, Allowed(self.read_only_reason(), has_previous, has_claims))

    def _claims(self) -> list[tuple[str, Claim]]:
        if self.view is None:
            return []
        return [
            (unit.unit.short_name, claim)
            for group in self.view.facts.groups
            for unit in group.units
            for claim in open_claims(unit, group)
        ]

    def _counted(self) -> list[FormRow]:
        """What the legend counts: the forms of the view, whatever their state."""
        if self.parts.look is Look.FIGURES:
            chosen = str(self.parts.table.currentData() or "")
            is_own = chosen.startswith("group:")
            return [row for row in self.rows if self.parts.is_of(row, chosen) and bool(row.key.task) is not is_own]
        chosen = str(self.parts.whom.currentData() or "")
        return [row for row in self.rows if self.parts.is_of(row, chosen)]

    def _ordered(self) -> list[FormRow]:
        """The forms to page through: those of the list or the figures as they are shown, else all that are due."""
        look = self.parts.look
        if look is Look.LIST:
            return self.tables.list.shown_rows()
        if look is Look.FIGURES:
            return [row.form for row in self.tables.figures.shown_rows()]
        return [row for row in self.rows if row.is_due]

    def _open_at(self, index: QModelIndex) -> None:
        row = self.tables.form_at(index)
        if row is not None:
            self.open(row.key)

    def _fill_menu(self, _index: QModelIndex, menu: QMenu) -> None:
        menu.addActions(self.actions_by_key.all())

    def _propose(self, rows: Sequence[FormRow]) -> None:
        if self.view is not None:
            self.work.propose(self.previous.proposable(self.view, rows), self.previous.forms)

    def _ask_claims(self, rows: Sequence[FormRow]) -> None:
        keys = {row.key for row in rows}
        self.asking.settle([(name, claim) for name, claim in self._claims() if claim.key in keys])

    def _show_history(self, rows: Sequence[FormRow]) -> None:
        from assessor.workbook.history_list import HistoryQuery
        from assessor.workbook.row_titles import Area

        key = rows[0].key
        query = HistoryQuery(area=Area.FORM, year=self.work.year, unit=key.unit, text=key.task)
        self.surroundings.show_history(query)

    def _write(self, changes: Sequence[CellChange[FigureRow]]) -> Job:
        entries = entries_of(changes)
        names = {change.row.form.unit.short_name for change in changes}
        title = changes[0].row.form.key.title
        count = f"{next(iter(names))} {title}" if len(entries) == 1 else f"{title} {len(names)} 个单位"
        self.parts.say("")
        return self.work.enter(entries, f"修改填报数据 {count}")

    def _subtitle_of(self, view: YearView) -> str:
        standing = standing_of(view, self.surroundings.today())
        deadline = f"{view.year.deadline.month} 月 {view.year.deadline.day} 日截止"
        return (
            f"{deadline}，{deadline_text(view.year, standing)} · 已报 {standing.handed_in}/{standing.forms} 份"
            f" · {standing.complete_units}/{standing.units} 个单位报齐"
        )
