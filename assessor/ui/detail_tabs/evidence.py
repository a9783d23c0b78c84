"""佐证: the evidence of the unit or of one of its indicators; Enter or a double click opens a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor.domain.place import Place
from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.detail_tabs.parts import TwoLines, subject_label
from assessor.ui.detail_tabs.subject import Reading, Subject
from assessor.ui.evidence_work import EvidenceWork
from assessor.workbook.evidence_list import EvidenceItem, evidence_of
from assessor.workbook.evidence_source import size_text

if TYPE_CHECKING:
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.workbook import Workbook

_NOTHING = "没有佐证材料。\n在“佐证”页添加，或把文件拖到填报表、加减分事项上。"


class EvidenceTab(QWidget):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.items: tuple[EvidenceItem, ...] = ()
        self._reading = Reading(self, surroundings, "正在读取佐证材料", _read, self._show)
        self._work = EvidenceWork(surroundings, lambda _text: None)
        self._subject: Subject | None = None
        self.label = subject_label()
        self.entries = TwoLines("佐证材料", _NOTHING)
        self.entries.opened.connect(self.open)
        self.page_button = QPushButton("在佐证页中看")
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

    def open(self, place: int) -> None:
        """The file of an item; without one, its place on the page of evidence."""
        item = self.items[place]
        self._surroundings.clear_problem()
        if item.file is None:
            self._surroundings.go_to(Place("evidence", key=str(item.key)))
            return
        try:
            self._work.open(item.file)
        except AssessorError as problem:
            self._surroundings.show_problem(problem)

    def _show(self, subject: Subject, items: tuple[EvidenceItem, ...]) -> None:
        self.items = items
        self.label.setText(f"{subject.words} · {len(items)} 件")
        self.entries.show_entries([_entry(item) for item in items])

    def _go(self) -> None:
        if self._subject is not None:
            self._surroundings.go_to(Place("evidence", self._subject.unit))


def _read(workbook: Workbook, subject: Subject) -> tuple[EvidenceItem, ...]:
    return evidence_of(workbook, subject.year, subject.unit, subject.indicator or None, is_by_task=subject.is_by_task)


def _entry(item: EvidenceItem) -> tuple[str, str, str]:
    file = item.file
    what = f"{file.name}（{size_text(file.size)}）" if file else "没有文件"
    return item.title, f"{item.owner_title} · {what}", ""
