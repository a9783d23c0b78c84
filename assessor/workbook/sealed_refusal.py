"""What the guards of a sealed year refuse (``seal_triggers.py``), in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from assessor.errors import WorkbookError
from assessor.workbook.seal_triggers import SEAL_KEPT, SEALED

_SHARED_TITLES = {
    "unit_group": "考核组别",
    "unit": "单位",
    "section": "提升行动或重点工程",
    "task": "任务",
    "target": "量化目标",
}


@contextmanager
def sealed_refusals(connection: sqlite3.Connection, parameters: Iterable[object]) -> Iterator[None]:
    """Around a statement that writes: raises WorkbookError where a guard refuses it, naming the year that
    ``parameters`` names, or else every sealed year. Every other error passes."""
    try:
        yield
    except sqlite3.IntegrityError as problem:
        message = str(problem)
        if message == SEAL_KEPT:
            raise WorkbookError("定稿记录不能删除或改动", remedy="定稿只能解除，解除的记录也一并保留") from problem
        if not message.startswith(SEALED):
            raise
        raise sealed_error(_years(connection, parameters), message.removeprefix(SEALED)) from problem


def sealed_error(years: Sequence[int], table: str = "") -> WorkbookError:
    """``years``: those that may be meant. ``table``: of the row that was to change; empty where it does not matter."""
    names = f"{'、'.join(map(str, years))} 年度"
    title = _SHARED_TITLES.get(table)
    place = f"{names} {title}" if title else names
    if title:
        what = f"{names}已定稿，其中用到的{title}不能修改"
    elif len(years) > 1:
        what = f"要改的内容属于已定稿的年度（{names}），不能修改"
    else:
        what = f"{names}已定稿，不能修改"
    return WorkbookError(what, place=place, remedy="确需修改时，请先在“工具 > 解除定稿…”写明原因，改后重新定稿")


def _years(connection: sqlite3.Connection, parameters: Iterable[object]) -> list[int]:
    rows = connection.execute("SELECT year FROM seal WHERE unsealed_at IS NULL ORDER BY year")
    sealed = [year for (year,) in rows]
    given = set(_numbers(parameters))
    return [year for year in sealed if year in given] or sealed


def _numbers(parameters: Iterable[object]) -> Iterator[int]:
    for value in parameters:
        if isinstance(value, int):
            yield value
        elif isinstance(value, list | tuple):
            yield from _numbers(value)
