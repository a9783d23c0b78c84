"""分差分解: why each unit's total is another than last year's, beside the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from assessor.domain.bridge_table import BridgeRow, bridge_rows
from assessor.ui import theme
from assessor.ui.analysis.columns import BRIDGE_COLUMNS
from assessor.ui.analysis.figure_card import FigureCard
from assessor.ui.analysis.pane import SAMPLE_SUFFIX, Pane, row_at, table_card, words
from assessor.ui.background import Job, Lane
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from assessor.charts.style import Look
    from assessor.domain.results import GroupResult
    from assessor.domain.year_view import YearView
    from assessor.ui.pages.page import Surroundings

_HINT = "差 = 工作成效 + 细则变化 + 承担范围，分毫不差。点一行，这里写出说明。"


class BridgePane(Pane):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.state = words()
        self.sentence = words("")
        self.model = RowModel(BRIDGE_COLUMNS, lambda row: row.result.unit.code)
        self.grid = Grid("分差分解", frozen=1, memory_key="analysis.bridge", numbers=False)
        self.grid.set_model(self.model)
        self.grid.opened.connect(self._open)
        self.grid.looked_at.connect(self._look)
        self.chart = FigureCard("分差图", surroundings.background)
        self._shown: tuple[object, ...] = ()
        self._job: Job | None = None
        tables = QSplitter(Qt.Orientation.Horizontal)
        tables.addWidget(table_card(self.grid))
        tables.addWidget(self.chart)
        tables.setChildrenCollapsible(False)
        tables.setHandleWidth(theme.SPACE)
        tables.setSizes([1000, 1000])  # as shares of the room there is
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.state)
        layout.addWidget(tables, 1)
        layout.addWidget(self.sentence)

    def show_group(self, view: YearView, group: GroupResult) -> None:
        if self._shown and self._shown[0] is view and self._shown[1] is group:
            return
        self._shown = (view, group)
        self.grid.name = f"分差分解{SAMPLE_SUFFIX if view.is_sample else ''}"
        if self._job is not None:
            self._job.cancel()
        job = self._surroundings.background.run(
            "正在分解分差", lambda _work: bridge_rows(view, group), lane=Lane.DRAWING, quiet=True
        )
        self._job = job
        job.done.connect(lambda rows: self._show(view, group, rows))
        job.failed.connect(self._surroundings.show_problem)

    def take_focus(self) -> None:
        self.grid.setFocus()

    def _show(self, view: YearView, group: GroupResult, rows: tuple[BridgeRow, ...]) -> None:
        self.model.show_rows(rows)
        self.state.setText(_summary(view, rows))
        self._look(self.grid.current_index())

        def draw(look: Look, width: float) -> Figure:
            from assessor.charts.bridge import draw_bridge

            return draw_bridge(view, group, look, width)

        self.chart.show_figure(draw)

    def _look(self, index: QModelIndex) -> None:
        row = row_at(self.grid, index)
        self.sentence.setText(f"{row.result.unit.short_name}：{row.sentence}" if row else _HINT)

    def _open(self, index: QModelIndex) -> None:
        row = row_at(self.grid, index)
        if row is not None:
            self._surroundings.open_trace(row.result.unit.code, None)


def _summary(view: YearView, rows: tuple[BridgeRow, ...]) -> str:
    differences = [row.bridge.difference for row in rows if row.bridge]
    if not differences:
        return f"{view.year.year} 年度没有可以与上年比较的单位，原因见“说明”。"
    up, down = sum(value > 0 for value in differences), sum(value < 0 for value in differences)
    left = len(rows) - len(differences)
    rest = f"；{left} 个单位没有比较，原因见“说明”" if left else ""
    return f"与 {view.year.year - 1} 年度相比，{len(differences)} 个单位中 {up} 个提高，{down} 个下降{rest}。"
