"""The cells that refused a block, listed below the table: which, what was to go there, why not, how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout

from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.grid.block import block_text
from assessor.ui.grid.checking import Refusal, Wanted
from assessor.ui.grid.plain_table import PlainTable

Index = QModelIndex | QPersistentModelIndex
_HEADINGS = ("行", "列", "内容", "原因", "处理办法")
_WIDTHS = (180, 140, 160, 320)
_HEIGHT = 190


class RefusalPanel(QFrame):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, role="refusals")
        self.title = QLabel()
        self.title.setWordWrap(True)
        theme.dress(self.title, tone="bad")
        self.table: PlainTable | None = None
        """Made when something is first refused: every grid has a panel, and most never show it."""
        copying = QPushButton("复制清单")
        copying.clicked.connect(self.copy_list)
        theme.dress(copying, role="link")
        closing = QPushButton("关闭")
        closing.clicked.connect(self.close_panel)
        theme.dress(closing, role="link")
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE, 4, 4, 4)
        head.addWidget(self.title, 1)
        head.addWidget(copying)
        head.addWidget(closing)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self.setFixedHeight(_HEIGHT)
        self.hide()
        self._lines: list[tuple[str, ...]] = []
        self.is_only_copy = False
        """What is listed was typed, and stands nowhere else."""

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """What is listed, cell by cell, in the order of the headings."""
        return self._lines

    def show_refusals(self, title: str, refusals: Sequence[Refusal]) -> None:
        self.is_only_copy = False
        self._show(title, [(item.row_name, item.column_name, item.text, item.what, item.remedy) for item in refusals])

    def show_failure(self, wanted: Sequence[Wanted[Any]], problem: AssessorError) -> None:
        """What the workbook did not take: what was typed stands here, to be copied and tried again."""
        self.is_only_copy = True
        what = f"{problem.place}：{problem.what}" if problem.place else problem.what
        lines = [(*item.names(), item.text, what, problem.remedy) for item in wanted]
        self._show(f"没有写入工作簿：{len(lines)} 个单元格。输入的内容保留在下面", lines)

    def copy_list(self) -> None:
        QApplication.clipboard().setText(block_text([_HEADINGS, *self._lines]))

    def close_panel(self) -> None:
        self.is_only_copy = False
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _show(self, title: str, lines: Sequence[tuple[str, ...]]) -> None:
        self._lines = list(lines)
        self.title.setText(title)
        if self.table is None:
            self.table = PlainTable("不能填入的单元格")
            self._column.addWidget(self.table, 1)
        self.table.setModel(_Lines(self._lines, self))
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        header.setSectionResizeMode(len(_HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
        self.show()


class _Lines(QAbstractTableModel):
    def __init__(self, lines: list[tuple[str, ...]], parent: RefusalPanel) -> None:
        super().__init__(parent)
        self._lines = lines

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _HEADINGS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self._lines[index.row()][index.column()] if role in shown else None
