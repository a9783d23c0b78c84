"""The bar under the menu: the year, the five stages and how far they have come, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolTip, QWidget

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
    """Draws the stages: done ones ticked, the current one filled, with its count. A click, or an arrow and Enter, asks
    for a stage."""

    asked = Signal(int)
    """Place of a stage."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: list[tuple[str, str]] = []
        self._hints: list[str] = []
        self._current = 0
        self._pointed: int | None = None
        self._chosen = 0
        """By the keyboard."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def show_stages(self, stages: list[tuple[str, str]], current: int, hints: list[str]) -> None:
        """``stages``: label and count of each; ``current``: place of the one the year is in, past the last when all are
        done; ``hints``: what a click on each offers."""
        self._stages, self._current, self._hints = stages, current, hints
        self._chosen = min(current, len(stages) - 1)
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

    def stage_rect(self, place: int) -> QRectF:
        """Where a stage is drawn, with a little room around it."""
        left = 2.0 + sum(self._width(before) + _LINE + 2 * _GAP for before in range(place))
        return QRectF(left - 3, 1, self._width(place) + 6, self.height() - 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._stage_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._stage_at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit(place)

    def leaveEvent(self, _event: QEvent) -> None:
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._chosen = max(0, min(self._chosen + step, len(self._stages) - 1))
            self._point(None)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._stage_at(QPointF(event.pos()))
            hint = "" if place is None else self._hints[place]
            QToolTip.showText(event.globalPos(), "\n".join(part for part in (hint, self.toolTip()) if part), self)
            return True
        return super().event(event)

    def _stage_at(self, at: QPointF) -> int | None:
        return next((place for place in range(len(self._stages)) if self.stage_rect(place).contains(at)), None)

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _paint_ground(self, painter: QPainter, place: int) -> None:
        """Under the stage that the mouse or the keyboard is at."""
        is_focused = self.hasFocus() and place == self._chosen
        if place != self._pointed and not is_focused:
            return
        colours = theme.colours()
        painter.setPen(QPen(QColor(colours.accent), 1) if is_focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawRoundedRect(self.stage_rect(place), 6, 6)

    def _paint_stage(self, painter: QPainter, place: int, left: float, middle: float) -> None:
        colours = theme.colours()
        label, count = self._stages[place]
        self._paint_ground(painter, place)
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
    stage_asked = Signal(object)
    """Stage that was pointed at."""

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="bar")
        self.years = Choice("考核年度")
        self.years.setFont(theme.font("heading", bold=True))
        self.years.setToolTip("考核年度（Ctrl+PageUp 上一年，Ctrl+PageDown 下一年）")
        self.years.activated.connect(lambda place: self.year_chosen.emit(self.years.itemData(place)))
        self.track = StageTrack()
        self.track.asked.connect(self._ask_stage)
        self.reminder = QLabel()
        theme.dress(self.reminder, role="badge")
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
        layout.addWidget(self.reminder)
        layout.addWidget(self.next_button)
        self.clear()

    def clear(self) -> None:
        """Before a year is loaded."""
        self.years.setVisible(False)
        self.track.setVisible(False)
        self.reminder.setVisible(False)
        self.next_button.setVisible(False)
        self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is event.Type.StyleChange:
            self._keep_height()

    def _keep_height(self) -> None:
        """Also while there is nothing in it, so that what is below does not jump."""
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
        from assessor.domain.stage_step import move_hint
        from assessor.domain.standing import stage_count
        from assessor.domain.year import Stage

        stages = [(stage.label, stage_count(stage, standing)) for stage in Stage]
        if seal is not None:
            stages[-1] = ("已定稿", f"{seal.sealed_at:%Y-%m-%d}")
        self.track.setToolTip("" if seal is None else f"校验码：{grouped(seal.digest)}")
        hints = [move_hint(stage, year.stage, is_sealed=seal is not None) for stage in Stage]
        self.track.show_stages(stages, year.stage.position if seal is None else len(stages), hints)
        self.track.setVisible(True)
        self.next_button.setText(f"下一步：{step.title}")
        self.next_button.setVisible(True)

    def show_reminder(self, text: str) -> None:
        """Of the deadline that draws near; empty: none."""
        self.reminder.setText(text)
        self.reminder.setVisible(bool(text))

    def _ask_stage(self, place: int) -> None:
        from assessor.domain.year import Stage

        self.stage_asked.emit(list(Stage)[place])
