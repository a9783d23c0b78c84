"""What is painted again after an edit or a step: the cells that look otherwise, and nothing is left of what was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication

from assessor.ui import theme
from assessor.ui.grid.column import CellKind, Column
from tests.ui.grid.conftest import Line, Sheet

KEY = Qt.Key


class Watch(QObject):
    """Adds up the regions that a viewport paints."""

    def __init__(self, sheet: Sheet) -> None:
        self.viewport = sheet.grid.table.viewport()
        super().__init__(self.viewport)
        self.region = QRegion()
        self.viewport.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


@pytest.fixture
def watch(sheet: Sheet) -> Iterator[Watch]:
    settle()
    watch = Watch(sheet)
    yield watch
    watch.viewport.removeEventFilter(watch)


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def rect_of(sheet: Sheet, row: int, column: int) -> QRect:
    """With the lines at its right and below it, which ``visualRect`` leaves out."""
    return sheet.grid.table.visualRect(sheet.model.index(row, column)).adjusted(0, 0, 1, 1)


def screen(sheet: Sheet) -> QImage:
    """What stands there, not what would be painted now."""
    return sheet.grid.screen().grabWindow(sheet.grid.winId()).toImage()


def test_a_changed_cell_is_painted_alone(sheet: Sheet, watch: Watch) -> None:
    sheet.show([replace(row, group="县市区") if row.unit == "袁州区" else row for row in sheet.rows])
    settle()
    assert list(watch.region) == [rect_of(sheet, 2, 2)]


def test_a_row_that_looks_the_same_is_not_painted(sheet: Sheet, watch: Watch) -> None:
    sheet.show([replace(row, is_closed=True) for row in sheet.rows])
    settle()
    assert watch.region.isEmpty()


def test_a_step_paints_the_two_cells(sheet: Sheet, watch: Watch) -> None:
    sheet.go(0, 2)
    settle()
    watch.region = QRegion()
    sheet.keys(KEY.Key_Down)
    settle()
    assert list(watch.region) == [rect_of(sheet, 0, 2) | rect_of(sheet, 1, 2)]


def test_nothing_is_left_of_what_was_there(sheet: Sheet) -> None:
    sheet.go(1, 1)
    sheet.type("7")
    sheet.keys(KEY.Key_Return)
    sheet.keys(KEY.Key_Right, KEY.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    sheet.bot.mouseClick(
        sheet.grid.table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        rect_of(sheet, 0, 2).center(),
    )
    sheet.show([replace(row, note="一\n二" * 20, is_done=True) for row in sheet.rows])
    settle()
    before = screen(sheet)
    for widget in (sheet.grid, *sheet.grid.findChildren(QObject)):
        if widget.isWidgetType():
            widget.update()
    settle()
    assert before == screen(sheet)


def test_a_cell_has_its_columns_ground_until_it_is_selected(sheet: Sheet) -> None:
    fill = Column[Line]("mark", "得分", CellKind.NUMBER, lambda row: row.mark, fill=lambda _row: "warn_soft")
    sheet.model.show_columns([fill])
    settle()
    image, colours = screen(sheet), theme.colours()
    table = sheet.grid.table
    places = [rect_of(sheet, row, 0).center() for row in (0, 1)]
    assert table.view_of(0) is table.frozen
    grounds = [image.pixelColor(table.frozen.viewport().mapTo(sheet.grid, QPoint(at))).name() for at in places]
    assert grounds == [colours.accent_soft, colours.warn_soft]
