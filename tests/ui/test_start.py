"""Starting: what the window needs before its first paint, and nothing heavier."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from assessor.resources import ROOT

_HEAVY = ("matplotlib", "numpy", "reportlab", "sqlite3", "sqlite_utils", "fontTools", "PySide6.QtPdf", "tomllib")
_START = """
import sys
from PySide6.QtCore import QSettings
from assessor.ui.app import make_application
from assessor.ui.main_window import MainWindow
app = make_application()
window = MainWindow(QSettings())
window.painted.connect(app.quit)
window.show()
app.exec()
print([name for name in {heavy!r} if name in sys.modules])
"""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    code = _START.format(heavy=_HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_shipped_typeface_is_the_one_in_use(qapp: QApplication) -> None:
    assert "Noto Sans SC" in QFontDatabase.families()
    if sys.platform != "win32":
        assert QFontInfo(qapp.font()).family() == "Noto Sans SC"


def test_standard_buttons_speak_chinese(qapp: QApplication) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
