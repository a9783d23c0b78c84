"""The plan's quantified targets as a table: what is asked, what was reached, the rate as a bar, where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from assessor.domain.progress import TargetProgress
from assessor.domain.standing import TargetStanding, target_standing
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView
from assessor.ui import theme
from assessor.ui.models.section_model import RATE_ROLE

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("目标", "要求", "确保 / 力争", "实际", "完成率", "是否达到")
RATE_COLUMN = 4
_NUMBERS = (2, 3)


class TargetModel(QAbstractTableModel):
    def __init__(self, view: YearView) -> None:
        super().__init__()
        self._targets = view.targets
        self._standings = [target_standing(item, view) for item in view.targets]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._targets)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, standing = self._targets[index.row()], self._standings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(item, standing)[index.column()]
        if role == RATE_ROLE:
            return item.rate if index.column() == RATE_COLUMN else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and standing is TargetStanding.MISSED and index.column() == 5:
            return QColor(theme.colours().bad)
        return _explanation(item) if role == Qt.ItemDataRole.ToolTipRole else None


def _texts(item: TargetProgress, standing: TargetStanding) -> tuple[str, ...]:
    target = item.target
    rate = "—" if item.rate is None else f"{item.rate:f}%"
    asked = _quantity(target.base, target.measure)
    if target.stretch is not None:
        asked += f" / {_quantity(target.stretch, target.measure)}"
    return (target.title, target.kind.label, asked, _quantity(item.reached, target.measure), rate, standing.label)


def _quantity(value: Decimal | None, measure: str) -> str:
    if value is None:
        return "—"
    return f"{plain(value)}%" if measure == "%" else f"{plain(value)} {measure}"


def _explanation(item: TargetProgress) -> str:
    """The whole title, the plan's words, what is striven for, and where the figures come from."""
    lines = [item.target.title, *([item.target.source] if item.target.source else [])]
    if item.target.stretch is not None:
        lines.append(f"力争 {_quantity(item.target.stretch, item.target.measure)}")
    for observation in item.observations:
        value = _quantity(observation.value, item.target.measure)
        lines.append(f"{observation.year} 年：{value}（{observation.source}）")
    return "\n".join(lines)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
