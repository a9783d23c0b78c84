"""`year` on a real workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.cli import main
from assessor.workbook.assignments import load_assignments
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import list_years
from tests.workbook.sealed import FREE, YEAR, ready_workbook


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with ready_workbook(tmp_path) as workbook:
        return workbook.path


def asked(file: Path, *more: str) -> int:
    return main(["year", str(file), "--new", "2025", "--operator", "李四", *more])


def test_a_new_year_is_a_copy_of_the_one_before(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(file) == 0
    assert capsys.readouterr().out == "已从2024 年度新建 2025 年度：2 个单位，4 项任务分解\n"
    with Workbook.open(file, read_only=True) as workbook:
        assert [year.year for year in list_years(workbook)] == [YEAR, FREE, 2025]
        assert all(item.target is None for item in load_assignments(workbook, 2025))


def test_or_of_the_one_that_is_named(file: Path) -> None:
    assert asked(file, "--from", str(YEAR)) == 0
    with Workbook.open(file, read_only=True) as workbook:
        assert all(item.target is not None for item in load_assignments(workbook, 2025))


def test_where_there_is_none_before_it_is_made_of_the_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.assess"
    assert main(["new", str(path), "--plan", "yichun-2021-2025", "--year", "2025"]) == 0
    capsys.readouterr()
    assert main(["year", str(path), "--new", "2023", "--operator", "李四"]) == 0
    assert capsys.readouterr().out == "已从实施方案新建 2023 年度：28 个单位，197 项任务分解\n"


def test_a_year_that_exists_or_is_not_there_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["year", str(file), "--new", "2024", "--operator", "李四"]) == 1
    assert "已经存在" in capsys.readouterr().err
    assert asked(file, "--from", "2019") == 1
    assert "没有 2019 年度" in capsys.readouterr().err
