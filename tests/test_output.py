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


def test_a_workbook_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"SQLite format 3\x00" + b"precious")
    with pytest.raises(OutputError, match="这是工作簿") as caught:
        write_file(path, b"content")
    assert caught.value.place == str(path)
    assert caught.value.remedy
    assert path.read_bytes().endswith(b"precious")


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="只读"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix", reason="named pipes are of POSIX systems only")
def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.pdf")
    with pytest.raises(OutputError, match="设备或管道"):
        write_file(tmp_path / "管道.pdf", b"content")
    assert (tmp_path / "管道.pdf").is_fifo()


def test_what_a_link_points_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    link = tmp_path / "快捷.pdf"
    link.symlink_to(tmp_path / "报告.pdf")
    write_file(link, b"content")
    assert link.is_symlink()
    assert (tmp_path / "报告.pdf").read_bytes() == b"content"


def test_a_link_that_points_to_itself_is_replaced(tmp_path: Path) -> None:
    link = tmp_path / "自己.pdf"
    link.symlink_to(link)
    write_file(link, b"content")
    assert link.read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == ["自己.pdf"]


def test_an_interrupted_write_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "报告.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["报告.pdf"]
