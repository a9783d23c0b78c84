"""What the page of evidence has done in the background: each a job of the session; problems go to the message bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.errors import AssessorError
from assessor.ui.evidence_data import CheckOutcome, check_evidence, clear_orphans
from assessor.ui.evidence_opening import OpenedCopies, refuse_program
from assessor.workbook.evidence import EvidenceFacts, remove_evidence, update_evidence
from assessor.workbook.evidence_adding import Added, Draft, Source, add_drafts, attach_source
from assessor.workbook.evidence_store import StoredFile, export_file, export_files, open_copy, store_of

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.work import Work
    from assessor.workbook.workbook import Edit, Workbook


class EvidenceWork:
    def __init__(self, surroundings: Surroundings, say: Callable[[str], object]) -> None:
        self._surroundings = surroundings
        self._session = surroundings.session
        self._show_problem = surroundings.show_problem
        self._say = say
        self._copies = OpenedCopies()

    def add(self, year: int, drafts: Sequence[Draft], done: Callable[[Added], object]) -> None:
        job = self._session.change_by("添加佐证材料", lambda workbook, work: add_drafts(workbook, year, drafts, work))
        job.done.connect(done)
        self._follow(job)

    def attach(self, year: int, key: int, source: Source, done: Callable[[Added], object]) -> None:
        job = self._session.change_by(
            "添加佐证文件", lambda workbook, work: attach_source(workbook, year, key, source, work)
        )
        job.done.connect(done)
        self._follow(job)

    def change(self, year: int, key: int, facts: EvidenceFacts) -> None:
        def change(edit: Edit) -> None:
            update_evidence(edit, year, key, facts)

        self._follow(self._session.change("修改佐证材料", change))

    def remove(self, year: int, keys: Sequence[int]) -> None:
        label = "删除佐证材料" if len(keys) == 1 else f"删除 {len(keys)} 件佐证材料"

        def remove(edit: Edit) -> str:
            remove_evidence(edit, year, keys)
            return f"已{label}，可用“撤销”（Ctrl+Z）取回"

        self._tell(self._session.change(label, remove))

    def open(self, file: StoredFile) -> None:
        """Raises InputError where it is a program, OutputError where there is no room for a copy."""
        refuse_program(file.name)
        folder = self._copies.folder()
        job = self._session.run(
            f"正在打开 {file.name}", lambda workbook, _work: open_copy(store_of(workbook), file, folder)
        )
        job.done.connect(self._show_copy)
        self._follow(job)

    def export_one(self, file: StoredFile, target: Path) -> Job:
        def export(workbook: Workbook, _work: Work) -> str:
            export_file(store_of(workbook), file, target)
            return "已导出佐证文件"

        return self._tell_written(self._session.run(f"正在导出 {file.name}", export), target)

    def export_many(self, files: Sequence[StoredFile], folder: Path) -> Job:
        def export(workbook: Workbook, work: Work) -> str:
            written = export_files(store_of(workbook), files, folder, work)
            return f"已导出 {len(written)} 个佐证文件"

        return self._tell_written(self._session.run("正在导出佐证文件", export), folder)

    def check(self, year: int, done: Callable[[CheckOutcome], object]) -> None:
        job = self._session.run("正在核对佐证文件", lambda workbook, work: check_evidence(workbook, year, work))
        job.done.connect(done)
        self._follow(job)

    def clear(self) -> None:
        def clear(workbook: Workbook, _work: Work) -> str:
            return f"已删除 {clear_orphans(workbook)} 个没有用到的文件"

        self._tell(self._session.run("正在清理佐证文件夹", clear))

    def _show_copy(self, copy: Path) -> None:
        try:
            self._copies.show(copy)
        except AssessorError as problem:
            self._show_problem(problem)

    def _tell_written(self, job: Job, place: Path) -> Job:
        job.done.connect(lambda words: self._surroundings.tell_written(place, words))
        self._follow(job)
        return job

    def _tell(self, job: Job) -> Job:
        job.done.connect(self._say)
        self._follow(job)
        return job

    def _follow(self, job: Job) -> None:
        job.failed.connect(self._show_problem)
