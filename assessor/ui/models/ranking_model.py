"""The ranking of one group as a table: a row per unit, a column per category and per part of the total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont

from assessor.domain.results import GroupResult, UnitResult
from assessor.domain.wording import percent_text, plain
from assessor.ui import theme

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
_NONE = "—"
_RANK, _TOTAL, _GRADE = "名次", "总分", "等次"


@dataclass(frozen=True)
class Column:
    title: str
    text: Callable[[UnitResult], str]
    sort_key: Callable[[UnitResult], Decimal | None] | None = None
    """None: by the printed order."""
    code: str = ""
    """Category whose trace a cell of the column opens; empty: the total's."""
    is_number: bool = True


def ranking_columns(group: GroupResult) -> tuple[Column, ...]:
    """What the table of a group shows, from left to right: what is asked for first, then how it came about."""
    categories = [
        Column(
            f"{category.title}\n{plain(category.points)} 分",
            lambda unit, place=place: _category_text(unit, place),  # type: ignore[misc]
            lambda unit, place=place: unit.categories[place].contribution,  # type: ignore[misc]
            category.code,
        )
        for place, category in enumerate(group.scheme.categories)
    ]
    return (
        Column(_RANK, lambda unit: unit.rank_text),
        Column("单位", lambda unit: unit.unit.short_name, is_number=False),
        Column(_TOTAL, lambda unit: _points(unit, unit.total), lambda unit: None if unit.exempt else unit.total),
        Column(_GRADE, _grade_text, is_number=False),
        *categories,
        Column("基础分", lambda unit: _points(unit, unit.base), lambda unit: unit.base),
        Column("加分", lambda unit: _points(unit, unit.bonus), lambda unit: unit.bonus),
        Column("扣分", lambda unit: _points(unit, unit.deduction), lambda unit: unit.deduction),
        Column(
            "覆盖率", lambda unit: _NONE if unit.exempt else percent_text(unit.coverage), lambda unit: unit.coverage
        ),
        Column("备注", remark, is_number=False),
    )


def remark(unit: UnitResult) -> str:
    """What must be known beside a unit's numbers; empty where they stand for themselves."""
    if unit.exempt:
        return f"不参评：{unit.exempt}"
    parts = [f"待评 {len(unit.pending)} 项" if unit.pending else "", unit.unranked]
    parts.extend(f"一票否决（{veto.title}）" for veto in unit.vetoes)
    adjusted = sum(leaf.adjustment is not None for leaf in unit.leaves)
    parts.append(f"复核调整 {adjusted} 项" if adjusted else "")
    return "；".join(part for part in parts if part)


class RankingModel(QAbstractTableModel):
    """Read-only; rows in the printed order."""

    def __init__(self, group: GroupResult) -> None:
        super().__init__()
        self.group = group
        self.columns = ranking_columns(group)

    def takes(self, group: GroupResult) -> bool:
        """Whether ``group`` has the same units and columns, so that ``show_group`` can show it."""
        return group.scheme is self.group.scheme and _codes(group).keys() == _codes(self.group).keys()

    def show_group(self, group: GroupResult) -> None:
        """The same group after an edit: rows keep their selection, also where they move up or down."""
        before, codes = self.group, _codes(group)
        if list(codes) != list(_codes(before)):
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            new = [self.index(codes[before.units[index.row()].unit.code], index.column()) for index in old]
            self.group = group
            self.changePersistentIndexList(old, new)
            self.layoutChanged.emit()
            return
        self.group = group
        for row, (was, now) in enumerate(zip(before.units, group.units, strict=True)):
            if was is not now:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def sort_key(self, row: int, column: int) -> Decimal | None:
        """Exact; None stays last."""
        key = self.columns[column].sort_key
        return key(self.group.units[row]) if key else Decimal(row)

    def unit_at(self, row: int) -> UnitResult:
        return self.group.units[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.group.units)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        unit, column = self.group.units[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(unit)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _why(unit, column) or column.text(unit)
        if role == SORT_ROLE:
            return self.sort_key(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(unit, column)
        if role == Qt.ItemDataRole.FontRole:
            return _font(column)
        return None


class RankingOrder(QSortFilterProxyModel):
    """Sorts by exact numbers; what has none stays at the end in either direction."""

    def __init__(self, model: RankingModel) -> None:
        super().__init__()
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        super().sort(column, order)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """With an arrow at the column that is sorted by: beside the title, where it covers no digit."""
        found = super().headerData(section, orientation, role)
        if role != Qt.ItemDataRole.DisplayRole or section != self.sortColumn():
            return found
        arrow = "▲" if self.sortOrder() is Qt.SortOrder.AscendingOrder else "▼"
        first, *rest = str(found).split("\n")
        return "\n".join((f"{first} {arrow}", *rest))

    def lessThan(self, left: Index, right: Index) -> bool:
        ours = self._model.sort_key(left.row(), left.column())
        theirs = self._model.sort_key(right.row(), right.column())
        if ours is None or theirs is None:
            last = self.sortOrder() is Qt.SortOrder.DescendingOrder
            return (ours is None) == last and ours is not theirs
        return bool(ours < theirs)


def _codes(group: GroupResult) -> dict[str, int]:
    """Unit -> its row."""
    return {unit.unit.code: row for row, unit in enumerate(group.units)}


def _points(unit: UnitResult, value: Decimal) -> str:
    return _NONE if unit.exempt else f"{value:f}"


def _category_text(unit: UnitResult, place: int) -> str:
    if unit.exempt:
        return _NONE
    return unit.categories[place].contribution_text


def _grade_text(unit: UnitResult) -> str:
    if unit.exempt:
        return "不参评"
    if unit.provisional:
        return "暂估"
    return unit.grade or "不参与排名"


def _why(unit: UnitResult, column: Column) -> str:
    """What a rank or a grade came about by; empty for other columns, whose cells say all in their text."""
    by_title = {_RANK: unit.unranked, _GRADE: unit.grade_sentence}
    return "" if unit.exempt else by_title.get(column.title, "")


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _font(column: Column) -> QFont | None:
    return theme.font(bold=True) if column.title in (_TOTAL, "单位") else None


def _colour(unit: UnitResult, column: Column) -> QColor | None:
    colours = theme.colours()
    if unit.exempt:
        return QColor(colours.faint)
    if column.title in (_RANK, _GRADE, "备注") and unit.provisional:
        return QColor(colours.warn)
    if column.title in (_GRADE, "备注") and unit.vetoes:
        return QColor(colours.bad)
    return QColor(colours.muted) if column.title in ("覆盖率", "备注") else None
