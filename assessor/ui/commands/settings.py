"""工具 > 设置: of this workstation at once, of the workbook in one edit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.ui.dialogs.settings import OwnSettings, SettingsDialog, WorkbookSettings
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.workbook import Edit, Workbook


def _ask(window: MainWindow) -> None:
    if window.session.current is None:
        _show(window, None)
        return
    job = window.session.run("正在读取设置", _read, quiet=True)
    job.done.connect(partial(_show, window))
    job.failed.connect(window.show_problem)


def _read(workbook: Workbook, _work: Work) -> WorkbookSettings:
    from assessor.ui.dialogs.settings import MEGABYTE, WorkbookSettings
    from assessor.workbook.preferences import load_reminder_days
    from assessor.workbook.settings import load_settings

    settings = load_settings(workbook)
    return WorkbookSettings(settings.backup_folder, settings.evidence_limit // MEGABYTE, load_reminder_days(workbook))


def _show(window: MainWindow, workbook: WorkbookSettings | None) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.settings import OwnSettings, SettingsDialog
    from assessor.workbook.workbook import OPERATOR as NOBODY

    kept = window.remembered
    name = "" if window.session.operator == NOBODY else window.session.operator
    own = OwnSettings(name, kept.scheme, kept.zoom, kept.opens_last)
    dialog = SettingsDialog(own, workbook, window.read_only_reason(), window)
    dialog.accepted.connect(partial(_apply, window, dialog, own, workbook))
    show_dialog(dialog)


def _apply(window: MainWindow, dialog: SettingsDialog, own: OwnSettings, workbook: WorkbookSettings | None) -> None:
    chosen = dialog.own()
    if chosen != own:
        _apply_own(window, chosen, own)
    if workbook is not None and not window.read_only_reason() and dialog.workbook() != workbook:
        wanted = dialog.workbook()
        window.session.change("修改设置", partial(_write, wanted)).failed.connect(window.show_problem)


def _apply_own(window: MainWindow, chosen: OwnSettings, before: OwnSettings) -> None:
    kept = window.remembered
    if chosen.scheme is not before.scheme:
        kept.choose_scheme(chosen.scheme)
    if chosen.operator and chosen.operator != before.operator:
        kept.operator = chosen.operator
        window.session.sign_as(chosen.operator)
        window.status_bar.show_operator(chosen.operator)
    kept.opens_last = chosen.opens_last
    if chosen.zoom != before.zoom:
        kept.zoom = chosen.zoom
        window.show_notice("字号已保存，重新打开程序后生效")


def _write(wanted: WorkbookSettings, edit: Edit) -> None:
    from dataclasses import replace

    from assessor.ui.dialogs.settings import MEGABYTE
    from assessor.workbook.preferences import save_reminder_days
    from assessor.workbook.settings import load_settings, save_settings

    settings = load_settings(edit)
    limit = wanted.megabytes * MEGABYTE
    save_settings(edit, replace(settings, backup_folder=wanted.backup_folder, evidence_limit=limit))
    save_reminder_days(edit, wanted.reminder_days)


SETTINGS = Command("settings", Menu.TOOLS, "设置…", "settings", ("Ctrl+,",), _ask)
