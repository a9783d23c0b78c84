"""A fault of the program (an exception nobody expected) is written to a log and shown; it is never lost.

The window stays: what failed was one handler or one job, an edit under way was taken back as a whole, and those before
it are in the file.
"""

from __future__ import annotations

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from assessor.errors import AssessorError
from assessor.ui import theme

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_LARGEST_LOG = 2_000_000
"""Bytes; then the older half is dropped."""
_SAFE = "此前的修改都已保存；没有做完的这一步已整个退回，可以继续使用。"


def log_file() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "故障记录.log"


class FaultReporter(QObject):
    """Stands in for Python's last resort (``sys.excepthook``), for every thread."""

    _caught = Signal(str, str)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._shown: QMessageBox | None = None
        self._seen: set[str] = set()
        """Traces of faults that were shown: one in a paint handler would come back for ever."""
        self._caught.connect(self._show)

    def install(self) -> None:
        sys.excepthook = self.report
        threading.excepthook = lambda raised: self.report(raised.exc_type, raised.exc_value, raised.exc_traceback)
        sys.unraisablehook = self._note

    def report(
        self, kind: type[BaseException], problem: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        details = "".join(traceback.format_exception(kind, problem, trace))
        sys.stderr.write(details)
        known = isinstance(problem, AssessorError)
        what = str(problem) if known else f"程序出了故障：{problem or kind.__name__}"
        self._caught.emit(what, f"{details}\n{self._write(details)}")

    def _note(self, raised: UnraisableHookArgs) -> None:
        """What went wrong while something was cleared away: nobody waits for it, but the log has it."""
        details = "".join(traceback.format_exception(raised.exc_type, raised.exc_value, raised.exc_traceback))
        sys.stderr.write(details)
        self._write(details)

    def _write(self, details: str) -> str:
        """Appends to the log; answers with where that is, or with a note where even that failed."""
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            self._shorten()
            with self._log.open("a", encoding="utf-8") as stream:
                stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{details}\n")
        except OSError as problem:
            return f"故障记录写不进 {self._log}：{problem}"
        return f"已记入 {self._log}"

    def _shorten(self) -> None:
        if self._log.exists() and self._log.stat().st_size > _LARGEST_LOG:
            kept = self._log.read_text(encoding="utf-8", errors="replace")[-_LARGEST_LOG // 2 :]
            self._log.write_text(kept, encoding="utf-8")

    def _show(self, what: str, details: str) -> None:
        if self._shown is not None or details in self._seen:
            return  # one at a time, and each once: a fault that repeats must not bury the window
        self._seen.add(details)
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("程序故障")
        box.setText(what)
        written = details.rstrip().rpartition("\n")[2]
        box.setInformativeText(f"{_SAFE}\n如再次出现，请把详细信息交给维护人员。\n{written}")
        box.setDetailedText(details)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = box.addButton("复制详细信息(&C)", QMessageBox.ButtonRole.ActionRole)
        folder = box.addButton("打开记录所在文件夹(&O)", QMessageBox.ButtonRole.ActionRole)
        for button in (copy, folder):
            button.clicked.disconnect()  # these two leave the box open
        copy.clicked.connect(lambda: QApplication.clipboard().setText(f"{what}\n\n{details}"))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent))))
        close = box.addButton("继续使用", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        if box.parentWidget() is None:
            theme.clothe(box)
        theme.dress(close, role="primary")
        box.finished.connect(self._close)
        self._shown = box
        box.open()

    def _close(self, _result: int) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None
