"""Run as a child: opens a bare PySide6 window, or the program's own, and prints the time to its first paint.

The parent passes its clock in ``BENCH_STARTED`` (``time.monotonic``, one clock for all processes of a machine), so the
time counts from before the interpreter started. What is printed: seconds to the first paint, and for the program's
window also seconds until the workbook's results are on the page.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

ROOT = Path(__file__).resolve().parent.parent
STARTED = float(os.environ["BENCH_STARTED"])


class FirstPaint(QObject):
    """Prints when a window is first painted, then quits unless it is told to stay."""

    def __init__(self, *, stay: bool) -> None:
        super().__init__()
        self._stay = stay
        self._seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._seen and isinstance(watched, QMainWindow):
            self._seen = True
            print(f"painted {time.monotonic() - STARTED:.4f}", flush=True)
            if not self._stay:
                QTimer.singleShot(0, QApplication.quit)
        return False


def bare() -> None:
    application = QApplication(sys.argv)
    watcher = FirstPaint(stay=False)
    application.installEventFilter(watcher)
    window = QMainWindow()
    window.setCentralWidget(QLabel("示例"))
    window.resize(1366, 768)
    window.show()
    application.exec()


def program(workbook: Path) -> None:
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QSettings

    from assessor.ui.app import make_application
    from assessor.ui.main_window import MainWindow

    application = make_application()
    watcher = FirstPaint(stay=True)
    application.installEventFilter(watcher)
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat))
        window.resize(1366, 768)

        def loaded() -> None:
            print(f"loaded {time.monotonic() - STARTED:.4f}", flush=True)
            QTimer.singleShot(0, QApplication.quit)

        window.session.loaded.connect(loaded)
        copy = Path(shutil.copy(workbook, folder))  # the window writes in what it opens
        window.painted.connect(lambda: window.open(copy))
        window.show()
        application.exec()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        program(Path(sys.argv[2]))
