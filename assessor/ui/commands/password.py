"""文件 > 密码: setting, changing and removing the password of the open workbook; and the question for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from assessor.ui.commands.command import Command, Menu

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.ui.background import Job
    from assessor.ui.dialogs.password import Purpose
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.password import Converted

_SUBMENU = "密码"
_NAMED = 6


def ask_password(window: MainWindow, problem: AssessorError, path: Path) -> None:
    """For a workbook that did not open without one, or with that. A wrong password stays in the dialog."""
    from assessor.errors import WrongPasswordError
    from assessor.ui.dialogs.password import AskPasswordDialog

    for shown in window.findChildren(AskPasswordDialog):
        if shown.isVisible() and shown.path == path:
            shown.show_problem(problem)
            return
    dialog = AskPasswordDialog(path, window)
    dialog.entered.connect(lambda typed: window.open(path, typed))
    window.session.loaded.connect(dialog.take_loaded)
    window.session.abandoned.connect(dialog.reject)
    window.session.failed.connect(dialog.give_way)
    if isinstance(problem, WrongPasswordError):
        dialog.show_problem(problem)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_once(window: MainWindow, path: Path, what: str, problem: AssessorError, go_on: Callable[[str], object]) -> None:
    """For another file than the open one: ``go_on`` gets what was typed, and asks again where it is wrong.
    ``what``: whose password."""
    from assessor.errors import WrongPasswordError
    from assessor.ui.dialogs.password import AskPasswordDialog

    dialog = AskPasswordDialog(path, window, what)
    dialog.entered.connect(dialog.accept)
    dialog.entered.connect(go_on)
    if isinstance(problem, WrongPasswordError):
        dialog.show_problem(problem)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def convert(window: MainWindow, purpose: Purpose, new: str | None) -> Job | None:
    """Closes the open workbook, gives it the password ``new`` or none, and opens it again, whatever came of it."""
    current = window.session.current
    if current is None:
        return None
    if not window.session.operator:
        window.session.operator = window.session.ask_operator()
    path, present, operator = current.path, window.session.password, window.session.operator

    def make(work: Work) -> Converted:
        from assessor.workbook.password import change_password, remove_password, set_password

        if new is None:
            return remove_password(path, present or "", operator=operator, work=work)
        if present is None:
            return set_password(path, new, operator=operator, work=work)
        return change_password(path, present, new, operator=operator, work=work)

    job = window.session.replace(path, make, new)
    job.done.connect(partial(_tell, window, purpose))
    job.failed.connect(window.show_problem)
    return job


def _ask(name: str, window: MainWindow) -> None:
    from assessor.errors import MachineError
    from assessor.ui.dialogs.password import PasswordDialog, Purpose
    from assessor.workbook.driver import require_installed

    current = window.session.current
    if current is None:
        return
    try:
        require_installed()
    except MachineError as problem:
        window.show_problem(problem)
        return
    purpose = Purpose[name]
    dialog = PasswordDialog(purpose, current.path.name, window.session.password, window)
    dialog.accepted.connect(lambda: convert(window, purpose, dialog.new if purpose.needs_new else None))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _tell(window: MainWindow, purpose: Purpose, made: Converted) -> None:
    from PySide6.QtWidgets import QMessageBox

    parts = ["工作簿"]
    parts += [f"{made.evidence} 个佐证文件"] if made.evidence else []
    parts += [f"{made.backups} 个备份"] if made.backups else []
    text = f"已{purpose.value}。{'、'.join(parts)}已转换，并核对无误。"
    icon = QMessageBox.Icon.Warning if made.left else QMessageBox.Icon.Information
    box = QMessageBox(icon, purpose.value, text, parent=window)
    if made.left:
        more = f"\n等 {len(made.left)} 个" if len(made.left) > _NAMED else ""
        listed = "\n".join(map(str, made.left[:_NAMED]))
        box.setInformativeText(f"下面的文件没有转换，保持原样，请自行处理：\n{listed}{more}")
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _is_plain(window: MainWindow) -> bool:
    return window.session.current is not None and not window.session.current.is_protected


def _is_protected(window: MainWindow) -> bool:
    return window.session.current is not None and window.session.current.is_protected


SET = Command(
    "password.set", Menu.FILE, "设置密码…", "lock", (), partial(_ask, "SET"), _is_plain, writes=True,
    lacking="工作簿已经有密码", submenu=_SUBMENU,
)  # fmt: skip
CHANGE = Command(
    "password.change", Menu.FILE, "更改密码…", "", (), partial(_ask, "CHANGE"), _is_protected, writes=True,
    lacking="工作簿没有密码", submenu=_SUBMENU,
)  # fmt: skip
REMOVE = Command(
    "password.remove", Menu.FILE, "解除密码…", "", (), partial(_ask, "REMOVE"), _is_protected, writes=True,
    lacking="工作簿没有密码", submenu=_SUBMENU,
)  # fmt: skip
