"""What the pane of reviewers has done in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.domain.mark_import import IMPORT_LABEL, MarkImport
from assessor.domain.reviewing import Duty, ReviewerKey
from assessor.ui.background import Lane
from assessor.workbook.reviewing import save_duties, save_reviewer_unit

if TYPE_CHECKING:
    from assessor.domain.mark_sheets import ReviewerSheet
    from assessor.exchange.reviewer_sheet import SheetBatch
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.work import Work
    from assessor.workbook.workbook import Edit, Workbook


class ReviewingWork:
    """``say``: shows a sentence beside what was done."""

    def __init__(self, surroundings: Surroundings, say: Callable[[str], object]) -> None:
        self._surroundings = surroundings
        self._say = say

    def set_homes(self, year: int, homes: Mapping[ReviewerKey, str | None]) -> Job:
        """The units that reviewers come from."""

        def change(edit: Edit) -> None:
            for reviewer, unit in homes.items():
                save_reviewer_unit(edit, year, reviewer, unit)

        names = "、".join(name for _, name in list(homes)[:3])
        return self._surroundings.session.change(f"设置评委所在单位：{names}", change)

    def share(self, year: int, duties: Mapping[ReviewerKey, Sequence[Duty] | None]) -> Job:
        job = self._surroundings.session.change("评委分工", lambda edit: save_duties(edit, year, duties))
        job.done.connect(lambda _nothing: self._say("已保存评委分工"))
        return job

    def issue(self, year: int, folder: Path, reviewers: Sequence[ReviewerKey] | None) -> Job:
        """Into ``folder``; the workbook is read first, the files are written beside other work."""
        from assessor.exchange.reviewer_sheet import issue_sheets, sheets_of

        self._surroundings.clear_problem()

        def read(workbook: Workbook, _work: Work) -> tuple[ReviewerSheet, ...]:
            return sheets_of(workbook, year, reviewers)

        def write(sheets: tuple[ReviewerSheet, ...]) -> None:
            def run(work: Work) -> tuple[Path, ...]:
                return issue_sheets(sheets, folder, work)

            job = self._surroundings.background.run("正在发放评分表", run, lane=Lane.DRAWING)
            job.done.connect(self._tell_issued)
            job.failed.connect(self._surroundings.show_problem)

        job = self._surroundings.session.run("正在准备评分表", read)
        job.done.connect(write)
        job.failed.connect(self._surroundings.show_problem)
        return job

    def read(self, year: int, paths: Sequence[Path]) -> Job:
        from assessor.exchange.reviewer_sheet import read_sheets

        self._surroundings.clear_problem()
        job = self._surroundings.session.run(
            "正在读取评分表", lambda workbook, work: read_sheets(workbook, year, paths, work)
        )
        job.failed.connect(self._surroundings.show_problem)
        return job

    def take(self, batch: SheetBatch) -> Job:
        from assessor.exchange.reviewer_sheet import import_sheets

        job = self._surroundings.session.change_by(
            IMPORT_LABEL, lambda workbook, work: import_sheets(workbook, batch, work)
        )
        job.done.connect(self._tell_taken)
        job.failed.connect(self._surroundings.show_problem)
        return job

    def _tell_issued(self, paths: tuple[Path, ...]) -> None:
        self._say(f"已发放 {len(paths)} 份")
        self._surroundings.tell_written(paths[0], f"已发放 {len(paths)} 份评委评分表")

    def _tell_taken(self, outcome: MarkImport) -> None:
        undo = "，可用“撤销”（Ctrl+Z）取回" if outcome.given else ""
        self._say(f"已导入：{outcome.words}{undo}")
