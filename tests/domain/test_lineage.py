"""Who answers for a unit's part in a year, and with whom a unit's results are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessor.domain.lineage import heir, plan_in_year, predecessor, units_in_year
from assessor.domain.plan import Plan, Role
from assessor.domain.unit import Rename, Succession, SuccessionKind, Unit
from tests.domain.plans import small_plan

OLD = Unit("old", "宜春市扶贫办公室", "市扶贫办", "member", valid_to=2023, successor="new")
NEW = Unit("new", "宜春市农业农村局", "市农业农村局", "member")
PART = Unit("part", "宜春市数据局", "市数据局", "member", valid_from=2024)


def plan(*units: Unit, listed: tuple[str, ...], leads: tuple[str, ...] = (), split: bool = False) -> Plan:
    base = small_plan()
    task = replace(base.sections[0].tasks[0], units=listed)
    section = replace(base.sections[0], leads=leads or (units[0].code,), tasks=(task,))
    successions = (Succession("old", "part", 2024, SuccessionKind.SPLIT),) if split else ()
    return replace(base, units=units, sections=(section,), successions=successions)


def listed_in(given: Plan, year: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    section = plan_in_year(given, year).sections[0]
    return section.leads, section.tasks[0].units


def test_a_unit_that_is_gone_is_replaced_by_its_successor_once() -> None:
    given = plan(OLD, NEW, listed=("new", "old"))
    assert listed_in(given, 2023) == (("old",), ("new", "old"))
    assert listed_in(given, 2024) == (("new",), ("new",))
    read = plan_in_year(given, 2024)
    assert read.role(read.sections[0].tasks[0], "new") is Role.LEAD


def test_a_part_without_an_heir_lapses() -> None:
    assert listed_in(plan(replace(OLD, successor=None), NEW, listed=("old", "new")), 2024) == ((), ("new",))


def test_a_unit_that_is_yet_to_come_has_no_heir_before() -> None:
    later = replace(PART, valid_to=2025, successor="new")
    assert heir(plan(later, NEW, listed=()), "part", 2023) is None
    assert heir(plan(later, NEW, listed=()), "part", 2026) == "new"


def test_who_splits_off_takes_what_lists_it_and_nothing_else() -> None:
    stays = replace(OLD, valid_to=None, successor=None)
    taken = plan(stays, NEW, PART, listed=("old", "part", "new"), split=True)
    assert listed_in(taken, 2023)[1] == ("old", "new")
    assert listed_in(taken, 2024)[1] == ("part", "new")
    assert listed_in(plan(stays, NEW, PART, listed=("old", "new"), split=True), 2024)[1] == ("old", "new")


def test_what_a_split_leaves_goes_to_the_one_that_carries_the_history() -> None:
    assert listed_in(plan(OLD, NEW, PART, listed=("old",), split=True), 2024)[1] == ("new",)


def test_a_part_taken_by_a_split_goes_on_to_who_takes_over_from_that_one() -> None:
    gone = replace(PART, valid_to=2024, successor="new")
    assert units_in_year(plan(OLD, NEW, gone, listed=("old", "part"), split=True), ("old", "part"), 2025) == ("new",)


def test_a_circle_of_successors_ends() -> None:
    circle = replace(NEW, valid_to=2023, successor="old")
    assert heir(plan(OLD, circle, listed=()), "old", 2024) is None


def test_units_bear_the_years_own_names_and_answer_to_all() -> None:
    renamed = replace(NEW, renames=(Rename(2023, "宜春市农业局", "市农业局"), Rename(2025, "宜春市三农局", "市三农局")))
    names = [plan_in_year(plan(renamed, listed=()), year).units[0].short_name for year in (2022, 2023, 2024, 2025)]
    assert names == ["市农业农村局", "市农业局", "市农业局", "市三农局"]
    assert set(renamed.in_year(2024).aliases) == {"宜春市农业农村局", "市农业农村局", "宜春市三农局", "市三农局"}


@pytest.mark.parametrize(
    ("units", "code", "expected"),
    [
        ((OLD, NEW), "new", "new"),
        ((OLD, replace(NEW, valid_from=2024)), "new", "old"),
        ((OLD, replace(OLD, code="other"), replace(NEW, valid_from=2024)), "new", "new"),
        ((replace(OLD, valid_to=2022), replace(NEW, valid_from=2024)), "new", "new"),
        ((OLD, NEW), "nobody", "nobody"),
    ],
)
def test_results_are_compared_with_those_of_the_unit_whose_history_it_carries(
    units: tuple[Unit, ...], code: str, expected: str
) -> None:
    assert predecessor(units, code, 2024) == expected
