"""图表: one chart at a time, drawn off the UI thread at the screen's own resolution; saved as PNG, SVG or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout

from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.background import Job, Lane
from assessor.ui.chart_canvas import ChartCanvas
from assessor.ui.chart_image import ChartRequest, draw_image
from assessor.ui.pages.page import Page, Surroundings
from assessor.ui.segments import Segments

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.work import Work

_DEBOUNCE_MS = 150
_LEAST_WIDTH = 480
_FORMATS = "PNG 图片 (*.png);;SVG 矢量图 (*.svg);;PDF 文件 (*.pdf)"


class ChartsPage(Page):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("图表", surroundings)
        from assessor.charts import CHARTS

        self._charts = CHARTS
        self.kinds = Segments("图表种类")
        self.kinds.show_choices([(kind, chart.title) for kind, chart in CHARTS.items()])
        self.groups = Segments("考核组别")
        self.save_button = QPushButton("另存为…")
        self.save_button.setEnabled(False)
        self.canvas = ChartCanvas()
        self.canvas.setAccessibleName("图表")
        self._state = QLabel()
        self._state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.dress(self._state, tone="muted")
        self._job: Job | None = None
        self._drawn: ChartRequest | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._draw)
        self._lay_out_body()
        for switch in (self.kinds, self.groups):
            switch.chosen.connect(lambda _key: self._draw())
        self.save_button.clicked.connect(self._ask_file)

    def fill(self, view: YearView) -> None:
        groups = [(group.group.code, group.group.title) for group in view.result.groups if group.units]
        self.groups.show_choices(groups)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._timer.start()

    def take_focus(self) -> None:
        self._scroll.setFocus()

    def save(self, path: Path) -> Job | None:
        """Writes the chosen chart in the colours of paper; the suffix names the format."""
        request = self._request()
        if request is None:
            return None
        self.surroundings.clear_problem()
        job = self.surroundings.background.run(
            f"正在保存 {path.name}", lambda work: _save(request, path, work), lane=Lane.DRAWING
        )
        job.failed.connect(self.surroundings.show_problem)
        job.done.connect(lambda saved: self.surroundings.tell_written(saved, "已保存图表"))
        return job

    def _draw(self) -> None:
        request = self._request()
        if request is None or not self.isVisible() or request.is_same_as(self._drawn):
            return
        if self._job is not None:
            self._job.cancel()
        self._state.setText("正在绘制…")
        job = self.surroundings.background.run(
            "正在绘制图表", lambda work: draw_image(request, work), lane=Lane.DRAWING, quiet=True
        )
        self._job = job
        job.done.connect(lambda image: self._show_image(image, request))
        job.failed.connect(self._show_failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def _request(self) -> ChartRequest | None:
        kind = self.kinds.key
        if self.view is None or kind is None:
            return None
        by_group = self._charts[kind].by_group
        self.groups.setVisible(by_group)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        width = max(_LEAST_WIDTH, self._scroll.width() - bar - 2 * theme.SPACE - 4)
        return ChartRequest(
            kind, self.view, self.groups.key if by_group else None, width, self.devicePixelRatioF(), theme.is_dark()
        )

    def _show_image(self, image: QImage, request: ChartRequest) -> None:
        self._drawn = request
        self._state.setText("")
        self._state.hide()
        self.canvas.show_image(image)
        self.save_button.setEnabled(True)

    def _show_failed(self, problem: AssessorError) -> None:
        self._state.setText(str(problem))
        self._state.show()

    def _ask_file(self) -> None:
        kind = self.kinds.key
        if self.view is None or kind is None:
            return
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        name = f"{self.view.year.year}年度{self._charts[kind].title}.png"
        chosen, kind_of_file = QFileDialog.getSaveFileName(self, "保存图表", str(Path(pictures, name)), _FORMATS)
        if chosen:
            path = Path(chosen)
            suffix = kind_of_file.rpartition("*")[2].rstrip(")")
            self.save(path if path.suffix else path.with_suffix(suffix))

    def _lay_out_body(self) -> None:
        self.tools.addWidget(self.kinds)
        self.tools.addWidget(self.groups)
        self.tools.addWidget(self.save_button)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        inside.addWidget(self._state)
        inside.addWidget(self.canvas)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("图表")
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(card)
        self._scroll.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)


def _save(request: ChartRequest, path: Path, work: Work) -> Path:
    from assessor.charts import draw_chart, save_chart

    work.step(0.1, f"正在保存 {path.name}")
    save_chart(draw_chart(request.kind, request.view, group=request.group), path)
    return path
