"""Copies of evidence that the system's programs show: in a temporary folder that goes when the page goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from assessor.errors import InputError, MachineError, OutputError
from assessor.workbook.evidence_names import is_program


class OpenedCopies:
    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None

    def folder(self) -> Path:
        """Made on first use. Raises OutputError."""
        if self._folder is None:
            folder = QTemporaryDir()
            if not folder.isValid():
                raise OutputError("无法新建临时文件夹", place=folder.path(), remedy="请检查系统盘的空间")
            self._folder = folder
            app = QApplication.instance()
            if app is not None:  # a widget may outlive the last event, its copies should not
                app.aboutToQuit.connect(folder.remove)
        return Path(self._folder.path())

    def show(self, copy: Path) -> None:
        """Raises MachineError where the system has no program for it."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            remedy = "请先安装能打开它的程序，或导出后在别的电脑上打开"
            raise MachineError("没有能打开这种文件的程序", place=copy.name, remedy=remedy)


def refuse_program(name: str) -> None:
    """Raises InputError where opening the file would run it."""
    if is_program(name):
        remedy = "请用“导出”存到别处，确认安全后再处理"
        raise InputError("这是可以运行的程序或快捷方式，不会直接打开", place=name, remedy=remedy)
