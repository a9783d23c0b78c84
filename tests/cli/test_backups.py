"""`backup`, `restore` and `check`: what they say, and their exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.cli import main
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import folder_beside
from tests.workbook.builders import small_workbook
from tests.workbook.test_backup import change, overwrite
from tests.workbook.test_salvage import tamper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    return tmp_path / "考核.assess"


def test_a_backup_is_listed_and_restored(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(path), "--label", "初评后"]) == 0
    (made,) = list_backups(path)
    assert str(made.path) in capsys.readouterr().out
    sound = path.read_bytes()
    change(path, "改后")
    assert main(["restore", str(path), "--list"]) == 0
    out = capsys.readouterr().out
    assert "手动" in out and "初评后" in out
    assert main(["restore", str(path), made.path.name, "--operator", "李四"]) == 0
    out = capsys.readouterr().out
    assert "恢复前" in out
    assert len(path.read_bytes()) == len(sound)


def test_a_backup_goes_where_it_is_told_to(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(path), "--to", str(tmp_path / "没有")]) == 1
    assert str(tmp_path / "没有") in capsys.readouterr().err
    (tmp_path / "别处").mkdir()
    assert main(["backup", str(path), "--to", str(tmp_path / "别处")]) == 0
    assert len(list((tmp_path / "别处").iterdir())) == 1
    assert not folder_beside(path).exists()


def test_without_a_backup_restore_says_how_to_find_one(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(path)]) == 1
    assert "--list" in capsys.readouterr().err
    assert main(["restore", str(path), "--list"]) == 0
    assert "还没有备份" in capsys.readouterr().err
    assert main(["restore", str(path), "没有.assess"]) == 1
    assert "没有.assess" in capsys.readouterr().err


def test_check_says_what_is_wrong_and_where(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(path)]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    tamper(path, "UPDATE unit SET short_name = '假名' WHERE code = 'kexie'")
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr()
    assert "kexie" in said.out and "假名" in said.out
    assert "1 个问题" in said.err


def test_what_is_readable_is_salvaged(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overwrite(path, 10)
    assert main(["check", str(path)]) == 1
    new = tmp_path / "新.assess"
    assert main(["check", str(path), "--salvage", str(new)]) == 0
    assert str(new) in capsys.readouterr().out
    assert main(["check", str(new)]) == 0
    path.write_bytes(b"")
    assert main(["check", str(path)]) == 1
    assert main(["check", str(path), "--salvage", str(tmp_path / "另.assess")]) == 1
    assert not (tmp_path / "另.assess").exists()
