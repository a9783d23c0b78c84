"""`password`, and every verb on a workbook that has one: from standard input, asked at a terminal, refused."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assessor.cli import main
from assessor.domain.year import Stage
from assessor.workbook.backup_list import list_backups
from assessor.workbook.format import check_header
from assessor.workbook.years import load_year, save_year
from tests.workbook.builders import small_workbook

YEAR = 2023
FIRST, SECOND = "第一个密码2024", "another one"
Type = Callable[..., None]


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Type:
    def hand_over(*lines: str, encoding: str = "utf-8") -> None:
        content = "".join(f"{line}\r\n" for line in lines).encode(encoding)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return hand_over


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return ready_to_seal(tmp_path)


def ready_to_seal(folder: Path) -> Path:
    with small_workbook(folder, (YEAR,)) as workbook, workbook.edit("收齐") as edit:
        save_year(edit, replace(load_year(edit, YEAR), stage=Stage.REVIEW, collection_closed=True))
        return workbook.path


@pytest.fixture
def file(plain: Path, type_in: Type, capsys: pytest.CaptureFixture[str]) -> Path:
    type_in(FIRST)
    assert main(["password", str(plain), "--set", "--password-stdin"]) == 0
    capsys.readouterr()
    return plain


def test_a_password_is_set_changed_and_removed(plain: Path, type_in: Type, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(plain)]) == 0
    type_in(FIRST)
    assert main(["password", str(plain), "--set", "--password-stdin", "--operator", "李四"]) == 0
    said = capsys.readouterr()
    assert f"已设置密码：{plain}，连同 1 个备份" in said.out
    assert "密码忘记后无法找回" in said.err
    assert check_header(plain).is_protected and check_header(list_backups(plain)[0].path).is_protected
    type_in(FIRST, SECOND)
    assert main(["password", str(plain), "--change", "--password-stdin"]) == 0
    type_in(FIRST)
    assert main(["password", str(plain), "--remove", "--password-stdin"]) == 1
    assert "密码不对" in capsys.readouterr().err
    type_in(SECOND)
    assert main(["password", str(plain), "--remove", "--password-stdin"]) == 0
    assert not check_header(plain).is_protected
    assert main(["check", str(plain)]) == 0


def test_copies_that_stay_plain_are_named(plain: Path, type_in: Type, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", str(plain)]) == 0
    type_in(FIRST)
    assert main(["password", str(plain), "--set", "--password-stdin"]) == 0
    assert f"没有转换，保持原样：{plain.with_name('考核.assess.zip')}" in capsys.readouterr().err


def test_every_verb_takes_the_password_from_standard_input(
    file: Path, tmp_path: Path, type_in: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, salvaged = tmp_path / "包.assess.zip", tmp_path / "抢救.assess"
    commands = [
        ["check"],
        ["backup"],
        ["history"],
        ["score", "--year", str(YEAR)],
        ["chart", "--year", str(YEAR), "--kind", "ranking", "--out", str(tmp_path / "图.svg")],
        ["report", "--year", str(YEAR), "--kind", "overall", "--out", str(tmp_path / "报告.pdf")],
        ["seal", "--year", str(YEAR), "--operator", "李四", "--accept-pending"],
        ["unseal", "--year", str(YEAR), "--operator", "李四", "--reason", "更正"],
        ["pack", str(pack)],
        ["check", "--salvage", str(salvaged)],
    ]
    for verb, *rest in commands:
        type_in(FIRST)
        assert main([verb, str(file), *rest, "--password-stdin"]) == 0, (verb, capsys.readouterr().err)
    backup = list_backups(file)[-1].path.name
    type_in(FIRST)
    assert main(["restore", str(file), backup, "--password-stdin"]) == 0
    type_in(FIRST)
    assert main(["unpack", str(pack), str(tmp_path / "新.assess"), "--password-stdin"]) == 0
    type_in(FIRST)
    assert main(["verify", str(file), "0" * 64, "--password-stdin"]) == 1
    assert "没有" in capsys.readouterr().out
    made = [file, salvaged, tmp_path / "新.assess", *(item.path for item in list_backups(file))]
    assert all(check_header(item).is_protected for item in made)


@pytest.mark.parametrize("verb", ["check", "backup", "history", "score", "seal", "verify", "pack", "restore"])
def test_without_the_password_nothing_is_said_but_that(
    file: Path, type_in: Type, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    rest = {
        "score": ["--year", str(YEAR)],
        "seal": ["--year", str(YEAR), "--operator", "李四"],
        "verify": ["0" * 64],
        "restore": [str(file.with_name("备份.assess"))],
    }
    file.with_name("备份.assess").write_bytes(file.read_bytes())
    before = sorted(item.name for item in file.parent.iterdir())
    for words, expected in (((), "--password-stdin"), ((SECOND,), "密码不对")):
        type_in(*words)
        given = ["--password-stdin"] if words else []
        assert main([verb, str(file), *rest.get(verb, []), *given]) == 1
        said = capsys.readouterr()
        assert said.out == "" and expected in said.err
    assert sorted(item.name for item in file.parent.iterdir()) == before


def test_at_a_terminal_it_is_asked_for(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    answers = iter([FIRST, FIRST, SECOND, SECOND, SECOND, "third one", "another"])

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("assessor.cli.opening.can_ask", lambda: True)
    monkeypatch.setattr("assessor.cli.password.can_ask", lambda: True)
    monkeypatch.setattr("getpass.getpass", answer)
    assert main(["check", str(file)]) == 0
    assert main(["password", str(file), "--change"]) == 0
    assert main(["password", str(file), "--change"]) == 1
    assert "两次输入的新密码不一样" in capsys.readouterr().err
    assert asked == ["工作簿的密码：", *["原密码：", "新密码：", "再输入一次新密码："] * 2]


def test_standard_input_that_has_no_password_is_refused(
    file: Path, type_in: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    for lines in ((), ("",)):
        type_in(*lines)
        assert main(["check", str(file), "--password-stdin"]) == 1
        assert "标准输入中没有密码" in capsys.readouterr().err
    type_in()
    assert main(["password", str(file), "--remove"]) == 1
    assert "--password-stdin" in capsys.readouterr().err


def test_a_backup_with_a_password_of_its_own(file: Path, tmp_path: Path, type_in: Type) -> None:
    away = tmp_path / "away.assess"
    away.write_bytes(file.read_bytes())
    type_in(FIRST, SECOND)
    assert main(["password", str(file), "--change", "--password-stdin"]) == 0
    type_in(SECOND, FIRST)
    assert main(["restore", str(file), str(away), "--password-stdin"]) == 0
    type_in(SECOND)
    assert main(["check", str(file), "--password-stdin"]) == 0


def test_a_report_does_not_replace_a_protected_workbook(
    file: Path, type_in: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    type_in(FIRST)
    command = ["report", str(file), "--year", str(YEAR), "--kind", "overall", "--out", str(file), "--password-stdin"]
    assert main(command) == 1
    assert "不会覆盖" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_without_the_library_a_plain_workbook_works_and_a_protected_one_says_what_is_missing(
    file: Path, tmp_path: Path, type_in: Type, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    ready_to_seal(folder)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert main(["check", str(folder / "考核.assess")]) == 0
    for command in (["check", str(file)], ["password", str(folder / "考核.assess"), "--set"]):
        type_in(FIRST)
        assert main([*command, "--password-stdin"]) == 1
        said = capsys.readouterr().err
        assert "没有安装加密组件" in said and "sqlcipher3" in said
