"""文件 > 新建工作簿, 帮助 > 打开示例: what the page that is shown while nothing is open offers, too."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.exchange.plan_file import LoadedPlan
    from assessor.ui.dialogs.new_workbook import NewWorkbookDialog
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work


def open_sample(window: MainWindow) -> None:
    """Opens the user's copy of the shipped sample; where there can be none, the window says why."""
    from PySide6.QtCore import QStandardPaths

    from assessor.errors import AssessorError
    from assessor.resources import SAMPLE_WORKBOOK
    from assessor.ui.sample_copy import own_sample

    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    try:
        window.open(own_sample(SAMPLE_WORKBOOK, folder))
    except AssessorError as problem:
        if window.session.current is None:
            window.show_nothing_open()
        window.show_problem(problem)


def open_last(window: MainWindow) -> None:
    """The workbook that was open last; where there was none, what there is to begin with. One that is gone is not
    passed over in silence: it may lie on a disk that is not there."""
    from assessor.errors import WorkbookError

    last = window.remembered.workbook if window.remembered.opens_last else None
    if last is not None and last.exists():
        window.open(last)
        return
    window.show_nothing_open()
    if last is not None:
        remedy = "请接上它所在的磁盘后用“文件 > 打开…”打开，或打开别的工作簿"
        window.show_problem(WorkbookError("找不到上次打开的工作簿", place=str(last), remedy=remedy))


def ask_new(window: MainWindow) -> None:
    from PySide6.QtCore import QStandardPaths

    from assessor.exchange.plan_file import shipped_plans
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.new_workbook import NewWorkbookDialog

    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
    dialog = NewWorkbookDialog(shipped_plans(), folder if folder.exists() else Path.home(), window)
    dialog.plan_asked.connect(partial(_read_plan, window, dialog))
    dialog.made.connect(partial(_make, window, dialog))
    dialog.ask_plan()
    show_dialog(dialog)


def _read_plan(window: MainWindow, dialog: NewWorkbookDialog, name_or_path: str) -> None:
    from assessor.ui.background import Lane

    def read(_work: Work) -> LoadedPlan:
        from assessor.exchange.plan_file import find_plan, load_plan

        return load_plan(find_plan(name_or_path))

    def show(loaded: LoadedPlan) -> None:
        dialog.show_plan(loaded)
        dialog.choose_year(window.surroundings.today().year)

    job = window.background.run("正在读取实施方案", read, lane=Lane.DRAWING, quiet=True)
    dialog.finished.connect(lambda _code: job.cancel())  # nobody is left to be told
    job.done.connect(show)
    job.failed.connect(dialog.show_problem)


def _make(window: MainWindow, dialog: NewWorkbookDialog, path: Path, year: int) -> None:
    from assessor.ui.background import Lane

    loaded, operator = dialog.plan, window.session.operator
    if loaded is None:
        return
    plan = loaded.plan

    def make(_work: Work) -> None:
        from assessor.exchange.scheme_file import default_schemes
        from assessor.workbook.creation import create_from_plan
        from assessor.workbook.workbook import OPERATOR

        create_from_plan(path, plan, default_schemes(), years=[year], operator=operator or OPERATOR).close()

    def finish(_outcome: object) -> None:
        dialog.accept()
        window.open(path)

    job = window.background.run("正在新建工作簿", make, lane=Lane.DRAWING)
    job.done.connect(finish)
    job.failed.connect(dialog.show_problem)


NEW = Command("new", Menu.FILE, "新建工作簿…", "", ("Ctrl+N",), ask_new)
SAMPLE = Command("sample", Menu.HELP, "打开示例", "", (), open_sample)
