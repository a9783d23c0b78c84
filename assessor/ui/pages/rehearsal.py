"""试算: drafts of schemes, and what would be otherwise if a year were scored by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from assessor.domain import rehearsal_words as words
from assessor.domain.place import Place
from assessor.domain.rehearsal import Decisive, Rehearsal, UnitMove, rehearse
from assessor.domain.scheme_check import SchemeCheck, check_scheme
from assessor.domain.scheme_comparison import ComparedLine, compare_schemes, compared_lines
from assessor.domain.scheme_place import place_words
from assessor.ui import theme
from assessor.ui.choice import Choice
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.scheme_comparison import comparison_columns
from assessor.ui.dialogs.scheme_draft import DraftDialog
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.models.rehearsal_columns import decisive_columns, move_columns
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.scheme import drafts, storing
from assessor.ui.scheme.dropping import SchemeDrop
from assessor.ui.scheme.takeover import SchemeTakeover
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.work import Work
    from assessor.workbook.scheme_sources import SchemeSource
    from assessor.workbook.workbook import Workbook

_ONCE = Qt.ConnectionType.SingleShotConnection
MOVES, DECISIVE, CHANGES = "moves", "decisive", "changes"
_PARTS = ((MOVES, "单位变化"), (DECISIVE, "起决定作用的指标"), (CHANGES, "细则差别"))


@dataclass(frozen=True)
class Outcome:
    source: SchemeSource
    year: int
    found: Rehearsal
    check: SchemeCheck
    lines: tuple[ComparedLine, ...]


class RehearsalPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("试算", surroundings)
        self.sources: tuple[SchemeSource, ...] = ()
        self.outcome: Outcome | None = None
        self.dialog: DraftDialog | None = None
        self._wanted = ""
        """Key of the source to show once it is read."""
        self._year: int | None = None
        """That the window showed last: the facts follow it, unless another one's were chosen."""
        self._reading: Job | None = None
        self._trying: Job | None = None
        self.takeover = SchemeTakeover(self, surroundings)
        self._drop = SchemeDrop(self, self.takeover.take, self.takeover.refusal)
        self.groups = Segments("考核组别")
        self.groups.chosen.connect(lambda _key: self._offer_sources())
        self.tools.addWidget(self.groups)
        self.source, self.year = Choice("试算用的细则"), Choice("试算的年度数据")
        self.source.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.source.currentIndexChanged.connect(lambda _place: self._try())
        self.year.currentIndexChanged.connect(lambda _place: self._try())
        self.parts = Segments("试算结果")
        self.parts.show_choices(_PARTS)
        self.parts.chosen.connect(lambda _key: self._show_part())
        self.summary, self.left_out, self.faults = QLabel(), QLabel(), QLabel()
        self.moves: RowModel[UnitMove] = RowModel(move_columns(), lambda move: move.unit.code)
        self.decisive: RowModel[Decisive] = RowModel((), lambda item: item.indicator.code)
        self.changes: RowModel[ComparedLine] = RowModel(
            comparison_columns("", ""), lambda line: (line.item.part, line.item.code, line.field)
        )
        self.grids = {
            MOVES: Grid("试算：单位变化", frozen=1, memory_key="rehearsal.moves"),
            DECISIVE: Grid("试算：起决定作用的指标", frozen=2, memory_key="rehearsal.decisive"),
            CHANGES: Grid("试算：细则差别", frozen=2, memory_key="rehearsal.changes", numbers=False),
        }
        self.grids[MOVES].opened.connect(self._open_unit)
        self.grids[MOVES].menu_asked.connect(self._add_actions)
        self.buttons: dict[str, QPushButton] = {}
        self._tables = QStackedWidget()
        self._lay_out_body()
        for part, model in ((MOVES, self.moves), (DECISIVE, self.decisive), (CHANGES, self.changes)):
            self.grids[part].set_model(model)

    # What is shown

    def fill(self, view: YearView) -> None:
        groups = [(group.group.code, group.group.title) for group in view.facts.groups if group.units]
        self.groups.show_choices(groups)
        self.groups.setVisible(len(groups) > 1)
        self._offer_years(view)
        self._reading = job = storing.read_sources(self.surroundings.session)
        job.done.connect(lambda sources: self._take_sources(sources) if self._reading is job else None)
        job.failed.connect(self.surroundings.show_problem)
        self._allow()

    def take_focus(self) -> None:
        self._grid.setFocus()

    def place(self) -> Place:
        return Place(self.objectName(), key=self.chosen.key if self.chosen else "")

    def go_to(self, place: Place) -> None:
        if place.key:
            self.show_source(place.key)

    def show_source(self, key: str) -> None:
        """Goes to a draft, or another source of schemes, once it is read."""
        self._wanted = key
        self._offer_sources()

    @property
    def chosen(self) -> SchemeSource | None:
        key = self.source.currentData()
        return next((item for item in self.sources if item.key == key), None)

    @property
    def draft(self) -> str:
        """Key of the chosen draft; empty: what is chosen is none."""
        return drafts.draft_key(self.chosen.key) if self.chosen else ""

    @property
    def _grid(self) -> Grid:
        return self.grids[self.parts.key or MOVES]

    @property
    def _own(self) -> str:
        """Key of the shown year's own scheme."""
        return f"{self.view.year.year} {self.groups.key}" if self.view else ""

    def _offer_years(self, view: YearView) -> None:
        current = self.surroundings.session.current
        years = [year.year for year in current.years] if current is not None else []
        kept, follows = self.year.currentData(), self.year.currentData() == self._year
        self._year = view.year.year
        wanted = kept if kept in years and not follows else self._year
        self.year.blockSignals(True)
        self.year.clear()
        for year in reversed(years):
            self.year.addItem(f"{year} 年度数据", year)
        self.year.setCurrentIndex(max(self.year.findData(wanted), 0))
        self.year.blockSignals(False)

    def _take_sources(self, sources: tuple[SchemeSource, ...]) -> None:
        self.sources = sources
        self._offer_sources()

    def _offer_sources(self) -> None:
        """Drafts first: they are what one comes here for."""
        own = [item for item in self.sources if item.scheme.group == self.groups.key]
        offered = sorted(own, key=lambda item: not drafts.draft_key(item.key))
        before = self._wanted or str(self.source.currentData() or "")
        known = {item.key for item in offered}
        first = offered[0].key if offered and drafts.draft_key(offered[0].key) else self._own
        self.source.blockSignals(True)
        self.source.clear()
        for item in offered:
            self.source.addItem(item.title, item.key)
        self.source.setCurrentIndex(max(self.source.findData(before if before in known else first), 0))
        self.source.blockSignals(False)
        if self._wanted in known:
            self._wanted = ""
        self._try()

    def _try(self) -> None:
        """Scores the chosen year by the chosen scheme, off this thread."""
        source, year, view = self.chosen, self.year.currentData(), self.view
        self._allow()
        if source is None or year is None or view is None:
            return
        if self._trying is not None:
            self._trying.cancel()
        self._trying = job = self.surroundings.session.run("正在试算", partial(_rehearse, source, int(year), view))
        job.done.connect(lambda outcome: self._show(outcome) if self._trying is job else None)
        job.failed.connect(self._fail)

    def _show(self, outcome: Outcome) -> None:
        self.outcome = outcome
        found = outcome.found
        self.summary.setText(words.summary_text(found))
        _say(self.left_out, words.left_out_text(found))
        _say(self.faults, _faults_text(outcome.check))
        self.moves.show_rows(found.units)
        self.decisive.show_table(decisive_columns(found), found.decisive)
        names = f"{outcome.year} 年度现行", outcome.source.title
        self.changes.show_table(comparison_columns(*names), outcome.lines)
        self.parts.button(CHANGES).setText(f"细则差别 {len(outcome.lines)}" if outcome.lines else "细则差别")
        self._allow()

    def _fail(self, problem: Exception) -> None:
        self.outcome = None
        self.moves.show_rows([])
        self.surroundings.show_problem(problem)  # type: ignore[arg-type]

    def _show_part(self) -> None:
        self._tables.setCurrentWidget(self._grid)
        self._grid.setFocus()

    def _open_unit(self, index: QModelIndex) -> None:
        self.surroundings.go_to(Place("results", unit=self.moves.row_at(index).unit.code))

    def _add_actions(self, index: QModelIndex, menu: QMenu) -> None:
        menu.addAction("现行得分依据", lambda: self._open_unit(index))

    # What is done

    def ask_new(self) -> None:
        if self.buttons["new"].isEnabled():
            chosen = self.chosen.key if self.chosen else self._own
            offered = [item for item in self.sources if item.scheme.group == self.groups.key]
            self._ask("新建细则草稿", "新建", self._proposed(), self._add, offered, chosen)

    def ask_rename(self) -> None:
        if self.draft and self.chosen:
            self._ask("草稿改名", "改名", drafts.title_of(self.chosen), self._rename)

    def remove(self) -> None:
        if self.draft and self.chosen:
            self._change(f"删除细则草稿 {drafts.title_of(self.chosen)}", partial(drafts.remove, self.draft))

    def adopt(self) -> None:
        if self.draft and self.chosen:
            self.takeover.adopt(drafts.title_of(self.chosen), self.chosen.scheme)

    def export_scheme(self) -> None:
        """The chosen one; where the page has just been made, once it is read."""
        if self.chosen:
            self.takeover.export(f"{self.chosen.title}细则", self.chosen.scheme)
        elif self._reading is not None:
            self._reading.done.connect(lambda _sources: self.export_scheme(), _ONCE)

    def export_moves(self) -> None:
        """The table that is shown, as .xlsx or .csv."""
        self._grid.export()

    def _ask(
        self,
        title: str,
        button: str,
        name: str,
        make: drafts.Named,
        offered: Sequence[SchemeSource] = (),
        chosen: str = "",
    ) -> None:
        self.surroundings.clear_problem()
        self.dialog = dialog = DraftDialog(self, title, button, name, offered, chosen)
        dialog.accepted.connect(lambda: make(dialog))
        show_dialog(dialog)

    def _add(self, dialog: DraftDialog) -> None:
        source, name = dialog.chosen(), dialog.text
        job = self._change(f"新建细则草稿 {name}", partial(drafts.add, name, source.scheme, f"来自{source.title}"))
        job.done.connect(self._want)

    def _want(self, key: str) -> None:
        self._wanted = key

    def _rename(self, dialog: DraftDialog) -> None:
        self._change(f"细则草稿改名 {dialog.text}", partial(drafts.rename, self.draft, dialog.text))

    def _change(self, label: str, function: drafts.Deed) -> Job:
        self.surroundings.clear_problem()
        job = self.surroundings.session.change(label, function)
        job.failed.connect(self.surroundings.show_problem)
        return job

    def _proposed(self) -> str:
        taken = {item.title for item in self.sources}
        numbers = range(1, len(self.sources) + 2)
        return next(f"第{number}稿" for number in numbers if drafts.source_title(f"第{number}稿") not in taken)

    def _allow(self) -> None:
        refusal = self.takeover.refusal()
        sealed = "本年度已定稿，不能采用" if self.view is not None and self.view.seal is not None else ""
        no_draft = "" if self.draft else "请先选一份草稿"
        reasons = {
            "new": refusal,
            "rename": refusal or no_draft,
            "remove": refusal or no_draft,
            "adopt": refusal or no_draft or sealed,
            "import": refusal,
            "export": "" if self.chosen else "没有可以导出的细则",
            "table": "" if self.outcome else "还没有试算结果",
        }
        for key, reason in reasons.items():
            self.buttons[key].setEnabled(not reason)
            self.buttons[key].setToolTip(reason)

    def _lay_out_body(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        for label, widget in (("用", self.source), ("计算", self.year)):
            bar.addWidget(QLabel(label))
            bar.addWidget(widget)
        for key, title, action in (
            ("new", "新建草稿…", self.ask_new),
            ("rename", "改名…", self.ask_rename),
            ("remove", "删除", self.remove),
            ("adopt", "采用为年度细则…", self.adopt),
        ):
            bar.addWidget(self._button(key, title, action))
        bar.addStretch(1)
        for key, title, action in (
            ("import", "导入细则…", self.takeover.ask),
            ("export", "导出细则…", self.export_scheme),
            ("table", "导出试算表…", self.export_moves),
        ):
            self.tools.addWidget(self._button(key, title, action))
        head = QHBoxLayout()
        head.addWidget(self.parts)
        head.addSpacing(theme.SPACE)
        head.addWidget(self.summary, 1)
        for line, tone in ((self.summary, "muted"), (self.left_out, "warn"), (self.faults, "bad")):
            line.setWordWrap(True)
            theme.dress(line, tone=tone)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        for grid in self.grids.values():
            self._tables.addWidget(grid)
        inside.addWidget(self._tables)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(bar)
        layout.addLayout(head)
        layout.addWidget(self.left_out)
        layout.addWidget(self.faults)
        layout.addWidget(card, 1)

    def _button(self, key: str, title: str, action: object) -> QWidget:
        button = self.buttons[key] = QPushButton(title)
        button.clicked.connect(action)
        return button


def _rehearse(source: SchemeSource, year: int, view: YearView, workbook: Workbook, work: Work) -> Outcome:
    from assessor.workbook.facts import load_facts

    facts = view.facts if view.year.year == year else load_facts(workbook, year)
    work.step(0.2, "正在试算")
    found = rehearse(facts, source.scheme)
    work.step(0.9, "正在校验")
    lines = compared_lines(compare_schemes(found.before.scheme, source.scheme))
    return Outcome(source, year, found, check_scheme(source.scheme), lines)


def _faults_text(check: SchemeCheck) -> str:
    if check.is_usable:
        return ""
    first = check.faults[0]
    count = len(check.faults)
    place = place_words(first.part, first.code)
    return f"这份细则有 {count} 个错误，试算结果只供参考。{place}：{first.what}。{first.remedy}。"


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
