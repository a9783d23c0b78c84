"""The overview's list of the year's last edits, read off the UI thread, and the way to the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from assessor.ui import theme

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.history_list import HistoryEntry

LISTED = 5
_LINE_HEIGHT = 27


class RecentEdits(QFrame):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        theme.dress(self, role="card")
        self._surroundings = surroundings
        self._year: int | None = None
        self._job: Job | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("最近的修改")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_LINE_HEIGHT * LISTED + 2)
        self.list.itemDoubleClicked.connect(lambda _item: self._go())
        self.all_button = QPushButton("全部历史")
        theme.dress(self.all_button, role="link")
        self.all_button.clicked.connect(self._go)
        heading = QLabel("最近的修改")
        heading.setFont(theme.font("heading", bold=True))
        line = QHBoxLayout()
        line.addWidget(heading)
        line.addStretch(1)
        line.addWidget(self.all_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE, theme.SPACE * 2, theme.SPACE)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.list)

    def show_year(self, year: int) -> None:
        from assessor.workbook.history_list import HistoryQuery, list_entries

        self._year = year
        query = HistoryQuery(year=year)
        self._job = job = self._surroundings.session.run(
            "正在读取修改历史", lambda workbook, _work: list_entries(workbook, query, limit=LISTED), quiet=True
        )
        job.done.connect(lambda entries: self._show(entries) if self._job is job else None)
        job.failed.connect(self._surroundings.show_problem)

    def _show(self, entries: tuple[HistoryEntry, ...]) -> None:
        self.list.clear()
        for entry in entries:
            record = entry.record
            item = QListWidgetItem(f"{record.at:%m-%d %H:%M}　{record.label}　{record.operator}")
            item.setToolTip(f"{record.at:%Y-%m-%d %H:%M}　{record.operator}\n{record.label}")
            item.setSizeHint(QSize(0, _LINE_HEIGHT))
            self.list.addItem(item)

    def _go(self) -> None:
        from assessor.workbook.history_list import HistoryQuery

        if self._year is not None:
            self._surroundings.show_history(HistoryQuery(year=self._year))
