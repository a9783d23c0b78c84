"""Backups that nobody has to think of: every ten minutes and at closing, if something changed, unseen and unheard.

They are made on a connection of their own, so that work with the workbook goes on meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assessor.errors import AssessorError, OutputError
from assessor.ui.background import Background, Job, Lane
from assessor.ui.loading import Loaded
from assessor.ui.remembered import Remembered
from assessor.ui.session import Session

if TYPE_CHECKING:
    from assessor.work import Work
    from assessor.workbook.backup_names import Backup

INTERVAL_MINUTES = 10
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

    def make(self) -> Job | None:
        """Starts one, unless one is under way or nothing is open for writing."""
        path, password = self._path, self._password
        if path is None or self._job is not None or self._session.is_changing:
            return None

        def back_up(work: Work) -> Backup | None:
            return _back_up(path, password, work)

        self._is_changed = False
        self._job = self._background.run("正在自动备份", back_up, lane=Lane.BACKUP, quiet=True)
        self._job.done.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._note_change)
        self._job.finished.connect(self._forget)
        return self._job

    def finish(self) -> None:
        """The last one before the program ends, made at once; what goes wrong with it is said at the next start."""
        self.timer.stop()
        if self._path is None or not (self._is_changed or self._job is not None):
            return
        try:
            problem = _note_of(_back_up(self._path, self._password, None))
        except AssessorError as raised:
            problem = raised
        self._is_changed = False
        if problem is not None:
            self._remembered.trouble = str(problem)

    def _follow(self, loaded: Loaded) -> None:
        if self._path is not None and loaded.path != self._path and self._is_changed:
            self.make()  # of the workbook before
        self._path = None if loaded.is_read_only else loaded.path
        self._password = self._session.password
        if not self.timer.isActive():
            self.timer.start()
            trouble = self._remembered.trouble
            if trouble:
                self.troubled.emit(OutputError(f"上次关闭窗口时的备份：{trouble}"))

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

    def _forget(self) -> None:
        self._job = None


def _back_up(path: Path, password: str | None, work: Work | None) -> Backup | None:
    from assessor.workbook.backup import backup_workbook
    from assessor.workbook.backup_names import Reason

    return backup_workbook(path, Reason.AUTOMATIC, password=password, work=work)


def _note_of(made: Backup | None) -> AssessorError | None:
    return OutputError(made.note, remedy=_ELSEWHERE) if made is not None and made.note else None
