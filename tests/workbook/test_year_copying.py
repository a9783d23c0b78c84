from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.extremes import Extremes
from assessor.domain.plan import Role
from assessor.domain.year import Stage
from assessor.domain.year_copy import next_header
from assessor.errors import InputError, WorkbookError
from assessor.workbook.assignments import drop_assignments, load_assignments, save_assignment
from assessor.workbook.facts import load_facts
from assessor.workbook.requirements import load_requirements
from assessor.workbook.schemes import load_scheme
from assessor.workbook.seal_triggers import YEAR_TABLES
from assessor.workbook.undo import undo
from assessor.workbook.workbook import Workbook
from assessor.workbook.year_copying import copy_task, copy_year, preview_copy
from assessor.workbook.year_preferences import load_extremes
from assessor.workbook.year_removal import entered_in
from assessor.workbook.years import load_year
from tests.workbook.builders import SCHEMES
from tests.workbook.dump import canonical_dump
from tests.workbook.sealed import FREE, YEAR, ready_workbook

NEXT = 2025


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    """Every table of 2023 has something in it; 2024 is empty; 2025 is not there yet."""
    with ready_workbook(tmp_path) as opened:
        yield opened


def copied(workbook: Workbook) -> None:
    with workbook.edit("新建 2025 年度") as edit:
        copy_year(edit, YEAR, next_header(load_year(edit, YEAR), NEXT))


def test_assignments_schemes_requirements_and_settings_come_along(workbook: Workbook) -> None:
    copied(workbook)
    assert [(item.task, item.unit, item.role, item.target) for item in load_assignments(workbook, NEXT)] == [
        ("A1.1", "kexie", Role.PARTICIPANT, Decimal(100)),
        ("A1.1", "nongye", Role.LEAD, Decimal(200)),
        ("A1.2", "nongye", Role.LEAD, Decimal(100)),
        ("P1.1", "kexie", Role.LEAD, Decimal(100)),
    ]
    for group in ("member", "county"):
        assert load_scheme(workbook, NEXT, group) == load_scheme(workbook, YEAR, group)
    assert load_scheme(workbook, NEXT, "member") != next(scheme for scheme in SCHEMES if scheme.group == "member")
    assert load_requirements(workbook, NEXT) == {"A1.1": "全年不少于四次"}
    assert load_extremes(workbook, NEXT) == load_extremes(workbook, YEAR) != Extremes()


def test_every_status_mark_and_submission_is_reset(workbook: Workbook) -> None:
    copied(workbook)
    assert entered_in(workbook, NEXT) == ()
    year = load_year(workbook, NEXT)
    assert (year.stage, year.collection_closed, year.deadline) == (Stage.ASSIGN, False, date(2025, 12, 15))
    filled = {table for table in YEAR_TABLES if workbook.rows(f"SELECT 1 FROM {table} WHERE year = ?", (NEXT,))}
    assert filled == {
        "year", "year_preference", "scheme", "role_factor", "category", "indicator", "grade", "entry_kind",
        "veto_kind", "figure", "assignment", "annual_requirement",
    }  # fmt: skip
    for group in load_facts(workbook, NEXT).groups:
        for unit in group.units:
            assert (unit.form, unit.submissions, unit.marks, unit.events, unit.exempt) == (None, {}, (), (), "")


def test_the_year_it_is_copied_from_stays_as_it_is_and_an_undo_takes_the_copy_away(workbook: Workbook) -> None:
    before = canonical_dump(workbook.path)
    copied(workbook)
    undo(workbook)
    assert canonical_dump(workbook.path) == before


def test_the_preview_says_what_comes_along_who_hands_over_and_what_is_left_behind(workbook: Workbook) -> None:
    with workbook.edit("不涉及") as edit:
        (first, *_others) = load_assignments(edit, YEAR)
        save_assignment(edit, YEAR, replace(first, not_applicable="无此职能"))
    preview = preview_copy(workbook, YEAR, NEXT)
    assert preview.schemes == ("member 细则", "county 细则")
    assert (preview.requirements, preview.units, len(preview.copy.assignments)) == (1, 2, 4)
    handed = [(item.task, item.unit, item.heirs, item.is_joined) for item in preview.copy.handovers]
    assert handed == [("A1.1", "xiangcun", ("nongye",), True), ("A1.2", "xiangcun", ("nongye",), False)]
    left = dict(preview.left_behind)
    assert left["填报表"] == 8
    assert left["不涉及的任务"] == 1
    assert left["申诉和异议"] == 1


def test_a_year_is_copied_forward_only(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="不能把 2023 年度复制到 2022 年度") as refusal:
        preview_copy(workbook, YEAR, 2022)
    assert refusal.value.remedy
    with pytest.raises(WorkbookError, match="已经存在"), workbook.edit("新建年度") as edit:
        copy_year(edit, YEAR, next_header(load_year(edit, YEAR), FREE))


def test_one_task_is_brought_along_from_the_latest_year_that_has_it(workbook: Workbook) -> None:
    with workbook.edit("取消") as edit:
        drop_assignments(edit, FREE, [("A1.1", "kexie")])
    with workbook.edit("沿用上年") as edit:
        assert copy_task(edit, FREE, "A1.1") == 2
    found = {item.unit: item for item in load_assignments(workbook, FREE) if item.task == "A1.1"}
    assert {unit: (item.target, item.measure) for unit, item in found.items()} == {
        "kexie": (Decimal(100), "人次"),
        "nongye": (Decimal(200), "人次"),
    }


def test_a_target_that_is_set_already_stays(workbook: Workbook) -> None:
    with workbook.edit("下达") as edit:
        (first, *_others) = load_assignments(edit, FREE)
        save_assignment(edit, FREE, replace(first, target=Decimal(7), measure="次"))
    with workbook.edit("沿用上年") as edit:
        assert copy_task(edit, FREE, "A1.1") == 1
    assert load_assignments(workbook, FREE)[0].target == Decimal(7)


def test_a_task_that_no_earlier_year_had_is_refused(workbook: Workbook) -> None:
    with pytest.raises(InputError, match="没有下达过") as refusal, workbook.edit("沿用上年") as edit:
        copy_task(edit, YEAR, "A1.1")
    assert refusal.value.remedy
