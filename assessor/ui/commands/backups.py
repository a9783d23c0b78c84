"""文件 > 备份与恢复, 修复损坏的工作簿: backups by hand, and what is done for a file that is damaged."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from assessor.ui.commands.command import Command, Menu, is_open

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.ui.background import Job
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.backup_names import Backup
    from assessor.workbook.restore import Restored


def restore_open(window: MainWindow, backup: Backup, backup_password: str | None = None) -> Job | None:
    """Restores a backup over the open workbook, which is closed meanwhile and opened again, whatever came of it."""
    current = window.session.current
    if current is None:
        return None
    make = _restoring(window, current.path, backup, window.session.password, backup_password)
    job = window.session.replace(current.path, make)
    job.done.connect(partial(_tell_restored, window, backup))
    job.failed.connect(partial(_fail, window, backup))
    return job


def restore_damaged(window: MainWindow, path: Path, backup: Backup, password: str | None = None) -> Job:
    """As ``restore_open``, over a file that does not open, or one that was damaged while it was open."""
    from assessor.ui.background import Lane

    current = window.session.current
    if current is not None and not current.is_read_only and current.path == path.resolve():
        job = window.session.replace(path, _restoring(window, path, backup, password, password), password)
        job.done.connect(partial(_tell_restored, window, backup))
        job.failed.connect(window.show_problem)
        return job
    job = window.background.run(
        "正在恢复备份", _restoring(window, path, backup, password, password), lane=Lane.WORKBOOK
    )
    job.done.connect(lambda _restored: window.open(path, password))
    job.done.connect(partial(_tell_restored, window, backup))
    job.failed.connect(window.show_problem)
    return job


def _restoring(
    window: MainWindow, path: Path, backup: Backup, present: str | None, own: str | None
) -> Callable[[Work], Restored]:
    operator = _operator(window)

    def make(work: Work) -> Restored:
        from assessor.workbook.restore import restore
        from assessor.workbook.workbook import OPERATOR

        return restore(
            path, backup.path, password=present, backup_password=own, operator=operator or OPERATOR, work=work
        )

    return make


def _operator(window: MainWindow) -> str:
    session = window.session
    if not session.operator:
        session.operator = session.ask_operator()
    return session.operator


def _fail(window: MainWindow, backup: Backup, problem: AssessorError) -> None:
    from assessor.errors import PasswordNeededError, WrongPasswordError

    if isinstance(problem, (PasswordNeededError, WrongPasswordError)):
        _ask_password(window, backup, problem)
    else:
        window.show_problem(problem)


def _ask_password(window: MainWindow, backup: Backup, problem: AssessorError) -> None:
    """The backup is from when the workbook had another password."""
    from assessor.ui.commands.password import ask_once

    ask_once(window, backup.path, "备份当时", problem, partial(restore_open, window, backup))


def _tell_restored(window: MainWindow, backup: Backup, restored: Restored) -> None:
    from PySide6.QtWidgets import QMessageBox

    kept = ""
    if restored.kept is not None:
        how = "作为“恢复前”备份保留" if restored.was_sound else "已损坏，原样保存"
        kept = f"\n原来的文件{how}：\n{restored.kept}"
    text = f"已恢复 {backup.at:%Y-%m-%d %H:%M} 的备份。{kept}"
    box = QMessageBox(QMessageBox.Icon.Information, "恢复备份", text, parent=window)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _show_backups(window: MainWindow) -> None:
    from assessor.ui.dialogs.backups import BackupsDialog

    dialog = BackupsDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _ask_damaged(window: MainWindow) -> None:
    from PySide6.QtWidgets import QFileDialog

    name, _kind = QFileDialog.getOpenFileName(
        window, "修复损坏的工作簿", str(Path.home()), "考核工作簿 (*.assess);;所有文件 (*)"
    )
    if name:
        offer_recovery(window, None, Path(name))


def offer_recovery(window: MainWindow, problem: AssessorError | None, path: Path) -> None:
    from assessor.ui.dialogs.recovery import RecoveryDialog

    dialog = RecoveryDialog(window, path, problem, window.session.asked_password if problem else None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


BACKUPS = Command("backups", Menu.FILE, "备份与恢复…", "history", (), _show_backups, is_open)
RECOVER = Command("recover", Menu.FILE, "修复损坏的工作簿…", "", (), _ask_damaged)
