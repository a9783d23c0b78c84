"""Setting, changing and removing a password on a bad day: a full disk, files in the way, a program that is killed."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.errors import AssessorError, OutputError
from assessor.workbook.conversion_log import backup_workshop, workshop
from assessor.workbook.password import change_password, remove_password, set_password
from assessor.workbook.workbook import Check, Workbook
from tests.faults.test_full_disk import full_disk
from tests.workbook.builders import clock
from tests.workbook.test_password import require_sound
from tests.workbook.with_backups import plain_texts, put_protected, workbook_with_backups

if os.name != "posix":
    pytest.skip("forking and limits on files are of POSIX systems only", allow_module_level=True)

FIRST, SECOND = "第一个密码2024", "another one"
NAMES = ["考核.assess", "考核.backups", "考核.evidence"]
_ROOM = 60_000
"""Bytes: less than a workbook has, more than what opening one takes beside it."""
_STEPS = {"os.rename", "os.remove", "os.rmdir"}
"""Audit events of what is still to be done after the swap."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook_with_backups(tmp_path)


def protect(path: Path) -> None:
    set_password(path, FIRST, clock=clock)


def change(path: Path) -> None:
    change_password(path, FIRST, SECOND, clock=clock)


def expose(path: Path) -> None:
    remove_password(path, FIRST, clock=clock)


@pytest.mark.parametrize("step", [protect, change, expose])
def test_a_full_disk_leaves_all_as_it_was(path: Path, step: Callable[[Path], None]) -> None:
    if step is not protect:
        put_protected(path, FIRST)
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    with full_disk(_ROOM), pytest.raises(AssessorError) as refusal:
        step(path)
    assert refusal.value.place.startswith(str(path.with_suffix("")))
    assert ".converting" not in refusal.value.place
    assert refusal.value.remedy
    del before[path]  # its journal may be another one now
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file() and file != path} == before
    assert sorted(item.name for item in path.parent.iterdir()) == NAMES
    require_sound(path, None if step is protect else FIRST)
    step(path)
    require_sound(path, {protect: FIRST, change: SECOND}.get(step))


def test_a_folder_of_backups_that_cannot_be_written_is_named(path: Path) -> None:
    blocking = backup_workshop(path.with_suffix(".backups"))
    blocking.write_bytes(b"")
    with pytest.raises(OutputError) as refusal:
        protect(path)
    assert refusal.value.place.startswith(str(path.with_suffix(".backups")))
    require_sound(path, None)
    blocking.unlink()
    protect(path)


def test_what_an_earlier_conversion_left_is_named_where_it_cannot_be_put_away(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop(path).mkdir()
    monkeypatch.setattr("assessor.workbook.conversion_log.remove_tree", _refuse)
    with pytest.raises(OutputError, match="没有收拾完") as refusal:
        protect(path)
    assert refusal.value.place == str(workshop(path))
    monkeypatch.undo()
    protect(path)
    require_sound(path, FIRST)


def test_what_killed_programs_left_plainly_goes_too(path: Path) -> None:
    content = path.read_bytes()
    for scratch in (path.parent / ".restore-a" / path.name, path.with_suffix(".backups") / ".backup-b" / "new.assess"):
        scratch.parent.mkdir()
        scratch.write_bytes(content)
    other = path.parent / ".restore-c" / "另一个.assess"
    other.parent.mkdir()
    other.write_bytes(b"")
    protect(path)
    assert list(plain_texts(path.parent)) == []
    assert other.exists()


@pytest.mark.parametrize("later", [0, 1, 2, 4, 6])
def test_killed_around_the_swap_the_next_start_needs_no_help(path: Path, later: int) -> None:
    """Which random kills seldom hit."""
    assert _killed(lambda: protect(path), path, later) == -signal.SIGKILL
    is_protected = not path.read_bytes().startswith(b"SQLite format 3")
    assert is_protected == bool(later)
    assert workshop(path).exists()
    password = FIRST if is_protected else None
    with Workbook.open(path, password=password, check=Check.FULL) as workbook:
        assert not workbook.read_only
    require_sound(path, password)
    assert not is_protected or list(plain_texts(path.parent)) == []
    assert sorted(item.name for item in path.parent.iterdir()) == NAMES
    assert not backup_workshop(path.with_suffix(".backups")).exists()


def _killed(work: Callable[[], None], path: Path, later: int) -> int:
    """How a child ended that was killed when the workbook was to be swapped, or so many steps later."""
    child = os.fork()
    if child == 0:
        steps = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal steps
            if event in _STEPS and (steps or str(path) in map(str, arguments[1:])):
                steps += 1
                if steps == later + 1:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work()
        except BaseException:
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _refuse(folder: Path) -> None:
    raise PermissionError(13, "denied", str(folder))
