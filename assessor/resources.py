"""Where the files shipped with the program lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
PLANS = RESOURCES / "plans"
SCHEMES = RESOURCES / "schemes"
FONTS = RESOURCES / "fonts"
MANUAL = ROOT / "docs" / "manual"
SAMPLE_WORKBOOK = ROOT / "sample_db" / "sample.assess"
