"""The year's evidence as a table, filtered by unit and text, sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor

from assessor.ui import theme
from assessor.ui.evidence_data import EvidenceData
from assessor.workbook.evidence_check import EvidenceState
from assessor.workbook.evidence_list import EvidenceItem
from assessor.workbook.evidence_source import size_text

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class _Column:
    title: str
    text: Callable[[EvidenceItem], str]
    sort_key: Callable[[EvidenceItem], Any] | None = None
    """None: the text."""


def _file_name(item: EvidenceItem) -> str:
    if item.file is None:
        return ""
    count = len(item.versions)
    return item.file.name + (f"（第 {count} 版）" if count > 1 else "")


COLUMNS = (
    _Column("单位", lambda item: item.unit_name),
    _Column("任务或事项", lambda item: item.owner_title),
    _Column("名称", lambda item: item.title),
    _Column("材料日期", lambda item: item.dated.isoformat() if item.dated else ""),
    _Column("收到日期", lambda item: item.received.isoformat() if item.received else ""),
    _Column("说明", lambda item: item.description),
    _Column("文件名", _file_name),
    _Column(
        "大小",
        lambda item: size_text(item.file.size) if item.file else "",
        lambda item: item.file.size if item.file else -1,
    ),
)
STATE_COLUMN = len(COLUMNS)
_SIZE_COLUMN = 7
_STATE_ORDER = (
    EvidenceState.MISSING,
    EvidenceState.ALTERED,
    EvidenceState.REUSED,
    EvidenceState.NO_FILE,
    EvidenceState.GOOD,
)


class EvidenceModel(QAbstractTableModel):
    def __init__(self, data: EvidenceData) -> None:
        super().__init__()
        self.evidence = data

    def item(self, row: int) -> EvidenceItem:
        return self.evidence.items[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.evidence.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return "状态" if section == STATE_COLUMN else COLUMNS[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(item, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _SIZE_COLUMN:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if index.column() == STATE_COLUMN:
            return self._state(self.evidence.states[item.key], role)
        column = COLUMNS[index.column()]
        if role == SORT_ROLE:
            return column.sort_key(item) if column.sort_key else column.text(item)
        return column.text(item) if role == Qt.ItemDataRole.DisplayRole else None

    def _state(self, state: EvidenceState, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return state.label
        if role == SORT_ROLE:
            return _STATE_ORDER.index(state)
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme.colours()
            shade = {
                EvidenceState.MISSING: colours.bad,
                EvidenceState.ALTERED: colours.bad,
                EvidenceState.REUSED: colours.warn,
                EvidenceState.NO_FILE: colours.muted,
                EvidenceState.GOOD: colours.good,
            }
            return QColor(shade[state])
        return None

    def _tip(self, item: EvidenceItem, column: int) -> str:
        if column == STATE_COLUMN and item.file is not None and item.file.digest in self.evidence.reused:
            others = self.evidence.reused[item.file.digest].others(item)
            return "同一个文件还用于：\n" + "\n".join(other.place for other in others)
        if column == 2 and item.indicator:
            return f"{item.title}\n指标：{item.indicator} {item.indicator_title}"
        return COLUMNS[column].text(item) if column < STATE_COLUMN else self.evidence.states[item.key].label


class EvidenceOrder(QSortFilterProxyModel):
    """Shows the rows of a unit, and those in which each of the typed words stands somewhere."""

    def __init__(self, model: EvidenceModel) -> None:
        super().__init__()
        self.setSortRole(SORT_ROLE)
        self._unit = ""
        self._words: Sequence[str] = ()
        self._model = model
        self.setSourceModel(model)

    def show_only(self, unit: str, text: str) -> None:
        """``unit`` (code) empty: every unit."""
        self.beginFilterChange()
        self._unit, self._words = unit, text.casefold().split()
        self.endFilterChange()

    @property
    def evidence(self) -> EvidenceData:
        return self._model.evidence

    def item(self, row: int) -> EvidenceItem:
        return self._model.item(self.mapToSource(self.index(row, 0)).row())

    def row_of(self, key: int) -> int | None:
        """Row of the item with that key; None where it is not shown."""
        for row in range(self.rowCount()):
            if self.item(row).key == key:
                return row
        return None

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        item = self._model.item(source_row)
        if self._unit and item.unit != self._unit:
            return False
        shown = " ".join(column.text(item) for column in COLUMNS) + " " + self._model.evidence.states[item.key].label
        return all(word in shown.casefold() for word in self._words)
