"""What the guards of a sealed year refuse (``seal_triggers.py``), in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
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


def sealed_error(years: Iterable[int], table: str = "") -> WorkbookError:
    """``table``: of the row that was to change; empty where it does not matter."""
    names = "、".join(map(str, years))
    place = f"{names} 年度"
    remedy = "如确需修改，请先解除定稿并写明原因"
    if table in _SHARED_TITLES:
        title = _SHARED_TITLES[table]
        what = f"{names} 年度已定稿，其中用到的{title}不能修改"
        return WorkbookError(what, place=f"{place} {title}", remedy=remedy)
    return WorkbookError(f"{names} 年度已定稿，不能修改", place=place, remedy=remedy)


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
