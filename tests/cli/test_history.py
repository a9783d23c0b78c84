"""`history`: a table to read, JSON with every cell, and what narrows them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.cli import main
from assessor.domain.facts import Mark
from assessor.workbook.marks import save_mark
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook


@pytest.fixture
def book(tmp_path: Path) -> Path:
    small_workbook(tmp_path).close()
    path = tmp_path / "考核.assess"
    for day, operator in ((1, "张三"), (2, "李四")):
        at = datetime(2024, 12, day, 9, tzinfo=UTC)
        with (
            Workbook.open(path, operator=operator, clock=lambda at=at: at) as workbook,
            workbook.edit("录入评分") as edit,
        ):
            save_mark(edit, 2023, "nongye", Mark("2.1", "张某", "office", Decimal(80 + day)))
    return path


def test_the_table_names_who_when_and_what(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(book)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "李四" in lines[1]
    assert "2024-12-02" in lines[1]
    assert "市农业农村局" in lines[1]
    assert "张三" in lines[2]


def test_json_has_old_and_new(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(book), "--json", "--unit", "市农业农村局", "--limit", "1"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["title"], line["old"], line["new"], line["operator"]) == ("评分", "81", "82", "李四")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--operator", "张三", "--year", "2023", "--unit", "nongye"], "张三"),
        (["--from", "2024-12-02"], "李四"),
        (["--to", "2024-12-01", "--from", "2024-12-01"], "张三"),
        (["--operator", "无此人"], "没有符合条件的修改"),
    ],
)
def test_it_is_narrowed(book: Path, options: list[str], found: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(book), *options]) == 0
    answer = capsys.readouterr().out
    assert found in answer
    assert ("李四" in answer) == (found == "李四")


def test_what_was_left_out_is_said(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(book), "--limit", "1"]) == 0
    assert "--limit" in capsys.readouterr().out


def test_an_unknown_unit_is_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(book), "--unit", "省教育厅"]) == 1
    assert "省教育厅" in capsys.readouterr().err


def test_it_reads_while_another_writes(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workbook.open(book):
        assert main(["history", str(book)]) == 0
    assert "录入评分" in capsys.readouterr().out
