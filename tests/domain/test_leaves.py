"""Leaves: weighted means over tasks, their states, adjustments, and the evidence they list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assessor.domain.facts import AdjustmentKind
from assessor.domain.plan import Role
from assessor.domain.results import LeafResult
from assessor.domain.rules.rule import LeafState
from assessor.domain.rules.timeliness import Timeliness
from assessor.domain.scheme import NotApplicablePolicy
from assessor.domain.submission import DONE, Blank, Evidence, SubmissionState
from assessor.domain.year import Year
from assessor.errors import InputError
from tests.domain.builders import (
    CLOSED,
    OPEN,
    adjustment,
    assignment,
    category,
    dec,
    form_of,
    leaf,
    leaf_of,
    plain_scheme,
    ratio,
    scheme,
    score_group,
    score_one,
    task_leaf,
    tasked_unit,
    unit,
)

TASKS = scheme(category("1", task_leaf("1.1", 25)), category("2", leaf("2.1", 75)))


def tasks_leaf(facts_done: dict[str, object], year: Year = CLOSED, **facts: object) -> LeafResult:
    result = score_one(facts.pop("rules", TASKS), tasked_unit("kexie", facts_done, given={"2.1": 75}, **facts), year)
    return leaf_of(result, "1.1")


class TestTaskScope:
    def test_the_fraction_is_the_weighted_mean_over_tasks(self) -> None:
        assert tasks_leaf({"A1.1": 100, "A1.2": 92, "A1.3": 85}).score == dec("23.08")  # 25 x 277 / 300

    def test_weights_and_role_factors_multiply(self) -> None:
        rules = replace(TASKS, role_factors={Role.LEAD: dec("1.5")})
        tasks = (
            assignment("A1.1", role=Role.LEAD, weight=dec(2)),  # 2 x 1.5 = 3
            assignment("A1.2", weight=dec("0.5")),
        )
        item = tasks_leaf({"A1.1": 80, "A1.2": 10}, assignments=tasks, rules=rules)
        assert [task.weight for task in item.tasks] == [dec("3.0"), dec("0.5")]
        assert item.score == dec("17.50")  # 25 x (3 x 0.8 + 0.5 x 0.1) / 3.5

    def test_a_task_that_does_not_apply_leaves_the_mean(self) -> None:
        tasks = (assignment("A1.1"), assignment("A1.2", not_applicable="本年度不开展"))
        item = tasks_leaf({"A1.1": 80, "A1.2": None}, assignments=tasks)
        assert (item.state, item.score) == (LeafState.SCORED, dec("20.00"))
        assert item.tasks[1].weight == 0
        assert item.tasks[1].outcome.reasoning == "不涉及：本年度不开展"

    def test_a_leaf_of_which_no_task_applies_does_not_apply(self) -> None:
        tasks = (assignment("A1.1", not_applicable="本年度不开展"),)
        item = tasks_leaf({"A1.1": None}, assignments=tasks)
        assert (item.state, item.score) == (LeafState.NOT_APPLICABLE, None)
        assert item.sentence == "不涉及：各项任务均不涉及（本年度不开展），缺项折算"

    def test_tasks_without_weight_count_as_none(self) -> None:
        rules = replace(TASKS, role_factors={Role.PARTICIPANT: dec(0)})
        item = tasks_leaf({"A1.1": 100}, rules=rules)
        assert (item.state, item.sentence) == (LeafState.NOT_APPLICABLE, "不涉及：各项任务的权重均为 0，缺项折算")

    def test_a_deadline_of_its_own_goes_before_the_years(self) -> None:
        rules = scheme(category("1", task_leaf("1.1", 10, Timeliness(dec("0.1")))), category("2", leaf("2.1", 90)))
        early = (assignment("A1.1", deadline=date(2024, 11, 26)),)
        result = score_one(rules, tasked_unit("kexie", {"A1.1": 1}, assignments=early, given={"2.1": 90}))
        item = leaf_of(result, "1.1")
        assert item.score == dec("8.00")  # two days late
        assert [(used.value, used.source) for used in item.inputs][1] == ("2024-11-26", "任务分解")

    def test_tasks_are_listed_in_the_plans_numbering(self) -> None:
        item = tasks_leaf({"A1.10": 1, "P1.1": 1, "A1.9": 1, "A2.1": 1})
        assert [task.task for task in item.tasks] == ["A1.9", "A1.10", "A2.1", "P1.1"]

    def test_every_task_has_its_own_reasoning_and_title(self) -> None:
        first = tasks_leaf({"A1.1": 92}).tasks[0]
        assert (first.title, first.outcome.reasoning) == ("开展科普活动", "实际 92 / 目标 100 = 92.00%")

    def test_inputs_name_their_task(self) -> None:
        assert all(item.name.startswith("A1.2 ") for item in tasks_leaf({"A1.2": 92}).inputs)


class TestTaskStates:
    @pytest.mark.parametrize(
        ("done", "state", "score"),
        [
            ({"A1.1": None, "A1.2": None}, LeafState.NOT_SUBMITTED, "0.00"),
            ({"A1.1": Blank.EMPTY, "A1.2": Blank.EMPTY}, LeafState.EMPTY, "0.00"),
            ({"A1.1": Blank.EMPTY, "A1.2": None}, LeafState.SCORED, "0.00"),
            ({"A1.1": 0, "A1.2": 0}, LeafState.SCORED, "0.00"),
            ({"A1.1": 100, "A1.2": None}, LeafState.SCORED, "12.50"),
        ],
    )
    def test_after_closing(self, done: dict[str, object], state: LeafState, score: str) -> None:
        item = tasks_leaf(done)
        assert (item.state, item.score) == (state, dec(score))

    @pytest.mark.parametrize(
        ("done", "score"),
        [
            ({"A1.1": None, "A1.2": Blank.EMPTY}, None),
            ({"A1.1": 100, "A1.2": None}, "12.50"),
            ({"A1.1": 0, "A1.2": None}, "0.00"),
        ],
    )
    def test_while_collecting_a_pending_task_makes_the_leaf_pending(
        self, done: dict[str, object], score: str | None
    ) -> None:
        item = tasks_leaf(done, OPEN)
        assert (item.state, item.score) == (LeafState.PENDING, None if score is None else dec(score))

    def test_a_returned_form_is_awaited_again(self) -> None:
        returned = {"A1.1": form_of("kexie", {DONE: 100}, task="A1.1", state=SubmissionState.RETURNED)}
        assert tasks_leaf({"A1.1": 100}, OPEN, submissions=returned).state is LeafState.PENDING
        assert tasks_leaf({"A1.1": 100}, submissions=returned).state is LeafState.NOT_SUBMITTED


class TestAdjustments:
    rules = scheme(category("1", leaf("1.1", 8, ratio("n", 300)), leaf("1.2", 92)))

    def adjusted(self, *adjustments: object, year: Year = CLOSED, **facts: object) -> LeafResult:
        settings = {"figures": {"n": 285}, "given": {"1.2": 92}} | facts
        return leaf_of(score_one(self.rules, unit(adjustments=adjustments, **settings), year), "1.1")

    def test_it_replaces_the_score_and_keeps_what_was_computed(self) -> None:
        item = self.adjusted(adjustment("1.1", "7.60", "8"))
        assert (item.computed, item.score, str(item.score)) == (dec("7.60"), dec("8"), "8.00")
        assert item.adjustment is not None

    def test_the_last_by_date_then_key_counts_however_stored(self) -> None:
        first = adjustment("1.1", "7.60", "8", key="9")
        appeal = adjustment("1.1", "8", "5", kind=AdjustmentKind.APPEAL, key="1", decided_on=date(2024, 12, 27))
        same_day = adjustment("1.1", "5", "6", key="2", decided_on=date(2024, 12, 27))
        assert self.adjusted(same_day, appeal, first).score == dec("6.00")
        assert self.adjusted(first, appeal, same_day).sentence == self.adjusted(same_day, first, appeal).sentence

    def test_it_ends_being_pending(self) -> None:
        item = self.adjusted(adjustment("1.1", 0, 4), year=OPEN, figures=None)
        assert (item.state, item.computed, item.score) == (LeafState.SCORED, None, dec("4.00"))

    def test_it_reaches_the_total(self) -> None:
        facts = unit(figures={"n": 285}, given={"1.2": 92}, adjustments=(adjustment("1.1", "7.60", 0),))
        assert score_one(self.rules, facts).total == dec("92.00")

    @pytest.mark.parametrize("new", ["8.01", "-0.01", "7.605"])
    def test_outside_the_points_or_too_fine_it_is_refused(self, new: str) -> None:
        with pytest.raises(InputError) as problem:
            self.adjusted(adjustment("1.1", "7.60", new))
        assert problem.value.place == "市kexie 1.1 指标1.1"

    @pytest.mark.parametrize("policy", list(NotApplicablePolicy))
    def test_on_a_leaf_that_does_not_apply_it_is_ignored_with_a_warning(self, policy: NotApplicablePolicy) -> None:
        rules = replace(plain_scheme(), not_applicable=policy)
        facts = unit(given={"2.1": 40}, not_applicable={"1.1": "无此职能"}, adjustments=(adjustment("1.1", 0, 9),))
        group = score_group(rules, facts)
        item = leaf_of(group.units[0], "1.1")
        assert (item.state, item.adjustment) == (LeafState.NOT_APPLICABLE, None)
        assert group.warnings == ("市kexie 1.1：不涉及的指标，复核调整没有采用",)


class TestEvidence:
    whole = Evidence("年度总结")
    own = Evidence("签到表", date(2024, 5, 20), "1.1")
    others = Evidence("照片", None, "2.1")

    def test_a_leaf_lists_its_own_and_the_whole_forms(self) -> None:
        form = form_of("kexie", {"n": 285}, evidence=(self.own, self.others, self.whole, self.whole))
        rules = scheme(category("1", leaf("1.1", 8, ratio("n", 300)), leaf("2.1", 92)))
        result = score_one(rules, unit(form=form, given={"2.1": 92}))
        assert leaf_of(result, "1.1").evidence == (self.own, self.whole)
        assert leaf_of(result, "2.1").evidence == (self.others, self.whole)

    def test_a_task_leaf_lists_its_tasks_forms_each_item_once(self) -> None:
        forms = {
            task: form_of("kexie", {DONE: 100}, task=task, evidence=(self.whole, proof))
            for task, proof in (("A1.1", self.own), ("A1.2", self.others))
        }
        assert tasks_leaf({"A1.1": 100, "A1.2": 100}, submissions=forms).evidence == (self.whole, self.own)

    def test_a_returned_forms_evidence_does_not_count(self) -> None:
        form = form_of("kexie", {"n": 285}, state=SubmissionState.RETURNED, evidence=(self.whole,))
        rules = scheme(category("1", leaf("1.1", 100, ratio("n", 300))))
        assert leaf_of(score_one(rules, unit(form=form)), "1.1").evidence == ()


def test_self_scores_are_carried_beside_the_score() -> None:
    result = score_one(plain_scheme(), unit(given={"1.1": 50, "2.1": 30}, self_scores={"1.1": dec(58)}))
    assert (leaf_of(result, "1.1").self_score, leaf_of(result, "2.1").self_score) == (dec(58), None)
