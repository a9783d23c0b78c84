"""Measures what the program promises and prints it with the machine: `uv run bench/bench.py`.

First painted window against a bare PySide6 window of the same run, the first showing of each page, a typed mark until
totals and ranks are painted (with the sample, and with ten times its units), how long the window did not react then
and in the journey through a whole year, scoring one year of the sample, the overall report.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_db" / "sample.assess"
sys.path.insert(0, str(ROOT))


def main() -> None:
    print_machine()
    with display() as environment:
        measure_windows(environment)
        measure_typing(environment)
    measure_journey()
    measure_scoring()
    measure_report()


def print_machine() -> None:
    processor = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass  # not Linux, or a processor without a model name: the short name stands
    names = ("pyside6-essentials", "sqlite-utils", "matplotlib", "reportlab")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"machine: {processor}, {os.cpu_count()} cores, {platform.platform()}")
    if hasattr(os, "getloadavg"):
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        print(f"processes that ran before (mean of 1, 5, 15 minutes): {busy}; other work makes all times longer")
    print(f"python {platform.python_version()}, {versions}\n")


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """The environment for a window: the display there is, else a virtual one, else Qt's offscreen platform."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at every start
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") or sys.platform != "linux":
        print("windows on this machine's display")
        yield environment
    elif xvfb := shutil.which("Xvfb"):
        print("windows on Xvfb, 1366x768")
        server = subprocess.Popen([xvfb, ":77", "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)
        time.sleep(1)
        try:
            yield environment | {"DISPLAY": ":77"}
        finally:
            server.terminate()
            server.wait()
    else:
        print("windows on Qt's offscreen platform")
        yield environment | {"QT_QPA_PLATFORM": "offscreen"}


def measure_windows(environment: dict[str, str], rounds: int = 9) -> None:
    """Bare and own window by turns, so that both meet the same machine."""
    bare: list[float] = []
    painted: list[float] = []
    loaded: list[float] = []
    for turn in range(rounds + 1):
        plain = run_window(environment, "bare")
        own = run_window(environment, "program", str(SAMPLE))
        if turn:  # the first turn fills the disk cache
            bare.append(plain["painted"])
            painted.append(own["painted"])
            loaded.append(own["loaded"])
    ratio = statistics.median(painted) / statistics.median(bare)
    print(f"bare PySide6 window, first paint:  {spread(bare)}")
    print(f"program's window, first paint:     {spread(painted)}  = {ratio:.2f} x bare (aim: under 3)")
    print(f"program's window, results shown:   {spread(loaded)}\n")


def run_window(environment: dict[str, str], *arguments: str) -> dict[str, float]:
    command = [sys.executable, str(ROOT / "bench" / "first_paint.py"), *arguments]
    started = environment | {"BENCH_STARTED": repr(time.monotonic())}
    done = subprocess.run(command, env=started, capture_output=True, text=True, check=True, timeout=60)
    pairs = (line.split() for line in done.stdout.splitlines() if line.startswith(("painted ", "loaded ")))
    return {name: float(seconds) for name, seconds in pairs}


def measure_typing(environment: dict[str, str], marks: int = 60) -> None:
    """The real window, toured by page and typed into, once with the sample and once with ten times its units."""
    from big_workbook import measured_workbook

    for times, aim in ((1, 33), (10, 100)):
        with tempfile.TemporaryDirectory() as folder:
            path = measured_workbook(Path(folder), times)
            command = [sys.executable, str(ROOT / "bench" / "window_tour.py"), str(path), str(marks)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
        found = json.loads(done.stdout.splitlines()[-1])
        print("the sample:" if times == 1 else f"{times} times its units:")
        seconds = sorted(found["typed"])
        late = seconds[len(seconds) * 95 // 100] * 1000
        print(f"a typed mark to painted totals and ranks: {spread(seconds)}, 95 % within {late:.1f} ms")
        print(f"    of {marks} (aim: median under {aim} ms)")
        for title, part in (("first showing of pages", "first"), ("again", "again"), ("again, after edits", "after")):
            print(f"{title}: " + ", ".join(f"{key} {took * 1000:.0f} ms" for key, took in found[part].items()))
        print(f"longest that the window did not react, of {found['beats']} beats (aim: no handler over 50 ms):")
        print("".join(f"    {line}\n" for line in found["longest"]))


def measure_journey() -> None:
    """A whole year by keys and mouse, on Qt's offscreen platform: what it says of itself."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-s", "tests/journeys/test_a_whole_year.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    lines = done.stdout.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("whole year"))
    told = [line for line in lines[first:] if line.startswith(("whole year", "    "))]
    print("\n".join(told), end="\n\n")


def measure_scoring(rounds: int = 15) -> None:
    from assessor.domain.scoring import score_year
    from assessor.workbook.facts import load_facts
    from assessor.workbook.workbook import Workbook

    with Workbook.open(SAMPLE, read_only=True) as workbook:
        loading, facts = timed(lambda: load_facts(workbook, 2024), rounds)
    scoring, result = timed(lambda: score_year(facts), rounds)
    units = sum(len(group.units) for group in result.groups)
    leaves = sum(len(unit.leaves) for group in result.groups for unit in group.units)
    print(f"reading the facts of 2024:         {spread(loading)}")
    print(f"scoring 2024, {units} units, {leaves} leaves: {spread(scoring)}  (aim: under 50 ms)\n")


def measure_report(rounds: int = 3) -> None:
    """Whole processes, imports and fonts included, as a user waits for them."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.pdf"
        command = [sys.executable, str(ROOT / "main.py"), "report", str(SAMPLE), "--year", "2024", "--kind", "overall"]
        command += ["--out", str(out), "--date", date(2025, 1, 15).isoformat()]
        for _ in range(rounds):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds.append(time.perf_counter() - started)
        size = out.stat().st_size
    print(f"overall report, new process:       {spread(seconds)}  (aim: under 3 s), {size / 1000:.0f} kB")


def timed(action: Callable[[], T], rounds: int) -> tuple[list[float], T]:
    """Seconds of each round, and the last round's answer."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        answer = action()
        seconds.append(time.perf_counter() - started)
    return seconds, answer


def spread(seconds: list[float]) -> str:
    """Median and range, in the unit that reads best."""
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    if middle < 0.1:
        return f"median {middle * 1000:.1f} ms ({low * 1000:.1f}-{high * 1000:.1f})"
    return f"median {middle:.2f} s ({low:.2f}-{high:.2f})"


if __name__ == "__main__":
    main()
