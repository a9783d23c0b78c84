"""What the office gives task by task: every rule's worked example by hand, and what does not fit is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assessor.domain.plan import Role
from assessor.domain.results import LeafResult
from assessor.domain.rules.deduct import Deduct
from assessor.domain.rules.direct import Direct
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Level, Levels
from assessor.domain.rules.panel import SELF, Panel
from assessor.domain.rules.rank import Rank, RankBand
from assessor.domain.rules.rule import LeafState, Rule
from assessor.domain.scheme import Scheme
from assessor.domain.submission import DONE
from assessor.errors import InputError, SchemeError
from tests.domain.builders import (
    assignment,
    award,
    bonus,
    category,
    dec,
    leaf,
    leaf_of,
    mark,
    occurrence,
    score,
    score_one,
    task_leaf,
    tasked_unit,
    unit,
)
from tests.domain.builders import scheme as scheme_of

TWO = (assignment("A1.1", role=Role.LEAD), assignment("A1.2"))
EXPERTS = Judgement((Panel("expert", "评委组"),))
LEVELS = Levels((Level("好", dec(70), dec(100)), Level("中", dec(40), dec(70)), Level("差", dec(0), dec(40))))


def rules_of(rule: Rule, points: int = 20) -> Scheme:
    """Leads count one and a half times."""
    return scheme_of(category("1", task_leaf("1.1", points, rule)), role_factors={Role.LEAD: dec("1.5")})


def scored(rule: Rule, points: int = 20, **facts: Any) -> LeafResult:
    """The leaf 1.1 of a unit that leads A1.1 and takes part in A1.2."""
    return leaf_of(score_one(rules_of(rule, points), unit(**({"assignments": TWO} | facts))), "1.1")


class TestJudgement:
    def test_every_task_has_its_own_reviewers_marks(self) -> None:
        marks = (
            mark("1.1", "甲", 90, task="A1.1"),
            mark("1.1", "乙", 80, task="A1.1"),
            mark("1.1", "甲", 60, task="A1.2"),
        )
        item = scored(EXPERTS, marks=marks)
        assert item.score == dec("15.00")  # 20 x (1.5 x 0.85 + 1 x 0.60) / 2.5
        assert item.sentence == "2 项任务加权平均 75.00%（满权 2.5），20 分 × 75.00% = 15.00 分"
        assert [task.outcome.reasoning for task in item.tasks] == [
            "评委组 平均(80, 90) = 85，加权 85.00%",
            "评委组 60，加权 60.00%",
        ]
        assert [(used.name, used.value, used.source) for used in item.inputs] == [
            ("A1.1 评委组", "80", "评委 乙"),
            ("A1.1 评委组", "90", "评委 甲"),
            ("A1.2 评委组", "60", "评委 甲"),
        ]
        assert scored(EXPERTS, marks=marks[::-1]) == item

    def test_the_units_self_score_counts_for_every_task(self) -> None:
        rule = Judgement((Panel("expert", "评委组", dec(3)), Panel(SELF, "自评", dec(1))))
        marks = (mark("1.1", "甲", 85, task="A1.1"), mark("1.1", "甲", 60, task="A1.2"))
        item = scored(rule, marks=marks, self_scores={"1.1": dec(16)})
        # 16 of 20 is 80: A1.1 (3 x 85 + 80) / 4 = 83.75, A1.2 (3 x 60 + 80) / 4 = 65
        assert item.score == dec("15.25")  # 20 x (1.5 x 0.8375 + 1 x 0.65) / 2.5

    def test_a_task_nobody_has_marked_is_awaited_and_counts_nothing_yet(self) -> None:
        item = scored(EXPERTS, marks=(mark("1.1", "甲", 80, task="A1.1"),))
        assert (item.state, item.score) == (LeafState.PENDING, dec("9.60"))  # 20 x 1.5 x 0.8 / 2.5
        assert item.tasks[1].outcome.reasoning == "评委组 未评，待评委组评分"


def test_levels_of_every_task() -> None:
    tasks = (assignment("A1.1", weight=dec(2)), assignment("A1.2"))
    awards = (award("1.1", level="好", task="A1.1"), award("1.1", level="中", percentage=dec(50), task="A1.2"))
    item = scored(LEVELS, 10, assignments=tasks, awards=awards)
    assert item.score == dec("7.33")  # 10 x (2 x 0.85 + 1 x 0.50) / 3


class TestDirect:
    def test_points_of_every_task_are_of_the_leafs_points(self) -> None:
        item = scored(Direct(), 8, awards=(award("1.1", 8, task="A1.1"), award("1.1", 5, task="A1.2")))
        assert item.score == dec("6.80")  # 8 x (1.5 x 8/8 + 1 x 5/8) / 2.5
        assert item.tasks[1].outcome.reasoning == "考核办（核定）评 5 / 8 = 62.50%"

    def test_points_above_the_leafs_are_refused_naming_the_task(self) -> None:
        with pytest.raises(InputError, match=r"评分应在 0 到 8 分之间，现为8\.01 分") as problem:
            scored(Direct(), 8, awards=(award("1.1", 8, task="A1.1"), award("1.1", "8.01", task="A1.2")))
        assert problem.value.place == "市kexie 1.1 指标1.1（任务 A1.2）"

    def test_a_task_that_does_not_apply_needs_no_points(self) -> None:
        tasks = (TWO[0], replace(TWO[1], not_applicable="本年度不开展"))
        item = scored(Direct(), 8, assignments=tasks, awards=(award("1.1", 6, task="A1.1"),))
        assert (item.state, item.score) == (LeafState.SCORED, dec("6.00"))


def test_occurrences_cost_the_task_that_they_concern() -> None:
    tasks = tuple(assignment(task) for task in ("A1.1", "A1.2", "A1.3"))
    events = (
        occurrence("1.1", 1, key="1", task="A1.1"),
        occurrence("1.1", 2, key="2", task="A1.1"),
        occurrence("1.1", 5, key="3", task="A1.3"),
    )
    item = scored(Deduct(dec(1)), 4, assignments=tasks, events=events)
    assert item.score == dec("1.67")  # 4 x (1/4 + 4/4 + 0/4) / 3
    assert [task.outcome.reasoning for task in item.tasks] == [
        "扣分情形 3 次 × 每次 1 分 = 扣 3 分，余 1 / 4 = 25.00%",
        "扣分情形 0 次，不扣分 = 100.00%",
        "扣分情形 5 次 × 每次 1 分 = 扣 5 分，扣完为止，余 0 / 4 = 0.00%",
    ]


def test_a_ranking_is_never_scored_task_by_task() -> None:
    rules = rules_of(Rank(DONE, (RankBand(1, dec(1)),)))
    with pytest.raises(SchemeError, match="各单位承担的任务不同，无从比较") as problem:
        score(rules, tasked_unit("kexie", {"A1.1": 1}))
    assert problem.value.place == "细则“测试细则” 指标 1.1 指标1.1"


class TestMisfits:
    """Of the scheme: 1.1 judged and 1.2 given task by task, 2.1 judged, 2.2 given and 2.3 counted for the unit."""

    rules = scheme_of(
        category("1", task_leaf("1.1", 20, EXPERTS), task_leaf("1.2", 20, Direct())),
        category("2", leaf("2.1", 20, EXPERTS), leaf("2.2", 20), leaf("2.3", 20, Deduct(dec(1)))),
    )

    @pytest.mark.parametrize(
        ("facts", "what", "place"),
        [
            ({"marks": (mark("2.2", "甲", 80),)}, "按“直接评分”评分，不用评委评分", "市kexie 2.2 指标2.2"),
            ({"awards": (award("2.1", 8),)}, "按“评议”评分，不用考核办评分", "市kexie 2.1 指标2.1"),
            ({"events": (occurrence("2.2"),)}, "按“直接评分”评分，不用扣分情形", "市kexie 2.2 指标2.2"),
            ({"marks": (mark("1.1", "甲", 80),)}, "评委评分没有写任务", "市kexie 1.1 指标1.1"),
            ({"awards": (award("1.2", 8),)}, "考核办评分没有写任务", "市kexie 1.2 指标1.2"),
            (
                {"marks": (mark("2.1", "甲", 80, task="A1.1"),)},
                "按单位评分，评委评分不能写任务",
                "市kexie 2.1 指标2.1（任务 A1.1）",
            ),
            (
                {"events": (occurrence("2.3", task="A1.1"),)},
                "按单位评分，扣分情形不能写任务",
                "市kexie 2.3 指标2.3（任务 A1.1）",
            ),
            (
                {"awards": (award("1.2", 8, task="A9.9"),)},
                "任务 A9.9 没有分解给该单位（考核办评分）",
                "市kexie 1.2 指标1.2（任务 A9.9）",
            ),
            (
                {"awards": (award("1.2", 8, task="A1.1"), award("1.2", 9, task="A1.1"))},
                "考核办评分不止一个",
                "市kexie 1.2 指标1.2（任务 A1.1）",
            ),
            (
                {"events": (bonus("B1", 1, task="A1.1"),)},
                "加分针对单位，不能写任务",
                "市kexie 示例事由（任务 A1.1）",
            ),
        ],
    )
    def test_a_misfit_is_refused_with_its_place(self, facts: dict[str, Any], what: str, place: str) -> None:
        with pytest.raises(InputError) as problem:
            score(self.rules, unit(assignments=TWO, **facts))
        assert what in problem.value.what
        assert problem.value.place == place
        assert problem.value.remedy

    def test_which_misfit_is_named_does_not_depend_on_the_order_of_storage(self) -> None:
        marks = (mark("2.2", "甲", 80), mark("1.2", "甲", 80, task="A1.2"), mark("1.2", "甲", 80, task="A1.1"))
        places = set()
        for stored in (marks, marks[::-1]):
            with pytest.raises(InputError) as problem:
                score(self.rules, unit(assignments=TWO, marks=stored))
            places.add(problem.value.place)
        assert places == {"市kexie 1.2 指标1.2（任务 A1.1）"}
