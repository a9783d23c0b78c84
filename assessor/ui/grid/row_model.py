"""The rows of a grid: frozen dataclasses, shown, filtered and sorted by their columns, written through one function."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from assessor.ui import theme
from assessor.ui.grid.areas import runs
from assessor.ui.grid.arrangement import Arrangement, arrange
from assessor.ui.grid.column import CHECKED, CellChange, CellKind, Column
from assessor.ui.grid.pending import Pending

if TYPE_CHECKING:
    from assessor.ui.background import Job

__all__ = ["CellChange", "RowModel"]

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Look = tuple[str, str, str]
"""Of a cell: its text, the tone of it, the theme's part behind it; empty: none."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_FEW = 20
"""Keys that are looked up one by one; for more all rows are gone through once."""
_MOST_RUNS = 200
"""Of changed rows that are repainted one by one; beyond that the whole table is."""


@dataclass(frozen=True)
class Before(Generic[R]):
    """Rows as they stood before a load, in the page's order, and what was typed into them and not yet read back."""

    rows: Sequence[R]
    typed: Mapping[tuple[Hashable, str], str]

    def text(self, row: R, key: Hashable, column: Column[R]) -> str:
        """What the cell showed."""
        typed = self.typed.get((key, column.key))
        return column.text(row) if typed is None else typed


class RowModel(QAbstractTableModel, Generic[R]):
    """``key`` tells rows apart: after a load, the row with the same key is the same row."""

    locked_changed = Signal()
    columns_changed = Signal()
    """Other columns stand there now; the reset of the model ends after it."""
    rows_shown = Signal(object)
    """A load is shown: what stood there before (Before); None where other rows came."""

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], Hashable]) -> None:
        super().__init__()
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self.write: Callable[[Sequence[CellChange[R]]], Job | None] | None = None
        """Set by the page: turns all changes of one action into one edit of the workbook."""
        self.arrangement = Arrangement({})
        self.marked = ""
        """What the find bar looks for, casefolded; cells that hold it are highlighted."""
        self.version = 0
        """Counts the loads of rows."""
        self._key = key
        self._rows: list[R] = []
        self._keys: list[Hashable] = []
        self._shown: Sequence[int] = range(0)
        self._pending = Pending()
        self._locked = ""
        self._fonts: dict[bool, QFont] = {}

    # What pages use

    def show_rows(self, rows: Sequence[R]) -> None:
        """Same keys in the same order: only what differs is painted anew. Else rows come and go, and the grid keeps its
        selection by key. Raises ValueError where two rows have one key.
        """
        keys = self._keys_of(rows)
        typed = self._pending.texts()
        written = self._pending.settle()
        if keys == self._keys:
            self.version += 1
            before = Before(self._rows, typed)
            self._replace(list(rows), written)
            self.rows_shown.emit(before)
            return
        self.beginResetModel()
        self._take(rows, keys)
        self.endResetModel()
        self.rows_shown.emit(None)

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Other columns over the same kind of rows."""
        same = [column.key for column in columns] == [column.key for column in self.columns]
        self.beginResetModel()
        self.columns = tuple(columns)
        if not same:
            self.columns_changed.emit()
        self.endResetModel()

    def show_table(self, columns: Sequence[Column[R]], rows: Sequence[R]) -> None:
        """Columns and rows that belong together. Columns of the same keys take the place of those before without
        disturbing what is selected or being edited, although their headings or texts may differ."""
        if [column.key for column in columns] == [column.key for column in self.columns]:
            self.columns = tuple(columns)
            self.show_rows(rows)
            if self.columns:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            self._repaint_all()
            return
        keys = self._keys_of(rows)
        self._pending.settle()
        self.beginResetModel()
        self.columns = tuple(columns)
        self._take(rows, keys)
        self.columns_changed.emit()
        self.endResetModel()
        self.rows_shown.emit(None)

    def row_at(self, index: Index) -> R:
        return self._rows[self._shown[index.row()]]

    def column_at(self, index: Index) -> Column[R]:
        return self.columns[index.column()]

    def rows(self) -> list[R]:
        """All of them, filtered out or not, in the page's order."""
        return list(self._rows)

    def shown_rows(self) -> list[R]:
        return [self._rows[place] for place in self._shown]

    def index_of(self, key: Hashable, column: int | str = 0) -> QModelIndex:
        """Of the row with that key; invalid where it is not shown."""
        place = self.place_of(key)
        number = column if isinstance(column, int) else self.column_number(column)
        return QModelIndex() if place is None else self.index(place, number)

    @property
    def locked(self) -> str:
        """Why no cell can be edited: a sealed year, a read-only workbook. Empty: cells can."""
        return self._locked

    @locked.setter
    def locked(self, reason: str) -> None:
        if reason != self._locked:
            self._locked = reason
            self.locked_changed.emit()

    # What the grid uses

    @property
    def row_total(self) -> int:
        """Rows, filtered out or not."""
        return len(self._rows)

    @property
    def is_editable(self) -> bool:
        return self.write is not None and any(column.edit is not None for column in self.columns)

    def row_at_place(self, place: int) -> R:
        return self._rows[self._shown[place]]

    def key_of(self, row: R) -> Hashable:
        return self._key(row)

    def key_at(self, place: int) -> Hashable:
        return self._keys[self._shown[place]]

    def place_of(self, key: Hashable) -> int | None:
        """Where the row is shown."""
        try:
            return self._shown.index(self._keys.index(key))
        except ValueError:
            return None

    def places_of(self, keys: set[Hashable]) -> list[int]:
        """Rising places of the rows that are shown."""
        if len(keys) <= _FEW:
            found = (self.place_of(key) for key in keys)
            return sorted(place for place in found if place is not None)
        return [place for place, number in enumerate(self._shown) if self._keys[number] in keys]

    def column_number(self, key: str) -> int:
        return next(number for number, column in enumerate(self.columns) if column.key == key)

    def shown_text(self, place: int, column: int) -> str:
        """What the cell shows: what was typed, while that is being written."""
        number = self._shown[place]
        of = self.columns[column]
        waiting = self._pending.text(self._keys[number], of.key) if self._pending else None
        return of.text(self._rows[number]) if waiting is None else waiting

    def look(self, place: int, column: int) -> Look:
        """How the cell is painted."""
        of, row, text = self.columns[column], self._rows[self._shown[place]], self.shown_text(place, column)
        is_marked = self.marked and self.marked in text.casefold()
        return text, of.tone(row), "warn_soft" if is_marked else of.fill(row)

    def edited_text(self, place: int, column: int) -> str:
        """What an editor opens with: what was typed, while that is being written; of a read-only cell what it shows."""
        number, of = self._shown[place], self.columns[column]
        waiting = self._pending.text(self._keys[number], of.key) if self._pending else None
        if waiting is not None:
            return waiting
        return of.edit.start(self._rows[number]) if of.edit is not None else of.text(self._rows[number])

    def texts_between(self, column: int, first: int, last: int) -> Iterator[str]:
        """What the cells of a column show from row to row, both included."""
        if self._pending:
            yield from (self.shown_text(place, column) for place in range(first, last + 1))
        else:
            text, rows = self.columns[column].text, self._rows
            yield from (text(rows[number]) for number in self._shown[first : last + 1])

    def show_arranged(self, asked: Arrangement, places: Sequence[int]) -> None:
        """``places``: what ``arrange`` answered for these rows."""
        self.beginResetModel()
        self.arrangement = asked
        self._shown = places
        self.endResetModel()

    def await_write(self, changes: Sequence[CellChange[R]], texts: Sequence[str], job: Job | None) -> None:
        """Shows the typed texts until the rows come back with them."""
        if job is None:
            return
        cells = {(self._key(change.row), change.column): text for change, text in zip(changes, texts, strict=True)}
        self._pending.add(job, cells)
        self._repaint({key for key, _column in cells})
        job.failed.connect(lambda _problem: self._forget(job))
        job.cancelled.connect(lambda: self._forget(job))
        job.done.connect(lambda _outcome: self._pending.finish(job))

    def first_changed(self, before: Before[R], columns: Sequence[int], near: int) -> QModelIndex:
        """The first cell that is edited here and shows another text than ``before``, a load of the same rows. Of its
        row the one in column ``near`` where that changed, else the first in the order of ``columns``. Invalid: none.
        """
        edited = [number for number in columns if self.columns[number].edit is not None]
        touched = {key for key, _column in before.typed}
        for place, number in enumerate(self._shown):
            old, key = before.rows[number], self._keys[number]
            if old is self._rows[number] and key not in touched:
                continue
            found = [
                column
                for column in edited
                if before.text(old, key, self.columns[column]) != self.shown_text(place, column)
            ]
            if found:
                return self.index(place, near if near in found else found[0])
        return QModelIndex()

    def mark(self, text: str) -> None:
        self.marked = text.casefold()
        self._repaint_all()

    # Qt's

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].hint or None
        return _alignment(self.columns[section].kind) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            column = self.columns[index.column()]
            return None if column.kind is CellKind.CHECK else self.shown_text(index.row(), index.column())
        read = _READERS.get(role)
        if read is None:
            return None
        return read(self, self._rows[self._shown[index.row()]], self.columns[index.column()], index)

    def _keys_of(self, rows: Sequence[R]) -> list[Hashable]:
        keys = list(map(self._key, rows))
        if len(set(keys)) != len(keys):
            raise ValueError("two rows have the same key")
        return keys

    def _take(self, rows: Sequence[R], keys: list[Hashable]) -> None:
        self.version += 1
        self._rows, self._keys = list(rows), keys
        self._shown = self._arranged()

    def _arranged(self) -> Sequence[int]:
        if self.arrangement.is_plain:
            return range(len(self._rows))
        return deque(arrange(self._rows, self.columns, self.arrangement), maxlen=1).pop()

    def _replace(self, rows: list[R], written: set[Hashable]) -> None:
        before, self._rows = self._rows, rows
        changed = {key for key, old, new in zip(self._keys, before, rows, strict=True) if old is not new and old != new}
        if changed and not self.is_editable and not self.arrangement.is_plain:
            self.show_arranged(self.arrangement, self._arranged())
        else:  # a row that is being edited stays where it is, until the user sorts or filters again
            self._repaint(changed | written)

    def _repaint(self, keys: set[Hashable]) -> None:
        if not keys:
            return
        spans = runs(self.places_of(keys))
        if len(spans) > _MOST_RUNS:
            self._repaint_all()
            return
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _repaint_all(self) -> None:
        if self._shown and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    def _forget(self, job: Job) -> None:
        self._repaint(self._pending.drop(job))


def _alignment(kind: CellKind) -> Qt.AlignmentFlag:
    return {CellKind.NUMBER: _RIGHT, CellKind.CHECK: _CENTRE}.get(kind, _LEFT)


def _tooltip(model: RowModel[R], row: R, column: Column[R], index: Index) -> str:
    return column.tooltip(row) or model.shown_text(index.row(), index.column())


def _font(model: RowModel[R], _row: R, column: Column[R], _index: Index) -> QFont | None:
    if not column.is_bold:
        return None
    if True not in model._fonts:
        font = QFont()
        font.setBold(True)  # the size stays the view's
        model._fonts[True] = font
    return model._fonts[True]


def _foreground(_model: RowModel[R], row: R, column: Column[R], _index: Index) -> QColor | None:
    tone = column.tone(row)
    return QColor(getattr(theme.colours(), tone)) if tone else None


def _background(model: RowModel[R], row: R, column: Column[R], index: Index) -> QColor | None:
    if model.marked and model.marked in model.shown_text(index.row(), index.column()).casefold():
        return QColor(theme.colours().warn_soft)
    fill = column.fill(row)
    return QColor(getattr(theme.colours(), fill)) if fill else None


def _check_state(model: RowModel[R], _row: R, column: Column[R], index: Index) -> Qt.CheckState | None:
    if column.kind is not CellKind.CHECK:
        return None
    is_checked = model.shown_text(index.row(), index.column()) == CHECKED
    return Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked


_READERS: dict[int, Callable[[RowModel[Any], Any, Column[Any], Index], Any]] = {
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    int(Qt.ItemDataRole.FontRole): _font,
    int(Qt.ItemDataRole.ForegroundRole): _foreground,
    int(Qt.ItemDataRole.BackgroundRole): _background,
    int(Qt.ItemDataRole.CheckStateRole): _check_state,
    int(Qt.ItemDataRole.TextAlignmentRole): lambda _model, _row, column, _index: _alignment(column.kind),
}
