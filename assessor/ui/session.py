"""The workbook that is open and the year that is looked at. All work with the file is done in the background.

The session owns one writable workbook. It was opened in the thread of ``Lane.WORKBOOK``, is used and closed there; here
it is only handed on. After every change what it touched is read anew (``Loaded.changed`` says what).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from assessor.ui.background import Background, Job, Lane
from assessor.ui.loading import Loaded, read_workbook
from assessor.ui.open_workbooks import OpenWorkbooks

if TYPE_CHECKING:
    from assessor.domain.next_steps import Finding
    from assessor.domain.review_item import ReviewItem
    from assessor.domain.year_view import YearView
    from assessor.work import Work
    from assessor.workbook.workbook import Edit, Workbook

    _Late = tuple[YearView, tuple[Finding, ...], tuple[ReviewItem, ...]]
    """What is found out of a view a moment after it is shown."""

T = TypeVar("T")
_STEPS_AFTER = 100
"""Milliseconds without another load before the next steps are found out: who types is not kept waiting for them."""


class Session(QObject):
    """Holds what is open. A load that fails leaves what was open in place."""

    loading = Signal(str)
    """File name, when a load begins that the user asked for."""
    loaded = Signal(object)
    """Loaded."""
    steps_read = Signal(object)
    """Loaded, the same as last time but with the steps of after the edit."""
    failed = Signal(object)
    """AssessorError: of opening, loading, undo and redo. What ``run`` and ``change`` raise goes to their Job alone."""
    abandoned = Signal()
    """A load was cancelled, or broke off by a fault that is reported elsewhere; no other load took its place."""
    replacing = Signal(bool)
    """The workbook is closed while another file takes its place; False: it is open again, or will not open."""
    settled = Signal()
    """No change is under way any longer."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._files = OpenWorkbooks()
        background.at_end(Lane.WORKBOOK, self._files.close_all)
        self._workbook: Workbook | None = None
        self._job: Job | None = None
        self._changes: set[Job] = set()
        self._late_steps = QTimer(self, singleShot=True, interval=_STEPS_AFTER)
        self._late_steps.timeout.connect(self._read_steps)
        self.operator = ""
        """Who edits; written into every edit. Empty: nobody has said."""
        self.ask_operator: Callable[[], str] = lambda: self.operator
        """Called before the first change by nobody, in the UI thread."""
        self.current: Loaded | None = None
        self.asked: Path | None = None
        """The workbook that was last to be opened, whatever came of it."""
        self.asked_password: str | None = None
        """With which it was to be opened."""
        self.lists_review = False
        """Whether loads list what deserves a look: while the page that shows it is seen."""

    @property
    def view(self) -> YearView | None:
        return self.current.view if self.current else None

    def review_of(self, view: YearView) -> tuple[ReviewItem, ...] | None:
        """What deserves a look in the view, as the worker has listed it; None: it has not."""
        return self.current.review if self.current is not None and self.current.view is view else None

    @property
    def is_changing(self) -> bool:
        """Whether a change is waiting or under way: the window closes after it."""
        return bool(self._changes)

    @property
    def password(self) -> str | None:
        """Of the open workbook: for work on a connection of its own."""
        return self._workbook.password if self._workbook else None

    def open(self, path: Path, password: str | None = None, year: int | None = None) -> None:
        """``year``: to be shown first; None, or one that there is not: the one of today."""
        target = path.resolve()
        if self._workbook is not None and self.current is not None and target == self.current.path:
            self.reload()  # a second opening would be refused by the lock of the first
        else:
            self._open(target, year, password)

    def select_year(self, year: int) -> None:
        if self._workbook and self.current and not (self.view and self.view.year.year == year):
            self._read(year)

    def step_year(self, step: int) -> None:
        """Goes to the next (1) or the previous (-1) year of the workbook, where there is one."""
        if self.current is None or self.view is None:
            return
        numbers = [year.year for year in self.current.years]
        place = numbers.index(self.view.year.year) + step
        if 0 <= place < len(numbers):
            self.select_year(numbers[place])

    def reload(self) -> None:
        """Reads what is in the file now. What is read-only is opened anew: whoever kept it may have gone."""
        if self._workbook is None or self.current is None:
            return
        if self.current.is_read_only:
            self._open(self.current.path, self._year, self._workbook.password)
        else:
            self._read(self._year)

    def sign_as(self, name: str) -> None:
        """From now on edits bear this name; what can be undone is another's now."""
        self.operator = name
        if self._workbook is not None:
            self._read(self._year, quiet=True, before=self.current)

    def run(self, label: str, function: Callable[[Workbook, Work], T], *, quiet: bool = False) -> Job:
        """Reads and long work with the open workbook; the Job brings what ``function`` returns or raises."""
        workbook = self._opened()
        return self._background.run(label, lambda work: function(workbook, work), lane=Lane.WORKBOOK, quiet=quiet)

    def change(self, label: str, function: Callable[[Edit], T]) -> Job:
        """One edit with a name; afterwards what it touched is read anew."""

        def make(workbook: Workbook, _work: Work) -> T:
            with workbook.edit(label) as edit:
                return function(edit)

        return self.change_by(label, make)

    def change_by(self, label: str, function: Callable[[Workbook, Work], T]) -> Job:
        """As ``change``, where ``function`` makes its edits itself: undo, import, seal."""
        workbook = self._opened()
        if not self.operator and not (self.current and self.current.is_read_only):
            self.operator = self.ask_operator()
        operator = self.operator

        def make(work: Work) -> T:
            if operator and workbook.operator != operator:
                workbook.operator = operator
            return function(workbook, work)

        job = self._background.run(label, make, lane=Lane.WORKBOOK)
        self._changes.add(job)
        job.finished.connect(lambda: self._end_change(job))
        return job

    def undo(self) -> Job | None:
        """Takes back the operator's last edit. None where there is nothing to take back."""
        return self._step_back("撤销", self.current.undo_label if self.current else None, _undo)

    def redo(self) -> Job | None:
        return self._step_back("重做", self.current.redo_label if self.current else None, _redo)

    def replace(self, path: Path, function: Callable[[Work], T], password: str | None = None) -> Job:
        """Closes the workbook, runs ``function``, which may put another file in its place (restore, password), and
        opens ``path`` again whatever came of it."""
        workbook, self._workbook = self._opened(), None
        year = self._year
        self.replacing.emit(True)

        def make(work: Work) -> T:
            self._files.close(workbook)
            return function(work)

        job = self._background.run(f"正在处理 {path.name}", make, lane=Lane.WORKBOOK)
        self._changes.add(job)
        kept = workbook.password
        job.done.connect(lambda _outcome: self._open(path, year, password if password is not None else kept))
        job.failed.connect(lambda _problem: self._open(path, year, kept))
        job.cancelled.connect(lambda: self._open(path, year, kept))
        job.finished.connect(lambda: self._end_change(job, is_reloading=False))
        return job

    @property
    def _year(self) -> int | None:
        return self.view.year.year if self.view else None

    def _opened(self) -> Workbook:
        if self._workbook is None:
            raise RuntimeError("no workbook is open")
        return self._workbook

    def _step_back(self, word: str, label: str | None, function: Callable[[Workbook, Work], object]) -> Job | None:
        if self._workbook is None or label is None:
            return None
        job = self.change_by(f"{word} {label}", function)
        job.failed.connect(self.failed)
        return job

    def _end_change(self, job: Job, *, is_reloading: bool = True) -> None:
        self._changes.discard(job)
        if is_reloading and self._workbook is not None:
            self._read(self._year, quiet=True, before=self.current)
        if not self._changes:
            self.settled.emit()

    def _open(self, path: Path, year: int | None, password: str | None) -> None:
        """The workbook before is closed once this one is read."""
        self.asked, self.asked_password = path, password
        opened: list[Workbook] = []
        operator, lists_review = self.operator, self.lists_review

        def read(work: Work) -> Loaded:
            from assessor.workbook.workbook import OPERATOR

            work.step(0.1, f"正在打开 {path.name}")
            opened.append(self._files.open(path, operator or OPERATOR, password))
            return read_workbook(opened[0], year, _today(), work, lists_review=lists_review)

        job = self._load(f"正在打开 {path.name}", read)
        job.done.connect(lambda loaded: self._adopt(opened[0], loaded))
        job.failed.connect(lambda _problem: self._give_up(opened))
        job.cancelled.connect(lambda: self._give_up(opened))
        self.loading.emit(path.name)

    def _read(self, year: int | None, *, quiet: bool = False, before: Loaded | None = None) -> None:
        """``before``: what is known to have been read of this workbook; None reads everything."""
        workbook, operator, lists_review = self._opened(), self.operator, self.lists_review

        def read(work: Work) -> Loaded:
            if operator and workbook.operator != operator:
                workbook.operator = operator
            return read_workbook(workbook, year, _today(), work, before, lists_review=lists_review)

        def take(loaded: Loaded) -> None:
            if self._workbook is workbook:  # else it has been closed meanwhile, to be replaced
                self._take(loaded)

        job = self._load(f"正在打开 {workbook.path.name}", read, quiet=quiet)
        job.done.connect(take)
        if not quiet:
            self.loading.emit(workbook.path.name)

    def _load(self, label: str, read: Callable[[Work], Loaded], *, quiet: bool = False) -> Job:
        if self._job is not None:
            self._job.cancel()
        job = self._background.run(label, read, lane=Lane.WORKBOOK, quiet=quiet)
        self._job = job
        job.failed.connect(self.failed)
        job.cancelled.connect(lambda: self._abandon(job))
        job.finished.connect(lambda: self._forget(job))
        return job

    def _adopt(self, workbook: Workbook, loaded: Loaded) -> None:
        before, self._workbook = self._workbook, workbook
        if before is not None:
            self._close([before])
        self._take(loaded)
        self.replacing.emit(False)

    def _give_up(self, opened: list[Workbook]) -> None:
        self._close(opened)
        if self._workbook is None:  # what was open has been closed to be replaced
            self.current = None
            self.replacing.emit(False)

    def _close(self, workbooks: list[Workbook]) -> None:
        """``workbooks`` is looked at in the worker's thread: by then what was to be opened is open or never will be."""

        def close(_work: Work) -> None:
            for workbook in workbooks:
                self._files.close(workbook)

        self._background.run("正在关闭", close, lane=Lane.WORKBOOK, quiet=True)

    def _take(self, loaded: Loaded) -> None:
        self.current = loaded
        self.loaded.emit(loaded)
        if loaded.has_old_steps:
            self._late_steps.start()

    def _read_steps(self) -> None:
        view = self.view
        if view is None or self._workbook is None:
            return

        known = self.review_of(view)

        def read(_work: Work) -> _Late:
            from assessor.domain.next_steps import next_steps
            from assessor.domain.review_list import review_items

            review = review_items(view) if known is None else known
            return view, next_steps(view, _today(), review), review

        self._background.run("下一步", read, lane=Lane.WORKBOOK, quiet=True).done.connect(self._take_steps)

    def _take_steps(self, found: _Late) -> None:
        view, steps, review = found
        if self.current is not None and self.current.view is view:  # else another load is there, with steps to come
            self.current = replace(self.current, steps=steps, has_old_steps=False, review=review)
            self.steps_read.emit(self.current)

    def _abandon(self, job: Job) -> None:
        if self._job is job:
            self.abandoned.emit()

    def _forget(self, job: Job) -> None:
        if self._job is job:
            self._job = None


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own calendar day


def _undo(workbook: Workbook, _work: Work) -> object:
    from assessor.workbook.undo import next_undo, undo

    return undo(workbook) if next_undo(workbook) else None


def _redo(workbook: Workbook, _work: Work) -> object:
    from assessor.workbook.undo import next_redo, redo

    return redo(workbook) if next_redo(workbook) else None
