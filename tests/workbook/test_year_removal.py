from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.undo import undo
from assessor.workbook.year_removal import delete_year, entered_in
from assessor.workbook.years import list_years
from tests.workbook.dump import canonical_dump
from tests.workbook.sealed import FREE, YEAR, ready_workbook


def test_an_empty_year_goes_with_everything_that_was_set_up_and_an_undo_brings_it_back(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        before = canonical_dump(workbook.path)
        assert entered_in(workbook, FREE) == ()
        with workbook.edit("删除 2024 年度") as edit:
            delete_year(edit, FREE)
        assert [year.year for year in list_years(workbook)] == [YEAR]
        undo(workbook)
        assert canonical_dump(workbook.path) == before


def test_a_year_with_entries_stays_and_says_what_there_is(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        before = canonical_dump(workbook.path)
        with pytest.raises(WorkbookError, match="不是空的") as refusal, workbook.edit("删除 2023 年度") as edit:
            delete_year(edit, YEAR)
        assert "填报表 9 条" in refusal.value.what
        assert "申诉和异议 1 条" in refusal.value.what
        assert canonical_dump(workbook.path) == before
