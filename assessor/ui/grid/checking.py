"""Whether typed, pasted, filled or cleared cells can be written: all of them, or none, and then why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assessor.errors import InputError
from assessor.ui.grid.column import CHECKED, CellChange, CellEdit, CellKind, Column
from assessor.ui.grid.number_text import plain_number

R = TypeVar("R")

_NO_EDIT = "这一列由程序给出，不能直接修改"
_CHECK_WORDS = {"": "", "否": "", "0": "", "false": "", "×": "", "✗": ""} | dict.fromkeys(
    (CHECKED, "1", "true", "√", "✓", "✔", "☑"), CHECKED
)


@dataclass(frozen=True)
class Wanted(Generic[R]):
    """A text that is to go into a cell. ``row`` None: beyond the last row; ``column`` None: beyond the last column."""

    row: R | None
    column: Column[R] | None
    text: str
    names: Callable[[], tuple[str, str]]
    """What the row and the column are called; asked where the cell is listed."""


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot take what is to go into it, in words."""

    row_name: str
    column_name: str
    text: str
    what: str
    remedy: str


def refusal_of(column: Column[R], row: R, locked: str = "") -> str:
    """Why a cell cannot be edited, whatever is typed; empty: it can. ``locked``: why nothing can."""
    if locked:
        return locked
    return column.edit.refusal(row) if column.edit is not None else _NO_EDIT


def typed_text(kind: CellKind, text: str) -> str:
    """What is typed or pasted, without what a keyboard or a spreadsheet adds to it."""
    if kind is CellKind.LONG_TEXT:
        return text.strip("\n")
    text = " ".join(text.split("\n")).strip()  # one line, whatever was pasted
    if kind is CellKind.NUMBER:
        return plain_number(text)
    return _CHECK_WORDS.get(text.casefold(), text) if kind is CellKind.CHECK else text


def check(wanted: Sequence[Wanted[R]], locked: str = "") -> tuple[list[CellChange[R]], list[Refusal]]:
    """All changes, or the cells that refuse; where one refuses there are no changes."""
    changes: list[CellChange[R]] = []
    refusals: list[Refusal] = []
    for want in wanted:
        try:
            changes.append(_change(want, locked))
        except InputError as problem:
            refusals.append(Refusal(*want.names(), want.text, problem.what, problem.remedy))
    return ([], refusals) if refusals else (changes, [])


def _change(want: Wanted[R], locked: str) -> CellChange[R]:
    """Raises InputError."""
    if want.row is None or want.column is None:
        ends = "没有这么多行" if want.row is None else "没有这么多列"
        raise InputError(f"表格{ends}", remedy="请从更靠前的单元格开始粘贴，或少复制一些")
    reason = refusal_of(want.column, want.row, locked)
    if reason or want.column.edit is None:
        raise InputError(reason or _NO_EDIT, remedy="请避开这一格再试")
    return CellChange(want.row, want.column.key, parsed(want.column.edit, want.column.kind, want.row, want.text))


def parsed(edit: CellEdit[R], kind: CellKind, row: R, text: str) -> object:
    """The value of a text. Raises InputError."""
    return edit.parse(row, typed_text(kind, text))
