"""Measures the grid with 100,000 rows of 20 columns: `uv run bench/grid_rows.py [ROWS]`.

For each deed: milliseconds until it is done, and the longest time for which the event loop stood still meanwhile. Needs
a display; QT_QPA_PLATFORM=offscreen does.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from assessor.ui.app import make_application
from assessor.ui.grid.areas import Cell
from assessor.ui.grid.arrangement import ValueFilter
from assessor.ui.grid.column import CellEdit, CellKind, Column
from assessor.ui.grid.grid import Grid
from assessor.ui.grid.row_model import RowModel

COLUMNS = 20
PLACES = ("市科协", "市教育局", "袁州区", "丰城市", "樟树市", "高安市", "靖安县")
SETTLE_MS = 300


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[str, ...]


def make_rows(count: int) -> list[Row]:
    chance = random.Random(2025)
    return [
        Row(
            number,
            tuple(
                f"{chance.randint(0, 10000) / 100:.2f}"
                if place % 2
                else f"{PLACES[(number + place) % 7]}{number % 53}号任务"
                for place in range(COLUMNS)
            ),
        )
        for number in range(count)
    ]


def make_columns() -> list[Column[Row]]:
    def column(place: int) -> Column[Row]:
        kind = CellKind.NUMBER if place % 2 else CellKind.TEXT
        edit = CellEdit[Row](lambda row: row.cells[place], lambda _row, text: text)
        return Column(f"c{place}", f"第 {place} 列", kind, lambda row: row.cells[place], edit=edit)

    return [column(place) for place in range(COLUMNS)]


class Bench:
    def __init__(self) -> None:
        self.app = make_application()
        self.longest = 0.0
        self.last = time.perf_counter()
        self.heart = QTimer()
        self.heart.setInterval(0)
        self.heart.timeout.connect(self._beat)
        self.heart.start()

    def measure(self, name: str, deed: Callable[[], object], is_done: Callable[[], bool] = lambda: True) -> None:
        self.app.processEvents()
        start = self.last = time.perf_counter()
        self.longest = 0.0
        deed()
        while not is_done():
            self.app.processEvents()
        done = time.perf_counter() - start
        QTest.qWait(SETTLE_MS)
        print(f"{name:28} done after {done * 1000:8.1f} ms   longest pause {self.longest * 1000:6.1f} ms")

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    bench = Bench()
    model: RowModel[Row] = RowModel(make_columns(), lambda row: row.number)
    model.write = lambda _changes: None
    grid = Grid("大表", frozen=2)
    grid.resize(1366, 700)
    rows = make_rows(count)
    arranged: list[bool] = []
    told: list[str] = []
    grid.arranging.arranged.connect(lambda: arranged.append(True))
    grid.summarizing.summarized.connect(told.append)

    def asking(deed: Callable[[], object]) -> Callable[[], object]:
        def ask() -> None:
            arranged.clear()
            deed()

        return ask

    def is_arranged() -> bool:
        return bool(arranged)

    def show() -> None:
        grid.set_model(model)
        grid.show()

    bench.measure("load", lambda: model.show_rows(rows))
    bench.measure("show", show)
    print_scrolling(bench, grid)
    bench.measure("sort numbers", asking(lambda: grid.arranging.sort("c1", True)), is_arranged)
    bench.measure("sort texts", asking(lambda: grid.arranging.sort("c0", False)), is_arranged)
    rule = ValueFilter(frozenset({"袁州区3号任务"}), is_exclusion=True)
    bench.measure("filter", asking(lambda: grid.arranging.filter("c2", rule)), is_arranged)
    bench.measure("take the filter away", asking(grid.arranging.clear_filters), is_arranged)
    select_all = lambda: QTest.keyClick(grid.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)  # noqa: E731
    bench.measure("select all, count and add", select_all, lambda: told[-1].startswith("计数") if told else False)
    grid.selecting.select(Cell(0, 1))
    bench.measure("find", lambda: look_for(grid, "9号任务"), lambda: not grid.find_bar.is_searching)
    grid.find_bar.close_bar()
    changed = [rows[0], Row(1, ("改",) * COLUMNS), *rows[2:]]
    bench.measure("load with one row changed", lambda: model.show_rows(changed))


def look_for(grid: Grid, words: str) -> None:
    grid.find_bar.open_bar()
    grid.find_bar.look_for(words)


def print_scrolling(bench: Bench, grid: Grid) -> None:
    bar, spent = grid.table.verticalScrollBar(), []
    for _page in range(60):
        start = time.perf_counter()
        bar.setValue(bar.value() + bar.pageStep())
        bench.app.processEvents()
        spent.append(time.perf_counter() - start)
    spent.sort()
    print(f"{'scroll by a page':28} median     {spent[30] * 1000:8.1f} ms   longest       {spent[-1] * 1000:6.1f} ms")


if __name__ == "__main__":
    main()
