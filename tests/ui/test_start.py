"""Starting: what the window needs before its first paint, and nothing heavier."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from assessor.resources import ROOT
from assessor.ui.commands.starting import open_last
from assessor.ui.dialogs.recovery import RecoveryDialog
from assessor.ui.main_window import MainWindow
from tests.workbook.builders import small_workbook

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


def test_the_last_workbook_opens_again_and_a_backup_is_not_it(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    empty_window.remembered.keep_workbook(path)
    empty_window.remembered.keep_workbook(tmp_path / "考核-20261125-175633-手动-初评后.assess")
    with qtbot.waitSignal(empty_window.session.loaded):
        open_last(empty_window)
    assert empty_window.session.current is not None
    assert empty_window.session.current.path == path


def test_a_last_workbook_that_is_damaged_is_offered_recovery(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "考核.assess"
    path.write_bytes(b"")
    empty_window.remembered.keep_workbook(path)
    open_last(empty_window)
    qtbot.waitUntil(lambda: empty_window.findChild(RecoveryDialog) is not None)


def test_a_last_workbook_that_is_gone_is_named(empty_window: MainWindow, tmp_path: Path) -> None:
    empty_window.remembered.keep_workbook(tmp_path / "移动盘" / "考核.assess")
    open_last(empty_window)
    assert "找不到上次打开的工作簿" in empty_window.message_bar.text.text()
    assert empty_window.session.current is None
