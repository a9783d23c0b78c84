"""A grid of five units in a window of its own, over rows that are written into a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.domain.dates import read_date
from assessor.errors import InputError
from assessor.ui.background import Job
from assessor.ui.grid.areas import Cell
from assessor.ui.grid.column import CHECKED, CellEdit, CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import CellChange, RowModel


@dataclass(frozen=True)
class Line:
    unit: str
    mark: str = ""
    group: str = "市直"
    due: str = ""
    note: str = ""
    is_done: bool = False
    is_closed: bool = False


def read_mark(_row: Line, text: str) -> object:
    if not text:
        return ""
    try:
        mark = Decimal(text)
    except InvalidOperation as problem:
        raise InputError(f"“{text}”不是数字", remedy="请填写 0 到 100 的分数") from problem
    if not 0 <= mark <= 100:
        raise InputError(f"{text} 超出 0 到 100", remedy="请填写 0 到 100 的分数")
    return str(mark)


def read_group(_row: Line, text: str) -> object:
    if text not in ("市直", "县市区"):
        raise InputError(f"没有“{text}”这一组", remedy="请从列表中选择")
    return text


MARK = CellEdit[Line](lambda row: row.mark, read_mark, lambda row: "这个单位已经定稿" if row.is_closed else "")
COLUMNS = (
    Column[Line]("unit", "单位", CellKind.TEXT, lambda row: row.unit, is_bold=True),
    Column[Line]("mark", "得分\n100 分", CellKind.NUMBER, lambda row: row.mark, edit=MARK),
    Column[Line](
        "group",
        "组别",
        CellKind.CHOICE,
        lambda row: row.group,
        edit=CellEdit(lambda row: row.group, read_group, choices=lambda _row: ("市直", "县市区")),
    ),
    Column[Line](
        "due",
        "日期",
        CellKind.DATE,
        lambda row: row.due,
        edit=CellEdit(lambda row: row.due, lambda _row, text: read_date(text, "").isoformat() if text else ""),
    ),
    Column[Line](
        "note",
        "说明",
        CellKind.LONG_TEXT,
        lambda row: row.note,
        edit=CellEdit(lambda row: row.note, lambda _row, text: text),
    ),
    Column[Line](
        "is_done",
        "完成",
        CellKind.CHECK,
        lambda row: CHECKED if row.is_done else "",
        edit=CellEdit(lambda row: CHECKED if row.is_done else "", lambda _row, text: text == CHECKED),
    ),
)
UNITS = ("市科协", "市教育局", "袁州区", "丰城市", "樟树市")


class Sheet:
    """A grid and the rows behind it. ``writes``: every call of the grid, with its changes."""

    def __init__(self, grid: Grid, bot: QtBot, columns: Sequence[Column[Line]] = COLUMNS) -> None:
        self.grid, self.bot = grid, bot
        self.model: RowModel[Line] = RowModel(columns, lambda row: row.unit)
        self.rows = [Line(unit) for unit in UNITS]
        self.writes: list[Sequence[CellChange[Line]]] = []
        self.model.write = self.write
        self.model.show_rows(self.rows)
        grid.set_model(self.model)

    def write(self, changes: Sequence[CellChange[Line]]) -> Job | None:
        self.writes.append(changes)
        new = {row.unit: row for row in self.rows}
        for change in changes:
            new[change.row.unit] = replace(new[change.row.unit], **{change.column: change.value})
        self.show([new[row.unit] for row in self.rows])
        return None

    def show(self, rows: Sequence[Line]) -> None:
        self.rows = list(rows)
        self.model.show_rows(self.rows)

    def go(self, row: int, column: int) -> None:
        self.grid.selecting.select(Cell(row, column))

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """To whatever has the keyboard: the table or the editor in it."""
        for key in keys:
            self.bot.keyClick(self.target(), key, modifier)

    def type(self, text: str) -> None:
        """As a keyboard does; QTest knows no keys of Chinese signs."""
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.target(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))

    def target(self):  # type: ignore[no-untyped-def]
        editor = self.grid.editing.editor
        return editor.input if editor is not None else self.grid.table

    def column(self, key: str) -> list[object]:
        return [getattr(row, key) for row in self.rows]

    @property
    def active(self) -> Cell:
        active = self.grid.selecting.active
        assert active is not None
        return active


@pytest.fixture
def sheet(qapp: QApplication, qtbot: QtBot) -> Sheet:
    return make_sheet(qtbot)


def make_sheet(qtbot: QtBot, *, frozen: int = 1, columns: Sequence[Column[Line]] = COLUMNS) -> Sheet:
    grid = Grid("得分", frozen=frozen)
    qtbot.addWidget(grid)
    grid.resize(760, 420)
    sheet = Sheet(grid, qtbot, columns)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.activateWindow()
    grid.table.setFocus()
    return sheet
