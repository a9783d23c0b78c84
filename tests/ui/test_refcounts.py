"""The guard against references that PySide gives back without having taken them."""

from __future__ import annotations

import subprocess
import sys

from assessor.resources import ROOT

_MANY_CALLS = """
import assessor.ui
from PySide6.QtCore import QTimer
timer = QTimer()
for _ in range(200_000):
    timer.stop()
    timer.isActive()
    timer.setSingleShot(True)
    timer.isSingleShot()
print("alive")
"""


def test_a_program_survives_any_number_of_calls_into_qt() -> None:
    done = subprocess.run([sys.executable, "-c", _MANY_CALLS], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "alive", done.stderr
