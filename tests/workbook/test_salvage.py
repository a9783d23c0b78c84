"""Salvage: what is readable comes into a new workbook, the history fills in, and what is missing is named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.work import Cancelled, Work
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_names import Reason
from assessor.workbook.history import EditKind, last_edit
from assessor.workbook.salvage import Salvage, salvage
from assessor.workbook.salvage_merging import Fate
from assessor.workbook.settings import Settings, load_settings, save_settings
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import clock, small_workbook
from tests.workbook.test_backup import change

PAGE = 4096
Rows = frozenset[tuple[object, ...]]


@dataclass(frozen=True)
class Original:
    path: Path
    content: bytes
    rows: Rows
    pages: dict[str, list[int]]
    """Leaf and inner pages by table or index."""

    def break_pages(self, numbers: Iterable[int], fill: Callable[[int], bytes] = lambda _: bytes(PAGE)) -> None:
        broken = bytearray(self.content)
        for number in numbers:
            broken[(number - 1) * PAGE : number * PAGE] = fill(number)
        self.path.write_bytes(bytes(broken))

    @property
    def new(self) -> Path:
        return self.path.with_name("新.assess")

    def salvaged(self) -> Salvage:
        before = self.path.read_bytes()
        self.new.unlink(missing_ok=True)
        result = salvage(self.path, self.new, clock=clock, operator="李四")
        assert self.path.read_bytes() == before
        return result


def data_of(path: Path) -> Rows:
    """Every row of every data table."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name NOT IN ('edit', 'change', '_sqlite_migrations')"
        ).fetchall()
        return frozenset((name, *row) for (name,) in names for row in connection.execute(f'SELECT * FROM "{name}"'))


@pytest.fixture
def original(tmp_path: Path) -> Original:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    for number in range(3):
        change(path, f"标题{number}")
    pages: dict[str, list[int]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for name, root in connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"):
            pages[name] = [root]
    return Original(path, path.read_bytes(), data_of(path), pages)


def test_a_table_that_is_lost_is_filled_in_from_the_history(original: Original) -> None:
    original.break_pages(original.pages["task"])
    result = original.salvaged()
    assert data_of(original.new) == original.rows
    assert result.is_complete
    assert {item.fate for item in result.items} == {Fate.FROM_HISTORY}
    assert all(item.table == "任务" and "培训农民" in item.place for item in result.items[:1])
    with Workbook.open(original.new, check=Check.FULL) as workbook:
        head = last_edit(workbook)
        assert head is not None
        assert (head.kind, head.operator, head.number) == (EditKind.SALVAGE, "李四", result.edits + 1)


def test_a_history_that_is_lost_is_replaced_by_the_tables(original: Original) -> None:
    original.break_pages([*original.pages["change"], *original.pages["edit"]])
    result = original.salvaged()
    assert data_of(original.new) == original.rows
    assert result.edits == 0
    with Workbook.open(original.new, check=Check.FULL) as workbook:
        assert load_settings(workbook).title == "标题2"


def test_a_sound_file_is_taken_over_with_its_history(original: Original) -> None:
    result = original.salvaged()
    assert result.items == ()
    assert result.is_complete
    assert result.edits_lost == 0
    assert data_of(original.new) == original.rows


@pytest.mark.parametrize("seed", range(2))
def test_every_single_page_can_be_lost(original: Original, seed: int) -> None:
    """Of a small workbook, history and tables bear each other out."""
    for number in range(1 + seed, len(original.content) // PAGE + 1, 4):
        original.break_pages([number], lambda page: random.Random(page).randbytes(PAGE) if seed else bytes(PAGE))
        assert original.salvaged().is_complete, number
        assert data_of(original.new) == original.rows, number


def test_lost_definitions_are_those_of_a_backup(original: Original) -> None:
    assert backup_workbook(original.path, Reason.MANUAL)
    original.path.write_bytes(b"\0" * PAGE + original.content[PAGE:])
    assert original.salvaged().is_complete
    assert data_of(original.new) == original.rows


def test_a_stale_log_is_set_aside(original: Original, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(original.path, other / "考核.assess")
    with Workbook.open(other / "考核.assess") as workbook:
        for number in range(20):
            with workbook.edit("改") as edit:
                save_settings(edit, Settings(f"别的{number}" * 50))
        shutil.copyfile(other / "考核.assess-wal", original.path.with_name("考核.assess-wal"))
    change_in_place(original)
    log = original.path.with_name("考核.assess-wal").read_bytes()
    result = original.salvaged()
    assert result.is_complete
    assert load_title(original.new) == "真的"
    assert original.path.with_name("考核.assess-wal").read_bytes() == log


def change_in_place(original: Original) -> None:
    """Makes the file go on without the log that lies beside it."""
    log = original.path.with_name("考核.assess-wal")
    aside = log.rename(log.with_name("aside"))
    for number in range(30):
        change(original.path, f"真{number}" * 40)
    change(original.path, "真的")
    aside.rename(log)


def load_title(path: Path) -> str:
    with Workbook.open(path, read_only=True) as workbook:
        return load_settings(workbook).title


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_where_a_table_and_the_history_differ_the_history_is_believed(original: Original) -> None:
    tamper(
        original.path,
        "UPDATE unit SET short_name = '假名' WHERE code = 'kexie'",
        "DELETE FROM unit_alias WHERE alias = '科协'",
        "INSERT INTO unit_group VALUES ('fake', 9, '假组')",
    )
    result = original.salvaged()
    assert data_of(original.new) == original.rows
    said = {item.fate: str(item) for item in result.items}
    assert set(said) == {Fate.CORRECTED, Fate.FROM_HISTORY}
    assert "假名" in "".join(str(item) for item in result.items)
    assert "市科协" in "".join(str(item) for item in result.items)


def test_what_refers_to_nothing_is_left_out_and_named(original: Original) -> None:
    """Without a history, a group that is gone takes its units along, and all that hangs on them."""
    original.break_pages([*original.pages["change"], *original.pages["edit"], *original.pages["unit_group"]])
    result = original.salvaged()
    assert not result.is_complete
    kept = data_of(original.new)
    assert kept < original.rows
    fates = {item.fate for item in result.items}
    assert Fate.REFERENCE in fates and Fate.MISSING in fates
    assert any(item.table == "考核组别" and item.fate is Fate.MISSING for item in result.items)
    with Workbook.open(original.new, check=Check.FULL):
        pass


@pytest.mark.parametrize("size", [0.1, 0.5, 0.9])
def test_of_a_file_cut_short_the_beginning_is_read(original: Original, size: float) -> None:
    original.path.write_bytes(original.content[: int(len(original.content) * size)])
    try:
        result = original.salvaged()
    except WorkbookError as problem:
        assert problem.place == str(original.path)
        assert size == 0.1
    else:
        assert data_of(original.new) <= original.rows
        assert result.is_complete == (data_of(original.new) == original.rows)


@pytest.mark.parametrize("content", [b"", b"text" * 3000, b"\0" * PAGE * 20])
def test_where_nothing_is_readable_nothing_is_made(original: Original, content: bytes) -> None:
    original.path.write_bytes(content)
    with pytest.raises(WorkbookError, match="没有可以读出的数据"):
        original.salvaged()
    assert not original.new.exists()


def test_nothing_is_written_over_and_nothing_stays_of_a_cancelled_one(original: Original) -> None:
    with pytest.raises(WorkbookError, match="已经存在"):
        salvage(original.path, original.path)
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        salvage(original.path, original.new, work=work)
    assert sorted(item.name for item in original.path.parent.iterdir()) == ["考核.assess"]
