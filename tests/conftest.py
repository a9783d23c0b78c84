"""Settings of every test: the window's tests need no display, and papers are set in the shipped typefaces."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["ASSESSOR_FONTS"] = "bundled"
