"""Kills the program at random moments and counts what was lost: `uv run bench/kills.py [KILLS]`, 2000 unless told.

Scenarios by turns, each kill with its own seed; a failure names the seed and leaves the folder for a look.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.faults.after_death import check, copy_template, prepare  # noqa: E402
from tests.faults.killing import SCENARIOS, KillingServer  # noqa: E402

FIRST_SEED = 10_000
"""Beyond those of the suite."""


def main(kills: int) -> int:
    tried: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    names = list(SCENARIOS)
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    prepare(folder)
    with KillingServer() as server:
        for turn in range(kills):
            scenario, seed = names[turn % len(names)], FIRST_SEED + turn
            path = copy_template(folder, scenario, folder / f"{scenario}-{seed}")
            tried[scenario] += 1
            try:
                said = server.kill(scenario, path.parent, seed).said
                steps[scenario] += len(said)
                check(scenario, path, said)
            except Exception as problem:
                failed[scenario] += 1
                print(f"FAILED {path.parent}: {type(problem).__name__}: {problem}", flush=True)
            else:
                shutil.rmtree(path.parent)
    for scenario in names:
        print(f"{scenario:8} kills {tried[scenario]:5}  steps said {steps[scenario]:6}  failed {failed[scenario]}")
    print(f"all      kills {tried.total():5}  steps said {steps.total():6}  failed {failed.total()}")
    print(f"{time.monotonic() - started:.0f} s")
    if not failed:
        shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
