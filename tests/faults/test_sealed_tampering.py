"""A sealed year that was changed behind the program's back: opening refuses the file, and where it is looked at all the
same, verifying and checking name every value that is not as it was sealed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assessor.domain.seal import SealRecord
from assessor.errors import AssessorError, DamagedWorkbookError
from assessor.workbook.check import check_workbook
from assessor.workbook.integrity import Finding, FindingKind
from assessor.workbook.row_titles import column_title, table_title
from assessor.workbook.seal import seal_year
from assessor.workbook.seal_triggers import SHARED_TABLES, UNIT_COLUMNS, YEAR_TABLES
from assessor.workbook.seal_verify import Verdict, verify_digest
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.sealed import YEAR, ready_workbook

FLIPS = 120
SHARED = {**{item.table: item.columns for item in SHARED_TABLES}, "unit": UNIT_COLUMNS}
NAMED = {
    "unit_group": "code = 'member'",
    "section": "code = 'A1'",
    "task": "code = 'A1.1'",
    "target": "code = 'suzhi'",
    "unit": "code = 'kexie'",
}


class Sealed:
    """A sealed workbook as a file, to be copied."""

    def __init__(self, folder: Path) -> None:
        with ready_workbook(folder) as workbook:
            self.seal: SealRecord = seal_year(workbook, YEAR)
            self.path = workbook.path

    def copy(self, folder: Path) -> Path:
        return Path(shutil.copy(self.path, folder / "改过.assess"))


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return Sealed(tmp_path_factory.mktemp("sealed"))


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """Open to any change; the guards stand again afterwards, letter by letter."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("ignore_check_constraints = ON", "foreign_keys = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN")
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _name, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")


def columns_of(path: Path, table: str) -> list[tuple[str, str]]:
    """Name and type of every stored column that is not made of others."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    return [(name, kind) for name, kind in found if table not in SHARED or name in SHARED[table]]


def alter(connection: sqlite3.Connection, table: str, column: str, kind: str) -> None:
    """One value of one row."""
    where = NAMED.get(table, f"year = {YEAR}")
    value = f"coalesce({column}, 0) + 1000" if kind == "INTEGER" else "'7.77'"
    rowid = "rowid" if has_rowid(connection, table) else None
    one = f"rowid = (SELECT min(rowid) FROM {table} WHERE {where})" if rowid else first_of(connection, table, where)
    assert connection.execute(f"UPDATE {table} SET {column} = {value} WHERE {one}").rowcount == 1


def has_rowid(connection: sqlite3.Connection, table: str) -> bool:
    return not connection.execute("SELECT wr FROM pragma_table_list WHERE name = ?", (table,)).fetchone()[0]


def first_of(connection: sqlite3.Connection, table: str, where: str) -> str:
    keys = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0", (table,))]
    values = connection.execute(f"SELECT {', '.join(keys)} FROM {table} WHERE {where} LIMIT 1").fetchone()
    return " AND ".join(f"{key} = {value!r}" for key, value in zip(keys, values, strict=True))


def look(path: Path, digest: str) -> tuple[Verdict, tuple[Finding, ...]]:
    with Workbook.open(path, read_only=True, check=Check.NONE) as workbook:
        verdict = verify_digest(workbook, digest)
    return verdict, tuple(item for item in check_workbook(path).findings if item.kind is FindingKind.SEAL)


@pytest.mark.parametrize("table", [*YEAR_TABLES, *SHARED])
def test_every_altered_value_is_named(table: str, sealed: Sealed, tmp_path: Path) -> None:
    for column, kind in columns_of(sealed.path, table):
        path = sealed.copy(tmp_path)
        with unguarded(path) as connection:
            alter(connection, table, column, kind)
        verdict, findings = look(path, sealed.seal.digest)
        assert not verdict.is_good, column
        assert verdict.examination is not None
        named = [item for item in verdict.examination.rows if table_title(table) in item.place]
        is_key = any(item.field == "" for item in named)  # a row with another key went, and one came
        assert is_key or column_title(table, column) in {item.field for item in named}, (column, named)
        assert any(item.kind is FindingKind.SEAL and table_title(table) in item.place for item in findings), column
        with pytest.raises(DamagedWorkbookError):
            Workbook.open(path, read_only=True)


@pytest.mark.parametrize(
    ("table", "column"), [(item.table, item.columns[-1]) for item in SHARED_TABLES], ids=lambda value: str(value)
)
def test_a_row_that_another_program_replaced_is_named(table: str, column: str, sealed: Sealed, tmp_path: Path) -> None:
    """Without recursive triggers REPLACE deletes the old row without asking the guard of deletion."""
    path = sealed.copy(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        values = ", ".join("'替换'" if name == column and name != "stretch" else name for name in names)
        values = values.replace("stretch", "'99'")
        sql = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {NAMED[table]}"
        assert connection.execute(sql).rowcount == 1
    verdict, findings = look(path, sealed.seal.digest)
    assert not verdict.is_good
    assert verdict.examination is not None
    assert column_title(table, column) in {item.field for item in verdict.examination.rows}
    assert any(table_title(table) in item.place for item in findings)
    with pytest.raises(DamagedWorkbookError):
        Workbook.open(path, read_only=True)


@pytest.mark.parametrize("table", ["year", "mark", "unit", "seal"])
def test_a_row_of_the_year_its_units_and_its_seal_is_not_replaced(table: str, sealed: Sealed, tmp_path: Path) -> None:
    path = sealed.copy(tmp_path)
    where = NAMED.get(table, f"year = {YEAR}")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        names = ", ".join(row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))
        with pytest.raises(sqlite3.IntegrityError, match="seal"):
            connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE {where}")
    with Workbook.open(path, read_only=True):
        pass


@pytest.mark.parametrize(
    ("number", "sql"),
    [
        (2, "edit SELECT id, kind, label || '!', at, operator, reverses, state, digest FROM edit WHERE id = 2"),
        (
            1,
            "change SELECT edit, position, data_table, row_key, 1999, unit, before, after FROM change"
            " WHERE edit = 1 AND position = 0",
        ),
    ],
)
def test_history_that_another_program_replaced_is_named(number: int, sql: str, sealed: Sealed, tmp_path: Path) -> None:
    path = sealed.copy(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert connection.execute(f"INSERT OR REPLACE INTO {sql}").rowcount == 1
    findings = [item for item in check_workbook(path).findings if item.kind is FindingKind.HISTORY]
    assert [item.place.partition("次")[0] for item in findings] == [f"第 {number} "]
    with pytest.raises(DamagedWorkbookError):
        Workbook.open(path, read_only=True)


@pytest.mark.parametrize("table", [name for name in YEAR_TABLES if name != "year"])
def test_a_removed_row_is_named(table: str, sealed: Sealed, tmp_path: Path) -> None:
    path = sealed.copy(tmp_path)
    with unguarded(path) as connection:
        connection.execute(f"DELETE FROM {table} WHERE year = ?", (YEAR,))
    verdict, findings = look(path, sealed.seal.digest)
    assert verdict.examination is not None
    assert any(
        table_title(table) in item.place and (item.sealed, item.present) == ("有", "没有")
        for item in verdict.examination.rows
    )
    assert any(table_title(table) in item.place for item in findings)
    with pytest.raises(DamagedWorkbookError):
        Workbook.open(path, read_only=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("packed = replace(packed, 'e', 'f')", "留存的定稿全文"),
        ("packed = ''", "留存的定稿全文已损坏，无法读取；本年度现有内容仍与登记的校验码一致"),
        ("digest = replace(digest, substr(digest, 1, 1), '0')", "留存的定稿全文与登记的校验码不符"),
        ("engine_version = '9'", "登记的年度或计分程序版本与定稿全文不符"),
    ],
)
def test_an_altered_seal_is_named(change: str, said: str, sealed: Sealed, tmp_path: Path) -> None:
    path = sealed.copy(tmp_path)
    with unguarded(path) as connection:
        connection.execute(f"UPDATE seal SET {change}")
    verdict, findings = look(path, sealed.seal.digest)
    assert not verdict.is_good
    assert any(said in sentence for sentence in verdict.sentences)
    assert any(said in item.what and "2023 年度第 1 次定稿" in item.place for item in findings)
    with pytest.raises(DamagedWorkbookError):
        Workbook.open(path, read_only=True)


def test_a_seal_that_was_taken_away_is_missed(sealed: Sealed, tmp_path: Path) -> None:
    path = sealed.copy(tmp_path)
    with unguarded(path) as connection:
        connection.execute("DELETE FROM seal")
    _verdict, findings = look(path, sealed.seal.digest)
    assert [(item.what, item.place) for item in findings] == [("阶段为定稿，却没有定稿记录", "2023 年度")]


def test_a_flipped_bit_in_any_sealed_text_is_never_accepted(sealed: Sealed, tmp_path: Path) -> None:
    """In the tables and in the history, wherever the texts of the year lie."""
    whole = sealed.path.read_bytes()
    places = sorted(places_of(whole, sealed_texts(sealed.path)))
    chance = random.Random(20241128)
    for place in chance.sample(places, FLIPS):
        path = tmp_path / "翻转.assess"
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        with pytest.raises(AssessorError):
            Workbook.open(path, read_only=True)


def sealed_texts(path: Path) -> set[bytes]:
    """Without those that are also words of the file's definitions, such as ``unit``."""
    with closing(sqlite3.connect(path)) as connection:
        defined = "\n".join(str(row) for row in connection.execute("SELECT name, sql FROM sqlite_master"))
        return {
            value.encode()
            for table in YEAR_TABLES
            for row in connection.execute(f"SELECT * FROM {table} WHERE year = ?", (YEAR,))
            for value in row
            if isinstance(value, str) and len(value) > 1 and value not in defined
        }


def places_of(whole: bytes, texts: set[bytes]) -> set[int]:
    found: set[int] = set()
    for text in texts:
        start = whole.find(text)
        while start >= 0:
            found.update(range(start, start + len(text)))
            start = whole.find(text, start + 1)
    return found
