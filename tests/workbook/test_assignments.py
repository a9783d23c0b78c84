from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.assignment import Assignment
from assessor.domain.plan import Role
from assessor.errors import InputError, WorkbookError
from assessor.workbook.assignments import (
    assign_from_plan,
    drop_assignments,
    load_assignments,
    save_assignment,
    save_assignments,
)
from assessor.workbook.plans import save_plan
from assessor.workbook.submissions import save_submission
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import form, small_plan, small_workbook


def roles(workbook: Workbook, year: int) -> list[tuple[str, str, Role]]:
    return [(item.task, item.unit, item.role) for item in load_assignments(workbook, year)]


def test_every_responsible_unit_gets_its_task_with_its_role(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2023,)) as workbook:
        assert roles(workbook, 2023) == [
            ("A1.1", "kexie", Role.PARTICIPANT),
            ("A1.1", "nongye", Role.PARTICIPANT),
            ("A1.1", "xiangcun", Role.LEAD),
            ("A1.2", "xiangcun", Role.LEAD),
            ("P1.1", "kexie", Role.LEAD),
        ]


def test_a_unit_that_is_gone_hands_its_part_to_its_successor_once_and_with_its_lead(tmp_path: Path) -> None:
    with small_workbook(tmp_path, (2024,)) as workbook:
        assert roles(workbook, 2024) == [
            ("A1.1", "kexie", Role.PARTICIPANT),
            ("A1.1", "nongye", Role.LEAD),
            ("A1.2", "nongye", Role.LEAD),
            ("P1.1", "kexie", Role.LEAD),
        ]


@pytest.mark.parametrize("successor", [None, "xiangcun"])
def test_a_part_without_an_heir_lapses(tmp_path: Path, successor: str | None) -> None:
    plan = small_plan()
    gone = dataclasses.replace(plan.units[2], successor=successor)
    plan = dataclasses.replace(plan, units=(*plan.units[:2], gone, plan.units[3]))
    with small_workbook(tmp_path, (2023,)) as workbook:
        with workbook.edit("新建年度") as edit:
            save_plan(edit, plan)
            edit.execute("INSERT INTO year VALUES (2024, '2024-01-01', '2024-12-31', '2024-12-15', 'assign', 0, 0)")
            assign_from_plan(edit, plan, 2024)
        assert [item[:2] for item in roles(workbook, 2024)] == [
            ("A1.1", "kexie"),
            ("A1.1", "nongye"),
            ("P1.1", "kexie"),
        ]


def test_assigning_again_keeps_what_the_office_has_set(tmp_path: Path) -> None:
    asked = Assignment(
        "A1.1", "kexie", Role.LEAD, Decimal("0.50"), Decimal("300"), "人", date(2023, 10, 1), "当年没有任务"
    )
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("下达任务") as edit:
            save_assignment(edit, 2023, asked)
        with workbook.edit("重新分解") as again:
            assign_from_plan(again, small_plan(), 2023)
        assert load_assignments(workbook, 2023)[0] == asked
    assert edit.changes == {"assignment": {(2023, "A1.1", "kexie")}}
    assert again.changes == {}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"task": "Z9.9"}, "没有代码为“Z9.9”的任务"),
        ({"unit": "nobody"}, "没有代码为“nobody”的单位"),
        ({"weight": Decimal(-1)}, "小于 0"),
        ({"weight": Decimal("NaN")}, "不是有限的数字"),
        ({"target": Decimal(0)}, "应大于 0"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused(tmp_path: Path, change: dict[str, str], what: str) -> None:
    assignment = dataclasses.replace(Assignment("A1.1", "kexie", Role.LEAD), **change)  # type: ignore[arg-type]
    with (
        small_workbook(tmp_path) as workbook,
        pytest.raises(InputError, match=what) as refusal,
        workbook.edit("下达任务") as edit,
    ):
        save_assignment(edit, 2023, assignment)
    assert refusal.value.remedy


def test_a_unit_that_is_gone_is_refused_with_the_name_of_its_successor(tmp_path: Path) -> None:
    with (
        small_workbook(tmp_path, (2024,)) as workbook,
        pytest.raises(InputError, match="市乡村振兴局在 2024 年度不是考核单位") as refusal,
        workbook.edit("下达任务") as edit,
    ):
        save_assignment(edit, 2024, Assignment("A1.1", "xiangcun", Role.LEAD))
    assert "市农业农村局" in refusal.value.remedy


def test_assigning_in_an_unknown_year_is_refused(tmp_path: Path) -> None:
    with (
        small_workbook(tmp_path) as workbook,
        pytest.raises(WorkbookError, match="没有 2031 年度"),
        workbook.edit("分解") as edit,
    ):
        assign_from_plan(edit, small_plan(), 2031)


def test_a_task_is_taken_back_and_given_again(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        before = load_assignments(workbook, 2023)
        with workbook.edit("取消任务") as edit:
            drop_assignments(edit, 2023, [("A1.1", "kexie"), ("A1.2", "xiangcun")])
        assert [item.unit for item in load_assignments(workbook, 2023)] == ["nongye", "xiangcun", "kexie"]
        with workbook.edit("下达任务") as edit:
            save_assignments(edit, 2023, before)
        assert load_assignments(workbook, 2023) == before


def test_a_task_that_a_form_was_handed_in_for_is_not_taken_back(tmp_path: Path) -> None:
    with small_workbook(tmp_path) as workbook:
        with workbook.edit("登记") as edit:
            save_submission(edit, 2023, form("kexie", "A1.1"))
        with pytest.raises(WorkbookError, match="已有填报表") as refusal, workbook.edit("取消任务") as edit:
            drop_assignments(edit, 2023, [("A1.1", "nongye"), ("A1.1", "kexie")])
        assert "不涉及" in refusal.value.remedy
        assert "市科协" in refusal.value.place
        assert len(load_assignments(workbook, 2023)) == 5


def test_only_what_was_given_can_be_taken_back(tmp_path: Path) -> None:
    with (
        small_workbook(tmp_path) as workbook,
        pytest.raises(InputError, match="没有下达"),
        workbook.edit("取消任务") as edit,
    ):
        drop_assignments(edit, 2023, [("P1.1", "nongye")])
