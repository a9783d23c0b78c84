"""Changes of the registry of units: what the workbook has of them, and making a change that was computed of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assessor.domain.registry_change import Handover, Move, Record, RegistryChange, RegistryState, Request, YearHoldings
from assessor.errors import InputError
from assessor.workbook.assignments import load_assignments, save_assignment
from assessor.workbook.plans import load_plan, save_plan
from assessor.workbook.row_titles import table_title
from assessor.workbook.rows import put_rows
from assessor.workbook.workbook import Edit, Reading
from assessor.workbook.years import list_years

# Table -> SQL for the task that its row is on; NULL: on none.
_RECORDS = {
    "submission": "task",
    "mark": "assigned_task",
    "award": "assigned_task",
    "self_score": "NULL",
    "second_score": "NULL",
    "event": "task",
    "adjustment": "NULL",
    "appeal": "NULL",
    "evidence": "nullif(form, '')",
    "review_check": "NULL",
}
_FOLLOWERS = ("note", "reviewer_unit", "reviewer_assignment")
_LAPSING = ("exemption", "not_applicable")


def load_registry_state(source: Reading) -> RegistryState:
    """All that a change of the registry is computed of. Raises WorkbookError where the workbook has no plan."""
    with source.snapshot():
        plan = load_plan(source)
        sealed = {row["year"] for row in source.rows("SELECT year FROM seal WHERE unsealed_at IS NULL")}
        groups = source.rows("SELECT year, group_code FROM scheme")
        records = _counts(source, _RECORDS)
        followers = _counts(source, dict.fromkeys(_FOLLOWERS, "NULL"))
        lapsing = _counts(source, dict.fromkeys(_LAPSING, "NULL"))
        years = tuple(
            YearHoldings(
                year=item.year,
                is_sealed=item.year in sealed,
                groups=frozenset(row["group_code"] for row in groups if row["year"] == item.year),
                assignments=load_assignments(source, item.year),
                records=tuple(records.get(item.year, ())),
                followers=tuple(followers.get(item.year, ())),
                lapsing=tuple(lapsing.get(item.year, ())),
            )
            for item in list_years(source)
        )
    return RegistryState(plan, years)


def preview_change(source: Reading, request: Request) -> RegistryChange:
    """What ``change_registry`` would do now. Raises InputError where the request makes no sense."""
    return request(load_registry_state(source))


def change_registry(edit: Edit, request: Request, shown: RegistryChange | None = None) -> RegistryChange:
    """Makes the change, computed of what the workbook has now. Raises InputError where it cannot be made, or would do
    something else than was ``shown``."""
    change = preview_change(edit, request)
    change.require_allowed()
    if shown is not None and change.consequences != shown.consequences:
        raise InputError(
            "单位或任务刚有变动，结果与预览的不同", place=change.label, remedy="请重新打开对话框核对后再做"
        )
    save_plan(edit, change.plan)
    for move in change.moves:
        _move(edit, move)
    for handover in change.handovers:
        _hand_over(edit, handover)
    return change


def edit_units(edit: Edit, requests: Iterable[Request]) -> None:
    """Many changes of single units (``registry_edits``), which move no assignment, as one: all of them or none."""
    state = load_registry_state(edit)
    for request in requests:
        change = request(state)
        change.require_allowed()
        if change.moves or change.handovers:
            raise ValueError(f"{change.label} moves assignments")
        state = replace(state, plan=change.plan)
    save_plan(edit, state.plan)


def _counts(source: Reading, tables: Mapping[str, str]) -> dict[int, list[Record]]:
    found: dict[int, Counter[tuple[str, str, str | None]]] = {}
    for table, task in tables.items():
        for row in source.rows(f"SELECT year, unit, {task} AS task, count(*) AS n FROM {table} GROUP BY 1, 2, 3"):
            found.setdefault(row["year"], Counter())[row["unit"], table_title(table), row["task"]] += row["n"]
    return {
        year: [Record(unit, title, count, task) for (unit, title, task), count in counts.items()]
        for year, counts in found.items()
    }


def _move(edit: Edit, move: Move) -> None:
    save_assignment(edit, move.year, move.after)
    edit.execute(
        "DELETE FROM assignment WHERE year = ? AND task = ? AND unit = ?",
        (move.year, move.before.task, move.before.unit),
    )


def _hand_over(edit: Edit, handover: Handover) -> None:
    year, unit, to = handover.year, handover.unit, handover.to
    edit.execute("UPDATE reviewer_unit SET unit = ? WHERE year = ? AND unit = ?", (to, year, unit))
    first = edit.rows("SELECT coalesce(max(key), 0) AS last FROM note WHERE year = ? AND unit = ?", (year, to))
    edit.execute(
        "UPDATE note SET unit = ?, key = key + ? WHERE year = ? AND unit = ?", (to, first[0]["last"], year, unit)
    )
    _hand_over_marking(edit, handover)
    for table in _LAPSING:
        edit.execute(f"DELETE FROM {table} WHERE year = ? AND unit = ?", (year, unit))


def _hand_over_marking(edit: Edit, handover: Handover) -> None:
    """Who was to mark the unit marks the other, as far as its scheme has the same indicators."""
    rows: Sequence[dict[str, str | int]] = [
        {**dict(zip(row.keys(), tuple(row), strict=True)), "unit": handover.to, "group_code": row["new_group"]}
        for row in edit.rows(
            "SELECT reviewer_assignment.year, panel, reviewer, indicator, unit.group_code AS new_group"
            " FROM reviewer_assignment JOIN unit ON unit.code = ?"
            " JOIN indicator ON indicator.year = reviewer_assignment.year"
            "  AND indicator.group_code = unit.group_code AND indicator.code = reviewer_assignment.indicator"
            " WHERE reviewer_assignment.year = ? AND reviewer_assignment.unit = ?",
            (handover.to, handover.year, handover.unit),
        )
    ]
    columns = ("year", "panel", "reviewer", "unit", "group_code", "indicator")
    put_rows(edit, "reviewer_assignment", [{column: row[column] for column in columns} for row in rows])
    edit.execute("DELETE FROM reviewer_assignment WHERE year = ? AND unit = ?", (handover.year, handover.unit))
