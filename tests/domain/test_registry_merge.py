"""A merger: what follows, what is joined, what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from assessor.domain.assignment import Assignment, join
from assessor.domain.lineage import plan_in_year
from assessor.domain.plan import Role
from assessor.domain.registry_change import Record, RegistryState
from assessor.domain.registry_merge import merge_units
from assessor.domain.registry_split import Part, split_unit
from assessor.domain.unit import SuccessionKind
from assessor.errors import InputError
from tests.domain.registries import NEXT, OPEN, SEALED, made, state, unit


def holdings(now: RegistryState, year: int, unit: str) -> dict[str, Assignment]:
    item = next(item for item in now.years if item.year == year)
    return {assignment.task: assignment for assignment in item.assignments if assignment.unit == unit}


def test_all_tasks_follow_from_the_year_on_and_twins_become_one() -> None:
    change = merge_units(state(), unit="jia", into="yi", year=OPEN)
    assert change.label == "合并单位 市jia局 → 市yi局"
    assert not change.refusals
    assert [(move.year, move.after.task, move.twin is not None) for move in change.moves] == [
        (OPEN, "A1.1", True),
        (OPEN, "A1.2", False),
        (OPEN, "P1.1", False),
        (NEXT, "A1.1", True),
        (NEXT, "A1.2", False),
        (NEXT, "P1.1", False),
    ]
    after = made(state(), lambda now: merge_units(now, unit="jia", into="yi", year=OPEN))
    assert holdings(after, OPEN, "jia") == {}
    assert set(holdings(after, OPEN, "yi")) == {"A1.1", "A1.2", "A1.3", "P1.1", "P1.2"}
    assert holdings(after, OPEN, "yi")["A1.1"].role is Role.LEAD
    assert set(holdings(after, SEALED, "jia")) == {"A1.1", "A1.2", "P1.1"}
    gone = after.plan.unit_by_code["jia"]
    assert (gone.valid_to, gone.successor) == (SEALED, "yi")


def test_the_consequences_say_what_happens() -> None:
    texts = [item.text for item in merge_units(state(), unit="jia", into="yi", year=OPEN).consequences]
    assert f"“市jia局”考核到 {SEALED} 年为止，自 {OPEN} 年起由“市yi局”承接" in texts
    assert "A1.1 任务A1.1：市yi局也有这项任务，并为一项（牵头）" in texts
    assert "A1.2 任务A1.2：转给市yi局（牵头）" in texts
    assert "A1 第A1部分的牵头部门：市yi局" in texts
    assert f"{SEALED} 年度已定稿，单位、任务和得分都不变" in texts
    assert f"{OPEN} 年度“市yi局”与“市yi局”自己的 {SEALED} 年度成绩比较" in texts


def test_what_was_handed_in_is_named_with_what_to_do() -> None:
    now = state((OPEN, Record("jia", "填报表", 3, "A1.1")), (OPEN, Record("jia", "评委评分", 2)))
    (refusal,) = merge_units(now, unit="jia", into="yi", year=OPEN).refusals
    assert refusal.what == f"市jia局在 {OPEN} 年度已有填报表 3 条、评委评分 2 条"
    assert refusal.remedy == f"合并后这些数据没有归属：请先删去，或改为从 {NEXT} 年起合并"
    assert not merge_units(now, unit="jia", into="yi", year=NEXT).refusals


@pytest.mark.parametrize(
    ("unit", "into", "year", "what"),
    [
        ("jia", "jia", OPEN, "承接单位是它自己"),
        ("jia", "yi", SEALED, f"{SEALED} 年度已定稿，不能再变动"),
        ("jia", "yi", 2022, f"{SEALED} 年度已定稿"),
    ],
)
def test_a_merger_that_makes_no_sense_is_refused(unit: str, into: str, year: int, what: str) -> None:
    change = merge_units(state(), unit=unit, into=into, year=year)
    assert change.refusals[0].what.startswith(what)
    with pytest.raises(InputError, match=what):
        change.require_allowed()


def test_a_unit_that_is_gone_cannot_be_merged_again_nor_merged_into() -> None:
    after = made(state(), lambda now: merge_units(now, unit="jia", into="yi", year=OPEN))
    assert "不都是考核单位" in merge_units(after, unit="jia", into="bing", year=NEXT).refusals[0].what
    assert "不是考核单位" in merge_units(after, unit="yi", into="jia", year=NEXT).refusals[0].what


def test_a_merger_into_a_unit_that_is_to_be_merged_here_later_is_refused() -> None:
    after = made(state(), lambda now: merge_units(now, unit="yi", into="jia", year=NEXT))
    assert f"在 {NEXT} 年还有一次合并" in merge_units(after, unit="jia", into="yi", year=OPEN).refusals[0].what


MINE = Assignment("A1.1", "jia", Role.LEAD, Decimal("1.5"), Decimal(50), "人次", date(2024, 10, 1))
TWIN = Assignment("A1.1", "yi", Role.PARTICIPANT, Decimal(1), Decimal(100), "人次", date(2024, 11, 1))


def test_amounts_of_one_measure_add_up_and_the_own_deadline_holds() -> None:
    joined = join(MINE, TWIN)
    expected = Assignment("A1.1", "yi", Role.LEAD, Decimal("1.5"), Decimal(150), "人次", date(2024, 11, 1))
    assert joined == expected


@pytest.mark.parametrize(
    ("mine", "twin", "target", "measure", "reason"),
    [
        ({"measure": "场次"}, {}, 100, "人次", ""),
        ({"measure": "%"}, {"measure": "%"}, 100, "%", ""),
        ({}, {"target": None, "measure": ""}, 50, "人次", ""),
        ({"target": None, "measure": ""}, {}, 100, "人次", ""),
        ({"not_applicable": "无此职能"}, {}, 100, "人次", ""),
        ({}, {"not_applicable": "无此职能"}, 50, "人次", ""),
        ({"not_applicable": "甲"}, {"not_applicable": "乙"}, 150, "人次", "乙"),
    ],
)
def test_what_applies_counts(
    mine: dict[str, object], twin: dict[str, object], target: int, measure: str, reason: str
) -> None:
    joined = join(replace(MINE, **mine), replace(TWIN, **twin))  # type: ignore[arg-type]
    assert (joined.target, joined.measure, joined.not_applicable) == (Decimal(target), measure, reason)


def test_a_merger_with_who_split_off_before_forgets_nothing_of_the_split() -> None:
    part = Part(unit("xin", valid_from=OPEN), ("A1.1",))
    before = made(state(), partial(split_unit, unit="jia", parts=(part,), carrier=None, year=OPEN))
    after = made(before, partial(merge_units, unit="jia", into="xin", year=NEXT))
    assert [(item.from_year, item.kind) for item in after.plan.successions] == [
        (OPEN, SuccessionKind.SPLIT),
        (NEXT, SuccessionKind.MERGE),
    ]
    for year in (OPEN, NEXT):
        assert plan_in_year(after.plan, year).task_by_code["A1.1"].units == ("xin", "yi")
    assert plan_in_year(after.plan, OPEN).task_by_code["A1.2"].units == ("jia",)
    assert plan_in_year(after.plan, NEXT).task_by_code["A1.2"].units == ("xin",)


def test_what_was_taken_over_after_a_split_stays_with_who_took_it_over() -> None:
    part = Part(unit("xin", valid_from=OPEN), ("A1.1",))
    split = made(state(), partial(split_unit, unit="yi", parts=(part,), carrier=None, year=OPEN))
    after = made(split, partial(merge_units, unit="jia", into="yi", year=NEXT))
    assert plan_in_year(after.plan, OPEN).task_by_code["A1.1"].units == ("jia", "xin")
    assert plan_in_year(after.plan, NEXT).task_by_code["A1.1"].units == ("yi", "xin")
    refusals = merge_units(split, unit="jia", into="yi", year=OPEN).refusals
    assert any("已经拆分" in refusal.what for refusal in refusals)


def test_a_merger_in_the_year_of_the_split_into_who_split_off_is_refused() -> None:
    part = Part(unit("xin", valid_from=OPEN), ("A1.1",))
    split = made(state(), partial(split_unit, unit="jia", parts=(part,), carrier=None, year=OPEN))
    refusals = merge_units(split, unit="jia", into="xin", year=OPEN).refusals
    assert any("从它拆分出来" in refusal.what for refusal in refusals)
