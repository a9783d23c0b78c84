"""The bar under the menu: the year, the five stages and how far they have come, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from assessor.ui import theme
from assessor.ui.choice import Choice

if TYPE_CHECKING:
    from assessor.domain.next_steps import Finding
    from assessor.domain.seal import SealRecord
    from assessor.domain.standing import Standing
    from assessor.domain.year import Year

_DISC = 20
_GAP = 6
_LINE = 22


class StageTrack(QWidget):
    """Draws the stages: done ones ticked, the current one filled, with its count."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: list[tuple[str, str]] = []
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: list[tuple[str, str]], current: int) -> None:
        """``stages``: label and count of each; ``current``: place of the one the year is in, past the last when all are
        done."""
        self._stages, self._current = stages, current
        words = [f"{label}{'已完成' if place < current else ''}{count}" for place, (label, count) in enumerate(stages)]
        self.setAccessibleName("考核阶段")
        self.setAccessibleDescription(f"当前：{stages[min(current, len(stages) - 1)][0]}；{'，'.join(words)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(self._width(place) for place in range(len(self._stages)))
        return QSize(width + max(0, len(self._stages) - 1) * (_LINE + 2 * _GAP) + 4, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 2.0
        middle = self.height() / 2
        for place in range(len(self._stages)):
            if place:
                done = place <= self._current
                painter.setPen(QPen(QColor(theme.colours().accent if done else theme.colours().border), 2))
                painter.drawLine(QPointF(left + _GAP, middle), QPointF(left + _GAP + _LINE, middle))
                left += _LINE + 2 * _GAP
            self._paint_stage(painter, place, left, middle)
            left += self._width(place)

    def _paint_stage(self, painter: QPainter, place: int, left: float, middle: float) -> None:
        colours = theme.colours()
        label, count = self._stages[place]
        disc = QRectF(left, middle - _DISC / 2, _DISC, _DISC)
        is_done, is_current = place < self._current, place == self._current
        painter.setPen(QPen(QColor(colours.accent if is_done or is_current else colours.faint), 1.5))
        painter.setBrush(QColor(colours.accent) if is_current else QColor(colours.surface))
        painter.drawEllipse(disc)
        if is_done:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            centre = disc.center()
            tick = [centre + QPointF(-4.5, 0.5), centre + QPointF(-1.2, 3.8), centre + QPointF(4.6, -3.4)]
            painter.drawPolyline(QPolygonF(tick))
        else:
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(QColor(colours.on_accent if is_current else colours.muted))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        left += _DISC + _GAP
        left += self._paint_text(painter, label, left, colours.text if is_current else colours.muted, is_current)
        if count:
            self._paint_text(painter, count, left + 4, colours.accent if is_current else colours.muted, is_current)

    def _paint_text(self, painter: QPainter, text: str, left: float, colour: str, bold: bool) -> int:
        width = theme.text_width(text, bold=bold)
        painter.setFont(theme.font(bold=bold))
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return width

    def _width(self, place: int) -> int:
        label, count = self._stages[place]
        bold = place == self._current
        text = theme.text_width(label, bold=bold) + (theme.text_width(count, bold=bold) + 4 if count else 0)
        return _DISC + _GAP + text


class StageBar(QFrame):
    year_chosen = Signal(int)
    next_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="bar")
        self.years = Choice("考核年度")
        self.years.setFont(theme.font("heading", bold=True))
        self.years.setToolTip("考核年度（Alt+← 上一年，Alt+→ 下一年）")
        self.years.activated.connect(lambda place: self.year_chosen.emit(self.years.itemData(place)))
        self.track = StageTrack()
        self.next_button = QPushButton()
        self.next_button.setAccessibleName("下一步")
        self.next_button.clicked.connect(self.next_asked)
        self.next_button.setAutoDefault(True)  # Enter presses it, as Space does
        theme.dress(self.next_button, role="primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE, theme.SPACE * 2, theme.SPACE)
        layout.setSpacing(theme.SPACE * 3)
        layout.addWidget(self.years)
        layout.addWidget(self.track)
        layout.addStretch(1)
        layout.addWidget(self.next_button)
        self.clear()

    def clear(self) -> None:
        """Before a year is loaded."""
        self.years.setVisible(False)
        self.track.setVisible(False)
        self.next_button.setVisible(False)
        self.setMinimumHeight(self.years.sizeHint().height() + 2 * theme.SPACE + 1)

    def show_years(self, years: tuple[Year, ...], chosen: int) -> None:
        self.years.clear()
        for year in years:
            self.years.addItem(f"{year.year} 年度", year.year)
        self.choose(chosen)
        self.years.setVisible(bool(years))

    def choose(self, year: int) -> None:
        self.years.setCurrentIndex(self.years.findData(year))

    def show_standing(self, year: Year, standing: Standing, step: Finding, seal: SealRecord | None = None) -> None:
        """``seal``: the one that holds, where the year is sealed."""
        from assessor.domain.seal import grouped
        from assessor.domain.standing import stage_count
        from assessor.domain.year import Stage

        stages = [(stage.label, stage_count(stage, standing)) for stage in Stage]
        if seal is not None:
            stages[-1] = ("已定稿", f"{seal.sealed_at:%Y-%m-%d}")
        self.track.setToolTip("" if seal is None else f"校验码：{grouped(seal.digest)}")
        self.track.show_stages(stages, year.stage.position if seal is None else len(stages))
        self.track.setVisible(True)
        self.next_button.setText(f"下一步：{step.title}")
        self.next_button.setVisible(True)
