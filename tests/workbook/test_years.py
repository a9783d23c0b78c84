from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assessor.domain.year import Stage, Year
from assessor.errors import InputError, WorkbookError
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import add_year, list_years, load_year, save_year

YEAR = Year(2023, date(2022, 12, 1), date(2023, 11, 30), date(2023, 12, 15), Stage.ASSIGN)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with Workbook.create(tmp_path / "a.assess") as opened:
        with opened.edit("新建年度") as edit:
            add_year(edit, YEAR)
        yield opened


def test_a_year_comes_back_as_it_was_added(workbook: Workbook) -> None:
    assert load_year(workbook, 2023) == YEAR


def test_years_are_listed_in_order(workbook: Workbook) -> None:
    with workbook.edit("新建年度") as edit:
        add_year(edit, dataclasses.replace(YEAR, year=2022))
    assert [year.year for year in list_years(workbook)] == [2022, 2023]


def test_a_saved_year_replaces_the_one_before(workbook: Workbook) -> None:
    changed = dataclasses.replace(YEAR, stage=Stage.REVIEW, collection_closed=True, is_sample=True)
    with workbook.edit("关闭收集") as edit:
        save_year(edit, changed)
    assert load_year(workbook, 2023) == changed
    assert edit.changes == {"year": {(2023,)}}


def test_an_unknown_year_names_the_years_there_are(workbook: Workbook) -> None:
    with pytest.raises(WorkbookError, match="没有 2031 年度") as refusal:
        load_year(workbook, 2031)
    assert "2023" in refusal.value.remedy


def test_a_year_is_added_only_once(workbook: Workbook) -> None:
    with pytest.raises(WorkbookError, match="已经存在"), workbook.edit("新建年度") as edit:
        add_year(edit, YEAR)


def test_a_year_that_is_not_there_cannot_be_saved(workbook: Workbook) -> None:
    with pytest.raises(WorkbookError, match="没有 2024 年度"), workbook.edit("修改年度") as edit:
        save_year(edit, dataclasses.replace(YEAR, year=2024))


@pytest.mark.parametrize(
    "change",
    [{"ends": date(2022, 1, 1)}, {"deadline": date(2022, 11, 30)}],
)
def test_a_year_whose_dates_are_out_of_order_is_refused(workbook: Workbook, change: dict[str, date]) -> None:
    with pytest.raises(InputError) as refusal, workbook.edit("修改年度") as edit:
        save_year(edit, dataclasses.replace(YEAR, **change))  # type: ignore[arg-type]
    assert refusal.value.remedy


def test_a_year_of_two_digits_is_refused(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="年度不合理"), workbook.edit("新建年度") as edit:
        add_year(edit, dataclasses.replace(YEAR, year=23))
