"""Completion of the plan's sections as a table: assigned, handed in, and two rates drawn as bars."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from assessor.domain.progress import SectionProgress
from assessor.ui import theme

Index = QModelIndex | QPersistentModelIndex
RATE_ROLE = Qt.ItemDataRole.UserRole
_HEADINGS = ("提升行动、重点工程", "应报", "已报", "报送率", "完成率")
_BAR_HEIGHT = 8
_LABEL_WIDTH = 50


class SectionModel(QAbstractTableModel):
    def __init__(self, sections: tuple[SectionProgress, ...]) -> None:
        super().__init__()
        self._sections = sections

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._sections)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self._sections[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(item, column)
        if role == RATE_ROLE:
            return _rate(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                f"{item.section.kind.label}：{item.section.title}；应报 {item.assigned}，不涉及 {item.not_applicable}"
            )
        return None


class RateBar(QStyledItemDelegate):
    """Paints a rate (percent) as a bar with its number to the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rate = index.data(RATE_ROLE)
        colours = theme.colours()
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        label = QRectF(area.right() - _LABEL_WIDTH, area.top(), _LABEL_WIDTH, area.height())
        painter.setPen(QColor(colours.text if rate is not None else colours.faint))
        painter.setFont(theme.font())
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data())
        track = QRectF(area.left(), area.center().y() - _BAR_HEIGHT / 2, area.width() - _LABEL_WIDTH - 4, _BAR_HEIGHT)
        if track.width() > _BAR_HEIGHT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.border))
            painter.drawRoundedRect(track, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
            if rate:
                track.setWidth(max(_BAR_HEIGHT, track.width() * min(float(rate), 100.0) / 100))
                painter.setBrush(QColor(colours.accent))
                painter.drawRoundedRect(track, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.restore()


def _text(item: SectionProgress, column: int) -> str:
    if column == 0:
        return f"{item.section.code}　{item.section.title}"
    if column < 3:
        return str((item.assigned, item.submitted)[column - 1])
    rate = _rate(item, column)
    return "—" if rate is None else f"{rate:f}%"


def _rate(item: SectionProgress, column: int) -> Decimal | None:
    if column == 3:
        return item.submitted_rate if item.assigned else None
    return item.completion if column == 4 else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (1, 2) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
