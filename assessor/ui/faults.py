"""A fault of the program (an exception nobody expected) is written to a log and shown; it is never lost."""

from __future__ import annotations

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from assessor.errors import AssessorError
from assessor.ui import theme


def log_file() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "故障记录.log"


class FaultReporter(QObject):
    """Stands in for Python's last resort (``sys.excepthook``), for every thread."""

    _caught = Signal(str, str)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._shown: QMessageBox | None = None
        self._caught.connect(self._show)

    def install(self) -> None:
        sys.excepthook = self.report
        threading.excepthook = lambda raised: self.report(raised.exc_type, raised.exc_value, raised.exc_traceback)

    def report(
        self, kind: type[BaseException], problem: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        details = "".join(traceback.format_exception(kind, problem, trace))
        sys.stderr.write(details)
        known = isinstance(problem, AssessorError)
        self._caught.emit(str(problem) if known else f"程序出了故障：{problem}", details + self._write(details))

    def _write(self, details: str) -> str:
        """Appends to the log; answers with a note where even that failed."""
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as stream:
                stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{details}\n")
        except OSError as problem:
            return f"\n故障记录写不进 {self._log}：{problem}"
        return f"\n已记入 {self._log}"

    def _show(self, what: str, details: str) -> None:
        if self._shown is not None:
            return  # one at a time: a fault that repeats must not bury the window
        box = QMessageBox(QApplication.activeWindow())
        if box.parentWidget() is None:
            theme.clothe(box)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("程序故障")
        box.setText(what)
        box.setInformativeText("工作簿没有被改动，可以继续使用；如再次出现，请把“详细信息”交给维护人员。")
        box.setDetailedText(details)
        box.finished.connect(self._close)
        self._shown = box
        box.open()

    def _close(self, _result: int) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None
