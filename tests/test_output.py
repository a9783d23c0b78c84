"""A file is written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.errors import OutputError
from assessor.output import write_file


def test_writes_the_bytes_and_leaves_nothing_beside_them(tmp_path: Path) -> None:
    write_file(tmp_path / "报告.pdf", b"content")
    assert (tmp_path / "报告.pdf").read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == ["报告.pdf"]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹不存在") as caught:
        write_file(tmp_path / "没有" / "报告.pdf", b"")
    assert str(tmp_path / "没有") in str(caught.value)
    assert caught.value.remedy


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="这是一个文件夹"):
        write_file(tmp_path, b"")


@pytest.mark.parametrize("name", ["长" * 200 + ".pdf", "a/\0b.pdf"])
def test_a_name_the_system_refuses_is_an_error_for_the_user(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        write_file(tmp_path / name, b"")


def test_a_full_disk_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: the write fails half way."""
    pytest.importorskip("resource", reason="limits on file size are of POSIX systems only")
    target = tmp_path / "报告.pdf"
    target.write_bytes(b"old")
    script = """
import resource, signal, sys
from pathlib import Path
from assessor.errors import OutputError
from assessor.output import write_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_file(Path(sys.argv[1]), b"x" * 100_000)
except OutputError as problem:
    print(problem)
"""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(target)], capture_output=True, encoding="utf-8", env=environment, check=True
    )
    assert "无法写入" in done.stdout
    assert str(target) in done.stdout
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["报告.pdf"]
