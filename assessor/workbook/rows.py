"""Rows into tables: put one in or over the one of the same key, and bring several tables in line with a new state."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from assessor.errors import InputError, WorkbookError
from assessor.workbook.workbook import Edit, Value

Row = Mapping[str, Value]
Tables = Sequence[tuple[str, Sequence[Row]]]
"""Tables with their rows, parents before children."""

_TITLES = {
    "unit_group": "考核组别",
    "unit": "单位",
    "unit_alias": "单位别名",
    "section": "提升行动或重点工程",
    "section_lead": "牵头部门",
    "task": "任务",
    "task_unit": "责任单位",
    "target": "量化目标",
    "category": "一级指标",
    "indicator": "指标",
    "grade": "等次",
    "entry_kind": "加扣分事项",
    "veto_kind": "一票否决事项",
    "figure": "填报项",
}
_FOREIGN_KEY_FAILURES = (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, sqlite3.SQLITE_CONSTRAINT_TRIGGER)


def among_units(units: Sequence[str] | None, column: str = "unit") -> tuple[str, tuple[str, ...]]:
    """A condition that narrows a query to ``units``, to be added to others, and its parameters; None: to every unit."""
    if units is None:
        return "", ()
    return f" AND {column} IN ({', '.join('?' * len(units))})", tuple(units)


def put_row(edit: Edit, table: str, row: Row) -> None:
    """Adds the row, or gives the row of the same key its values."""
    put_rows(edit, table, [row])


def put_rows(edit: Edit, table: str, rows: Sequence[Row]) -> None:
    """As ``put_row``; all rows have the same columns."""
    if not rows:
        return
    columns = tuple(rows[0])
    keys = edit.key_columns(table)
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in keys)
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(keys)}) DO {f'UPDATE SET {updates}' if updates else 'NOTHING'}"
    )
    edit.execute_many(sql, [tuple(row[column] for column in columns) for row in rows])


def remove_row(edit: Edit, table: str, key: Row) -> None:
    """Removes the row of that key, where there is one."""
    edit.execute(f"DELETE FROM {table} WHERE {_condition(tuple(key))}", tuple(key.values()))


def replace_rows(edit: Edit, tables: Tables, scope: Row) -> None:
    """Makes the rows of ``tables`` within ``scope`` (columns that all of them have) exactly these.

    A row that stays the same is not touched. Raises InputError where two rows have one key, WorkbookError where a row
    that would go is in use.
    """
    for table, rows in tables:
        _refuse_twins(edit, table, rows)
        try:
            put_rows(edit, table, rows)
        except sqlite3.IntegrityError as problem:
            raise _in_use(problem, table, "") from problem
    for table, rows in reversed(tables):
        _remove_others(edit, table, rows, scope)


def _refuse_twins(edit: Edit, table: str, rows: Sequence[Row]) -> None:
    keys = edit.key_columns(table)
    seen: set[tuple[Value, ...]] = set()
    for row in rows:
        key = tuple(row[column] for column in keys)
        if key in seen:
            what = f"{_TITLES.get(table, table)}“{row[keys[-1]]}”重复"
            raise InputError(what, place=" ".join(map(str, key[:-1])), remedy="请只保留一个，或改用不同的代码")
        seen.add(key)


def _remove_others(edit: Edit, table: str, rows: Sequence[Row], scope: Row) -> None:
    keys = edit.key_columns(table)
    kept = {tuple(row[column] for column in keys) for row in rows}
    where = f" WHERE {_condition(tuple(scope))}" if scope else ""
    present = edit.rows(f"SELECT {', '.join(keys)} FROM {table}{where}", tuple(scope.values()))
    for row in present:
        if tuple(row) in kept:
            continue
        try:
            edit.execute(f"DELETE FROM {table} WHERE {_condition(keys)}", tuple(row))
        except sqlite3.IntegrityError as problem:
            raise _in_use(problem, table, f"“{row[-1]}”") from problem


def _in_use(problem: sqlite3.IntegrityError, table: str, key: str) -> Exception:
    if problem.sqlite_errorcode not in _FOREIGN_KEY_FAILURES:
        return problem
    title = f"{_TITLES.get(table, table)}{key}"
    return WorkbookError(
        f"{title}已有填报、评分等数据，不能这样改", place=title, remedy="请先删去用到它的数据，或保留它的代码和组别"
    )


def _condition(columns: Sequence[str]) -> str:
    return " AND ".join(f"{column} = ?" for column in columns)
