"""Changes of one unit: names, aliases, group, years and place."""

from __future__ import annotations

from functools import partial

import pytest

from assessor.domain.registry_change import Record, RegistryState
from assessor.domain.registry_edits import (
    add_unit,
    correct_names,
    move_to_group,
    move_unit,
    new_unit,
    rename_unit,
    set_aliases,
    set_years,
    step_unit,
)
from assessor.domain.registry_merge import merge_units
from assessor.domain.unit import Unit
from assessor.errors import InputError
from tests.domain.registries import NEXT, OPEN, SEALED, made, state

RENAME = partial(rename_unit, unit="jia", name="宜春市新局", short_name="市新局", year=OPEN)


def whats(change: object) -> list[str]:
    return [refusal.what for refusal in change.refusals]  # type: ignore[attr-defined]


def named(now: RegistryState, unit: str, year: int) -> str:
    return now.plan.unit_by_code[unit].in_year(year).short_name


def test_a_renaming_leaves_the_years_before_as_they_were() -> None:
    after = made(state(), RENAME)
    assert [named(after, "jia", year) for year in (SEALED, OPEN, NEXT)] == ["市jia局", "市新局", "市新局"]
    texts = [item.text for item in RENAME(state()).consequences]
    assert f"自 {OPEN} 年度起称“宜春市新局”，简称“市新局”" in texts
    assert f"{SEALED} 年度仍用“市jia局”" in texts


def test_a_renaming_does_not_reach_a_sealed_year() -> None:
    change = rename_unit(state(), unit="jia", name="宜春市新局", short_name="市新局", year=SEALED)
    assert change.refusals[0].what == f"{SEALED} 年度已定稿，其中的单位名称不变"
    assert change.refusals[0].remedy == f"请从 {OPEN} 年或以后更名"


def test_a_name_of_another_unit_is_refused_unless_that_one_bears_another_by_then() -> None:
    taken = partial(rename_unit, unit="yi", name="宜春市jia局", short_name="市jia局", year=NEXT)
    assert whats(taken(state())) == ["“宜春市jia局”已经是“市jia局”的名称"]
    assert not taken(made(state(), RENAME)).refusals


def test_a_slip_is_mended_in_every_year_that_has_it_unless_one_is_sealed() -> None:
    slip = partial(correct_names, unit="jia", name="宜春市佳局", short_name="市佳局", year=OPEN)
    assert whats(slip(state())) == [f"{SEALED} 年度已定稿，用的就是这个名称"]
    renamed = made(state(), RENAME)
    mended = made(renamed, slip)
    assert [named(mended, "jia", year) for year in (SEALED, OPEN, NEXT)] == ["市jia局", "市佳局", "市佳局"]
    same = correct_names(state(), unit="jia", name="宜春市jia局", short_name="市jia局", year=OPEN)
    assert not same.refusals


def test_aliases_tell_units_apart() -> None:
    after = made(state(), partial(set_aliases, unit="jia", aliases=[" 甲局 ", "", "甲局", "市甲"]))
    assert after.plan.unit_by_code["jia"].aliases == ("甲局", "市甲")
    assert whats(set_aliases(after, unit="yi", aliases=["甲局"])) == ["“甲局”已经是“市jia局”的名称"]
    merged = made(state(), partial(merge_units, unit="jia", into="yi", year=OPEN))
    assert not set_aliases(merged, unit="yi", aliases=["市jia局"]).refusals


def test_a_new_unit_joins_no_sealed_year() -> None:
    unit = new_unit(state().plan, "宜春市数据局", " 市数据局 ", "member", valid_from=OPEN)
    assert unit == Unit("市数据局", "宜春市数据局", "市数据局", "member", valid_from=OPEN)
    assert made(state(), partial(add_unit, unit=unit)).plan.units[-1] == unit
    forever = new_unit(state().plan, "宜春市数据局", "市数据局", "member")
    assert whats(add_unit(state(), unit=forever)) == [f"{SEALED} 年度已定稿，不能再加入单位"]
    again = made(state(), partial(add_unit, unit=unit))
    assert new_unit(again.plan, "甲", "市数据局", "member").code == "市数据局2"


@pytest.mark.parametrize(("name", "short"), [("", "市甲局"), ("甲", " "), ("甲" * 61, "甲"), ("甲\n乙", "甲")])
def test_what_is_no_name_is_refused(name: str, short: str) -> None:
    with pytest.raises(InputError):
        new_unit(state().plan, name, short, "member")


def test_a_group_changes_only_where_nothing_was_scored_by_it() -> None:
    assert whats(move_to_group(state(), unit="jia", group="county")) == [
        f"{SEALED} 年度已定稿，其中“市jia局”的组别不变"
    ]
    young = made(
        state(), partial(add_unit, unit=new_unit(state().plan, "宜春市新局", "市新局", "member", valid_from=OPEN))
    )
    assert made(young, partial(move_to_group, unit="市新局", group="county")).plan.units[-1].group == "county"
    marked = RegistryState(young.plan, state((NEXT, Record("市新局", "评委评分", 4))).years)
    assert whats(move_to_group(marked, unit="市新局", group="county")) == [f"市新局在 {NEXT} 年度已有评委评分 4 条"]


def test_the_years_of_a_unit_leave_sealed_years_and_its_tasks_alone() -> None:
    shorter = set_years(state(), unit="jia", valid_from=None, valid_to=OPEN)
    assert whats(shorter) == [f"市jia局在 {NEXT} 年度有 3 项任务"]
    assert f"{SEALED} 年度已定稿，其中参加考核的单位不变" in whats(
        set_years(state(), unit="ding", valid_from=OPEN, valid_to=None)
    )
    assert made(state(), partial(set_years, unit="ding", valid_from=2020, valid_to=NEXT)).plan.units[3].valid_to == NEXT
    assert "起始年度晚于最后年度" in whats(set_years(state(), unit="ding", valid_from=2023, valid_to=2022))
    merged = made(state(), partial(merge_units, unit="jia", into="yi", year=OPEN))
    assert "“市jia局”已经合并或拆分" in whats(set_years(merged, unit="jia", valid_from=None, valid_to=None))


def test_a_unit_moves_within_the_registry() -> None:
    first = move_unit(state(), unit="bing", after=None)
    assert [unit.code for unit in first.plan.units] == ["bing", "jia", "yi", "ding"]
    behind = move_unit(state(), unit="jia", after="yi")
    assert [unit.code for unit in behind.plan.units] == ["yi", "jia", "bing", "ding"]


@pytest.mark.parametrize(
    ("unit", "steps", "order"),
    [
        ("jia", 1, ["yi", "jia", "bing", "ding"]),
        ("bing", -1, ["jia", "bing", "yi", "ding"]),
        ("yi", -1, ["yi", "jia", "bing", "ding"]),
        ("jia", -1, ["jia", "yi", "bing", "ding"]),
        ("bing", 1, ["jia", "yi", "bing", "ding"]),
        ("ding", -1, ["jia", "yi", "bing", "ding"]),
    ],
)
def test_a_step_stays_within_the_group(unit: str, steps: int, order: list[str]) -> None:
    assert [known.code for known in step_unit(state(), unit=unit, steps=steps).plan.units] == order
