"""Backups that nobody has to think of: every ten minutes and at closing, if something changed, unseen and unheard.

They are made on a connection of their own, so that work with the workbook goes on meanwhile. A backup never stands in
the way: it gives up where the file is to be replaced, and at closing after ``LONGEST_SECONDS``.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assessor.errors import AssessorError, OutputError
from assessor.ui.background import Background, Job, Lane
from assessor.ui.loading import Loaded
from assessor.ui.remembered import Remembered
from assessor.ui.session import Session
from assessor.work import Cancelled, Work

if TYPE_CHECKING:
    from assessor.workbook.backup_names import Backup

INTERVAL_MINUTES = 10
LONGEST_SECONDS = 15.0
"""That the program, its window gone already, waits at its end for the last backup; the sample's takes 0.2."""
_ELSEWHERE = "请接上备份用的磁盘，或在“文件 > 备份与恢复”中另选备份文件夹"


class AutomaticBackups(QObject):
    """For the workbook that is open for writing."""

    troubled = Signal(object)
    """AssessorError: said once, and again only after a backup went well."""

    def __init__(
        self, session: Session, background: Background, remembered: Remembered, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self._session = session
        self._background = background
        self._path: Path | None = None
        self._password: str | None = None
        self._is_changed = False
        self._said = ""
        self._job: Job | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(INTERVAL_MINUTES * 60_000)
        self.timer.timeout.connect(self.make)
        session.loaded.connect(self._follow)
        session.settled.connect(self._note_change)
        session.replacing.connect(self._make_way)

    def make(self) -> Job | None:
        """Starts one, unless one is under way or nothing is open for writing."""
        if self._path is None or self._job is not None or self._session.is_changing:
            return None
        return self._start(self._path, self._password)

    def finish(self, longest_seconds: float = LONGEST_SECONDS) -> None:
        """The last one before the program ends, made while the caller waits, the workbook being closed already; what
        goes wrong with it is said at the next start."""
        self.timer.stop()
        if self._path is None or not (self._is_changed or self._job is not None):
            return
        self._is_changed = False
        problem = _back_up_within(longest_seconds, self._path, self._password)
        if problem is not None:
            self._remembered.trouble = str(problem)

    def _start(self, path: Path, password: str | None) -> Job:
        def back_up(work: Work) -> Backup | None:
            return _back_up(path, password, work)

        self._is_changed = False
        job = self._background.run("正在自动备份", back_up, lane=Lane.BACKUP, quiet=True)
        self._job = job
        job.done.connect(self._take)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._note_change)
        job.finished.connect(lambda: self._forget(job))
        return job

    def _follow(self, loaded: Loaded) -> None:
        if self._path is not None and loaded.path != self._path and self._is_changed:
            self._start(self._path, self._password)  # of the workbook before
        self._path = None if loaded.is_read_only else loaded.path
        self._password = self._session.password
        if not self.timer.isActive():
            self.timer.start()
            trouble = self._remembered.trouble
            if trouble:
                self._is_changed = True
                self.troubled.emit(OutputError(f"上次关闭窗口时的备份：{trouble}"))

    def _make_way(self, is_replacing: bool) -> None:
        """What is copied cannot be replaced; whoever replaces it keeps it."""
        if is_replacing and self._job is not None:
            self._job.cancel()

    def _note_change(self) -> None:
        self._is_changed = True

    def _take(self, made: Backup | None) -> None:
        note = _note_of(made)
        if note is None:
            self._said = ""
        else:
            self._say(note)

    def _fail(self, problem: AssessorError) -> None:
        self._is_changed = True
        self._say(problem)

    def _say(self, problem: AssessorError) -> None:
        if problem.what != self._said:
            self._said = problem.what
            self.troubled.emit(problem)

    def _forget(self, job: Job) -> None:
        if self._job is job:
            self._job = None


def _back_up_within(seconds: float, path: Path, password: str | None) -> AssessorError | None:
    """What went wrong, if anything. After so many seconds it is given up: a disk may have stopped to answer."""
    work, problems = Work(), [_late(path)]

    def back_up() -> None:
        try:
            problems[:] = [_note_of(_back_up(path, password, work))]
        except AssessorError as raised:
            problems[:] = [raised]
        except Cancelled:
            pass

    thread = threading.Thread(target=back_up, name="last backup", daemon=True)
    thread.start()
    thread.join(seconds)
    work.cancel()
    return problems[0]


def _late(path: Path) -> AssessorError | None:
    return OutputError("备份太慢，没有等到它完成", place=str(path), remedy=_ELSEWHERE)


def _back_up(path: Path, password: str | None, work: Work) -> Backup | None:
    from assessor.workbook.backup import backup_workbook
    from assessor.workbook.backup_names import Reason

    return backup_workbook(path, Reason.AUTOMATIC, password=password, work=work)


def _note_of(made: Backup | None) -> AssessorError | None:
    return OutputError(made.note, remedy=_ELSEWHERE) if made is not None and made.note else None
