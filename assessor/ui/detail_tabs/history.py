"""历史: the last edits that bear on the unit or on one of its indicators, and the way to the page of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor.ui import theme
from assessor.ui.detail_tabs.parts import TwoLines, subject_label
from assessor.ui.detail_tabs.subject import Reading, Subject
from assessor.workbook.history_lines import status_of
from assessor.workbook.history_list import HistoryEntry, HistoryQuery, list_entries

if TYPE_CHECKING:
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.workbook import Workbook

LISTED = 20
_NOTHING = "还没有修改过。"


class HistoryTab(QWidget):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._subject: Subject | None = None
        self._reading = Reading(self, surroundings, "正在读取修改历史", _read, self._show)
        self.label = subject_label()
        self.entries = TwoLines("最近的修改", _NOTHING)
        self.entries.opened.connect(lambda _place: self._go())
        self.page_button = QPushButton("在历史页中看全部")
        theme.dress(self.page_button, role="link")
        self.page_button.clicked.connect(self._go)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.page_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addWidget(self.label)
        layout.addWidget(self.entries, 1)
        layout.addLayout(row)

    def show_subject(self, subject: Subject | None) -> None:
        self._subject = subject
        self.page_button.setEnabled(subject is not None)
        if subject is None:
            self._reading.drop()
            self.entries.show_entries(())
        else:
            self._reading.ask(subject)

    def _show(self, subject: Subject, entries: tuple[HistoryEntry, ...]) -> None:
        more = f"最近 {LISTED} 次" if len(entries) == LISTED else f"{len(entries)} 次"
        self.label.setText(f"{subject.words} · {more}")
        self.entries.show_entries([_entry(entry) for entry in entries])

    def _go(self) -> None:
        if self._subject is not None:
            self._surroundings.show_history(_query(self._subject))


def _query(subject: Subject) -> HistoryQuery:
    return HistoryQuery(
        year=subject.year, unit=subject.unit, indicator=subject.indicator or None, figures=subject.figures
    )


def _read(workbook: Workbook, subject: Subject) -> tuple[HistoryEntry, ...]:
    return list_entries(workbook, _query(subject), limit=LISTED)


def _entry(entry: HistoryEntry) -> tuple[str, str, str]:
    record = entry.record
    status = status_of(entry)
    parts = [f"{record.at:%Y-%m-%d %H:%M}", record.operator, *([status] if status else [])]
    return record.label, " · ".join(parts), "faint" if entry.is_undone else "muted"
