"""Sets text in the shipped faces only, whatever the machine has installed."""

from __future__ import annotations

import os

os.environ["ASSESSOR_FONTS"] = "bundled"
