"""`pack` and `unpack`: one file out of a workbook and its evidence, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.cli import main
from assessor.work import Work
from assessor.workbook.evidence import EvidenceFacts, Owner
from assessor.workbook.evidence_adding import Content, Draft, add_drafts
from assessor.workbook.evidence_list import list_evidence
from assessor.workbook.evidence_store import store_of
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with small_workbook(tmp_path) as workbook:
        drafts = [Draft("kexie", EvidenceFacts("总结", Owner()), Content("总结.pdf", b"proof"))]
        add_drafts(workbook, 2023, drafts, Work())
        return workbook.path


def test_there_and_back(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", str(file)]) == 0
    made = tmp_path / "考核.assess.zip"
    assert f"已导出 {made}：工作簿和 1 个佐证文件" in capsys.readouterr().out
    assert main(["unpack", str(made), str(tmp_path / "新.assess")]) == 0
    assert "工作簿和 1 个佐证文件，全部核对无误" in capsys.readouterr().out
    with Workbook.open(tmp_path / "新.assess", read_only=True) as copy, Workbook.open(file, read_only=True) as first:
        assert list_evidence(copy) == list_evidence(first)


def test_missing_evidence_is_named_and_left_out_only_on_demand(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workbook.open(file, read_only=True) as workbook:
        next(store_of(workbook).folder.iterdir()).unlink()
    out = tmp_path / "包.zip"
    assert main(["pack", str(file), str(out)]) == 1
    assert "2023 年度 市科协 单位综合材料“总结”的“总结.pdf”" in capsys.readouterr().err
    assert not out.exists()
    assert main(["pack", str(file), str(out), "--allow-missing"]) == 0
    assert "提醒：包中没有 2023 年度 市科协 单位综合材料“总结”的“总结.pdf”" in capsys.readouterr().err
    assert main(["unpack", str(out), str(tmp_path / "新.assess")]) == 0
    assert "打包时就缺少 1 个佐证文件" in capsys.readouterr().err


def test_what_is_no_pack_is_refused(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unpack", str(file), str(tmp_path / "新.assess")]) == 1
    assert "不是 zip 文件" in capsys.readouterr().err
    assert not (tmp_path / "新.assess").exists()
