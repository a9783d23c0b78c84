"""`new` and `sample` make whole workbooks or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessor.cli import main
from assessor.resources import PLANS
from assessor.workbook.assignments import load_assignments
from assessor.workbook.plans import load_plan
from assessor.workbook.workbook import Workbook


def test_a_new_workbook_has_the_plan_and_its_first_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "宜春.assess"
    assert main(["new", str(path), "--plan", "yichun-2021-2025"]) == 0
    captured = capsys.readouterr()
    assert "41 个单位，34 项任务，年度 2022" in captured.out
    assert "市文广新旅局" in captured.err  # the source's one duplicate
    with Workbook.open(path, read_only=True) as workbook:
        assert len(load_plan(workbook).tasks) == 34
        assert len(load_assignments(workbook, 2022)) == 197


def test_a_new_year_is_scored_as_wholly_awaited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.assess"
    assert main(["new", str(path), "--plan", "yichun-2021-2025", "--year", "2024", "--year", "2023"]) == 0
    assert "年度 2023、2024" in capsys.readouterr().out
    assert main(["score", str(path), "--year", "2024", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["is_sample"] is False
    assert [len(group["units"]) for group in answer["groups"]] == [27, 13]
    assert all(unit["provisional"] for group in answer["groups"] for unit in group["units"])


def test_an_existing_file_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.assess"
    path.write_bytes(b"precious")
    for arguments in (["new", str(path), "--plan", "yichun-2021-2025"], ["sample", str(path)]):
        assert main(arguments) == 1
        assert str(path) in capsys.readouterr().err
        assert path.read_bytes() == b"precious"
    assert [item.name for item in tmp_path.iterdir()] == ["a.assess"]


def test_an_unknown_plan_is_refused_with_the_shipped_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "a.assess"), "--plan", "beijing"]) == 1
    assert "yichun-2021-2025" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_plan_with_an_unknown_unit_is_refused_with_place_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (PLANS / "yichun-2021-2025.toml").read_text(encoding="utf-8")
    plan = tmp_path / "本市方案.toml"
    plan.write_text(
        text.replace('units = ["市教体局", "市工信局"', 'units = ["市教体局", "市工业局"', 1), encoding="utf-8"
    )
    assert main(["new", str(tmp_path / "a.assess"), "--plan", str(plan)]) == 1
    message = capsys.readouterr().err
    for part in ("本市方案.toml", "市工业局", "市工信局", "处理办法"):
        assert part in message
    assert not (tmp_path / "a.assess").exists()


def test_a_year_outside_the_plan_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "a.assess"), "--plan", "yichun-2021-2025", "--year", "2030"]) == 1
    assert "2022 到 2025" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", str(tmp_path / "没有" / "a.assess")]) == 1
    assert "没有" in capsys.readouterr().err
