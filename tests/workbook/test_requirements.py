from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import InputError, WorkbookError
from assessor.workbook.facts import load_facts
from assessor.workbook.requirements import load_requirements, save_requirement
from tests.workbook.builders import small_workbook


def test_a_requirement_comes_back_and_an_empty_one_is_taken_away(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("年度要求") as edit:
            save_requirement(edit, 2023, "A1.1", " 全年不少于四次 ")
        assert load_requirements(workbook, 2023) == {"A1.1": "全年不少于四次"}
        assert load_facts(workbook, 2023).requirements == {"A1.1": "全年不少于四次"}
        with workbook.edit("年度要求") as edit:
            save_requirement(edit, 2023, "A1.1", "  ")
        assert load_requirements(workbook, 2023) == {}


def test_an_unknown_task_or_year_is_refused(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        with pytest.raises(InputError, match="没有代码为“Z9"), workbook.edit("年度要求") as edit:
            save_requirement(edit, 2023, "Z9.9", "x")
        with pytest.raises(WorkbookError, match="没有 2031 年度"), workbook.edit("年度要求") as edit:
            save_requirement(edit, 2031, "A1.1", "x")
