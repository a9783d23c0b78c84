"""The units of a finding as a table: the unit, and why it is on the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from assessor.domain.next_steps import Concern
from assessor.ui import theme

Index = QModelIndex | QPersistentModelIndex
_HEADINGS = ("单位", "情况")


class ConcernModel(QAbstractTableModel):
    def __init__(self, concerns: tuple[Concern, ...]) -> None:
        super().__init__()
        self.concerns = concerns

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.concerns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return _HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        concern = self.concerns[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return concern.reason if index.column() else concern.unit.short_name
        if role == Qt.ItemDataRole.ToolTipRole:
            return concern.reason if index.column() else concern.unit.name
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return theme.font(bold=True)
        return None
