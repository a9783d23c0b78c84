"""The backups of a workbook as a table, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from assessor.ui import theme

if TYPE_CHECKING:
    from assessor.workbook.backup_names import Backup

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("时间", "原因", "说明", "大小")
_SIZE = 3
_UNREADABLE = "不能用：文件不完整或已损坏"


class BackupModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.backups: tuple[Backup, ...] = ()

    def show_backups(self, backups: tuple[Backup, ...]) -> None:
        self.beginResetModel()
        self.backups = backups
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.backups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        backup = self.backups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(backup)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(backup.path)
        if role == Qt.ItemDataRole.ForegroundRole and not backup.is_readable:
            return QColor(theme.colours().bad)
        return None


def _words(backup: Backup) -> tuple[str, ...]:
    from assessor.workbook.evidence_source import size_text

    label = backup.label if backup.is_readable else _UNREADABLE
    return f"{backup.at:%Y-%m-%d %H:%M}", backup.reason.value, label, size_text(backup.size)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == _SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
