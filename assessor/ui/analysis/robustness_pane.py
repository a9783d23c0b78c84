"""稳健性: how firm the ranking is, beside its chart, and what it is without each category, indicator and reviewer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from assessor.domain.robustness import RobustnessSettings
from assessor.domain.robustness_table import NO_OFFICIAL_SCORE, TOO_FEW, GroupAnalysis, analyse_group
from assessor.domain.wording import plain
from assessor.ui import theme
from assessor.ui.analysis.columns import INFLUENCE_COLUMNS, ROBUSTNESS_COLUMNS
from assessor.ui.analysis.figure_card import FigureCard
from assessor.ui.analysis.pane import SAMPLE_SUFFIX, Pane, heading, row_at, table_card, words
from assessor.ui.background import Job, Lane
from assessor.ui.choice import Choice
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from assessor.charts.style import Look
    from assessor.domain.results import GroupResult
    from assessor.domain.year_view import YearView
    from assessor.ui.pages.page import Surroundings
    from assessor.work import Work

_DRAWS = (1000, 2000, 5000, 10000)
_SPREADS = (Decimal("0.1"), Decimal("0.2"), Decimal("0.25"), Decimal("0.5"))
_USUAL = RobustnessSettings()


class RobustnessPane(Pane):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.draws = Choice("测算次数")
        for number in _DRAWS:
            self.draws.addItem(f"{number} 次", number)
        self.draws.setCurrentIndex(self.draws.findData(_USUAL.draws))
        self.spread = Choice("分值变动幅度")
        for share in _SPREADS:
            self.spread.addItem(f"±{plain(share * 100)}%", str(share))
        self.spread.setCurrentIndex(self.spread.findData(str(_USUAL.spread)))
        self.state = words()
        self.units = RowModel(ROBUSTNESS_COLUMNS, lambda row: row.result.unit.code)
        self.grid = Grid("名次稳健性", frozen=1, memory_key="analysis.robustness", numbers=False)
        self.grid.set_model(self.units)
        self.grid.opened.connect(self._open)
        self.influences = RowModel(INFLUENCE_COLUMNS, lambda row: (row.part, row.code))
        self.influence_grid = Grid("不计某一项的名次", memory_key="analysis.influence", numbers=False)
        self.influence_grid.set_model(self.influences)
        self.chart = FigureCard("名次稳健性图", surroundings.background)
        self._view: YearView | None = None
        self._group: GroupResult | None = None
        self._asked: tuple[object, ...] = ()
        self._job: Job | None = None
        for choice in (self.draws, self.spread):
            choice.currentIndexChanged.connect(lambda _place: self._analyse())
        self._lay_out()

    def show_group(self, view: YearView, group: GroupResult) -> None:
        self._view, self._group = view, group
        sample = SAMPLE_SUFFIX if view.is_sample else ""
        self.grid.name, self.influence_grid.name = f"名次稳健性{sample}", f"不计某一项的名次{sample}"
        self._analyse()

    def take_focus(self) -> None:
        self.grid.setFocus()

    def settings(self) -> RobustnessSettings:
        return RobustnessSettings(int(self.draws.currentData()), Decimal(self.spread.currentData()))

    def _analyse(self) -> None:
        view, group, settings = self._view, self._group, self.settings()
        if view is None or group is None:
            return
        asked = (view, group.group.code, settings)
        if self._asked and self._asked[0] is view and asked[1:] == self._asked[1:]:
            return
        self._asked = asked
        if self._job is not None:
            self._job.cancel()
        self.state.setText("正在测算…")

        def run(work: Work) -> GroupAnalysis | None:
            return analyse_group(view, group, settings, lambda: work.step(0.5, "正在测算"))

        job = self._surroundings.background.run("正在测算名次稳健性", run, lane=Lane.DRAWING, quiet=True)
        self._job = job
        job.done.connect(lambda found: self._show(view, found))
        job.failed.connect(self._surroundings.show_problem)

    def _show(self, view: YearView, found: GroupAnalysis | None) -> None:
        if found is None:
            self.units.show_rows([])
            self.influences.show_rows([])
            self.chart.show_figure(None)
            self.state.setText(TOO_FEW)
            return
        self.units.show_rows(found.rows)
        self.influences.show_rows(found.influences)
        self.state.setText(f"{found.sentence}{NO_OFFICIAL_SCORE}")

        def draw(look: Look, width: float) -> Figure:
            from assessor.charts.robustness import draw_robustness

            return draw_robustness(view, found.group, look, width, found.robustness)

        self.chart.show_figure(draw)

    def _open(self, index: QModelIndex) -> None:
        row = row_at(self.grid, index)
        if row is not None:
            self._surroundings.open_trace(row.result.unit.code, None)

    def _lay_out(self) -> None:
        settings = QHBoxLayout()
        settings.setSpacing(theme.SPACE)
        for caption, choice in (("分值变动", self.spread), ("测算", self.draws)):
            settings.addWidget(QLabel(caption))
            settings.addWidget(choice)
        settings.addWidget(self.state, 1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(heading("不计某一类指标、某项指标或某位评委，名次怎样变"))
        column.addWidget(table_card(self.influence_grid), 1)
        tables = QSplitter(Qt.Orientation.Vertical)
        tables.addWidget(table_card(self.grid))
        tables.addWidget(below)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(tables)
        sides.addWidget(self.chart)
        for splitter, sizes in ((tables, [3000, 2000]), (sides, [1000, 1000])):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(theme.SPACE)
            splitter.setSizes(sizes)  # as shares of the room there is
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(settings)
        layout.addWidget(sides, 1)
