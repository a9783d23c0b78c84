"""The overview's table of targets: in a narrow window the titles give way, so that the rates keep their bars."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from assessor.ui.grid.plain_table import PlainTable
from assessor.ui.models.section_model import RateBar
from assessor.ui.models.target_model import RATE_COLUMN

LEAST_RATE_WIDTH = 104
_LEAST_TITLE_WIDTH = 80


class TargetTable(PlainTable):
    def __init__(self) -> None:
        super().__init__("量化目标进展")
        self._bar = RateBar()
        self.setItemDelegateForColumn(RATE_COLUMN, self._bar)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(RATE_COLUMN, QHeaderView.ResizeMode.Stretch)
        self._fit_titles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_titles()

    def _fit_titles(self) -> None:
        header = self.horizontalHeader()
        fixed = sum(header.sectionSize(column) for column in range(1, header.count()) if column != RATE_COLUMN)
        room = self.viewport().width() - fixed - LEAST_RATE_WIDTH
        if header.count():
            header.resizeSection(0, max(_LEAST_TITLE_WIDTH, min(self.sizeHintForColumn(0), room)))
