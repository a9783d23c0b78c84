"""Paints the cells of a grid's view from what its columns say, and knows what it painted: after an edit only the cells
that look otherwise are painted again. Qt's own delegates ask the model seven questions of every cell at every paint,
which takes longer than an edit may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QRegion
from PySide6.QtWidgets import QHeaderView, QTableView

from assessor.ui import theme
from assessor.ui.grid.areas import Area
from assessor.ui.grid.column import CHECKED, CellKind
from assessor.ui.grid.row_model import Look, RowModel
from assessor.ui.grid.tick import box_in, draw_box

_MARGIN = 9
"""Logical pixels between a cell's edge and its text."""
_MOST_KEPT = 20_000
"""Texts and cells that are remembered."""
_MOST_APART = 400
"""Changed cells that are painted one by one; of more the whole view is."""


class CellPainter:
    def __init__(self, view: QTableView) -> None:
        self._view = view
        self.areas: Callable[[], Sequence[Area]] = tuple
        """What is selected, in columns as they are shown."""
        self.shown_columns: Callable[[], list[int]] = list
        """Of the model, from left to right."""
        self._looks: dict[tuple[int, int], Look] = {}
        self._fitted: dict[tuple[str, int, bool], tuple[str, int]] = {}
        self._fonts: tuple[QFont, QFont] = (QFont(), QFont())
        self._metrics: tuple[QFontMetrics, QFontMetrics] | None = None

    def forget(self) -> None:
        """Other rows, columns or letters: nothing that was painted is there any more."""
        self._looks.clear()
        self._fitted.clear()
        self._metrics = None

    def paint(self, painter: QPainter, model: RowModel[Any], region: QRegion) -> None:
        if len(self._looks) > _MOST_KEPT or len(self._fitted) > _MOST_KEPT:
            self.forget()
        colours = theme.colours()
        parts = [(rect, self._rows_in(rect), self._columns_in(rect)) for rect in rects_of(region)]
        self._paint_selected(painter, QColor(colours.accent_soft))
        cells: dict[int, dict[int, None]] = {}
        for _rect, rows, columns in parts:
            for column in columns:
                cells.setdefault(column, {}).update(dict.fromkeys(rows))
        for column, places in cells.items():
            self._paint_column(painter, model, column, places)
        self._paint_lines(painter, parts, QColor(colours.border))

    def changed(self, model: RowModel[Any], first: tuple[int, int], last: tuple[int, int]) -> QRegion:
        """What has to be painted again of the cells from ``first`` to ``last`` (row and column of the model)."""
        whole = self._view.viewport().rect()
        found, count = QRegion(), 0
        columns = [column for column in self._columns_in(whole) if first[1] <= column <= last[1]]
        for place in (place for place in self._rows_in(whole) if first[0] <= place <= last[0]):
            for column in columns:
                if self._looks.get((place, column)) != model.look(place, column):
                    found += self._rect(place, column)
                    count += 1
            if count > _MOST_APART:
                return QRegion(whole)
        return found

    def _paint_selected(self, painter: QPainter, colour: QColor) -> None:
        for area in self.areas():
            for column in self.shown_columns()[area.left : area.right + 1]:
                if not self._view.isColumnHidden(column):
                    top = self._view.rowViewportPosition(area.top)
                    bottom = self._view.rowViewportPosition(area.bottom) + self._view.rowHeight(area.bottom)
                    left, width = self._view.columnViewportPosition(column), self._view.columnWidth(column)
                    painter.fillRect(QRect(left, top, width, bottom - top), colour)

    def _paint_column(self, painter: QPainter, model: RowModel[Any], column: int, places: dict[int, None]) -> None:
        """The pen and the font change seldom down a column."""
        of, view = model.columns[column], self._view
        metrics = self._measures()[of.is_bold]
        painter.setFont(self._fonts[of.is_bold])
        left, width = view.columnViewportPosition(column), view.columnWidth(column) - 1
        room = width - 2 * _MARGIN
        is_right, is_check = of.kind is CellKind.NUMBER, of.kind is CellKind.CHECK
        rows, selected = view.verticalHeader(), self._selected_in(column)
        tone: str | None = None
        for place in places:
            look = model.look(place, column)
            self._looks[place, column] = look
            text, its_tone, fill = look
            is_selected = bool(selected) and any(top <= place <= bottom for top, bottom in selected)
            if not text and not fill and not is_check:
                continue
            top, height = rows.sectionViewportPosition(place), rows.sectionSize(place) - 1
            if fill and not is_selected:
                painter.fillRect(left, top, width, height, _colour(fill))
            if is_check:
                state = Qt.CheckState.Checked if text == CHECKED else Qt.CheckState.Unchecked
                draw_box(painter, box_in(QRect(left, top, width, height)), state)
                continue
            its_tone = "text" if is_selected or not its_tone else its_tone
            if its_tone != tone:
                tone = its_tone
                painter.setPen(_colour(tone))
            shown, length = self._fit(text, room, of.is_bold, metrics)
            x = left + width - _MARGIN - length if is_right else left + _MARGIN
            painter.drawText(x, top + (height - metrics.height() + 1) // 2 + metrics.ascent(), shown)

    def _selected_in(self, column: int) -> list[tuple[int, int]]:
        place = self.shown_columns().index(column)
        return [(area.top, area.bottom) for area in self.areas() if area.left <= place <= area.right]

    def _paint_lines(self, painter: QPainter, parts: list[tuple[QRect, range, list[int]]], colour: QColor) -> None:
        view = self._view
        for rect, rows, columns in parts:
            if not rows or not columns:
                continue
            right = min(rect.right(), view.columnViewportPosition(columns[-1]) + view.columnWidth(columns[-1]) - 1)
            bottom = min(rect.bottom(), view.rowViewportPosition(rows[-1]) + view.rowHeight(rows[-1]) - 1)
            for column in columns:
                x = view.columnViewportPosition(column) + view.columnWidth(column) - 1
                painter.fillRect(x, rect.top(), 1, bottom - rect.top() + 1, colour)
            for place in rows:
                y = view.rowViewportPosition(place) + view.rowHeight(place) - 1
                painter.fillRect(rect.left(), y, right - rect.left() + 1, 1, colour)

    def _fit(self, text: str, room: int, is_bold: bool, metrics: QFontMetrics) -> tuple[str, int]:
        """The text as it is shown in that room, and how long it is: its first line, cut where it is longer."""
        found = self._fitted.get((text, room, is_bold))
        if found is None:
            first, cut, _rest = text.partition("\n")
            whole = f"{first}…" if cut else first
            shown = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
            found = self._fitted[text, room, is_bold] = (shown, metrics.horizontalAdvance(shown))
        return found

    def _measures(self) -> tuple[QFontMetrics, QFontMetrics]:
        """Of the plain and the bold face."""
        if self._metrics is None:
            plain, bold = QFont(self._view.font()), QFont(self._view.font())
            bold.setBold(True)
            self._fonts = (plain, bold)
            self._metrics = (QFontMetrics(plain), QFontMetrics(bold))
        return self._metrics

    def _rows_in(self, rect: QRect) -> range:
        model = self._view.model()
        count = model.rowCount() if model is not None else 0
        first, last = self._view.rowAt(rect.top()), self._view.rowAt(rect.bottom())
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1) if first >= 0 else range(0)

    def _columns_in(self, rect: QRect) -> list[int]:
        """Of the model, from left to right."""
        header: QHeaderView = self._view.horizontalHeader()
        first, last = header.visualIndexAt(rect.left()), header.visualIndexAt(rect.right())
        if first < 0:
            return []
        places = range(first, (last if last >= 0 else header.count() - 1) + 1)
        columns = (header.logicalIndex(place) for place in places)
        return [column for column in columns if not header.isSectionHidden(column)]

    def _rect(self, place: int, column: int) -> QRect:
        view = self._view
        left, top = view.columnViewportPosition(column), view.rowViewportPosition(place)
        return QRect(left, top, view.columnWidth(column), view.rowHeight(place))


def rects_of(region: QRegion) -> Iterator[QRect]:
    """Those that it is put together of, none over another."""
    return iter(cast("Iterable[QRect]", region))  # PySide's stubs do not know that it can be walked through


def _colour(part: str) -> QColor:
    """Of the theme, by the name of its part."""
    return QColor(getattr(theme.colours(), part))
