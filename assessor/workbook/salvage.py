"""Salvage: what can still be read of a damaged workbook, put into a new one, with a list of what is missing.

Everything is done on copies; the damaged file and its log are not touched. The log is tried with the file and without
it, since it may be a stale one of another copy; where the definitions are lost, those of a backup are tried.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assessor.errors import AssessorError, WorkbookError, os_reason
from assessor.work import Work
from assessor.workbook.backup_list import is_good, list_backups
from assessor.workbook.connection import Check, connect_unchecked, require_own_log
from assessor.workbook.format import FORMAT_VERSION, has_unsaved_log, is_protected_file, stated_version
from assessor.workbook.history import RowChange
from assessor.workbook.page_graft import padded, write_grafted
from assessor.workbook.placing import new_file
from assessor.workbook.protected_pages import readable_pages
from assessor.workbook.row_titles import table_title
from assessor.workbook.row_words import Names, load_names, place_of
from assessor.workbook.salvage_merging import HISTORY_TABLES, Doubt, Fate, History, Rows, history_of, merge, proven
from assessor.workbook.salvage_reading import Found, Shape, read_table, shapes, text_of
from assessor.workbook.salvage_writing import write_salvaged
from assessor.workbook.workbook import OPERATOR, PATIENCE, Clock, Workbook, local_now

_MOST_DONORS = 3


@dataclass(frozen=True)
class SalvageItem:
    """A row that is missing, uncertain or was put right."""

    fate: Fate
    table: str
    """Title of the table."""
    place: str
    """The row in the user's words; empty: the table at large."""
    what: str

    def __str__(self) -> str:
        place = f"{self.table} {self.place}".strip()
        return f"{place}：{self.fate.value}" + (f"（{self.what}）" if self.what else "")


@dataclass(frozen=True)
class Salvage:
    path: Path
    """The new workbook."""
    rows: int
    items: tuple[SalvageItem, ...]
    """The worst first."""
    edits: int
    """Of the history that were taken over."""
    edits_lost: int | None
    """None: nobody knows how many."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing or uncertain."""
        return all(item.fate in (Fate.FROM_HISTORY, Fate.CORRECTED) for item in self.items)


@dataclass(frozen=True)
class _Contents:
    """What one way of reading the file brought."""

    tables: Mapping[str, Found]
    history: History
    knows_tables: bool
    """Whether the definition of every table could be read."""

    @property
    def worth(self) -> tuple[int, int]:
        return self.history.unbroken, sum(len(found.rows) for found in self.tables.values())


def salvage(
    path: Path,
    new: Path,
    *,
    password: str | None = None,
    clock: Clock = local_now,
    operator: str = OPERATOR,
    work: Work | None = None,
) -> Salvage:
    """Writes what is readable of ``path`` into a new workbook at ``new``, protected by the same password.

    Raises WorkbookError where nothing is readable, or ``new`` exists or cannot be written; Cancelled.
    """
    work = work or Work()
    real = path.resolve()
    with new_file(new) as temporary:
        with tempfile.TemporaryDirectory(prefix="old-", dir=temporary.parent) as scratch:
            table_shapes = _present_shapes()
            contents = _read_best(real, Path(scratch), table_shapes, password, work)
        work.step(0.7, "正在写入新工作簿")
        rows, doubts = merge(contents.tables, table_shapes, contents.history)
        doubts = proven(rows, doubts, table_shapes, contents.history)
        written, refused = write_salvaged(temporary, rows, contents.history, table_shapes, clock(), operator, password)
        work.step(0.9, "正在检查新工作簿")
        with Workbook.open(temporary, read_only=True, check=Check.FULL, password=password) as workbook:
            names = load_names(workbook)
    return _result(new, written, [*doubts, *refused], contents.history, names)


def _result(new: Path, written: Rows, doubts: list[Doubt], history: History, names: Names) -> Salvage:
    worst = list(Fate)
    ordered = sorted(doubts, key=lambda doubt: (worst.index(doubt.fate), repr(doubt.place)))
    lost = None if history.last_gap == float("inf") else max([0, *history.edits]) - history.unbroken
    return Salvage(new, len(written), tuple(_item(doubt, names) for doubt in ordered), history.unbroken, lost)


def _item(doubt: Doubt, names: Names) -> SalvageItem:
    table, key = doubt.place
    if doubt.row is not None:
        place = place_of(RowChange(0, table, key, None, None, doubt.row, doubt.row), names)
        year = doubt.row.get("year")
        place = f"{year} 年度 {place}" if year is not None else place
    else:
        place = " ".join(str(names.units.get(str(part), str(part))) for part in key)
    return SalvageItem(doubt.fate, table_title(table), place, doubt.what)


@lru_cache(maxsize=1)
def _present_shapes() -> Mapping[str, Shape]:
    from assessor.workbook.schema import migrate

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, "")
        return shapes(connection)


def _read_best(
    real: Path, scratch: Path, table_shapes: Mapping[str, Shape], password: str | None, work: Work
) -> _Contents:
    best: _Contents | None = None
    is_older = stated_version(real) not in (None, FORMAT_VERSION)  # and need not know the tables of today
    for number, (copy, is_grafted) in enumerate(_copies(real, scratch, password)):
        if is_grafted and best is not None and (best.knows_tables or (is_older and best.worth[1])):
            break
        work.step(min(0.1 + 0.1 * number, 0.6), "正在读出数据")
        contents = _read(copy, table_shapes, password)
        if contents is not None and (best is None or contents.worth > best.worth):
            best = contents
    if best is None or not best.worth[1]:
        raise WorkbookError("没有可以读出的数据", place=str(real), remedy="请改用备份；若有密码，请检查密码")
    return best


def _copies(real: Path, scratch: Path, password: str | None) -> Iterator[tuple[Path, bool]]:
    """Ways to read the file, the likeliest first, each on a copy of its own; and whether the definitions of another
    file were put into it."""
    try:
        content = real.read_bytes()
    except OSError as problem:
        raise WorkbookError(f"无法读取（{os_reason(problem)}）", place=str(real), remedy="请检查磁盘") from problem
    alone = scratch / "without-log.assess"
    password = password if is_protected_file(real) else None
    alone.write_bytes(padded(content) if password is None else readable_pages(content, password))
    if has_unsaved_log(real):
        both = scratch / "with-log.assess"
        shutil.copyfile(alone, both)
        shutil.copyfile(real.with_name(real.name + "-wal"), both.with_name(both.name + "-wal"))
        if not (is_good(alone, password) and _is_foreign(both, password)):
            yield both, False
    yield alone, False
    for number, donor in enumerate(_donors(real, scratch, password)):
        copy = scratch / f"grafted-{number}.assess"
        if write_grafted(copy, real, donor, password):
            yield copy, True


def _is_foreign(with_log: Path, password: str | None) -> bool:
    try:
        require_own_log(with_log, patience=PATIENCE, password=password)
    except WorkbookError:
        return True
    return False


def _donors(real: Path, scratch: Path, password: str | None) -> Iterator[Path]:
    """Of the same format, as far as that is known; last a new workbook, of the present one."""
    version = stated_version(real)
    backups = [backup.path for backup in list_backups(real) if backup.is_readable]
    yield from [path for path in backups if version is None or stated_version(path) == version][:_MOST_DONORS]
    from assessor.workbook.workbook import make_empty

    new = scratch / "new.assess"
    make_empty(new, local_now, password)
    yield new


def _read(copy: Path, table_shapes: Mapping[str, Shape], password: str | None) -> _Contents | None:
    try:
        with closing(connect_unchecked(copy, patience=PATIENCE, password=password)) as connection:
            connection.row_factory = None
            connection.text_factory = text_of
            connection.execute("PRAGMA writable_schema = ON")  # what other pages define is read where one is broken
            return _contents(connection, table_shapes)
    except (AssessorError, sqlite3.Error):  # another way of reading it may do better
        return None


def _contents(connection: sqlite3.Connection, table_shapes: Mapping[str, Shape]) -> _Contents:
    edits, changes = (read_table(connection, table_shapes[name]) for name in HISTORY_TABLES)
    history = history_of(edits, changes)
    recorded = history.recorded()
    tables = {
        name: read_table(connection, shape, [key for table, key in recorded if table == name])
        for name, shape in table_shapes.items()
        if name not in HISTORY_TABLES
    }
    return _Contents(tables, history, all(_is_defined(connection, shape) for shape in table_shapes.values()))


def _is_defined(connection: sqlite3.Connection, shape: Shape) -> bool:
    try:
        connection.execute(f'SELECT 1 FROM "{shape.table}" LIMIT 0')
    except sqlite3.Error:
        return False
    return True
