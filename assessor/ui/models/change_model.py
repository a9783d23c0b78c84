"""The rows of one edit, cell by cell: what stood beside what stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from assessor.ui import theme
from assessor.workbook.row_titles import table_title
from assessor.workbook.row_words import FieldChange, Names, columns_shown, deed_of, fields_of, place_of

if TYPE_CHECKING:
    from assessor.workbook.history import RowChange

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("对象", "变动", "项目", "原值", "新值")


class ChangeModel(QAbstractTableModel):
    """A line for each cell. The words of a row are made when it is first looked at: an import has thousands."""

    def __init__(self, changes: tuple[RowChange, ...], names: Names, *, with_unchanged: bool = False) -> None:
        super().__init__()
        self._changes = changes
        self._names = names
        self._with_unchanged = with_unchanged
        self._starts: list[int] = []
        self._count = 0
        self._words: dict[int, tuple[FieldChange, ...]] = {}
        for change in changes:
            self._starts.append(self._count)
            shown = sum(1 for _column, changed in columns_shown(change) if changed or with_unchanged)
            self._count += max(1, shown)

    def change_at(self, row: int) -> RowChange:
        return self._changes[self._place(row)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self._place(index.row())
        within = index.row() - self._starts[place]
        field = self._fields(place)[within]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(place, field, column, is_first=within == 0)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(place, field, column, is_first=True)
        colours = theme.colours()
        if role == Qt.ItemDataRole.BackgroundRole and field.is_changed and column >= HEADINGS.index("项目"):
            return QColor(colours.warn_soft)
        if role == Qt.ItemDataRole.ForegroundRole and not field.is_changed:
            return QColor(colours.muted)
        if role == Qt.ItemDataRole.FontRole and column == 0:
            return theme.font(bold=True)
        return None

    def _text(self, place: int, field: FieldChange, column: int, *, is_first: bool) -> str:
        change = self._changes[place]
        if column == 0:
            return self._place_words(change) if is_first else ""
        if column == 1:
            return f"{deed_of(change).value}{table_title(change.table)}" if is_first else ""
        return (field.title, field.old, field.new)[column - 2]

    def _place_words(self, change: RowChange) -> str:
        year = f"{change.year} · " if change.year is not None and change.table != "year" else ""
        return year + place_of(change, self._names)

    def _place(self, row: int) -> int:
        return bisect_right(self._starts, row) - 1

    def _fields(self, place: int) -> tuple[FieldChange, ...]:
        if place not in self._words:
            fields = fields_of(self._changes[place], self._names)
            shown = fields if self._with_unchanged else tuple(field for field in fields if field.is_changed)
            self._words[place] = shown or fields[:1]
        return self._words[place]
