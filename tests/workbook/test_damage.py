"""A damaged workbook is refused in words: no crash, and no answer out of what does not fit together."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assessor.domain.year_view import YearView
from assessor.errors import AssessorError, DamagedWorkbookError, WorkbookError
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import list_years
from tests.workbook.builders import small_workbook

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


def load(path: Path, year: int = 2023) -> YearView:
    with Workbook.open(path, read_only=True) as workbook:
        list_years(workbook)
        return load_view(workbook, year)


def damage(path: Path, *statements: str) -> None:
    """What no edit could do, and a broken disk or another program might."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA ignore_check_constraints = ON", "PRAGMA writable_schema = ON", *statements):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE year SET deadline = '2023-13-45'", "数据内容与最后一次修改留下的不一致"),
        ("UPDATE year SET starts = 'x', ends = 'y'", "数据内容与最后一次修改留下的不一致"),
        ("UPDATE target SET base = '1.2.3'", "数据内容与最后一次修改留下的不一致"),
        ("UPDATE indicator SET rule = '7'", "数据内容与最后一次修改留下的不一致"),
        ("UPDATE indicator SET rule = '{'", "数据内容与最后一次修改留下的不一致"),
        ("UPDATE scheme SET tie_break = '0'", "数据内容与最后一次修改留下的不一致"),
        ("UPDATE year SET stage = 'done'", "内部检查未通过"),
        ("UPDATE task SET title = CAST(x'e5b8ff' AS TEXT)", "已损坏"),
        ("UPDATE unit SET successor = 'nowhere' WHERE code = 'xiangcun'", "对应关系检查未通过"),
        ("DELETE FROM unit_group WHERE code = 'county'", "对应关系检查未通过"),
        ("DROP TABLE event", "缺少"),
        ("UPDATE sqlite_schema SET sql = replace(sql, 'stage TEXT', 'stagf TEXT') WHERE name = 'year'", "已损坏"),
    ],
)
def test_contents_that_no_edit_has_written_are_refused(path: Path, statement: str, what: str) -> None:
    damage(path, statement)
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match=what) as refusal:
        load(path)
    assert refusal.value.place == str(path)
    assert "备份" in refusal.value.remedy
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_code_that_changed_in_one_of_its_places_is_noticed(path: Path) -> None:
    """Tables, indexes and references repeat it: the places no longer agree."""
    sound = path.read_bytes()
    places = [found.start() for found in re.finditer(b"kexie", sound)]
    assert len(places) > 10
    for place in places:
        path.write_bytes(sound[:place] + b"kexif" + sound[place + 5 :])
        with pytest.raises(DamagedWorkbookError):
            load(path)


def one_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def a_byte_of_the_header(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(16, 100)] = chance.randrange(256)


def a_page_of_zeros(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) // PAGE) * PAGE
    content[at : at + PAGE] = bytes(PAGE)


def two_pages_swapped(content: bytearray, chance: random.Random) -> None:
    one, other = (at * PAGE for at in chance.sample(range(1, len(content) // PAGE), 2))
    content[one : one + PAGE], content[other : other + PAGE] = content[other : other + PAGE], content[one : one + PAGE]


def a_stretch_of_noise(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) - 500)
    content[at : at + 500] = chance.randbytes(500)


def an_end_that_is_missing(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


@pytest.mark.parametrize(
    "mutate",
    [one_bit, a_byte_of_the_header, a_page_of_zeros, two_pages_swapped, a_stretch_of_noise, an_end_that_is_missing],
)
def test_random_damage_ends_in_words(tmp_path: Path, mutate: Callable[[bytearray, random.Random], None]) -> None:
    sound = SAMPLE_WORKBOOK.read_bytes()
    path = tmp_path / "坏.assess"
    for content in mutated(sound, mutate, times=25):
        path.write_bytes(content)
        try:
            load(path, 2024)
        except AssessorError as refusal:
            assert refusal.what
            assert refusal.remedy
        assert path.read_bytes() == content
        assert list(tmp_path.iterdir()) == [path]


def mutated(sound: bytes, mutate: Callable[[bytearray, random.Random], None], times: int) -> Iterator[bytes]:
    for seed in range(times):
        content = bytearray(sound)
        mutate(content, random.Random(seed))
        yield bytes(content)
