from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessor.domain.assignment import Assignment
from assessor.domain.plan import Plan, Role
from assessor.domain.unit import Succession, SuccessionKind, Unit
from assessor.domain.year import Stage, Year
from assessor.domain.year_copy import (
    Handover,
    copy_assignments,
    moved,
    next_header,
    suggested_year,
    year_before,
    years_to_add,
)
from tests.workbook.builders import MEMBER, small_plan

SOURCE = Year(2023, date(2022, 12, 1), date(2023, 11, 30), date(2023, 12, 15), Stage.REVIEW, collection_closed=True)
OWN = Assignment("A1.1", "nongye", Role.PARTICIPANT, Decimal(1), Decimal(200), "人次", date(2023, 10, 31))
GONE = Assignment("A1.1", "xiangcun", Role.LEAD, Decimal("1.5"), Decimal(100), "人次")
ALONE = Assignment("A1.2", "xiangcun", Role.LEAD, target=Decimal(5), measure="个")


def with_unit(unit: Unit, task: str = "A1.2") -> Plan:
    """The small plan, in which a further unit is responsible for a task."""
    plan = small_plan()
    sections = tuple(
        replace(
            section,
            tasks=tuple(
                replace(item, units=(*item.units, unit.code)) if item.code == task else item for item in section.tasks
            ),
        )
        for section in plan.sections
    )
    return replace(plan, units=(*plan.units, unit), sections=sections)


def test_the_new_year_has_the_same_days_and_begins_anew() -> None:
    header = next_header(SOURCE, 2024)
    assert header == Year(2024, date(2023, 12, 1), date(2024, 11, 30), date(2024, 12, 15), Stage.ASSIGN)
    assert moved(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert moved(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_weights_targets_and_measures_come_along_and_deadlines_move() -> None:
    copy = copy_assignments(small_plan(), SOURCE, [OWN], 2025)
    assert copy.assignments == (replace(OWN, deadline=date(2025, 10, 31)),)


def test_that_a_task_did_not_apply_is_left_behind() -> None:
    copy = copy_assignments(small_plan(), SOURCE, [replace(OWN, not_applicable="机构改革")], 2024)
    assert copy.assignments[0].not_applicable == ""
    assert copy.ruled_out == 1


def test_a_unit_that_is_gone_hands_over_to_its_successor() -> None:
    copy = copy_assignments(small_plan(), SOURCE, [ALONE], 2024)
    assert copy.handovers == (Handover("A1.2", "xiangcun", ("nongye",)),)
    assert copy.assignments == (replace(ALONE, unit="nongye"),)


def test_where_the_successor_has_the_task_both_parts_become_one() -> None:
    copy = copy_assignments(small_plan(), SOURCE, [GONE, OWN], 2024)
    assert copy.handovers == (Handover("A1.1", "xiangcun", ("nongye",), is_joined=True),)
    (joined,) = copy.assignments
    assert (joined.role, joined.weight, joined.target) == (Role.LEAD, Decimal("1.5"), Decimal(300))
    assert joined.deadline == date(2024, 10, 31)


def test_shares_and_amounts_of_different_measures_do_not_add_up() -> None:
    for measure in ("%", "次"):
        own = replace(OWN, measure=measure)
        gone = replace(GONE, measure="%")
        (joined,) = copy_assignments(small_plan(), SOURCE, [own, gone], 2024).assignments
        assert (joined.target, joined.measure) == (Decimal(200), measure)


def test_a_successor_without_a_target_takes_the_one_it_inherits() -> None:
    own = replace(OWN, target=None, measure="")
    (joined,) = copy_assignments(small_plan(), SOURCE, [own, GONE], 2024).assignments
    assert (joined.target, joined.measure) == (Decimal(100), "人次")


def test_without_a_successor_the_part_lapses() -> None:
    plan = small_plan()
    gone = replace(plan.units[2], successor=None)
    plan = replace(plan, units=(*plan.units[:2], gone, plan.units[3]))
    copy = copy_assignments(plan, SOURCE, [ALONE], 2024)
    assert copy.assignments == ()
    assert copy.handovers == (Handover("A1.2", "xiangcun", ()),)


def test_a_unit_that_is_new_gets_what_the_plan_asks_of_it() -> None:
    plan = with_unit(Unit("shuju", "某市数据局", "市数据局", MEMBER, valid_from=2024))
    copy = copy_assignments(plan, SOURCE, [ALONE], 2024)
    assert copy.joined == (Assignment("A1.2", "shuju", Role.PARTICIPANT),)
    assert copy.joined[0] in copy.assignments


def test_what_the_office_dropped_is_not_assigned_again() -> None:
    """The plan names kexie for A1.1, too."""
    assert [item.unit for item in copy_assignments(small_plan(), SOURCE, [OWN], 2024).assignments] == ["nongye"]


def test_the_order_of_assignments_in_storage_changes_nothing() -> None:
    other = Assignment("P1.1", "kexie", Role.LEAD, target=Decimal(1))
    items = [OWN, GONE, ALONE, other]
    expected = copy_assignments(small_plan(), SOURCE, items, 2024)
    for seed in range(6):
        shuffled = random.Random(seed).sample(items, len(items))
        assert copy_assignments(small_plan(), SOURCE, shuffled, 2024) == expected


def test_of_a_unit_that_was_split_each_part_gets_the_task_and_the_target_is_divided_anew() -> None:
    plan = with_unit(Unit("shuju", "某市数据局", "市数据局", MEMBER, valid_from=2024), "A1.1")
    successions = tuple(Succession("xiangcun", heir, 2024, SuccessionKind.SPLIT) for heir in ("nongye", "shuju"))
    copy = copy_assignments(replace(plan, successions=successions), SOURCE, [GONE], 2024)
    assert copy.handovers == (Handover("A1.1", "xiangcun", ("nongye", "shuju")),)
    assert [(item.unit, item.role, item.target) for item in copy.assignments] == [
        ("nongye", Role.LEAD, None),
        ("shuju", Role.LEAD, None),
    ]


def test_years_that_are_not_there_are_offered_and_the_one_after_the_last_is_suggested() -> None:
    years = [replace(SOURCE, year=2022), SOURCE]
    offered = years_to_add(years, small_plan(), date(2026, 3, 1))
    assert offered == (2024, 2025, 2026, 2027)
    assert suggested_year(years, offered) == 2024
    assert suggested_year([], (2022, 2023)) == 2022
    assert year_before(years, 2026) == SOURCE
    assert year_before(years, 2022) is None
