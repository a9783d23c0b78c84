"""Two real programs on one workbook: one writes, the other reads; a dead one blocks nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import Check, Workbook
from tests.workbook.builders import small_workbook

ROOT = Path(__file__).parents[2]

_WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from assessor.workbook.settings import load_settings, save_settings
from assessor.workbook.workbook import Workbook

path = Path(sys.argv[1])
with Workbook.open(path, operator="李四") as workbook:
    print("open", flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word == "read beside":
            with Workbook.open(path, read_only=True) as reader:
                load_settings(reader)
        else:
            with workbook.edit("改标题") as edit:
                save_settings(edit, replace(load_settings(edit), title=word))
        print("done", flush=True)
"""


class Writer:
    """Another program that has the workbook open for writing."""

    def __init__(self, path: Path) -> None:
        environment = os.environ | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._answer() == "open"

    def tell(self, word: str) -> None:
        """Returns when it is done: a title to write, or ``read beside``."""
        assert self.process.stdin is not None
        print(word, file=self.process.stdin, flush=True)
        assert self._answer() == "done"

    def end(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


@contextmanager
def writer(path: Path) -> Iterator[Writer]:
    running = Writer(path)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.kill()


def title(workbook: Workbook) -> str:
    return load_settings(workbook).title


def set_title(workbook: Workbook, text: str) -> None:
    with workbook.edit("改标题") as edit:
        save_settings(edit, replace(load_settings(edit), title=text))


def test_who_comes_second_reads_and_is_told_by_whom_it_is_open(path: Path) -> None:
    with writer(path) as first:
        first.tell("甲")
        with Workbook.open(path) as second:
            assert second.read_only
            assert "李四" in second.read_only_reason
            assert title(second) == "甲"
            first.tell("乙")
            assert title(second) == "乙", "fresh data without opening anew"
            with pytest.raises(WorkbookError, match="李四") as refusal, second.edit("改标题"):
                pass
            assert refusal.value.place == str(path)
            assert refusal.value.remedy
            first.tell("丙")
        first.tell("丁")
        first.end()
    with Workbook.open(path) as third:
        assert not third.read_only
        assert not third.was_unclean
        assert title(third) == "丁"
        set_title(third, "戊")


def test_after_the_writer_was_killed_the_next_writes_and_has_checked_all(path: Path) -> None:
    with writer(path) as first:
        first.tell("甲")
        first.kill()
    with Workbook.open(path) as second:
        assert not second.read_only
        assert second.was_unclean
        assert title(second) == "甲"
        set_title(second, "乙")
    with Workbook.open(path) as third:
        assert not third.was_unclean
        assert title(third) == "乙"


def test_a_reader_that_stays_open_sees_the_dead_writers_data_and_blocks_nobody(path: Path) -> None:
    with writer(path) as first:
        first.tell("甲")
        with Workbook.open(path) as reader:
            first.kill()
            assert title(reader) == "甲"
            with Workbook.open(path) as second:
                assert second.was_unclean
                set_title(second, "乙")
            assert title(reader) == "乙"
            assert reader.read_only, "it was opened so, and stays so"


def test_readers_within_the_writers_program_take_no_lock_of_it_away(path: Path) -> None:
    """POSIX drops all of a program's locks on a file when it closes any handle of it; another program that closes
    then must not take the log away from under the writer."""
    with writer(path) as first:
        first.tell("甲")
        first.tell("read beside")
        with Workbook.open(path) as second:
            assert title(second) == "甲"
        first.tell("乙")
        with Workbook.open(path) as third:
            assert title(third) == "乙"
        first.kill()
    with Workbook.open(path, check=Check.FULL) as after:
        assert title(after) == "乙"
