"""Undo and redo on the history: unlimited, named, still there after a restart.

Each operator takes back his own edits, the latest first. An undo is itself an edit, which puts the rows back as they
were; it is refused where somebody has changed one of them since. An edit made after an undo ends the redoing of what
was undone before it. A seal, a restored backup, an upgrade or a rescue is not undone; the last two end the way back.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessor.errors import WorkbookError
from assessor.workbook.changes import RowValues, Value
from assessor.workbook.history import (
    EditKind,
    EditRecord,
    RowChange,
    list_edits_of,
    load_changes,
    load_edit,
    row_history,
)
from assessor.workbook.row_words import load_names, place_of
from assessor.workbook.sealed_refusal import sealed_error
from assessor.workbook.workbook import Edit, Workbook

_STEP = 64
_BARRIERS = (EditKind.START, EditKind.UPGRADE, EditKind.SALVAGE)


def next_undo(workbook: Workbook) -> EditRecord | None:
    """The edit that an undo would take back; None where the operator has none left."""
    undone: dict[int, bool] = {}
    for record in _backwards(workbook):
        if record.reverses is not None:
            undone.setdefault(record.reverses, record.kind is EditKind.UNDO)
        elif record.kind is EditKind.EDIT and not undone.get(record.number, False):
            return record
    return None


def next_redo(workbook: Workbook) -> EditRecord | None:
    """The edit that a redo would put back; None where nothing was undone since the operator's last edit."""
    undone: dict[int, bool] = {}
    for record in _backwards(workbook):
        if record.reverses is not None:
            undone.setdefault(record.reverses, record.kind is EditKind.UNDO)
        elif record.kind is EditKind.EDIT:
            break
    waiting = [number for number, is_undone in undone.items() if is_undone]
    return load_edit(workbook, min(waiting)) if waiting else None


def undo(workbook: Workbook) -> Edit:
    """Takes back the operator's last edit. Raises WorkbookError where there is none, or somebody has changed the same
    rows since, or later data need what would go."""
    record = next_undo(workbook)
    if record is None:
        raise WorkbookError("没有可以撤销的修改", remedy="只能撤销本操作员自己做的修改")
    return _reverse(workbook, record, EditKind.UNDO)


def redo(workbook: Workbook) -> Edit:
    """Puts back what the operator's last undo took. Raises as ``undo``."""
    record = next_redo(workbook)
    if record is None:
        raise WorkbookError("没有可以重做的修改", remedy="撤销之后没有再做别的修改时，才能重做")
    return _reverse(workbook, record, EditKind.REDO)


def _backwards(workbook: Workbook) -> Iterator[EditRecord]:
    """The operator's edits from the newest to the last edit that ends the way back."""
    before: int | None = None
    limit = _STEP
    while records := list_edits_of(workbook, workbook.operator, _BARRIERS, limit=limit, before=before):
        for record in records:
            if record.kind in _BARRIERS:
                return
            yield record
        before = records[-1].number
        limit *= 2


def _reverse(workbook: Workbook, record: EditRecord, kind: EditKind) -> Edit:
    changes = load_changes(workbook, record.number)
    with workbook.edit(f"{kind.label} {record.label}", kind, reverses=record.number) as edit:
        _require_unsealed(edit, record, kind, changes)
        for change in changes:
            expected, wanted = change.after, change.before
            if kind is EditKind.REDO:
                expected, wanted = wanted, expected
            _require_untouched(edit, workbook, record, kind, change, expected)
            _put(edit, change, wanted, exists=expected is not None)
        _require_references(edit, record, kind)
    return edit


def _require_unsealed(edit: Edit, record: EditRecord, kind: EditKind, changes: tuple[RowChange, ...]) -> None:
    """The guards would refuse it, too, but the rows' later changes would be blamed first."""
    sealed = {row["year"] for row in edit.rows("SELECT year FROM seal WHERE unsealed_at IS NULL")}
    years = sorted({change.year for change in changes if change.year in sealed and change.year is not None})
    if years:
        refusal = sealed_error(years)
        what = f"不能{kind.label}“{record.label}”：{refusal.what}"
        raise WorkbookError(what, place=refusal.place, remedy=refusal.remedy)


def _require_untouched(
    edit: Edit, workbook: Workbook, record: EditRecord, kind: EditKind, change: RowChange, expected: RowValues | None
) -> None:
    present = _present(edit, change)
    if present == (None if expected is None else dict(expected)):
        return
    later = next(
        (later for later, _ in row_history(workbook, change.table, change.key) if later.number > record.number), None
    )
    who = f"{later.operator} 于 {later.at:%Y-%m-%d %H:%M} 在“{later.label}”中" if later else "后来"
    raise WorkbookError(
        f"不能{kind.label}“{record.label}”：{who}又改过同一处",
        place=place_of(change, load_names(edit)),
        remedy="请先由对方撤销后来的修改，或直接把这一处改成需要的内容",
    )


def _present(edit: Edit, change: RowChange) -> dict[str, Value] | None:
    columns = list((change.before or change.after or {}).keys())
    rows = edit.rows(f"SELECT {_names(columns)} FROM {change.table} WHERE {_matches(edit, change)}", change.key)
    return dict(zip(columns, tuple(rows[0]), strict=True)) if rows else None


def _put(edit: Edit, change: RowChange, wanted: RowValues | None, *, exists: bool) -> None:
    where = _matches(edit, change)
    if wanted is None:
        edit.execute(f"DELETE FROM {change.table} WHERE {where}", change.key)
        return
    columns, values = list(wanted), list(wanted.values())
    if exists:
        sets = ", ".join(f'"{column}" = ?' for column in columns)
        edit.execute(f"UPDATE {change.table} SET {sets} WHERE {where}", [*values, *change.key])
    else:
        marks = ", ".join("?" * len(columns))
        edit.execute(f"INSERT INTO {change.table} ({_names(columns)}) VALUES ({marks})", values)


def _require_references(edit: Edit, record: EditRecord, kind: EditKind) -> None:
    broken = edit.rows("PRAGMA foreign_key_check")
    if broken:
        raise WorkbookError(
            f"不能{kind.label}“{record.label}”：后来录入的数据要用到它",
            place=str(broken[0][0]),
            remedy="请先删去或撤销后来录入的、用到它的数据",
        )


def _matches(edit: Edit, change: RowChange) -> str:
    return " AND ".join(f'"{column}" = ?' for column in edit.key_columns(change.table))


def _names(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
