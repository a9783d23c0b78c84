"""The workbook that is open and the year that is looked at; loads both in the background."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assessor.ui.background import Background, Job, Lane

if TYPE_CHECKING:
    from assessor.domain.year import Year
    from assessor.domain.year_view import YearView
    from assessor.work import Work


@dataclass(frozen=True)
class Loaded:
    """What was read of a workbook: all its years, and one of them in full (None: it has no year)."""

    path: Path
    is_read_only: bool
    years: tuple[Year, ...]
    view: YearView | None


def read_workbook(path: Path, year: int | None, today: date, work: Work) -> Loaded:
    """Reads ``year``, else the year to open on ``today``. Raises WorkbookError. Runs in a worker's thread."""
    from assessor.domain.standing import year_to_open
    from assessor.workbook.views import load_view
    from assessor.workbook.workbook import Workbook
    from assessor.workbook.years import list_years

    work.step(0.1, f"正在打开 {path.name}")
    with Workbook.open(path) as workbook:  # not read_only: opening in the window is what upgrades an older workbook
        years = list_years(workbook)
        chosen = next((item for item in years if item.year == year), None) or year_to_open(years, today)
        if chosen is not None:
            work.step(0.4, f"正在计算 {chosen.year} 年度得分")
        view = load_view(workbook, chosen.year) if chosen is not None else None
    work.step(1.0, "已打开")
    return Loaded(path, not _is_writable(path), years, view)


class Session(QObject):
    """Holds what is open. A load that fails leaves what was open in place."""

    loading = Signal(str)
    """File name, when a load begins."""
    loaded = Signal(object)
    """Loaded."""
    failed = Signal(object)
    """AssessorError."""
    abandoned = Signal()
    """A load was cancelled, or broke off by a fault that is reported elsewhere; no other load took its place."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._job: Job | None = None
        self.current: Loaded | None = None

    @property
    def view(self) -> YearView | None:
        return self.current.view if self.current else None

    def open(self, path: Path) -> None:
        self._load(path.resolve(), None)

    def select_year(self, year: int) -> None:
        if self.current and not (self.view and self.view.year.year == year):
            self._load(self.current.path, year)

    def step_year(self, step: int) -> None:
        """Goes to the next (1) or the previous (-1) year of the workbook, where there is one."""
        if self.current is None or self.view is None:
            return
        numbers = [year.year for year in self.current.years]
        place = numbers.index(self.view.year.year) + step
        if 0 <= place < len(numbers):
            self.select_year(numbers[place])

    def reload(self) -> None:
        if self.current:
            self._load(self.current.path, self.view.year.year if self.view else None)

    def _load(self, path: Path, year: int | None) -> None:
        if self._job is not None:
            self._job.cancel()
        today = date.today()  # noqa: DTZ011 - the office's own calendar day
        job = self._background.run(
            f"正在打开 {path.name}",
            lambda work: read_workbook(path, year, today, work),
            lane=Lane.WORKBOOK,
        )
        self._job = job
        job.done.connect(self._take)
        job.failed.connect(self.failed)
        job.cancelled.connect(lambda: self._abandon(job))
        job.finished.connect(lambda: self._forget(job))
        self.loading.emit(path.name)

    def _take(self, loaded: Loaded) -> None:
        self.current = loaded
        self.loaded.emit(loaded)

    def _abandon(self, job: Job) -> None:
        if self._job is job:
            self.abandoned.emit()

    def _forget(self, job: Job) -> None:
        if self._job is job:
            self._job = None


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
