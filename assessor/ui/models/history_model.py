"""The edits of a workbook as a table, newest first; more are fetched as the table is scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from assessor.ui import theme
from assessor.workbook.history_lines import status_of, time_words
from assessor.workbook.row_words import Names

if TYPE_CHECKING:
    from assessor.workbook.history_list import HistoryEntry

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("时间", "操作员", "修改", "范围", "单位", "行数", "状态")
_ROWS = 5
_NAMED = 3
"""Units that a cell names; the tooltip names all."""


class HistoryModel(QAbstractTableModel):
    more_wanted = Signal(int)
    """The rows under the edit of this number are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[HistoryEntry] = []
        self._names = Names()
        self._is_whole = True
        self._is_waiting = False

    def show_entries(self, entries: tuple[HistoryEntry, ...], names: Names, *, is_whole: bool) -> None:
        """Takes the place of what was there. ``is_whole``: there are no more."""
        self.beginResetModel()
        self.entries, self._names = list(entries), names
        self._is_whole, self._is_waiting = is_whole, False
        self.endResetModel()

    def add_entries(self, entries: tuple[HistoryEntry, ...], *, is_whole: bool) -> None:
        if entries:
            self.beginInsertRows(QModelIndex(), len(self.entries), len(self.entries) + len(entries) - 1)
            self.entries.extend(entries)
            self.endInsertRows()
        self._is_whole, self._is_waiting = is_whole, False

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_whole and not self._is_waiting and bool(self.entries)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(self.entries[-1].record.number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(entry)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and entry.is_undone:
            return QColor(theme.colours().faint)
        if role == Qt.ItemDataRole.FontRole and column == HEADINGS.index("修改"):
            font = theme.font(bold=True)
            font.setStrikeOut(entry.is_undone)
            return font
        return None

    def _texts(self, entry: HistoryEntry) -> tuple[str, ...]:
        record = entry.record
        return (
            f"{record.at:%Y-%m-%d %H:%M}",
            record.operator,
            record.label,
            "、".join(area.value for area in entry.areas),
            self._units(entry),
            str(entry.rows),
            status_of(entry),
        )

    def _units(self, entry: HistoryEntry) -> str:
        named = "、".join(self._names.units.get(unit, unit) for unit in entry.units[:_NAMED])
        return f"{named} 等 {len(entry.units)} 个单位" if len(entry.units) > _NAMED else named

    def _tip(self, entry: HistoryEntry, column: int) -> str:
        if HEADINGS[column] == "单位":
            return "、".join(self._names.units.get(unit, unit) for unit in entry.units)
        if HEADINGS[column] == "时间":
            return time_words(entry)
        return self._texts(entry)[column]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == _ROWS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
