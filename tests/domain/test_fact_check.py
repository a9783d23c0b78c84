"""Facts and schemes that name what is not there, and complaints that name their place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessor.domain.rules.count import Count
from assessor.errors import InputError, SchemeError
from tests.domain.builders import (
    bonus,
    category,
    dec,
    leaf,
    mark,
    plain_scheme,
    scheme,
    score,
    score_group,
    task_leaf,
    tasked_unit,
    unit,
)


class TestFaults:
    def test_a_rules_complaint_names_unit_and_indicator(self) -> None:
        with pytest.raises(InputError) as problem:
            score(plain_scheme(), unit(given={"1.1": 61, "2.1": 1}))
        assert problem.value.place == "市kexie 1.1 指标1.1"

    def test_a_complaint_about_a_task_names_it(self) -> None:
        rules = scheme(category("1", task_leaf("1.1", 100, Count("done", dec(1)))))
        with pytest.raises(InputError) as problem:
            score(rules, tasked_unit("kexie", {"A1.1": -1}))
        assert problem.value.place == "市kexie 1.1 指标1.1（任务 A1.1）"

    @pytest.mark.parametrize(
        ("facts", "what"),
        [
            ({"given": {"9.9": 1}}, "考核办评分"),
            ({"marks": (mark("9.9", "张三", 80),)}, "评委评分"),
            ({"self_scores": {"9.9": dec(1)}}, "自评分"),
            ({"not_applicable": {"9.9": "无"}}, "不涉及认定"),
        ],
    )
    def test_an_unknown_indicator_is_refused_with_its_place(self, facts: dict[str, object], what: str) -> None:
        with pytest.raises(InputError) as problem:
            score(plain_scheme(), unit(**facts))
        assert problem.value.place == "市kexie 9.9"
        assert what in problem.value.what
        assert problem.value.remedy

    def test_an_unknown_bonus_code_is_refused(self) -> None:
        with pytest.raises(InputError, match="B9"):
            score(plain_scheme(), unit(given={"1.1": 1, "2.1": 1}, events=(bonus("B9", 1),)))

    def test_points_of_zero_are_a_fault_of_the_scheme(self) -> None:
        with pytest.raises(SchemeError, match="分值 0 应大于 0"):
            score(scheme(category("1", leaf("1.1", 0))), unit())

    def test_a_scheme_without_indicators_is_refused(self) -> None:
        with pytest.raises(SchemeError, match="没有指标"):
            score(scheme(), unit())

    def test_a_scheme_without_grades_is_refused(self) -> None:
        with pytest.raises(SchemeError, match="没有写等次"):
            score(plain_scheme(grades=()), unit())

    def test_a_form_for_a_task_that_is_not_assigned_is_warned_of(self) -> None:
        rules = scheme(category("1", task_leaf("1.1", 100)))
        facts = tasked_unit("kexie", {"A1.1": 100})
        stray = tasked_unit("kexie", {"A1.2": 100}).submissions
        group = score_group(rules, replace(facts, submissions={**facts.submissions, **stray}))
        assert group.warnings == ("市kexie 任务 A1.2：没有分解给该单位，填报表不计分",)

    def test_one_task_assigned_twice_is_refused(self) -> None:
        rules = scheme(category("1", task_leaf("1.1", 100)))
        facts = tasked_unit("kexie", {"A1.1": 100})
        with pytest.raises(InputError, match="不止一次"):
            score(rules, replace(facts, assignments=facts.assignments * 2))
