"""评委情况: a line for each reviewer, with the way to who marks what, and sheets out and in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor.domain.reviewer_table import ReviewerRow, agreement_of, panels_in, reviewer_rows
from assessor.ui import theme
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.grid.column import CellChange
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel
from assessor.ui.reviewing.columns import reviewer_columns
from assessor.ui.reviewing.work import ReviewingWork

if TYPE_CHECKING:
    from assessor.domain.unit import Unit
    from assessor.domain.year_view import YearView
    from assessor.exchange.reviewer_sheet import SheetBatch
    from assessor.ui.background import Job
    from assessor.ui.dialogs.mark_import import MarkImportDialog
    from assessor.ui.dialogs.reviewer_duties import ReviewerDutiesDialog
    from assessor.ui.pages.page import Surroundings

_EMPTY = "还没有评委：请点“评委与极端分…”添加，或沿用上年"
_SHEETS = "评委评分表 (*.xlsx)"


class ReviewersPane(QWidget):
    def __init__(self, surroundings: Surroundings, locked_reason: Callable[[], str]) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._locked_reason = locked_reason
        self._work = ReviewingWork(surroundings, self._say)
        self._view: YearView | None = None
        self.settings = QPushButton("评委与极端分…")
        self.share = QPushButton("评委分工…")
        self.issue = QPushButton("发放评分表…")
        self.take = QPushButton("导入评分表…")
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        theme.dress(self.summary, tone="muted")
        self.told = QLabel()
        theme.dress(self.told, tone="good")
        self.grid = Grid("评委情况", frozen=1, memory_key="scoring-reviewers")
        self.model: RowModel[ReviewerRow] = RowModel((), lambda row: row.key)
        self.model.write = self._write
        self.grid.set_model(self.model)
        self.duties: ReviewerDutiesDialog | None = None
        self.importing: MarkImportDialog | None = None
        self._lay_out()
        self.share.clicked.connect(self._ask_duties)
        self.issue.clicked.connect(self._ask_folder)
        self.take.clicked.connect(self._ask_files)

    def fill(self, view: YearView) -> None:
        if self._view is None or self._view.year.year != view.year.year:
            self.told.clear()
        self._view = view
        rows = reviewer_rows(view)
        locked = self._locked_reason()
        self.model.locked = locked
        self.model.show_table(reviewer_columns(self._units(view)), rows)
        for button in (self.share, self.take):
            button.setEnabled(not locked and bool(rows))
        self.issue.setEnabled(bool(rows))
        self.summary.setText(_summary(view, rows) if rows else _EMPTY)

    def issue_to(self, folder: Path) -> None:
        """A sheet for each selected reviewer, or for all where one alone or none is selected."""
        chosen = [row.key for row in self.grid.selected_rows()]
        if self._view is not None:
            self._work.issue(self._view.year.year, folder, chosen if len(chosen) > 1 else None)

    def take_files(self, paths: Sequence[Path]) -> Job | None:
        """Reads filled sheets; asks where something is wrong or would be replaced, else takes them in."""
        if self._view is None or not paths:
            return None
        job = self._work.read(self._view.year.year, paths)
        job.done.connect(self._look_at)
        return job

    def _look_at(self, batch: SheetBatch) -> None:
        from assessor.ui.dialogs.mark_import import MarkImportDialog

        outcome = batch.outcome
        if not (outcome.faults or outcome.replaced or outcome.notes):
            self._work.take(batch)
            return
        self.importing = MarkImportDialog(self, outcome)
        self.importing.accepted.connect(lambda: self._work.take(batch))
        show_dialog(self.importing)

    def _write(self, changes: Sequence[CellChange[ReviewerRow]]) -> Job | None:
        if self._view is None:
            return None
        homes = {change.row.key: str(change.value) if change.value else None for change in changes}
        return self._work.set_homes(self._view.year.year, homes)

    def _ask_duties(self) -> None:
        from assessor.ui.dialogs.reviewer_duties import ReviewerDutiesDialog

        if self._view is not None:
            self.duties = ReviewerDutiesDialog(self, self._view, self._work)
            show_dialog(self.duties)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "评分表写到哪个文件夹", str(self._beside()))
        if folder:
            self.issue_to(Path(folder))

    def _ask_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "导入评委评分表", str(self._beside()), _SHEETS)
        self.take_files([Path(name) for name in names])

    def _beside(self) -> Path:
        current = self._surroundings.session.current
        return current.path.parent if current else Path.home()

    def _units(self, view: YearView) -> list[Unit]:
        return [unit.unit for group in view.facts.groups for unit in group.units]

    def _say(self, words: str) -> None:
        self.told.setText(words)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        for button in (self.share, self.issue, self.take):
            row.addWidget(button)
        row.addWidget(self.told)
        row.addStretch(1)
        row.addWidget(self.settings)
        card = QFrame()
        theme.dress(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(card, 1)
        layout.addWidget(self.summary)


def sheets_in(mime: QMimeData) -> tuple[Path, ...]:
    """Spreadsheets among what is dropped; empty where there is none."""
    files = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return tuple(file for file in files if file.suffix.casefold() == ".xlsx")


def _summary(view: YearView, rows: Sequence[ReviewerRow]) -> str:
    """How far all are, and how well each panel agrees."""
    done, expected = sum(row.done for row in rows), sum(row.expected for row in rows)
    panels = {row.panel.code for row in rows}
    agreements = [
        f"{panel.title}：{agreement_of(view, panel.code).words}" for panel in panels_in(view) if panel.code in panels
    ]
    return f"已评 {done} / {expected}。{'；'.join(agreements)}。填好的评分表也可以直接拖到这里导入。"
