"""年度: making a year, its dates, deleting an empty one, and its way through the stages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, has_year, is_open
from assessor.ui.commands.seal import SEAL, UNSEAL

if TYPE_CHECKING:
    from assessor.domain.next_steps import Topic
    from assessor.domain.stage_step import StageStep
    from assessor.domain.year import Stage, Year
    from assessor.ui.background import Job
    from assessor.ui.dialogs.new_year import NewYearDialog
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.new_year import NewYear
    from assessor.workbook.workbook import Edit, Workbook


def point_at(window: MainWindow, stage: Stage) -> None:
    """What a click on a stage of the bar asks for."""
    from assessor.domain.stage_step import StageMove, move_hint, move_to
    from assessor.errors import InputError

    view = window.session.view
    if view is None:
        return
    present, is_sealed = view.year.stage, view.seal is not None
    move = move_to(stage, present, is_sealed=is_sealed)
    if move is StageMove.TOO_FAR:
        hint = move_hint(stage, present, is_sealed=is_sealed)
        window.show_problem(InputError(hint, place=f"{view.year.year} 年度", remedy="请一个阶段一个阶段地进行"))
    elif _refuse_reading(window):
        return
    elif move is StageMove.BACK:
        _ask_back(window, stage)
    elif move is StageMove.SEAL:
        SEAL.run(window)
    elif move is StageMove.UNSEAL:
        UNSEAL.run(window)
    else:
        _ask_advance(window)


def take_step(window: MainWindow, topic: Topic) -> bool:
    """Begins a step that concerns the year as a whole; False: it is one of a list of units."""
    from assessor.domain.next_steps import Topic
    from assessor.domain.year import Stage

    view = window.session.view
    if view is None:
        return False
    present = view.year.stage
    has_tasks = any(unit.assignments for group in view.facts.groups for unit in group.units)
    if topic is Topic.REPORT or (topic is Topic.ASSIGN and not has_tasks):
        window.go("report" if topic is Topic.REPORT else "tasks")
        return True
    follows = {Topic.ASSIGN: Stage.COLLECT, Topic.CLOSE: Stage.SCORE, Topic.SEAL: Stage.SEAL}.get(topic)
    if follows is None or follows.position != present.position + 1:
        return False
    point_at(window, follows)
    return True


def _refuse_reading(window: MainWindow) -> bool:
    """Says why, where the workbook can only be read."""
    from assessor.errors import WorkbookError

    current = window.session.current
    if current is None or not current.is_read_only:
        return False
    window.show_problem(WorkbookError(f"工作簿不能修改：{current.read_only_reason}"))
    return True


def _ask_new(window: MainWindow) -> None:
    from assessor.domain.year_copy import suggested_year, years_to_add
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.new_year import NewYearDialog

    current = window.session.current
    if current is None:
        return
    plan = window.session.view.plan if window.session.view is not None else None
    offered = years_to_add(current.years, plan, window.surroundings.today())
    dialog = NewYearDialog(current.years, offered, suggested_year(current.years, offered), window)
    dialog.preview_asked.connect(partial(_preview, window, dialog))
    dialog.made.connect(partial(_make, window, dialog))
    dialog.ask()
    show_dialog(dialog)


def _preview(window: MainWindow, dialog: NewYearDialog, to: int, copied: int | None) -> None:
    from assessor.exchange.scheme_file import default_schemes
    from assessor.workbook.new_year import preview_year

    def read(workbook: Workbook, _work: Work) -> NewYear:
        return preview_year(workbook, to, copied, default_schemes())

    job = window.session.run("正在查看新年度的内容", read, quiet=True)
    dialog.finished.connect(lambda _code: job.cancel())  # nobody is left to be told
    job.done.connect(dialog.show_preview)
    job.failed.connect(dialog.show_problem)


def _make(window: MainWindow, dialog: NewYearDialog, header: Year, copied: int | None) -> None:
    def make(edit: Edit) -> None:
        from assessor.exchange.scheme_file import default_schemes
        from assessor.workbook.new_year import make_year

        make_year(edit, header, copied, default_schemes())

    job = window.session.change(f"新建 {header.year} 年度", make)
    job.done.connect(lambda _outcome: dialog.accept())
    job.failed.connect(dialog.show_problem)
    _then_show_year(window, job, header.year)


def _then_show_year(window: MainWindow, job: Job, year: int) -> None:
    """After the session's own reading, which would show the year before."""
    job.done.connect(lambda _outcome: job.finished.connect(lambda: window.session.select_year(year)))


def _ask_properties(window: MainWindow) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.year_properties import YearPropertiesDialog

    view = window.session.view
    if view is None:
        return
    dialog = YearPropertiesDialog(view.year, window)
    dialog.accepted.connect(lambda: _set_dates(window, dialog.year))
    show_dialog(dialog)


def _set_dates(window: MainWindow, year: Year) -> None:
    def write(edit: Edit) -> None:
        from assessor.workbook.years import set_dates

        set_dates(edit, year)

    window.session.change(f"修改 {year.year} 年度的日期", write).failed.connect(window.show_problem)


def _delete(window: MainWindow) -> None:
    view = window.session.view
    if view is None:
        return
    year = view.year.year

    def write(edit: Edit) -> None:
        from assessor.workbook.year_removal import delete_year

        delete_year(edit, year)

    window.session.change(f"删除 {year} 年度", write).failed.connect(window.show_problem)


def _ask_advance(window: MainWindow) -> None:
    from assessor.domain.stage_step import forward_step

    view = window.session.view
    if view is None:
        return
    today = window.surroundings.today()

    def look(_workbook: Workbook, _work: Work) -> StageStep | None:
        return forward_step(view, today)

    job = window.session.run("正在查看能否进入下一阶段", look, quiet=True)
    job.done.connect(partial(_show_step, window, view.year.year))
    job.failed.connect(window.show_problem)


def _show_step(window: MainWindow, year: int, step: StageStep | None) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.stage import AdvanceDialog

    if step is None:
        SEAL.run(window)
        return
    dialog = AdvanceDialog(year, step, window)
    dialog.page_asked.connect(window.go)
    dialog.accepted.connect(lambda: _advance(window, year, step, dialog.keeps_open.isChecked()))
    show_dialog(dialog)


def _advance(window: MainWindow, year: int, step: StageStep, keeps_open: bool) -> None:
    def write(edit: Edit) -> None:
        from assessor.workbook.stages import advance_stage

        advance_stage(edit, year, keeps_open=keeps_open)

    window.session.change(f"{year} 年度{step.title}", write).failed.connect(window.show_problem)


def _close_collection(window: MainWindow) -> None:
    view = window.session.view
    if view is None:
        return
    year = view.year.year

    def write(edit: Edit) -> None:
        from assessor.workbook.stages import close_collection

        close_collection(edit, year)

    window.session.change(f"{year} 年度截止收集", write).failed.connect(window.show_problem)


def _ask_back(window: MainWindow, wanted: Stage | None = None) -> None:
    from assessor.domain.stage_step import back_effects, earlier_stages
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.stage import GoBackDialog

    view = window.session.view
    if view is None:
        return
    stages = earlier_stages(view.year.stage)
    dialog = GoBackDialog(view.year.year, stages, wanted or stages[-1], partial(back_effects, view), window)
    dialog.accepted.connect(lambda: _go_back(window, view.year.year, dialog.stage, dialog.text))
    show_dialog(dialog)


def _go_back(window: MainWindow, year: int, to: Stage, reason: str) -> None:
    from assessor.workbook.stages import back_label, go_back

    job = window.session.change(back_label(year, to, reason), lambda edit: go_back(edit, year, to, reason))
    job.failed.connect(window.show_problem)


def _is_free(window: MainWindow) -> bool:
    view = window.session.view
    return view is not None and view.seal is None


def _can_go_back(window: MainWindow) -> bool:
    from assessor.domain.stage_step import earlier_stages

    view = window.session.view
    return view is not None and view.seal is None and bool(earlier_stages(view.year.stage))


def _can_close(window: MainWindow) -> bool:
    view = window.session.view
    return view is not None and view.seal is None and not view.year.collection_closed and view.year.stage.position > 0


def _step_title(window: MainWindow) -> str:
    from assessor.domain.stage_step import move_hint

    view = window.session.view
    if view is None or view.seal is not None:
        return "进入下一阶段…"
    return move_hint(view.year.stage, view.year.stage, is_sealed=False)


NEW = Command("year.new", Menu.YEAR, "新建年度…", "", ("Ctrl+Shift+N",), _ask_new, is_open, writes=True)
PROPERTIES = Command("year.properties", Menu.YEAR, "年度属性…", "", (), _ask_properties, _is_free, writes=True)
DELETE = Command("year.delete", Menu.YEAR, "删除空年度", "", (), _delete, has_year, writes=True)
ADVANCE = Command(
    "stage.advance", Menu.YEAR, "进入下一阶段…", "", (), _ask_advance, _is_free, writes=True, starts_group=True,
    title_now=_step_title,
)  # fmt: skip
CLOSE = Command("stage.close", Menu.YEAR, "截止收集", "", (), _close_collection, _can_close, writes=True)
BACK = Command("stage.back", Menu.YEAR, "退回以前的阶段…", "", (), _ask_back, _can_go_back, writes=True)
