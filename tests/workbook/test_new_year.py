from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import WorkbookError
from assessor.workbook.assignments import load_assignments
from assessor.workbook.new_year import make_year, preview_year, suggested_header
from assessor.workbook.years import list_years, load_year, set_dates
from tests.workbook.builders import SCHEMES, small_workbook
from tests.workbook.sealed import FREE, YEAR, ready_workbook


def test_a_copy_is_described_before_it_is_made(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        preview = preview_year(workbook, 2025, YEAR, SCHEMES)
        assert preview.kept[0] == "任务分解 4 项（2 个单位），其中目标值 4 项，连同角色、权重和期限"
        assert "《member 细则》" in preview.kept[1]
        assert preview.changes == (
            "市乡村振兴局 → 市农业农村局：2 项任务，其中 1 项与承接单位原有的合并，同计量单位的目标值相加",
        )
        assert "填报表 8" in preview.left_behind
        assert preview.header == suggested_header(workbook, 2025, YEAR)


def test_a_year_of_the_plan_is_described_too_with_a_word_where_the_plan_does_not_cover_it(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        inside, outside = (preview_year(workbook, year, None, SCHEMES) for year in (2024, 2030))
        assert inside.kept[0] == "任务分解 4 项（2 个单位），按《某市实施方案》下达，目标值待定"
        assert not any("请注意" in line for line in inside.kept)
        assert outside.kept[-1] == "请注意：实施方案的考核年度是 2022—2025 年"


def test_what_is_described_is_what_is_made(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        for to, copied in ((2025, YEAR), (2022, None)):
            with workbook.edit("新建年度") as edit:
                make_year(edit, suggested_header(edit, to, copied), copied, SCHEMES)
        assert [year.year for year in list_years(workbook)] == [2022, YEAR, FREE, 2025]
        assert [len(load_assignments(workbook, year)) for year in (2022, 2025)] == [5, 4]


def test_a_year_that_is_there_is_refused_at_once(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook, pytest.raises(WorkbookError, match="已经存在") as refusal:
        preview_year(workbook, 2023, None, SCHEMES)
    assert refusal.value.remedy


def test_new_dates_leave_the_stage_as_it_is(tmp_path: Path) -> None:
    with ready_workbook(tmp_path) as workbook:
        before = load_year(workbook, YEAR)
        with workbook.edit("改日期") as edit:
            set_dates(edit, suggested_header(edit, YEAR, None))
        after = load_year(workbook, YEAR)
        assert (after.stage, after.collection_closed) == (before.stage, before.collection_closed)
