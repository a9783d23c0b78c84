"""What a step from one stage to the next does, what prevents it, what is still missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assessor.domain.facts import UnitFacts
from assessor.domain.next_steps import Topic
from assessor.domain.scheme import Scheme
from assessor.domain.scoring import score_year
from assessor.domain.stage_step import (
    StageMove,
    StageStep,
    back_effects,
    earlier_stages,
    forward_step,
    move_hint,
    move_to,
)
from assessor.domain.year import Stage, Year
from assessor.domain.year_view import YearView
from tests.domain.builders import OPEN, category, form_of, leaf, ratio, scheme, task_leaf, tasked_unit, unit, year_facts
from tests.domain.plans import small_plan

TODAY = date(2024, 11, 18)


def rules(**settings: object) -> Scheme:
    return scheme(
        category("1", leaf("1.1", 30, ratio("meetings", 2)), task_leaf("1.2", 40), leaf("1.3", 30)), **settings
    )


def view_of(*units: UnitFacts, stage: Stage, closed: bool = False, used: Scheme | None = None) -> YearView:
    year: Year = replace(OPEN, stage=stage, collection_closed=closed)
    facts = year_facts(used or rules(), *units, year=year)
    return YearView(small_plan(), facts, score_year(facts), (), ())


def step_of(*units: UnitFacts, stage: Stage, closed: bool = False, used: Scheme | None = None) -> StageStep:
    step = forward_step(view_of(*units, stage=stage, closed=closed, used=used), TODAY)
    assert step is not None
    return step


def complete(code: str = "kexie") -> UnitFacts:
    return tasked_unit(code, {"A1.1": 100}, given={"1.3": 30}, form=form_of(code, {"meetings": 2}))


def late(code: str = "tongjiju") -> UnitFacts:
    return tasked_unit(code, {"A1.1": None})


def test_handing_out_starts_the_collection_of_every_form_that_is_due() -> None:
    step = step_of(complete(), late(), stage=Stage.ASSIGN)
    assert (step.after, step.title) == (Stage.COLLECT, "下达任务，开始收集")
    assert step.effects == ("2 个单位的 4 份填报表开始收集，报送期限 2024-11-30",)
    assert (step.obstacles, step.missing) == ((), ())


def test_units_without_a_task_and_tasks_without_a_target_are_missing_before_the_collection() -> None:
    bare = replace(late(), assignments=tuple(replace(item, target=None) for item in late().assignments))
    step = step_of(bare, unit("shuju"), stage=Stage.ASSIGN)
    assert [item.title for item in step.missing] == ["市shuju还没有任务", "下达 1 个单位的任务目标值"]


def test_a_group_without_tasks_misses_none() -> None:
    step = step_of(unit("dongqu"), unit("xiqu"), stage=Stage.ASSIGN)
    assert step.missing == ()
    assert step.obstacles[0].what == "还没有下达任何任务"


def test_starting_to_score_says_what_closing_costs_and_what_is_fixed() -> None:
    step = step_of(complete(), late(), stage=Stage.COLLECT)
    assert step.can_stay_open
    assert step.effects[0] == "截止收集：未报和退回未报的 2 份填报表不再等待，有关指标按 0 分计"
    assert "《测试细则》" in step.effects[1]
    assert [item.topic for item in step.missing] == [Topic.CHASE]


def test_where_everything_came_in_nothing_is_lost_by_closing() -> None:
    assert step_of(complete(), stage=Stage.COLLECT).effects[0] == "截止收集：各单位的填报表已经报齐"
    again = step_of(complete(), stage=Stage.COLLECT, closed=True)
    assert not again.can_stay_open
    assert not any(line.startswith("截止收集") for line in again.effects)


def test_an_unsound_scheme_prevents_scoring_and_a_default_one_is_pointed_out() -> None:
    unsound = step_of(complete(), stage=Stage.COLLECT, used=rules(full_marks=90))
    assert "合计 100" in unsound.obstacles[0].what
    assert unsound.obstacles[0].remedy
    default = step_of(complete(), stage=Stage.COLLECT, used=rules(is_default=True))
    assert [item.topic for item in default.missing] == [Topic.SCHEME]


def test_what_the_office_still_owes_is_missing_before_the_review() -> None:
    unmarked = tasked_unit("kexie", {"A1.1": 100}, form=form_of("kexie", {"meetings": 2}))
    step = step_of(unmarked, stage=Stage.SCORE, closed=True)
    assert [item.topic for item in step.missing] == [Topic.MARK]
    assert step.effects[0].startswith("进入复核")


def test_after_the_review_comes_the_seal_which_is_no_such_step() -> None:
    for stage in (Stage.REVIEW, Stage.SEAL):
        assert forward_step(view_of(complete(), stage=stage, closed=True), TODAY) is None


def test_a_year_goes_back_to_any_earlier_stage_but_not_from_the_seal() -> None:
    assert earlier_stages(Stage.ASSIGN) == ()
    assert earlier_stages(Stage.REVIEW) == (Stage.ASSIGN, Stage.COLLECT, Stage.SCORE)
    assert earlier_stages(Stage.SEAL) == ()


def test_going_back_says_what_it_opens_again() -> None:
    view = view_of(complete(), stage=Stage.REVIEW, closed=True)
    assert back_effects(view, Stage.SCORE) == ("已经录入的填报、评分、加减分都保留",)
    effects = back_effects(view, Stage.COLLECT)
    assert any("重新开放收集" in line for line in effects)
    assert any("细则可以再修改" in line for line in effects)


def test_pointing_at_a_stage_means_a_step_ahead_a_way_back_or_the_seal() -> None:
    moves = {stage: move_to(stage, Stage.COLLECT, is_sealed=False) for stage in Stage}
    assert moves == {
        Stage.ASSIGN: StageMove.BACK,
        Stage.COLLECT: StageMove.ADVANCE,
        Stage.SCORE: StageMove.ADVANCE,
        Stage.REVIEW: StageMove.TOO_FAR,
        Stage.SEAL: StageMove.TOO_FAR,
    }
    assert move_to(Stage.SEAL, Stage.REVIEW, is_sealed=False) is StageMove.SEAL
    assert move_to(Stage.SCORE, Stage.SEAL, is_sealed=True) is StageMove.UNSEAL


def test_a_stage_says_what_a_click_offers() -> None:
    hints = [move_hint(stage, Stage.COLLECT, is_sealed=False) for stage in Stage]
    assert hints == [
        "退回下达阶段…",
        "截止收集，开始评分…",
        "截止收集，开始评分…",
        "现在是收集阶段，还不能进入复核",
        "现在是收集阶段，还不能进入定稿",
    ]
