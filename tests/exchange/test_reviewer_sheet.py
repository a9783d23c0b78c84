"""Reviewers' sheets: written, edited as a person would, and taken in as one edit or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessor.cli import main
from assessor.domain.facts import Mark
from assessor.errors import InputError, OutputError
from assessor.exchange.reviewer_sheet import import_sheets, issue_sheets, read_sheets, reviewer_sheet, sheets_of
from assessor.exchange.reviewer_sheet.layout import HEAD_ROW, Head
from assessor.work import Work
from assessor.workbook.backup_list import list_backups
from assessor.workbook.history import last_edit
from assessor.workbook.marks import load_marks, save_mark
from assessor.workbook.reviewers import add_reviewer
from assessor.workbook.reviewing import save_duties, save_reviewer_unit
from assessor.workbook.undo import undo
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import small_workbook

YEAR = 2023
FIRST = HEAD_ROW + 2
MARK, FACT = "G", "H"


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with small_workbook(tmp_path, (2022, YEAR)) as opened:
        with opened.edit("添加评委") as edit:
            save_mark(edit, YEAR, "kexie", Mark("2.1", "张三", "office", Decimal("86.50"), fact="做得好"))
            add_reviewer(edit, YEAR, "office", "李四")
            save_reviewer_unit(edit, YEAR, ("office", "李四"), "kexie")
        yield opened


@pytest.fixture
def issued(workbook: Workbook, tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "发放"
    folder.mkdir()
    paths = issue_sheets(sheets_of(workbook, YEAR), folder, Work())
    return {path.stem.rpartition("_")[2]: path for path in paths}


def edited(path: Path, change: Callable[[Any], object]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book["评分"])
    book.save(path)
    return path


def line_of(page: Any, unit: str, indicator: str = "2.1") -> int:
    for row in range(FIRST, page.max_row + 1):
        if (page.cell(row, 9).value, page.cell(row, 10).value) == (unit, indicator):
            return row
    raise AssertionError((unit, indicator))


def fill(path: Path, **marks: object) -> Path:
    """Unit -> what is typed as its mark on 2.1."""

    def change(page: Any) -> None:
        for unit, value in marks.items():
            page[f"{MARK}{line_of(page, unit)}"] = value

    return edited(path, change)


def values(workbook: Workbook, unit: str) -> dict[str, str]:
    return {
        mark.reviewer: f"{mark.value:f}" for mark in load_marks(workbook, YEAR).get(unit, []) if mark.indicator == "2.1"
    }


def test_a_sheet_says_what_is_to_be_marked_and_hides_what_the_program_needs(issued: dict[str, Path]) -> None:
    assert sorted(path.name for path in issued.values()) == [
        "2023年度评委评分表_张三.xlsx",
        "2023年度评委评分表_李四.xlsx",
    ]
    book = openpyxl.load_workbook(issued["张三"])
    page = book["评分"]
    assert [page.cell(HEAD_ROW + 1, head.column + 1).value for head in Head] == [head.value for head in Head]
    row = line_of(page, "kexie")
    assert (page[f"B{row}"].value, page[f"C{row}"].value, page[f"D{row}"].value) == ("市科协", "2.1 评议", 20)
    assert (page[f"{MARK}{row}"].value, page[f"{FACT}{row}"].value) == (86.5, "做得好")
    assert not page[f"{MARK}{row}"].protection.locked and page[f"B{row}"].protection.locked
    assert page.column_dimensions["I"].hidden and page.protection.sheet
    assert book["标识"].sheet_state == "veryHidden"
    assert page.print_title_rows == "$5:$5" and page.page_setup.orientation == "landscape"
    (validation,) = page.data_validations.dataValidation
    assert (validation.formula1, validation.formula2) == ("0", "100")


def test_a_reviewer_is_not_asked_about_his_own_unit_nor_what_was_not_given_to_him(
    workbook: Workbook, issued: dict[str, Path]
) -> None:
    page = openpyxl.load_workbook(issued["李四"])["评分"]
    assert "kexie" not in {page.cell(row, 9).value for row in range(FIRST, page.max_row + 1)}
    with workbook.edit("评委分工") as edit:
        save_duties(edit, YEAR, {("office", "张三"): [("nongye", "2.1")]})
    (sheet, _) = sheets_of(workbook, YEAR)
    assert [row.place.key for row in sheet.rows] == [("nongye", "2.1", None)]
    assert reviewer_sheet(sheet) == reviewer_sheet(sheet)


def test_filled_sheets_come_back_as_one_edit_after_a_backup(workbook: Workbook, issued: dict[str, Path]) -> None:
    def sort_and_type(page: Any) -> None:
        """Two lines change places, a column is wider, a number is typed as text in full-width digits."""
        first, second = line_of(page, "kexie"), line_of(page, "nongye")
        for column in range(1, 12):
            one, other = page.cell(first, column), page.cell(second, column)
            one.value, other.value = other.value, one.value
        page[f"{MARK}{first}"] = "７８.5"
        page.column_dimensions["E"].width = 60

    edited(issued["张三"], sort_and_type)
    fill(issued["李四"], nongye=90)
    batch = read_sheets(workbook, YEAR, list(issued.values()), Work())
    assert (batch.outcome.faults, batch.outcome.added, batch.outcome.same, batch.outcome.replaced) == ((), 2, 1, ())
    import_sheets(workbook, batch, Work())
    assert values(workbook, "nongye") == {"张三": "78.5", "李四": "90"}
    last = last_edit(workbook)
    assert last is not None and last.label == "导入评委评分表"
    assert [backup.reason.value for backup in list_backups(workbook.path)] == ["导入前"]
    again = read_sheets(workbook, YEAR, list(issued.values()), Work())
    assert (again.outcome.given, again.outcome.same) == ((), 3)
    undo(workbook)
    assert values(workbook, "nongye") == {}


def test_a_mark_that_differs_is_listed_before_it_replaces(workbook: Workbook, issued: dict[str, Path]) -> None:
    fill(issued["张三"], kexie=60)
    batch = read_sheets(workbook, YEAR, [issued["张三"]], Work())
    assert [item.words for item in batch.outcome.replaced] == ["张三 市科协 2.1 评议：86.5（做得好） → 60（做得好）"]
    assert values(workbook, "kexie") == {"张三": "86.50"}
    import_sheets(workbook, batch, Work())
    assert values(workbook, "kexie") == {"张三": "60"}


def test_what_is_wrong_is_told_by_cell_and_nothing_is_imported(workbook: Workbook, issued: dict[str, Path]) -> None:
    def spoil(page: Any) -> None:
        page[f"{MARK}{line_of(page, 'kexie')}"] = "优秀"
        row = line_of(page, "nongye")
        page[f"{MARK}{row}"] = 101
        page[f"{MARK}{page.max_row + 3}"] = 88

    edited(issued["张三"], spoil)
    fill(issued["李四"], nongye=90)
    batch = read_sheets(workbook, YEAR, list(issued.values()), Work())
    told = [str(fault) for fault in batch.outcome.faults]
    assert all("张三.xlsx 评分 G" in line for line in told)
    assert ["应为数字" in told[0], "应在 0 到 100 之间，现为 101" in told[1], "没有单位和指标的代码" in told[2]] == [
        True
    ] * 3
    with pytest.raises(InputError, match="有 3 处问题，没有导入"):
        import_sheets(workbook, batch, Work())
    assert values(workbook, "nongye") == {}
    assert list_backups(workbook.path) == ()


def test_a_copied_line_a_fact_without_a_mark_and_a_lost_column_are_faults(
    workbook: Workbook, issued: dict[str, Path]
) -> None:
    def copy(page: Any) -> None:
        source, target = line_of(page, "kexie"), line_of(page, "nongye")
        for column in range(1, 12):
            page.cell(target, column).value = page.cell(source, column).value

    edited(issued["张三"], copy)
    edited(issued["李四"], lambda page: page.__setitem__(f"{FACT}{line_of(page, 'nongye')}", "获奖"))
    told = [fault.what for fault in read_sheets(workbook, YEAR, list(issued.values()), Work()).outcome.faults]
    assert [any(words in what for what in told) for words in ("是同一项", "写了事实依据而没有评分")] == [True, True]
    edited(issued["李四"], lambda page: page.delete_cols(9))
    (fault,) = read_sheets(workbook, YEAR, [issued["李四"]], Work()).outcome.faults
    assert fault.what == "没有“单位代码”这一列"


def test_files_that_are_none_of_ours_are_refused(workbook: Workbook, issued: dict[str, Path], tmp_path: Path) -> None:
    broken, other = tmp_path / "坏.xlsx", tmp_path / "别的.xlsx"
    broken.write_bytes(b"nothing")
    openpyxl.Workbook().save(other)
    outcome = read_sheets(workbook, YEAR, [broken, other, tmp_path / "没有.xlsx"], Work()).outcome
    assert [fault.file for fault in outcome.faults] == ["坏.xlsx", "别的.xlsx", "没有.xlsx"]
    assert "不是 .xlsx 表格" in outcome.faults[0].what and "不是本程序发出的" in outcome.faults[1].what
    wrong_year = read_sheets(workbook, 2022, [issued["张三"]], Work()).outcome
    assert "是 2023 年度的评分表" in wrong_year.faults[0].what


def test_marks_that_changed_meanwhile_are_not_overwritten(workbook: Workbook, issued: dict[str, Path]) -> None:
    fill(issued["张三"], kexie=60)
    batch = read_sheets(workbook, YEAR, [issued["张三"]], Work())
    with workbook.edit("录入评分") as edit:
        save_mark(edit, YEAR, "kexie", Mark("2.1", "张三", "office", Decimal(70)))
    with pytest.raises(InputError, match="刚有变动"):
        import_sheets(workbook, batch, Work())
    assert values(workbook, "kexie") == {"张三": "70"}


def test_a_folder_that_is_not_there_and_a_year_without_reviewers(workbook: Workbook, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹不存在"):
        issue_sheets(sheets_of(workbook, YEAR), tmp_path / "没有", Work())
    with pytest.raises(InputError, match="没有需要发放评分表的评委"):
        sheets_of(workbook, 2022)


def test_by_verbs(workbook: Workbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook.path
    workbook.close()
    assert main(["reviewer-sheets", str(path), "--year", str(YEAR), "--out", str(tmp_path)]) == 0
    sheet = tmp_path / "2023年度评委评分表_张三.xlsx"
    assert f"已写成 {sheet}" in capsys.readouterr().out
    fill(sheet, kexie=60, nongye=70)
    assert main(["import-marks", str(path), str(sheet)]) == 1
    assert "张三 市科协 2.1 评议：86.5（做得好） → 60（做得好）" in capsys.readouterr().err
    assert main(["import-marks", str(path), str(sheet), "--replace"]) == 0
    assert "已导入 2023 年度评委评分：新增 1 个评分，改动 1 个，相同 0 个" in capsys.readouterr().out
    with Workbook.open(path, read_only=True) as after:
        assert (values(after, "kexie"), values(after, "nongye")) == ({"张三": "60"}, {"张三": "70"})
    fill(sheet, nongye="差")
    assert main(["import-marks", str(path), str(sheet)]) == 1
    assert "一个评分也没有导入" in capsys.readouterr().err
