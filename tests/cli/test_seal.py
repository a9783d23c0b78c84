"""`seal`, `unseal` and `verify` on a real workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.cli import main
from assessor.domain.seal import grouped
from assessor.workbook.seals import load_seals
from assessor.workbook.workbook import Workbook
from tests.workbook.sealed import FREE, YEAR, ready_workbook


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with ready_workbook(tmp_path) as workbook:
        return workbook.path


def digest_in(file: Path) -> str:
    with Workbook.open(file, read_only=True) as workbook:
        return load_seals(workbook, YEAR)[-1].digest


def sealed(file: Path) -> str:
    assert main(["seal", str(file), "--year", str(YEAR), "--operator", "李四"]) == 0
    return digest_in(file)


def test_seal_prints_the_digest_and_what_is_worth_knowing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest = sealed(file)
    printed = capsys.readouterr()
    assert f"2023 年度已定稿（第 1 次），校验码：\n{grouped(digest)}" in printed.out
    assert "提醒：8 份填报表尚未审核" in printed.err
    with Workbook.open(file, read_only=True) as workbook:
        assert load_seals(workbook, YEAR)[0].sealed_by == "李四"


def test_a_year_that_is_still_collected_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seal", str(file), "--year", str(FREE), "--operator", "李四"]) == 1
    assert "不能定稿：填报收集尚未截止" in capsys.readouterr().err


def test_verify_says_yes_with_0_also_to_the_short_form_with_blanks(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = sealed(file)
    assert main(["verify", str(file), digest]) == 0
    assert main(["verify", str(file), digest[:8].upper(), digest[8:16]]) == 0
    assert "本年度现有内容与定稿时完全一致。" in capsys.readouterr().out


def test_verify_says_no_with_1(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sealed(file)
    assert main(["verify", str(file), "0" * 64]) == 1
    assert "这不是本工作簿任何一次定稿的校验码" in capsys.readouterr().out
    assert main(["verify", str(file), "甲乙丙"]) == 1
    assert "校验码只含数字和字母" in capsys.readouterr().err


def test_unseal_asks_a_reason_and_verify_names_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest = sealed(file)
    assert main(["unseal", str(file), "--year", str(YEAR), "--operator", "王五", "--reason", " "]) == 1
    assert "没有写明解除定稿的原因" in capsys.readouterr().err
    assert main(["unseal", str(file), "--year", str(YEAR), "--operator", "王五", "--reason", "漏计加分"]) == 0
    assert "2023 年度第 1 次定稿已解除，回到复核阶段" in capsys.readouterr().out
    assert main(["verify", str(file), digest]) == 1
    assert "由王五解除，原因：漏计加分" in capsys.readouterr().out
