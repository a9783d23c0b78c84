"""Settings of every test: the window's tests need no display, and papers are set in the shipped typefaces."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["ASSESSOR_FONTS"] = "bundled"


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The dressed application, of which there can be only one."""
    from assessor.ui.app import make_application

    app = make_application()
    yield app
    app.clipboard().clear()  # or the offscreen platform deletes what lies there after Python has gone
