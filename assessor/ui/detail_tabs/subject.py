"""What the detail pane is about, and lists that are read of the workbook when they are seen, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from assessor.domain.year_view import YearView
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.workbook.workbook import Workbook

T = TypeVar("T")
_PAUSE = 120
"""Milliseconds that the cursor rests before what it rests on is read."""


@dataclass(frozen=True)
class Subject:
    year: int
    unit: str
    name: str
    indicator: str = ""
    """Empty: the unit at large."""
    title: str = ""
    """Of the indicator."""
    figures: tuple[str, ...] = ()
    """That its rule reads."""
    is_by_task: bool = False

    @property
    def words(self) -> str:
        return f"{self.name}　{self.indicator} {self.title}" if self.indicator else self.name


def subject_of(view: YearView, unit: str, code: str | None) -> Subject | None:
    """``code``: of an indicator; that of a category stands for the unit. None where the year lacks the unit."""
    found = view.result.find(unit)
    if found is None:
        return None
    group, result = found
    year, name = view.year.year, result.unit.short_name
    indicator = group.scheme.indicator_by_code.get(code or "")
    if indicator is None:
        return Subject(year, unit, name)
    is_by_task = indicator.scope.value == "task"
    return Subject(year, unit, name, indicator.code, indicator.title, indicator.rule.figures(), is_by_task)


class Reading(Generic[T]):
    """Reads of the workbook what belongs to the last subject asked for, while ``owner`` is seen; what comes too late is
    dropped."""

    def __init__(
        self,
        owner: QWidget,
        surroundings: Surroundings,
        label: str,
        read: Callable[[Workbook, Subject], T],
        show: Callable[[Subject, T], object],
    ) -> None:
        self._owner, self._surroundings = owner, surroundings
        self._label, self._read, self._show = label, read, show
        self._subject: Subject | None = None
        self._job: Job | None = None
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._begin)

    def ask(self, subject: Subject) -> None:
        self._subject = subject
        self._timer.start()

    def drop(self) -> None:
        """What is under way concerns nobody any longer."""
        self._timer.stop()
        self._subject = self._job = None

    def _begin(self) -> None:
        subject, session = self._subject, self._surroundings.session
        if subject is None or not self._owner.isVisible():
            return
        if session.view is None or session.view.year.year != subject.year:
            return
        job = session.run(self._label, lambda workbook, _work: self._read(workbook, subject), quiet=True)
        self._job = job
        job.done.connect(lambda found: self._show(subject, found) if self._job is job else None)
        job.failed.connect(self._surroundings.show_problem)
