"""工具 > 佐证文件大小上限: how large a file of evidence may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, is_open

if TYPE_CHECKING:
    from assessor.ui.background import Job
    from assessor.ui.main_window import MainWindow
    from assessor.workbook.workbook import Edit, Workbook

_MEGABYTE = 1 << 20
_MOST = 1000
"""Megabytes: a file is held in memory while it is stored."""


def set_limit(window: MainWindow, megabytes: int) -> Job:
    def change(edit: Edit) -> None:
        from dataclasses import replace

        from assessor.workbook.settings import load_settings, save_settings

        save_settings(edit, replace(load_settings(edit), evidence_limit=megabytes * _MEGABYTE))

    job = window.session.change("调整佐证文件大小上限", change)
    job.failed.connect(window.show_problem)
    return job


def _ask(window: MainWindow) -> None:
    from assessor.workbook.settings import load_settings

    def limit(workbook: Workbook, _work: object) -> int:
        return load_settings(workbook).evidence_limit // _MEGABYTE

    job = window.session.run("正在读取设置", limit, quiet=True)
    job.done.connect(lambda megabytes: _show(window, megabytes))
    job.failed.connect(window.show_problem)


def _show(window: MainWindow, megabytes: int) -> None:
    from PySide6.QtWidgets import QInputDialog

    dialog = QInputDialog(window)
    dialog.setWindowTitle("佐证文件大小上限")
    dialog.setLabelText("每个佐证文件最大（MB）：")
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(1, _MOST)
    dialog.setIntValue(megabytes)
    dialog.intValueSelected.connect(lambda chosen: set_limit(window, chosen))
    dialog.open()


LIMIT = Command("evidence_limit", Menu.TOOLS, "佐证文件大小上限…", "", (), _ask, is_open, writes=True)
