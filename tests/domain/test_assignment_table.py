from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessor.domain.assignment_table import (
    WHOLE_YEAR,
    AssignmentRow,
    Pick,
    PickKind,
    assignment_rows,
    new_assignment,
    picked,
    summary,
    target_sum,
    target_words,
    task_branches,
    tasks_without,
    unit_branches,
    units_without,
)
from assessor.domain.facts import GroupFacts, UnitFacts, YearFacts
from assessor.domain.form_table import FormState
from assessor.domain.plan import Role
from assessor.domain.progress import TargetProgress
from assessor.domain.scoring import score_year
from assessor.domain.submission import DONE
from assessor.domain.target import Observation
from assessor.domain.unit import Group
from assessor.domain.year_view import YearView
from tests.domain.builders import OPEN, assignment, category, form_of, leaf, scheme, task_leaf
from tests.workbook.builders import small_plan

TODAY = date(2024, 11, 18)
PLAN = small_plan()
KEXIE = UnitFacts(
    PLAN.units[0],
    assignments=(
        assignment("A1.1", "kexie", target=Decimal(200)),
        assignment("P1.1", "kexie", role=Role.LEAD, target=None, deadline=date(2024, 6, 30)),
    ),
    submissions={"A1.1": form_of("kexie", {DONE: "150"}, task="A1.1")},
)
NONGYE = UnitFacts(
    PLAN.units[1],
    assignments=(
        assignment("A1.1", "nongye", target=Decimal(100)),
        assignment("A1.2", "nongye", target=None, not_applicable="机构改革"),
    ),
)
DONGQU = UnitFacts(PLAN.units[3])


def view() -> YearView:
    rules = scheme(category("1", leaf("1.1", 60), task_leaf("1.2", 40)))
    groups = (
        GroupFacts(Group("member", "成员单位"), rules, (KEXIE, NONGYE)),
        GroupFacts(Group("county", "县市区"), replace(rules, group="county"), (DONGQU,)),
    )
    facts = YearFacts(OPEN, groups, {}, requirements={"A1.1": "全年不少于四次"})
    return YearView(PLAN, facts, score_year(facts), (), ())


def rows() -> tuple[AssignmentRow, ...]:
    return assignment_rows(view(), TODAY)


def test_rows_stand_in_the_plan_s_order_then_in_the_registry_s() -> None:
    assert [row.key for row in rows()] == [("A1.1", "kexie"), ("A1.1", "nongye"), ("A1.2", "nongye"), ("P1.1", "kexie")]


def test_a_row_says_what_is_asked_and_how_far_it_has_come() -> None:
    first, _second, left_out, last = rows()
    assert (first.requirement, first.completion, first.form.state) == (
        "全年不少于四次",
        Decimal("75.0"),
        FormState.ACCEPTED,
    )
    assert first.deadline == OPEN.deadline
    assert (last.requirement, last.completion, last.deadline) == ("", None, date(2024, 6, 30))
    assert left_out.form.state is FormState.NOT_APPLICABLE


def test_the_tree_of_the_plan_has_every_task_with_the_number_of_its_assignments() -> None:
    (whole,) = task_branches(view(), rows())
    assert (whole.pick, whole.count, whole.without_target) == (WHOLE_YEAR, 4, 1)
    first, second = whole.children
    assert (first.title, first.count, first.without_target) == ("A1 农民科学素质提升行动", 3, 0)
    assert [(child.title, child.count) for child in first.children] == [("A1.1 培训农民", 2), ("A1.2 帮扶", 1)]
    assert second.children[0].without_target == 1


def test_the_tree_of_units_leaves_out_groups_without_tasks() -> None:
    (whole,) = unit_branches(view(), rows())
    (group,) = whole.children
    assert (group.title, group.count) == ("成员单位", 4)
    assert [(child.title, child.count) for child in group.children] == [("市科协", 2), ("市农业农村局", 2)]


def test_what_is_picked_is_shown() -> None:
    found = {
        Pick(PickKind.ALL): 4,
        Pick(PickKind.SECTION, "A1"): 3,
        Pick(PickKind.TASK, "A1.1"): 2,
        Pick(PickKind.GROUP, "county"): 0,
        Pick(PickKind.UNIT, "kexie"): 2,
    }
    assert {pick: len(picked(rows(), pick)) for pick in found} == found


def test_only_units_that_do_not_have_the_task_are_offered_and_the_other_way_round() -> None:
    offered = units_without(view(), "A1.1")
    assert [(title, [unit.code for unit in units]) for title, units in offered] == [("县市区", ["dongqu"])]
    tasks = tasks_without(view(), "kexie")
    assert [(title, [task.code for task in found]) for title, found in tasks] == [("A1 农民科学素质提升行动", ["A1.2"])]


def test_a_new_assignment_has_the_plan_s_role_and_the_measure_of_the_others() -> None:
    added = new_assignment(view(), "A1.1", "dongqu")
    assert (added.role, added.measure, added.target) == (Role.PARTICIPANT, "人次", None)
    assert new_assignment(view(), "P1.1", "kexie").role is Role.LEAD


def test_the_summary_counts_and_adds_up_only_what_adds_up() -> None:
    assert summary(rows()) == "4 项任务分解，2 个单位；牵头 1 项；未定目标值 1 项；不涉及 1 项"
    task = picked(rows(), Pick(PickKind.TASK, "A1.1"))
    assert target_sum(task) == "目标值合计 300 人次"
    shares = [replace(row, assignment=replace(row.assignment, measure="%")) for row in task]
    assert target_sum(shares) == ""
    assert target_sum([task[0], replace(task[1], assignment=replace(task[1].assignment, measure="次"))]) == ""


def test_a_target_of_the_plan_is_said_with_how_far_it_has_come() -> None:
    target = PLAN.targets[1]
    unknown = TargetProgress(target, 2024, (), None)
    assert target_words(unknown) == "培训人次：期内累计 1000人次，还没有监测值"
    seen = TargetProgress(target, 2024, (Observation("peixun", 2024, Decimal(250), "统计"),), Decimal(250))
    assert target_words(seen) == "培训人次：期内累计 1000人次，截至 2024 年 250人次（25.0%）"
    assert "力争 15%" in target_words(TargetProgress(PLAN.targets[0], 2024, (), None))
