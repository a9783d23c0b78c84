"""The evidence of one form: files are dropped or chosen, opened, and changed on the page of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor.domain.form_table import FormRow
from assessor.errors import AssessorError
from assessor.ui import theme
from assessor.ui.evidence_data import EvidenceData, read_evidence
from assessor.ui.evidence_mime import has_sources, sources_in
from assessor.ui.evidence_work import EvidenceWork
from assessor.ui.grid.column import CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Draft, Source
from assessor.workbook.evidence_list import EvidenceItem
from assessor.workbook.evidence_names import kept_name
from assessor.workbook.evidence_source import size_text

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings

_HINT = "把文件拖到这里，或点“添加文件…”。"
_NOT_YET = "还没有收到这份填报，登记收到后再添加佐证材料。"
_COLUMNS = (
    Column[EvidenceItem]("title", "名称", CellKind.TEXT, lambda item: item.title, width=180),
    Column[EvidenceItem](
        "file",
        "文件",
        CellKind.TEXT,
        lambda item: item.file.name if item.file else "（无文件）",
        width=170,
        tone=lambda item: "" if item.file else "muted",
    ),
    Column[EvidenceItem](
        "size", "大小", CellKind.TEXT, lambda item: size_text(item.file.size) if item.file else "", width=76
    ),
)


class EvidenceTab(QWidget):
    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.note = QLabel()
        self.note.setWordWrap(True)
        theme.dress(self.note, tone="muted")
        self.work = EvidenceWork(surroundings, self.note.setText)
        self.model = RowModel[EvidenceItem](_COLUMNS, lambda item: item.key)
        self.grid = Grid("本表佐证材料", memory_key="form-evidence", numbers=False)
        self.grid.set_model(self.model)
        self.add_button = QPushButton("添加文件…")
        self.open_button = QPushButton("打开")
        self.page_button = QPushButton("到佐证页")
        self._row: FormRow | None = None
        self._year = 0
        self._locked = ""
        self._reading: Job | None = None
        self.setAcceptDrops(True)
        self.add_button.clicked.connect(self._ask_files)
        self.open_button.clicked.connect(self._open)
        self.page_button.clicked.connect(lambda: surroundings.go("evidence"))
        self.grid.opened.connect(lambda _index: self._open())
        self._lay_out()

    def fill(self, year: int, row: FormRow, locked: str) -> None:
        if self._row is None or self._row.key != row.key:
            self.model.show_rows([])
        self._year, self._row = year, row
        self._locked = locked or ("" if row.submission else _NOT_YET)
        self.add_button.setEnabled(not self._locked)
        self.add_button.setToolTip(self._locked)
        self.note.setText(_NOT_YET if row.submission is None else "" if locked else _HINT)
        self._reading = job = self._surroundings.session.run(
            "正在读取佐证材料", lambda workbook, _work: read_evidence(workbook, year), quiet=True
        )
        job.done.connect(lambda data: self._show(data) if self._reading is job else None)
        job.failed.connect(self._surroundings.show_problem)

    def take(self, sources: Sequence[Source]) -> None:
        """Files become evidence of the form, each under its own name."""
        row = self._row
        if row is None or row.submission is None or self._locked:
            return
        owner, today = Owner(row.key.task, row.submission.revision), self._surroundings.today()
        drafts = [
            Draft(row.key.unit, EvidenceFacts(Path(kept_name(source.name)).stem, owner, received=today), source)
            for source in sources
        ]
        self.work.add(self._year, drafts, lambda added: self.note.setText("\n".join(added.notes) or _HINT))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_sources(event.mimeData()) and not self._locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(sources_in(event.mimeData(), datetime.now().astimezone()))

    def _show(self, data: EvidenceData) -> None:
        row = self._row
        if row is None:
            return
        revision = row.submission.revision if row.submission else None
        owner = Owner(row.key.task, revision)
        self.model.show_rows([item for item in data.items if item.unit == row.key.unit and item.owner == owner])

    def _ask_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "选择佐证文件", str(Path.home()))
        self.take([Path(name) for name in names])

    def _open(self) -> None:
        index = self.grid.current_index()
        file = self.model.row_at(index).file if index.isValid() else None
        if file is None:
            return
        try:
            self.work.open(file)
        except AssessorError as problem:
            self._surroundings.show_problem(problem)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.add_button, self.open_button, self.page_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.note)
        layout.addLayout(buttons)
