"""A command ends in a message, whatever becomes of the streams it speaks to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.cli import INTERRUPTED
from assessor.resources import SAMPLE_WORKBOOK

ROOT = Path(__file__).resolve().parents[2]
SCORE = ("score", str(SAMPLE_WORKBOOK), "--year", "2024", "--json")
on_posix = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and signals of POSIX systems")


def command(*arguments: str | bytes) -> list[str | bytes]:
    return [sys.executable, "main.py", *arguments]


@on_posix
def test_a_reader_who_has_read_enough_is_no_trouble() -> None:
    with subprocess.Popen(
        command(*SCORE), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"{\n"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@on_posix
@pytest.mark.parametrize("arguments", [SCORE, ("--help",)])
def test_an_answer_that_does_not_fit_on_the_disk_is_an_error_for_the_user(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*arguments), cwd=ROOT, stdout=full, stderr=subprocess.PIPE, env=buffered(), check=False
        )
    assert done.returncode == 1
    message = done.stderr.decode("utf-8")
    assert message.startswith("标准输出：无法输出结果")
    assert "处理办法" in message
    assert "Traceback" not in message
    assert "Exception ignored" not in message


@on_posix
def test_a_trouble_that_cannot_be_told_still_shows_in_the_exit_code(tmp_path: Path) -> None:
    missing = str(tmp_path / "没有.assess")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("score", missing, "--year", "2024"), cwd=ROOT, stdout=subprocess.PIPE, stderr=full, check=False
        )
    assert (done.returncode, done.stdout) == (1, b"")


@on_posix
def test_a_file_name_that_is_no_text_is_shown_escaped(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.assess"
    missing = subprocess.run(
        command("score", name, "--year", "2022"), cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert missing.returncode == 1
    assert r"\udcff.assess：找不到工作簿" in missing.stderr
    made = subprocess.run(
        command("new", name, "--plan", "yichun-2021-2025"), cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert made.returncode == 0, made.stderr
    assert [item.name for item in tmp_path.iterdir()] == ["\udcff.assess"]


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    """It comes at the worst moment: the report is written under its temporary name."""
    script = """
import sys
from assessor.cli import main

def interrupt(event, arguments):
    if event == "os.rename":
        raise KeyboardInterrupt

sys.addaudithook(interrupt)
sys.exit(main(sys.argv[1:]))
"""
    out = str(tmp_path / "报告.pdf")
    report = ("report", str(SAMPLE_WORKBOOK), "--year", "2024", "--kind", "unit", "--unit", "市科协", "--out", out)
    done = subprocess.run(
        [sys.executable, "-c", script, *report], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == INTERRUPTED
    assert done.stderr.strip() == "已中断，没有写完的文件已撤回"
    assert list(tmp_path.iterdir()) == []


def buffered() -> dict[str, str]:
    """A full buffer, and a flush at the end, is where streams fail."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
