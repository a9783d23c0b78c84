"""Run as a child that is killed: types figures into a form in the window, and says of each that it has left its cell.

`python -m tests.journeys.typist FILE`. What is said, in JSON, one a line: the code of the figure, and the number.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import count
from pathlib import Path

from PySide6.QtCore import QSettings, Qt

from assessor.domain.figure_text import is_tick
from assessor.domain.form_flow import FormKey
from assessor.ui.app import make_application
from assessor.ui.main_window import MainWindow
from assessor.ui.pages.forms import FormsPage
from bench.watchdog import Heartbeat
from tests.journeys.hands import Hands

UNIT = "fagaiwei"
"""Of which the sample's last year has not got a form yet."""


def main(path: Path) -> None:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat))
        window.session.operator = "王芳"
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        window.open(path)
        hands = Hands(window, Heartbeat(window))
        hands.until(lambda: window.session.current is not None)
        hands.settle()
        page = hands.page("填报", FormsPage)
        hands.open_cell(page.parts.grid(), UNIT, "own")
        assert page.open_key == FormKey(UNIT)
        for number in count(1):
            _fill(hands, page, number)
    application.quit()


def _fill(hands: Hands, page: FormsPage, number: int) -> None:
    """From the first figure to the last."""
    lines = page.pane.model.rows()
    hands.cell(page.pane.figures, lines[0].figure.code, "value")
    for place, line in enumerate(lines):
        value = number % 2 if is_tick(line.figure) else number * 100 + place
        hands.type(f"{value}")
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: not hands.window.session.is_changing)  # 已保存
        print(json.dumps([line.figure.code, value]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
