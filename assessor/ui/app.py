"""Starts the window: application, typeface, translations, theme; the workbook opens after the first paint."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from assessor.fonts import UI_FAMILIES, Slot, bundled_font
from assessor.ui import crashes, theme
from assessor.ui.commands.starting import open_last
from assessor.ui.faults import FaultReporter, log_file
from assessor.ui.icons import app_icon
from assessor.ui.main_window import MainWindow
from assessor.ui.remembered import Remembered

_SCALE = "QT_SCALE_FACTOR"


def run(path: Path | None) -> int:
    """Opens the window on the workbook at ``path``, else on the one that was open last, else on what there is to begin
    with.

    Answers with the exit code.
    """
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "assessor", "window")
    _zoom(Remembered(settings).zoom)
    app = make_application()
    faults = FaultReporter(log_file(), app)
    faults.install()
    window = MainWindow(settings)
    window.painted.connect(lambda: window.open(path) if path is not None else open_last(window))
    window.session.loaded.connect(lambda loaded: window.remembered.keep_workbook(loaded.path))
    crash = crashes.watch(log_file())
    if crash is not None:
        window.tell_when_ready(crash)
    window.show()
    code = int(app.exec())
    crashes.stop_watching()
    return code


def make_application() -> QApplication:
    """The dressed application: typeface, Chinese dialogs, theme. There can be only one."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("assessor")
    app.setApplicationDisplayName("")
    _load_typeface(app)
    _translate_dialogs(app)
    theme.follow_system(app)
    app.setWindowIcon(app_icon())
    return app


def _zoom(percent: int) -> None:
    """The whole window, sharp at any scale; on top of what the system scales. Before there is an application."""
    if percent != 100:
        known = os.environ.get(_SCALE, "1")
        factor = float(known) if known.replace(".", "", 1).isdecimal() else 1.0
        os.environ[_SCALE] = f"{factor * percent / 100:g}"


def _load_typeface(app: QApplication) -> None:
    """Only the two faces that the window is set in; charts and reports load theirs when they are made."""
    for slot in (Slot.HEI, Slot.HEI_BOLD):
        QFontDatabase.addApplicationFont(str(bundled_font(slot)))
    face = QFont()
    face.setFamilies(list(UI_FAMILIES))
    face.setPointSizeF(theme.BODY_POINTS)
    app.setFont(face)


def _translate_dialogs(app: QApplication) -> None:
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
