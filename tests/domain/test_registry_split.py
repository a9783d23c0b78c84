"""A split: who takes which tasks, who carries the history, what stands in the way."""

from __future__ import annotations

from functools import partial

import pytest

from assessor.domain.lineage import plan_in_year, predecessor
from assessor.domain.plan import Role
from assessor.domain.registry_change import Record
from assessor.domain.registry_merge import merge_units
from assessor.domain.registry_split import Part, split_unit, tasks_of
from tests.domain.registries import NEXT, OPEN, SEALED, made, state, unit

NEW, OTHER = unit("xin", valid_from=OPEN), unit("ling", valid_from=OPEN)
ENDS = partial(split_unit, unit="jia", parts=[Part(NEW, ("A1.2",)), Part(OTHER, ("P1.1",))], carrier="xin", year=OPEN)
STAYS = partial(split_unit, unit="jia", parts=[Part(NEW, ("A1.2",))], carrier=None, year=OPEN)


def units_of(task: str, year: int, request: partial[object]) -> tuple[str, ...]:
    after = made(state(), request)  # type: ignore[arg-type]
    planned = plan_in_year(after.plan, year).task_by_code[task].units
    (holdings,) = (item for item in after.years if item.year == year)
    assert set(planned) == {item.unit for item in holdings.assignments if item.task == task}
    return planned


def test_the_tasks_of_a_split_are_those_of_the_plan() -> None:
    assert [task.code for task in tasks_of(state(), "jia", OPEN)] == ["A1.1", "A1.2", "P1.1"]


def test_a_unit_that_ends_leaves_what_nobody_takes_to_who_carries_its_history() -> None:
    assert units_of("A1.1", OPEN, ENDS) == ("xin", "yi")
    assert units_of("A1.2", OPEN, ENDS) == ("xin",)
    assert set(units_of("P1.1", OPEN, ENDS)) == {"bing", "ling"}
    assert units_of("A1.2", SEALED, ENDS) == ("jia",)
    after = made(state(), ENDS)
    assert predecessor(after.plan.units, "xin", OPEN) == "jia"
    assert predecessor(after.plan.units, "ling", OPEN) == "ling"
    assert [known.code for known in after.plan.units] == ["jia", "xin", "ling", "yi", "bing", "ding"]


def test_a_unit_that_stays_keeps_the_rest_and_its_lead() -> None:
    assert units_of("A1.1", NEXT, STAYS) == ("jia", "yi")
    assert units_of("A1.2", NEXT, STAYS) == ("xin",)
    read = plan_in_year(made(state(), STAYS).plan, NEXT)
    assert read.section_by_code["A1"].leads == ("jia", "xin")
    assert read.role(read.task_by_code["A1.2"], "xin") is Role.LEAD
    assert not STAYS(state()).handovers


def test_a_part_of_what_was_taken_over_before_can_be_split_off() -> None:
    merged = made(state(), partial(merge_units, unit="jia", into="bing", year=OPEN))
    later = unit("xin", valid_from=NEXT)
    after = made(merged, partial(split_unit, unit="bing", parts=[Part(later, ("A1.2",))], carrier=None, year=NEXT))
    assert plan_in_year(after.plan, OPEN).task_by_code["A1.2"].units == ("bing",)
    assert plan_in_year(after.plan, NEXT).task_by_code["A1.2"].units == ("xin",)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"parts": []}, "没有填写拆分出的单位"),
        ({"carrier": "yi"}, "没有选择承接历史的单位"),
        ({"parts": [Part(NEW, ("P1.2",))], "carrier": "xin"}, "市jia局没有任务 P1.2"),
        ({"parts": [Part(NEW, ("A1.2",)), Part(OTHER, ("A1.2",))]}, "任务 A1.2 分给了两个单位"),
        ({"parts": [Part(NEW), Part(NEW)]}, "“市xin局”写了两次"),
        ({"year": SEALED}, f"{SEALED} 年度已定稿，不能再变动"),
        ({"parts": [Part(unit("xin", short_name="市yi局", valid_from=OPEN))]}, "“市yi局”已经是“市yi局”的名称"),
        ({"parts": [Part(unit("xin"))]}, f"{SEALED} 年度已定稿，不能再加入单位"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(change: dict[str, object], what: str) -> None:
    given: dict[str, object] = {"unit": "jia", "parts": [Part(NEW)], "carrier": "xin", "year": OPEN}
    assert what in [refusal.what for refusal in split_unit(state(), **(given | change)).refusals]  # type: ignore[arg-type]


def test_a_unit_that_stays_may_have_handed_in_what_it_keeps() -> None:
    assert not STAYS(state((OPEN, Record("jia", "填报表", 1, "A1.1")))).refusals
    (refusal,) = STAYS(state((OPEN, Record("jia", "填报表", 1, "A1.2")))).refusals
    assert refusal.what == f"市jia局要分出的任务在 {OPEN} 年度已有填报表 1 条"
