"""`uv run main.py` opens the window; `uv run main.py VERB ...` runs one command without it."""

from __future__ import annotations

import sys

from assessor.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
