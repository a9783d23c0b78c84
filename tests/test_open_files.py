from __future__ import annotations

import os
from pathlib import Path

import pytest

from assessor.open_files import is_open, note_closed, note_opened, read_start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere locks do not hang on handles")


def handles_on(path: Path) -> int:
    links = Path("/proc/self/fd")
    return sum(1 for link in links.iterdir() if link.is_symlink() and link.readlink() == path)


def test_a_file_that_is_open_keeps_the_handle_it_was_read_by(tmp_path: Path) -> None:
    path = tmp_path / "文件"
    path.write_bytes(b"abcdef")
    first, second = note_opened(path), note_opened(path)
    assert (read_start(path, 3), read_start(path, 9)) == (b"abc", b"abcdef")
    assert (is_open(path), handles_on(path)) == (True, 1)
    note_closed(first)
    assert handles_on(path) == 1
    note_closed(second)
    assert (is_open(path), handles_on(path)) == (False, 0)


def test_a_file_that_is_not_open_is_read_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "文件"
    path.write_bytes(b"abc")
    assert read_start(path, 2) == b"ab"
    assert handles_on(path) == 0
