"""Opens the real window on a workbook and saves a picture of every page: `uv run packaging/take_screenshots.py`.

Needs a display (a virtual one will do) and PNGs go to docs/images/, in light colours unless --dark is given.
--matrix takes all of them at every size, scale and scheme that the window promises, each in a folder of its own:
`uv run packaging/take_screenshots.py --matrix --folder /tmp/looks`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from assessor.resources import ROOT, SAMPLE_WORKBOOK
from assessor.ui import theme
from assessor.ui.app import make_application
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import PAGES
from assessor.ui.pages.analysis import AnalysisPage
from assessor.ui.pages.charts import ChartsPage
from assessor.ui.pages.report import ReportPage

_PATIENCE_SECONDS = 60.0
_SETTLE_SECONDS = 0.4
_REPORTS = "sample.reports"
_SIZES = ("1366x768", "1920x1080")
_SCALES = ("1", "1.5", "2")


def main() -> int:
    options = _options()
    if options.matrix:
        return _take_matrix(options.folder.resolve())
    options.folder.mkdir(parents=True, exist_ok=True)
    folder, original = options.folder.resolve(), options.workbook.resolve()
    app = make_application()
    theme.choose_scheme(app, Qt.ColorScheme.Dark if options.dark else Qt.ColorScheme.Light)
    with tempfile.TemporaryDirectory() as scratch:
        workbook = Path(shutil.copy(original, scratch))  # the window writes in what it opens
        os.chdir(scratch)  # reports are written here, under a path without this machine's folders
        window = MainWindow(QSettings(str(Path(scratch, "window.ini")), QSettings.Format.IniFormat))
        width, height = (int(side) for side in options.size.split("x"))
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(width, height)
        window.show()
        _open(app, window, workbook, options.year)
        for entry in PAGES:
            window.go(entry.key)
            _prepare(app, window, entry.key)
            target = folder / f"{entry.key}{'-dark' if options.dark else ''}.png"
            window.grab().save(str(target))
            print(target)
        window.close()
        os.chdir(ROOT)
    return 0


def _take_matrix(folder: Path) -> int:
    """A process for each: a scale holds from the start of one to its end."""
    for size, scale, is_dark in product(_SIZES, _SCALES, (False, True)):
        if size == _SIZES[1] and scale != "1":
            continue  # logical pixels: the small one tells whether there is room
        target = folder / f"{size}-{scale}{'-dark' if is_dark else ''}"
        command = [sys.executable, __file__, "--size", size, "--folder", str(target)] + ["--dark"] * is_dark
        subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook", type=Path, default=SAMPLE_WORKBOOK)
    parser.add_argument("--year", type=int, help="the latest year that has begun, unless given")
    parser.add_argument("--size", default="1440x900", help="WIDTHxHEIGHT in logical pixels")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--matrix", action="store_true")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "images")
    return parser.parse_args()


def _open(app: QApplication, window: MainWindow, workbook: Path, year: int | None) -> None:
    window.open(workbook)
    _wait(app, lambda: window.session.view is not None)
    if year is not None:
        window.session.select_year(year)
        _wait(app, lambda: window.session.view is not None and window.session.view.year.year == year)


def _prepare(app: QApplication, window: MainWindow, key: str) -> None:
    """Brings a page into the state worth showing: a trace open, a chart drawn, a report made."""
    page = window.page(key)
    view = window.session.view
    if key == "results" and view is not None:
        group = view.result.groups[0]
        window.open_trace(group.units[0].unit.code, group.scheme.indicators[0].code)
    elif isinstance(page, ChartsPage):
        _wait(app, lambda: page.canvas.image is not None)
    elif isinstance(page, AnalysisPage):
        _wait(app, lambda: page.robustness.chart.canvas.image is not None)
    elif isinstance(page, ReportPage):
        page.set_folder(Path(_REPORTS))
        page.make()
        _wait(app, page.make_button.isEnabled)
    until = time.monotonic() + _SETTLE_SECONDS
    _wait(app, lambda: time.monotonic() > until)


def _wait(app: QApplication, is_ready: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not is_ready():
        app.processEvents()
        time.sleep(0.01)
        if time.monotonic() > until:
            raise SystemExit("the window did not get ready in time")


if __name__ == "__main__":
    raise SystemExit(main())
