"""文件 > 导出完整工作簿, 打开完整工作簿包: the workbook with its evidence in one file, and back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from assessor.ui.commands.command import Command, Menu, is_open

if TYPE_CHECKING:
    from assessor.errors import AssessorError
    from assessor.exchange.pack import Packed, Unpacked
    from assessor.ui.background import Job
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.workbook import Workbook

_KINDS = "完整工作簿包 (*.assess.zip *.zip);;所有文件 (*)"


def export_pack(window: MainWindow, out: Path, *, allow_missing: bool = False) -> Job:
    """Writes the pack in the background; where evidence is missing, asks whether to go on without it."""
    from assessor.exchange.pack import IncompleteError, pack

    def export(workbook: Workbook, work: Work) -> Packed:
        return pack(workbook, out, work, allow_missing=allow_missing)

    def fail(problem: AssessorError) -> None:
        if isinstance(problem, IncompleteError):
            _ask_whether_without(window, out, problem)
        else:
            window.show_problem(problem)

    job = window.session.run("正在导出完整工作簿", export)
    job.done.connect(partial(_tell_packed, window))
    job.failed.connect(fail)
    return job


def open_pack(window: MainWindow, source: Path, target: Path, password: str | None = None) -> Job:
    """Unpacks in the background and opens the workbook that came out; asks for the password of a protected one."""
    from assessor.errors import PasswordNeededError, WrongPasswordError
    from assessor.exchange.pack import unpack
    from assessor.ui.background import Lane

    def make(work: Work) -> Unpacked:
        return unpack(source, target, work, password=password)

    def fail(problem: AssessorError) -> None:
        if isinstance(problem, (PasswordNeededError, WrongPasswordError)):
            _ask_password(window, source, target, problem)
        else:
            window.show_problem(problem)

    job = window.background.run("正在解开完整工作簿包", make, lane=Lane.DRAWING)
    job.done.connect(lambda unpacked: window.open(unpacked.path, password))
    job.failed.connect(fail)
    return job


def _ask_out(window: MainWindow) -> None:
    from PySide6.QtWidgets import QFileDialog

    from assessor.exchange.pack import default_pack_path

    current = window.session.current
    if current is None:
        return
    name, _kind = QFileDialog.getSaveFileName(window, "导出完整工作簿", str(default_pack_path(current.path)), _KINDS)
    if name:
        export_pack(window, Path(name))


def _ask_pack(window: MainWindow) -> None:
    from PySide6.QtWidgets import QFileDialog

    current = window.session.current
    folder = current.path.parent if current else Path.home()
    name, _kind = QFileDialog.getOpenFileName(window, "打开完整工作簿包", str(folder), _KINDS)
    if name:
        ask_unpack(window, Path(name))


def ask_unpack(window: MainWindow, source: Path) -> None:
    """Asks where the workbook of a pack is to lie, and opens it there."""
    from PySide6.QtWidgets import QFileDialog

    proposed = source.with_name(source.name.removesuffix(".zip").removesuffix(".assess") + ".assess")
    target, _kind = QFileDialog.getSaveFileName(window, "解开成工作簿", str(proposed), "考核工作簿 (*.assess)")
    if target:
        open_pack(window, source, Path(target))


def _tell_packed(window: MainWindow, packed: Packed) -> None:
    missing = f"，另有 {len(packed.missing)} 个佐证文件缺失，已在清单中列出" if packed.missing else ""
    window.tell_written(packed.path, f"已导出工作簿和 {packed.files} 个佐证文件，并逐个核对无误{missing}")


def _ask_whether_without(window: MainWindow, out: Path, problem: AssessorError) -> None:
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "导出完整工作簿", problem.what, parent=window)
    box.setInformativeText(f"{problem.place}\n请先找回或重新添加这些文件；确认不要它们，才缺着导出。")
    box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    go_on = box.addButton("缺少也导出", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    go_on.clicked.connect(lambda: export_pack(window, out, allow_missing=True))
    box.open()


def _ask_password(window: MainWindow, source: Path, target: Path, problem: AssessorError) -> None:
    from assessor.ui.commands.password import ask_once

    ask_once(window, source, "包中工作簿", problem, partial(open_pack, window, source, target))


EXPORT = Command("pack", Menu.FILE, "导出完整工作簿…", "", (), _ask_out, is_open, starts_group=True)
OPEN = Command("unpack", Menu.FILE, "打开完整工作簿包…", "", (), _ask_pack)
