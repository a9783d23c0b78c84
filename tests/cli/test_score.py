"""`score` on the sample: printed leaves add up to printed subtotals and totals, for every unit and year."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assessor.cli import main
from assessor.resources import ROOT, SAMPLE_WORKBOOK

YEARS = (2022, 2023, 2024, 2025)


def score_json(year: int, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["score", str(SAMPLE_WORKBOOK), "--year", str(year), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def units_of(answer: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(group, unit) for group in answer["groups"] for unit in group["units"]]


def total_of(numbers: list[str | None]) -> Decimal:
    return sum((Decimal(number) for number in numbers if number is not None), Decimal("0.00"))


def half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("year", YEARS)
def test_printed_leaves_add_up_to_printed_totals(year: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Computed here from the printed texts alone, not with the engine's functions."""
    for group, unit in units_of(score_json(year, capsys)):
        if unit["exempt"]:
            assert unit["total"] == "0.00"
            continue
        kept = [category for category in unit["categories"] if category["subtotal"] is not None]
        remaining = sum(Decimal(category["points"]) for category in kept)
        for category in kept:
            raw, points, applicable = (Decimal(category[key]) for key in ("raw", "points", "applicable_points"))
            assert raw == total_of([leaf["score"] for leaf in category["leaves"]]), (unit["name"], category["code"])
            assert Decimal(category["subtotal"]) == half_up(raw * points / applicable)
            to_full = Decimal(category["subtotal"]) * Decimal(group["scheme"]["full_marks"]) / remaining
            assert Decimal(category["contribution"]) == half_up(to_full)
        base, bonus, deduction = (Decimal(unit[key]) for key in ("base", "bonus", "deduction"))
        assert base == total_of([category["contribution"] for category in unit["categories"]])
        assert bonus == total_of([entry["counted"] for entry in unit["entries"] if entry["kind"] == "bonus"])
        assert deduction == total_of([entry["counted"] for entry in unit["entries"] if entry["kind"] == "deduction"])
        assert Decimal(unit["total"]) == max(Decimal(0), min(base + bonus - deduction, Decimal(100)))


@pytest.mark.parametrize("year", YEARS)
def test_ranks_follow_the_printed_totals(year: int, capsys: pytest.CaptureFixture[str]) -> None:
    for group in score_json(year, capsys)["groups"]:
        ranked = [unit for unit in group["units"] if unit["rank"] is not None]
        assert [unit["rank"] for unit in ranked] == sorted(unit["rank"] for unit in ranked)
        for better, worse in pairwise(ranked):
            assert Decimal(better["total"]) >= Decimal(worse["total"])


@pytest.mark.parametrize("year", YEARS)
def test_every_leaf_says_why_and_every_scored_one_names_its_inputs(
    year: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for _, unit in units_of(score_json(year, capsys)):
        for category in unit["categories"]:
            for leaf in category["leaves"]:
                assert leaf["sentence"]
                if leaf["state"] == "scored" and leaf["adjustment"] is None:
                    assert leaf["inputs"] or leaf["rule"] == "deduct", (unit["name"], leaf["code"])
                    assert leaf["sentence"].endswith(f"= {leaf['score']} 分")


def test_scoring_twice_in_processes_of_their_own_gives_the_same_bytes() -> None:
    command = [sys.executable, "main.py", "score", str(SAMPLE_WORKBOOK), "--year", "2024", "--json"]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout for _ in range(2)]
    assert runs[0] == runs[1]
    assert json.loads(runs[0])["is_sample"] is True


def test_the_table_names_sample_data_provisional_units_and_every_unit_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(SAMPLE_WORKBOOK), "--year", "2025"]) == 0
    shown = capsys.readouterr().out
    assert "示例数据" in shown
    assert "暂估" in shown
    assert shown.count("市教体局") == 1


def test_a_year_that_does_not_exist_is_refused_with_those_that_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(SAMPLE_WORKBOOK), "--year", "2019"]) == 1
    message = capsys.readouterr().err
    assert "2019" in message
    assert "2022" in message
    assert "处理办法" in message


@pytest.mark.parametrize("content", [b"", b"not a workbook", "工作簿".encode() * 400])
def test_a_file_that_is_no_workbook_is_refused_and_left_alone(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "假的.assess"
    path.write_bytes(content)
    assert main(["score", str(path), "--year", "2024"]) == 1
    message = capsys.readouterr().err
    assert str(path) in message
    assert "处理办法" in message
    assert path.read_bytes() == content


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(tmp_path / "没有.assess"), "--year", "2024"]) == 1
    assert "没有.assess" in capsys.readouterr().err
