"""Locks against real processes: alive, killed, stopped."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from assessor.workbook.lock import Holder, LockHeldError, WorkbookLock, lock_place, read_holder

AT = "2024-11-28T09:30:00+08:00"
HOLD = """
import sys
from pathlib import Path
from assessor.workbook.lock import LockHeldError, WorkbookLock
try:
    lock = WorkbookLock.acquire(Path(sys.argv[1]), operator="李四", at="2024-11-28T10:00:00+08:00")
except LockHeldError:
    print("refused", flush=True)
    sys.exit()
print("left" if lock.was_left_behind else "held", flush=True)
sys.stdin.readline()
lock.release()
"""

Start = Callable[[], Popen[str]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "考核.assess"
    path.write_bytes(b"")
    return path


@pytest.fixture
def start(book: Path) -> Iterator[Start]:
    """Starts a process that asks for the lock, says what it got and holds it until it may read a line."""
    children: list[Popen[str]] = []

    def run() -> Popen[str]:
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONIOENCODING": "utf-8"}
        child = Popen(
            [sys.executable, "-c", HOLD, str(book)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        children.append(child)
        return child

    yield run
    for child in children:
        child.kill()
        child.communicate()


def answer(child: Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def acquire(path: Path, operator: str = "张三") -> WorkbookLock:
    return WorkbookLock.acquire(path, operator=operator, at=AT)


def test_a_lock_says_who_holds_it_and_vanishes_when_released(book: Path) -> None:
    lock = acquire(book)
    assert lock.place == book.with_name(".考核.assess.lock")
    assert lock.is_enforced
    assert not lock.was_left_behind
    assert read_holder(book) == Holder("张三", lock.holder.host, os.getpid(), AT)

    lock.release()
    lock.release()
    assert list(book.parent.iterdir()) == [book]
    assert read_holder(book) is None


def test_the_same_process_is_refused_too(book: Path) -> None:
    first = acquire(book)
    with pytest.raises(LockHeldError) as refused:
        acquire(book, "李四")
    assert refused.value.holder == first.holder
    first.release()
    acquire(book, "李四").release()


def test_a_link_to_the_workbook_has_the_same_lock(book: Path) -> None:
    link = book.with_name("别名.assess")
    link.symlink_to(book)
    first = acquire(book)
    with pytest.raises(LockHeldError):
        acquire(link)
    first.release()


def test_another_process_is_refused_and_named(book: Path, start: Start) -> None:
    child = start()
    assert answer(child) == "held"
    with pytest.raises(LockHeldError) as refused:
        acquire(book)
    holder = refused.value.holder
    assert holder is not None
    assert (holder.operator, holder.process) == ("李四", child.pid)

    child.communicate("\n")
    lock = acquire(book)
    assert not lock.was_left_behind
    lock.release()


def test_a_killed_process_blocks_nobody_but_is_noticed(book: Path, start: Start) -> None:
    child = start()
    assert answer(child) == "held"
    child.send_signal(signal.SIGKILL)
    child.wait()

    lock = acquire(book)
    assert lock.was_left_behind
    assert read_holder(book) == lock.holder
    lock.release()
    again = acquire(book)
    assert not again.was_left_behind
    again.release()


def test_a_stopped_process_still_holds_its_lock(book: Path, start: Start) -> None:
    child = start()
    assert answer(child) == "held"
    child.send_signal(signal.SIGSTOP)
    with pytest.raises(LockHeldError):
        acquire(book)


def test_of_many_processes_one_gets_it(start: Start) -> None:
    children = [start() for _ in range(4)]
    answers = [answer(child) for child in children]
    assert sorted(answers) == ["held", "refused", "refused", "refused"]


def test_a_file_removed_under_its_holder_keeps_nobody_out_nor_is_it_taken_for_the_lock(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening and locking, the holder removes the file: the lock then got is of a file without name."""
    first = acquire(book)
    real_open = os.open
    released = []

    def open_then_lose(path: Path, *arguments: int) -> int:
        handle = real_open(path, *arguments)
        if path == lock_place(book) and not released:
            released.append(first)
            first.release()
        return handle

    monkeypatch.setattr(os, "open", open_then_lose)
    second = acquire(book, "李四")
    assert released
    assert read_holder(book) == second.holder
    with pytest.raises(LockHeldError):
        acquire(book, "王五")
    second.release()


def test_the_holder_can_be_renamed(book: Path) -> None:
    lock = acquire(book, "操作员甲乙丙丁")
    lock.rename_holder("王五")
    holder = read_holder(book)
    assert holder is not None
    assert (holder.operator, holder.since) == ("王五", AT)
    lock.release()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"operator": 1}', b"\xff\xfe", b"x" * 10_000])
def test_whatever_the_file_holds_the_lock_decides(book: Path, content: bytes) -> None:
    lock_place(book).write_bytes(content)
    lock = acquire(book)
    assert lock.was_left_behind == bool(content)
    assert json.loads(lock_place(book).read_text("utf-8"))["operator"] == "张三"

    lock_place(book).write_bytes(content)
    with pytest.raises(LockHeldError) as refused:
        acquire(book)
    assert refused.value.holder is None
    lock.release()


def test_the_file_can_be_written_by_whoever_can_write_the_workbook(book: Path) -> None:
    book.chmod(0o666)
    lock = acquire(book)
    assert lock.place.stat().st_mode & 0o777 == 0o666
    lock.release()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda place: place.symlink_to(place.with_name("别处"))])
def test_what_is_no_file_is_refused_at_once(book: Path, make: Callable[[Path], None]) -> None:
    make(lock_place(book))
    with pytest.raises(OSError):
        acquire(book)
    assert not book.with_name("别处").exists()


def test_a_file_system_without_locks_is_said(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import fcntl

    def refuse(_handle: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    lock = acquire(book)
    assert not lock.is_enforced
    lock.release()


def test_a_full_disk_keeps_nobody_from_the_lock(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def refuse(_handle: int, _text: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", refuse)
    lock = acquire(book)
    with pytest.raises(LockHeldError) as refused:
        acquire(book)
    assert refused.value.holder is None
    lock.release()
