"""A file that broke anywhere: opening says so or gives the true data, never a traceback, never a silent lie; the good
backups stay as they are, and what is readable is given back."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.backup import backup_workbook
from assessor.workbook.backup_list import list_backups, newest_good_backup
from assessor.workbook.backup_names import Reason
from assessor.workbook.check import check_workbook
from assessor.workbook.diagnosis import diagnose
from assessor.workbook.restore import restore
from assessor.workbook.salvage import salvage
from assessor.workbook.settings import Settings, save_settings
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import small_workbook

PAGE = 4096


@dataclass(frozen=True)
class Office:
    """A workbook with its backup, and an older copy of its file."""

    path: Path
    content: bytes
    older: bytes
    dump: list[str]
    backup: Path
    backed_up: bytes

    @property
    def pages(self) -> range:
        return range(1, len(self.content) // PAGE + 1)

    def write(self, content: bytes) -> None:
        self.path.write_bytes(content)

    def with_page(self, number: int, page: bytes) -> bytes:
        return self.content[: (number - 1) * PAGE] + page + self.content[number * PAGE :]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    retitle(path, "以前")
    older = path.read_bytes()
    retitle(path, "后来", "现在")
    made = backup_workbook(path, Reason.MANUAL)
    assert made is not None
    return Office(path, path.read_bytes(), older, dump(path), made.path, made.path.read_bytes())


def retitle(path: Path, *titles: str) -> None:
    with Workbook.open(path) as workbook:
        for title in titles:
            with workbook.edit("改标题") as edit:
                save_settings(edit, Settings(title))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def is_refused(office: Office, check: Check = Check.QUICK) -> bool:
    """Whether opening says in words that the file is damaged; if not, its data must be the true ones."""
    before = office.path.read_bytes()
    try:
        with Workbook.open(office.path, read_only=True, check=check):
            assert dump(office.path) == office.dump
            return False
    except WorkbookError as problem:
        assert problem.place == str(office.path)
        assert problem.remedy
        assert office.path.read_bytes() == before
        return True


def assert_recoverable(office: Office) -> None:
    """The damaged file is not backed up, the backup is as good as it was and offered, and takes the file's place."""
    with pytest.raises(WorkbookError):
        backup_workbook(office.path, Reason.IMPORT)
    assert [backup.path for backup in list_backups(office.path)] == [office.backup]
    assert office.backup.read_bytes() == office.backed_up
    newest = newest_good_backup(office.path)
    assert newest is not None
    assert newest.path == office.backup


FILLS: dict[str, Callable[[Office, int], bytes]] = {
    "zeros": lambda _office, _number: bytes(PAGE),
    "chance": lambda _office, number: random.Random(number).randbytes(PAGE),
    "older": lambda office, number: office.older[(number - 1) * PAGE : number * PAGE] or bytes(PAGE),
    "one bit": lambda office, number: _flipped(office.content[(number - 1) * PAGE : number * PAGE], number),
}


def _flipped(page: bytes, seed: int) -> bytes:
    place = random.Random(seed).randrange(8 * PAGE)
    return page[: place // 8] + bytes([page[place // 8] ^ (1 << place % 8)]) + page[place // 8 + 1 :]


@pytest.mark.parametrize("fill", FILLS)
def test_one_page_overwritten_anywhere(office: Office, fill: str) -> None:
    refused = []
    for number in office.pages:
        broken = office.with_page(number, FILLS[fill](office, number))
        if broken == office.content:
            continue
        office.write(broken)
        if is_refused(office):
            refused.append(number)
            if number % 16 == 2:
                assert_recoverable(office)
    assert len(refused) >= (3 if fill in ("older", "one bit") else 0.8 * len(office.pages))


@pytest.mark.parametrize("seed", range(4))
def test_pages_overwritten_are_salvaged(office: Office, seed: int) -> None:
    """One page at a time loses nothing; what several lose is named, and nothing false is given back."""
    chance = random.Random(seed)
    new = office.path.with_name("新.assess")
    for count in (1, 1, 6):
        broken = office.content
        for number in chance.sample(office.pages, count):
            broken = broken[: (number - 1) * PAGE] + bytes(PAGE) + broken[number * PAGE :]
        office.write(broken)
        result = salvage(office.path, new)
        rescued = {line for line in dump(new) if line.startswith("INSERT") and not _is_history(line)}
        true = {line for line in office.dump if not _is_history(line)}
        assert rescued <= true
        assert count > 1 or rescued == {line for line in true if line.startswith("INSERT")}
        assert result.is_complete or result.items
        assert check_workbook(new).findings == ()
        new.unlink()


def _is_history(line: str) -> bool:
    return line.startswith(('INSERT INTO "edit"', 'INSERT INTO "change"', 'INSERT INTO "_sqlite'))


def test_the_end_is_missing(office: Office) -> None:
    for size in [*range(1, 200, 40), *range(PAGE, len(office.content), 7 * PAGE), len(office.content) - 1]:
        office.write(office.content[:size])
        assert is_refused(office), size
    assert_recoverable(office)


@pytest.mark.parametrize("content", [b"", "这是一段文字".encode() * 999, b"PK\3\4" * 999, b"\0" * 5 * PAGE])
def test_what_is_no_workbook_is_not_made_one(office: Office, content: bytes) -> None:
    office.write(content)
    assert is_refused(office)
    assert diagnose(office.path).backup is not None
    assert_recoverable(office)
    restore(office.path, office.backup)
    assert not [
        line
        for line in office.dump
        if line.startswith("INSERT") and not _is_history(line) and line not in dump(office.path)
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER spy AFTER UPDATE ON settings BEGIN DELETE FROM mark; END",
        "CREATE VIEW spy AS SELECT * FROM unit",
        "CREATE TABLE spy (text)",
        "CREATE INDEX spy ON unit (name)",
        "DROP INDEX change_by_row",
        "DROP TRIGGER edit_never_updates",
    ],
)
def test_what_others_define_in_the_file_is_refused(office: Office, statement: str) -> None:
    with closing(sqlite3.connect(office.path)) as connection:
        connection.execute(statement)
    assert is_refused(office)
    assert_recoverable(office)
    new = office.path.with_name("新.assess")
    assert salvage(office.path, new).is_complete
    assert check_workbook(new).findings == ()


def _log_of(path: Path, edits: int) -> bytes:
    """The log as it lies beside an open workbook after so many edits."""
    with Workbook.open(path) as workbook:
        for number in range(edits):
            with workbook.edit("改标题") as edit:
                save_settings(edit, Settings(f"日志{number}"))
        return path.with_name(path.name + "-wal").read_bytes()


@pytest.mark.parametrize("edits", [1, 30])
@pytest.mark.parametrize("origin", ["another workbook", "older copy", "sibling copy"])
def test_a_stale_log_of_another_copy(office: Office, tmp_path: Path, origin: str, edits: int) -> None:
    folder = tmp_path / "别处"
    folder.mkdir()
    other = folder / "考核.assess"
    if origin == "another workbook":
        small_workbook(folder, years=(2022, 2024)).close()
    else:
        other.write_bytes(office.older if origin == "older copy" else office.content)
    log = _log_of(other, edits)
    if origin == "sibling copy":
        retitle(office.path, *(f"本文件{number}" for number in range(5)))
    true = dump(office.path)
    content = office.path.read_bytes()
    beside = office.path.with_name("考核.assess-wal")
    beside.write_bytes(log)
    sound = Office(office.path, content, office.older, true, office.backup, office.backed_up)
    assert is_refused(sound)
    assert beside.read_bytes() == log
    assert_recoverable(sound)
    new = office.path.with_name("新.assess")
    assert salvage(office.path, new).is_complete
    assert {line for line in dump(new) if not _is_history(line)} == {line for line in true if not _is_history(line)}


def test_the_log_of_a_killed_program_is_its_own(office: Office, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    with Workbook.open(office.path) as workbook:
        with workbook.edit("改标题") as edit:
            save_settings(edit, Settings("最后"))
        shutil.copyfile(office.path, aside)
        shutil.copyfile(f"{office.path}-wal", f"{aside}-wal")
    true = dump(office.path)
    shutil.copyfile(aside, office.path)
    shutil.copyfile(f"{aside}-wal", f"{office.path}-wal")
    assert not is_refused(Office(office.path, aside.read_bytes(), b"", true, office.backup, b""))
