"""What every unit has handed in, as a table with two rates drawn as bars (``section_model.RateBar``)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from assessor.domain.standing import UnitDelivery
from assessor.ui.models.section_model import RATE_ROLE

Index = QModelIndex | QPersistentModelIndex
_HEADINGS = ("单位", "应报", "已报", "报送率", "及时率")


class DeliveryModel(QAbstractTableModel):
    def __init__(self, deliveries: tuple[UnitDelivery, ...]) -> None:
        super().__init__()
        self.deliveries = deliveries

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.deliveries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self.deliveries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(item)[column]
        if role == RATE_ROLE:
            return _rate(item, column) if column > 2 else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                f"{item.unit.name}：应报 {item.forms}，已报 {item.handed_in}，按时 {item.on_time}，已审 {item.accepted}"
            )
        return None


def _texts(item: UnitDelivery) -> tuple[str, ...]:
    counts = (str(item.forms), str(item.handed_in))
    return (item.unit.short_name, *counts, f"{item.completeness:f}%", f"{item.timeliness:f}%")


def _rate(item: UnitDelivery, column: int) -> Decimal:
    return item.completeness if column == 3 else item.timeliness


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (1, 2) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
