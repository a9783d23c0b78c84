from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.plan import Plan
from assessor.domain.unit import Unit
from assessor.errors import InputError, PlanError, WorkbookError
from assessor.workbook.plans import load_plan, save_plan
from assessor.workbook.workbook import Workbook
from tests.workbook.builders import MEMBER, small_plan, small_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with Workbook.create(tmp_path / "a.assess") as opened:
        yield opened


def save(workbook: Workbook, plan: Plan) -> dict[str, frozenset[tuple[str | int, ...]]]:
    with workbook.edit("导入方案") as edit:
        save_plan(edit, plan)
    return dict(edit.changes)


def test_a_plan_comes_back_as_it_was_saved(workbook: Workbook) -> None:
    save(workbook, small_plan())
    assert load_plan(workbook) == small_plan()


def test_a_plans_decimals_come_back_digit_by_digit(workbook: Workbook) -> None:
    save(workbook, small_plan())
    targets = load_plan(workbook).targets
    assert [str(target.base) for target in targets] == ["14.5", "1000"]


def test_saving_the_same_plan_again_touches_nothing(workbook: Workbook) -> None:
    save(workbook, small_plan())
    assert save(workbook, small_plan()) == {}


def test_only_what_differs_is_touched(workbook: Workbook) -> None:
    plan = small_plan()
    save(workbook, plan)
    target = dataclasses.replace(plan.targets[0], base=Decimal("14.6"))
    changes = save(workbook, dataclasses.replace(plan, targets=(target, *plan.targets[1:])))
    assert changes == {"target": {("suzhi",)}}


def test_a_plan_can_lose_and_reorder_what_nothing_uses(workbook: Workbook) -> None:
    plan = small_plan()
    save(workbook, plan)
    smaller = dataclasses.replace(
        plan, units=(*plan.units[1::-1], plan.units[2]), requirements=(), schedule=plan.schedule[1:], targets=()
    )
    save(workbook, smaller)
    assert load_plan(workbook) == smaller


def test_a_workbook_without_a_plan_says_so(workbook: Workbook) -> None:
    with pytest.raises(WorkbookError, match="还没有实施方案") as refusal:
        load_plan(workbook)
    assert refusal.value.remedy


def test_a_unit_with_data_cannot_leave_the_plan(tmp_path: Path) -> None:
    plan = small_plan()
    task = dataclasses.replace(plan.sections[1].tasks[0], units=("nongye",))
    first = dataclasses.replace(plan.sections[0].tasks[0], units=("nongye",))
    sections = (
        dataclasses.replace(plan.sections[0], tasks=(first, plan.sections[0].tasks[1])),
        dataclasses.replace(plan.sections[1], leads=(), tasks=(task,)),
    )
    without = dataclasses.replace(plan, units=plan.units[1:], sections=sections)
    with small_workbook(tmp_path) as workbook:
        with pytest.raises(WorkbookError, match="“kexie”已有填报、评分等数据"):
            save(workbook, without)
        assert load_plan(workbook) == plan


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        (Unit("x", "x", "x", "nowhere"), "没有代码为“nowhere”的组别"),
        (Unit("x", "x", "x", MEMBER, successor="nobody"), "没有代码为“nobody”的单位"),
    ],
)
def test_a_plan_that_names_what_it_does_not_have_is_refused(workbook: Workbook, unit: Unit, what: str) -> None:
    plan = small_plan()
    with pytest.raises(PlanError, match=what) as refusal:
        save(workbook, dataclasses.replace(plan, units=(*plan.units, unit)))
    assert refusal.value.place
    assert refusal.value.remedy


def test_a_code_that_occurs_twice_is_refused(workbook: Workbook) -> None:
    plan = small_plan()
    with pytest.raises(InputError, match="单位“kexie”重复"):
        save(workbook, dataclasses.replace(plan, units=(*plan.units, plan.units[0])))
