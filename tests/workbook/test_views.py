from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.target import Observation
from assessor.errors import WorkbookError
from assessor.workbook.observations import save_observation
from assessor.workbook.views import load_view
from tests.workbook.builders import small_plan, small_workbook


def test_a_view_bundles_the_plan_the_results_and_the_progress(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("录入监测") as edit:
            save_observation(edit, Observation("suzhi", 2022, Decimal("12.9"), "调查"))
        view = load_view(workbook, 2023)
    assert view.plan == small_plan()
    assert [group.group.code for group in view.result.groups] == ["member", "county"]
    assert [section.assigned for section in view.sections] == [4, 1]
    assert view.targets[0].reached == Decimal("12.9")
    assert view.previous is None


def test_the_year_before_is_there_for_comparison_where_the_workbook_has_it(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2022, 2023)) as workbook:
        view = load_view(workbook, 2023)
    assert view.previous is not None
    assert view.previous.year.year == 2022


def test_an_unknown_year_is_refused(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook, pytest.raises(WorkbookError, match="没有 2031 年度"):
        load_view(workbook, 2031)
