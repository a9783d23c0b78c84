from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from assessor.domain.assignment import Assignment
from assessor.domain.assignment_entry import (
    AssignmentField,
    read_deadline,
    read_goal,
    read_role,
    read_weight,
    with_values,
)
from assessor.domain.plan import Role
from assessor.errors import InputError

DUE = date(2024, 11, 30)


@pytest.mark.parametrize(
    ("text", "role"), [("牵头", Role.LEAD), (" 牵头部门 ", Role.LEAD), ("责任单位", Role.PARTICIPANT)]
)
def test_a_role_is_read_in_the_words_that_offices_use(text: str, role: Role) -> None:
    assert read_role(text) is role


@pytest.mark.parametrize(
    ("text", "measure", "target"),
    [
        ("300", "人", "300"),
        ("1,200人次", "人次", "1200"),
        ("１４．５％", "%", "14.5"),
        ("0.08", "", "0.08"),
        ("14。5", "%", "14.5"),
    ],
)
def test_a_target_is_read_with_commas_wide_digits_and_its_measure(text: str, measure: str, target: str) -> None:
    assert read_goal(text, measure) == Decimal(target)


def test_an_empty_cell_is_no_target_weighs_one_and_goes_with_the_year() -> None:
    assert read_goal(" ", "人") is None
    assert read_weight("") == 1
    assert read_deadline("", DUE) is None


def test_the_year_s_own_deadline_is_no_deadline_of_its_own() -> None:
    assert read_deadline("2024-11-30", DUE) is None
    assert read_deadline("2024年6月30日", DUE) == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("read", "what"),
    [
        (lambda: read_goal("0", "人"), "不能是 0"),
        (lambda: read_goal("约300", "人"), "“约300”不能用作目标值"),
        (lambda: read_goal("-5", "人"), "不能用作目标值"),
        (lambda: read_weight("一半"), "不能用作权重"),
        (lambda: read_role("领导"), "不是角色"),
        (lambda: read_role(""), "没有填写角色"),
        (lambda: read_deadline("下周", DUE), "不是日期"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(read: Callable[[], object], what: str) -> None:
    with pytest.raises(InputError, match=what) as refusal:
        read()
    assert refusal.value.remedy


def test_values_go_into_their_fields() -> None:
    before = Assignment("A1.1", "kexie", Role.LEAD, measure="人")
    after = with_values(before, {AssignmentField.TARGET: Decimal(3), AssignmentField.NOT_APPLICABLE: "无此职能"})
    assert after == Assignment("A1.1", "kexie", Role.LEAD, target=Decimal(3), measure="人", not_applicable="无此职能")
