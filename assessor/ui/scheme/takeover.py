"""Bringing schemes in and out: a file or a draft is shown beside what it would replace, then taken over in one edit."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from assessor.ui.background import Lane
from assessor.ui.dialogs.layout import show_dialog
from assessor.ui.dialogs.scheme_faults import SchemeFaultsDialog
from assessor.ui.dialogs.scheme_takeover import NEW, YEAR, TakeoverDialog

if TYPE_CHECKING:
    from assessor.domain.scheme import Scheme
    from assessor.exchange.scheme_intake import SchemeIntake
    from assessor.ui.background import Job
    from assessor.ui.pages.page import Surroundings
    from assessor.work import Work
    from assessor.workbook.scheme_adoption import Reception
    from assessor.workbook.workbook import Edit, Workbook

_OPENED = "细则文件 (*.xlsx *.toml)"
_SAVED = "Excel 表格 (*.xlsx);;细则文件 (*.toml)"


class SchemeTakeover:
    """``parent``: the page over which its dialogs stand."""

    def __init__(self, parent: QWidget, surroundings: Surroundings) -> None:
        self._parent, self._around = parent, surroundings
        self.dialog: TakeoverDialog | SchemeFaultsDialog | None = None
        """The one that is open, or was last."""

    def refusal(self) -> str:
        """Why nothing can be imported; empty: it can."""
        current = self._around.session.current
        if current is None or current.view is None:
            return "先打开一个年度"
        return current.read_only_reason

    def ask(self) -> None:
        """Asks for a file."""
        current = self._around.session.current
        if current is not None and not self.refusal():
            name, _kind = QFileDialog.getOpenFileName(self._parent, "导入细则", str(current.path.parent), _OPENED)
            if name:
                self.take(Path(name))

    def take(self, path: Path) -> None:
        """Reads a file, and shows its faults or what it would change."""
        view = self._around.session.view
        if view is None or self.refusal():
            return
        self._around.clear_problem()
        job = self._around.session.run(f"正在读取 {path.name}", partial(_read, path, view.year.year))
        job.done.connect(lambda found: self._show(path, *found))
        job.failed.connect(self._around.show_problem)

    def adopt(self, title: str, scheme: Scheme) -> None:
        """Shows what the draft would change in the year that is shown."""
        view = self._around.session.view
        if view is None or self.refusal():
            return
        self._around.clear_problem()
        job = self._around.session.run("正在比较细则", partial(_receive, scheme, view.year.year), quiet=True)
        job.done.connect(partial(self._ask_adoption, title))
        job.failed.connect(self._around.show_problem)

    def export(self, title: str, scheme: Scheme) -> None:
        """Asks where to; ``title`` proposes the file's name."""
        current = self._around.session.current
        if current is None:
            return
        proposed = current.path.with_name(f"{_as_name(title)}.xlsx")
        name, kind = QFileDialog.getSaveFileName(self._parent, "导出细则", str(proposed), _SAVED)
        if name:
            path = Path(name)
            self.write(scheme, path if path.suffix else path.with_suffix(".toml" if "toml" in kind else ".xlsx"))

    def write(self, scheme: Scheme, path: Path) -> Job:
        def write(_work: Work) -> None:
            from assessor.exchange.scheme_output import write_scheme

            write_scheme(scheme, path)

        self._around.clear_problem()
        job = self._around.background.run(f"正在写入 {path.name}", write, lane=Lane.DRAWING)
        job.done.connect(lambda _nothing: self._around.tell_written(path, "已导出细则"))
        job.failed.connect(self._around.show_problem)
        return job

    def _show(self, path: Path, intake: SchemeIntake, reception: Reception | None) -> None:
        if reception is None:
            self.dialog = faults = SchemeFaultsDialog(self._parent, path.name, intake.faults)
            show_dialog(faults)
            return
        heading = f"导入 {path.name}：《{reception.scheme.title}》"
        self._ask(heading, reception, name=path.stem, is_import=True)

    def _ask_adoption(self, title: str, reception: Reception) -> None:
        self._ask(f"采用草稿“{title}”", reception, name="", is_import=False)

    def _ask(self, heading: str, reception: Reception, *, name: str, is_import: bool) -> None:
        locked = self._locked()
        if locked and not is_import:
            return
        self.dialog = dialog = TakeoverDialog(
            self._parent, heading, reception, locked=locked, is_import=is_import, name=name
        )
        dialog.accepted.connect(lambda: self._make(reception, dialog.key, dialog.words))
        show_dialog(dialog)

    def _locked(self) -> str:
        view = self._around.session.view
        return f"{view.year.year} 年度已定稿" if view is not None and view.seal is not None else ""

    def _make(self, reception: Reception, key: str, words: str) -> None:
        title = reception.scheme.title
        target = f"{reception.year} 年度" if key == YEAR else "草稿"
        label = f"{target} 采用细则《{title}》" if key == YEAR else f"导入细则草稿《{title}》"
        job = self._around.session.change_by(label, partial(_write, reception, key, words, label))
        job.failed.connect(self._around.show_problem)


def _read(path: Path, year: int, workbook: Workbook, work: Work) -> tuple[SchemeIntake, Reception | None]:
    from assessor.exchange.scheme_intake import take_in
    from assessor.workbook.scheme_adoption import receive

    intake = take_in(path)
    work.step(0.6, "正在与现行细则比较")
    return intake, receive(workbook, year, intake.scheme) if intake.scheme is not None else None


def _receive(scheme: Scheme, year: int, workbook: Workbook, _work: Work) -> Reception:
    from assessor.workbook.scheme_adoption import receive

    return receive(workbook, year, scheme)


def _write(reception: Reception, key: str, words: str, label: str, workbook: Workbook, work: Work) -> None:
    """A backup first, then one edit."""
    from assessor.workbook.backup import before
    from assessor.workbook.backup_names import Reason

    before(workbook, Reason.IMPORT, "细则", work.part(0.0, 0.8))
    with workbook.edit(label) as edit:
        _store(edit, reception, key, words)


def _store(edit: Edit, reception: Reception, key: str, words: str) -> None:
    from assessor.workbook.scheme_adoption import adopt_scheme
    from assessor.workbook.scheme_drafts import add_draft, save_draft

    if key == YEAR:
        adopt_scheme(edit, reception.year, reception.scheme, words)
    elif key == NEW:
        add_draft(edit, words, reception.scheme, "导入自文件")
    else:
        save_draft(edit, key, reception.scheme)


def _as_name(title: str) -> str:
    """Without signs that a file's name cannot have."""
    return "".join(sign for sign in title if sign not in '\\/:*?"<>|').strip() or "细则"
