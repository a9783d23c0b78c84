"""`convert` writes the converted points as a table or on paper, and `report --with-robustness` its attachment."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from assessor.cli import main
from assessor.domain.conversion import Conversion, ConversionMethod
from assessor.domain.conversion_table import HEADINGS
from assessor.resources import SAMPLE_WORKBOOK
from assessor.workbook.conversions import save_conversion
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook

SAMPLE = str(SAMPLE_WORKBOOK)


def test_the_table_has_numbers_as_numbers_and_says_that_it_is_made_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "折算.xlsx"
    assert main(["convert", SAMPLE, "--year", "2024", "--out", str(out)]) == 0
    assert "总分 / 100 × 5 分" in capsys.readouterr().out
    sheet = load_workbook(out).active
    assert sheet is not None
    assert "示例数据" in sheet.title
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == HEADINGS
    with Workbook.open(SAMPLE_WORKBOOK, read_only=True) as workbook:
        view = load_view(workbook, 2024)
    units = [unit for group in view.result.groups for unit in group.units]
    assert [(row[1], Decimal(str(row[2])), row[3]) for row in rows[1:]] == [
        (unit.unit.short_name, unit.total, unit.rank) for unit in units
    ]
    assert all(isinstance(row[5], float | int) for row in rows[1:])


def test_the_kept_settings_of_a_sealed_year_are_those_converted_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(SAMPLE_WORKBOOK, tmp_path / "自己的.assess"))
    grades = {"优秀": Decimal(3), "良好": Decimal("2.5"), "合格": Decimal(2), "不合格": Decimal(0)}
    with Workbook.open(path) as workbook, workbook.edit("折算设置") as edit:
        save_conversion(edit, 2024, "member", Conversion(ConversionMethod.BY_GRADE, Decimal(3), by_grade=grades))
    out = tmp_path / "折算.pdf"
    assert main(["convert", str(path), "--year", "2024", "--out", str(out), "--date", "2025-01-20"]) == 0
    assert "成员单位：按等次：优秀 3 分" in capsys.readouterr().out
    pages = PdfReader(out).pages
    assert all("示例数据" in page.extract_text() for page in pages)


def test_another_kind_of_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", SAMPLE, "--year", "2024", "--out", str(tmp_path / "折算.doc")]) == 1
    assert "处理办法" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_only_the_overall_report_has_the_attachment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["report", SAMPLE, "--year", "2024", "--kind", "review", "--out", str(tmp_path / "a.pdf")]
    assert main([*command, "--with-robustness"]) == 1
    assert "请去掉 --with-robustness" in capsys.readouterr().err
