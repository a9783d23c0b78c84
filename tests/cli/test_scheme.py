"""`scheme`, `scheme-check` and `rehearse` on the sample and on faulty files."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from assessor.cli import main
from assessor.exchange.scheme_file import load_scheme
from assessor.exchange.scheme_intake import take_in
from assessor.resources import SAMPLE_WORKBOOK, SCHEMES

SAMPLE = str(SAMPLE_WORKBOOK)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    target = tmp_path / "细则.toml"
    assert main(["scheme", SAMPLE, "--year", "2024", "--group", "成员单位", "--out", str(target)]) == 0
    return target


def test_both_kinds_of_file_hold_the_same_sound_scheme(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = text.with_suffix(".xlsx")
    assert main(["scheme", SAMPLE, "--year", "2024", "--group", "member", "--out", str(sheet)]) == 0
    assert take_in(sheet).scheme == load_scheme(text)
    for file in (text, sheet):
        capsys.readouterr()
        assert main(["scheme-check", str(file)]) == 0
        answer = capsys.readouterr().out
        assert "试评 全部满分：应为 100.00 分、优秀，实为 100.00 分、优秀，符合" in answer
        assert "错误 0 个，提醒 0 个；可以使用" in answer


def test_a_group_must_be_named_and_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "细则.toml")
    assert main(["scheme", SAMPLE, "--year", "2024", "--out", out]) == 1
    assert "有不止一个考核组别" in capsys.readouterr().err
    assert main(["scheme", SAMPLE, "--year", "2024", "--group", "没有", "--out", out]) == 1
    assert "member（成员单位）" in capsys.readouterr().err
    assert main(["scheme", SAMPLE, "--year", "2024", "--group", "member", "--out", str(tmp_path / "a.docx")]) == 1
    assert "只能写成 .toml 或 .xlsx" in capsys.readouterr().err


def test_every_part_of_a_text_that_cannot_be_read_is_told(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = text.read_text(encoding="utf-8")
    words = words.replace("decimals = 2", 'decimals = "两"', 1)
    words = words.replace('ceiling = "full_marks"', 'ceiling = "none"', 1)
    words = words.replace('kind = "ratio"', 'kind = "rate"', 1)
    words = words.replace('minimum = "90"', 'minimum = "九十"', 1)
    text.write_text(words, encoding="utf-8")
    assert main(["scheme-check", str(text)]) == 1
    answer = capsys.readouterr().out
    for place in ("[scheme] 的 decimals", "[scheme] 的 ceiling", "[rule] 的 kind", "第1个 [[grade]] 的 minimum"):
        assert f"{place}：" in answer
    assert "有 4 处读不出" in answer


def test_cells_that_cannot_be_read_are_told_by_sheet_and_cell(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = text.with_suffix(".xlsx")
    main(["scheme", SAMPLE, "--year", "2024", "--group", "member", "--out", str(sheet)])
    book = openpyxl.load_workbook(sheet)
    book["指标"]["E3"], book["等次"]["B2"] = "五分", "九十"
    book.save(sheet)
    capsys.readouterr()
    assert main(["scheme-check", str(sheet)]) == 1
    answer = capsys.readouterr().out
    assert "读不出 指标 E3" in answer and "读不出 等次 B2" in answer


def test_a_scheme_that_does_not_sum_is_told_by_its_part(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text.write_text(text.read_text(encoding="utf-8").replace('full_marks = "100"', 'full_marks = "90"'), "utf-8")
    assert main(["scheme-check", str(text)]) == 1
    answer = capsys.readouterr().out
    assert "错误 总则：各项分值合计 100，与满分 90 不符" in answer
    assert "改正错误后才能开始评分" in answer


def test_what_is_no_scheme_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "细则.docx").write_bytes(b"PK")
    assert main(["scheme-check", str(tmp_path / "细则.docx")]) == 1
    assert "不是细则文件" in capsys.readouterr().err


def test_the_same_scheme_moves_nothing(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rehearse", SAMPLE, "--year", "2024", "--scheme", str(text)]) == 0
    answer = capsys.readouterr().out
    assert "2024 年度 成员单位 试算（示例数据）" in answer
    assert "各单位的总分、名次和等次都不变" in answer


def test_another_scheme_moves_units_and_says_by_which_indicators(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = text.read_text(encoding="utf-8").replace('points = "28"', 'points = "8"', 1)
    text.write_text(words, encoding="utf-8")
    capsys.readouterr()
    assert main(["rehearse", SAMPLE, "--year", "2024", "--scheme", str(text), "--json"]) == 0
    captured = capsys.readouterr()
    assert "有 1 个错误，试算结果只供参考" in captured.err
    answer = json.loads(captured.out)
    assert answer["format"] == "assessor-rehearsal/1"
    assert any(unit["rank_move"] for unit in answer["units"])
    moved = next(unit for unit in answer["units"] if unit["indicators"])
    assert {"code", "title", "before", "after"} == set(moved["indicators"][0])


def test_a_scheme_of_a_group_that_the_year_does_not_have_is_refused(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text.write_text(text.read_text(encoding="utf-8").replace('group = "member"', 'group = "village"', 1), "utf-8")
    assert main(["rehearse", SAMPLE, "--year", "2024", "--scheme", str(text)]) == 1
    assert "没有这份细则的考核组别" in capsys.readouterr().err


def test_the_shipped_schemes_pass_the_check() -> None:
    for file in sorted(SCHEMES.glob("*.toml")):
        assert main(["scheme-check", str(file)]) == 0
