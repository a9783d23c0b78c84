"""From one stage of a year to the next: what the step does, what prevents it, and what is still missing.

Nothing that is missing prevents a step: the office decides. Sealing (定稿) is a step of its own kind
(``workbook/seal.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from assessor.domain.next_steps import Finding, Topic, next_steps
from assessor.domain.progress import Delivery
from assessor.domain.scheme_check import check_scheme
from assessor.domain.standing import due_forms
from assessor.domain.year import Stage
from assessor.domain.year_view import YearView

_TITLES = {Stage.COLLECT: "下达任务，开始收集", Stage.SCORE: "截止收集，开始评分", Stage.REVIEW: "结束评分，开始复核"}
_STEPS_MISSING = {
    Stage.COLLECT: (Topic.TARGET,),
    Stage.SCORE: (Topic.TARGET, Topic.CHASE, Topic.RETURNED, Topic.CHECK, Topic.APPLICABILITY),
    Stage.REVIEW: (Topic.CHECK, Topic.APPLICABILITY, Topic.MARK),
}


@dataclass(frozen=True)
class StageObstacle:
    what: str
    remedy: str
    page: str = ""
    """Key of the page where it is mended."""


@dataclass(frozen=True)
class StageStep:
    before: Stage
    after: Stage
    title: str
    effects: tuple[str, ...]
    """What the step does, a sentence each."""
    obstacles: tuple[StageObstacle, ...]
    missing: tuple[Finding, ...]
    """What would better be done first."""
    can_stay_open: bool = False
    """Whether the office may go on and still take forms."""


class StageMove(Enum):
    """What it means to point at a stage."""

    ADVANCE = "advance"
    BACK = "back"
    SEAL = "seal"
    UNSEAL = "unseal"
    TOO_FAR = "too_far"


def move_to(stage: Stage, present: Stage, *, is_sealed: bool) -> StageMove:
    """From ``present``; the present stage itself stands for the step out of it."""
    if is_sealed:
        return StageMove.UNSEAL
    if stage.position < present.position:
        return StageMove.BACK
    if stage.position > present.position + 1:
        return StageMove.TOO_FAR
    return StageMove.SEAL if present in (Stage.REVIEW, Stage.SEAL) else StageMove.ADVANCE


def move_hint(stage: Stage, present: Stage, *, is_sealed: bool) -> str:
    """What a click on the stage offers, in a few words."""
    move = move_to(stage, present, is_sealed=is_sealed)
    if move is StageMove.ADVANCE:
        following = list(Stage)[present.position + 1]
        return f"{_TITLES[following]}…"
    return {
        StageMove.BACK: f"退回{stage.label}阶段…",
        StageMove.SEAL: "定稿…",
        StageMove.UNSEAL: "已定稿；点击可解除定稿…",
        StageMove.TOO_FAR: f"现在是{present.label}阶段，还不能进入{stage.label}",
    }[move]


def forward_step(view: YearView, today: date) -> StageStep | None:
    """None where the next stage is the seal, or there is none."""
    before = view.year.stage
    stages = list(Stage)
    after = stages[before.position + 1] if before.position + 1 < len(stages) else Stage.SEAL
    if after is Stage.SEAL:
        return None
    return StageStep(
        before=before,
        after=after,
        title=_TITLES[after],
        effects=_effects(view, after),
        obstacles=_obstacles(view, after),
        missing=(*_without_tasks(view, after), *_missing(view, after, today), *_default_schemes(view, after)),
        can_stay_open=after is Stage.SCORE and not view.year.collection_closed,
    )


def earlier_stages(stage: Stage) -> tuple[Stage, ...]:
    """Those that the year can be taken back to: none from the seal, which is undone in its own way."""
    return () if stage is Stage.SEAL else tuple(Stage)[: stage.position]


def back_effects(view: YearView, to: Stage) -> tuple[str, ...]:
    """What going back to ``to`` does. Nothing that was entered is lost."""
    effects = ["已经录入的填报、评分、加减分都保留"]
    if to.position <= Stage.COLLECT.position and view.year.collection_closed:
        effects.append("重新开放收集：未报的不再按 0 分计，改记待评")
    if to.position < Stage.SCORE.position <= view.year.stage.position:
        effects.append("细则可以再修改；重新开始评分时，改过的细则存为新的一版")
    return tuple(effects)


def _effects(view: YearView, after: Stage) -> tuple[str, ...]:
    if after is Stage.COLLECT:
        forms = due_forms(view.facts)
        units = len({form.unit.code for form in forms})
        deadline = view.year.deadline.isoformat()
        return (f"{units} 个单位的 {len(forms)} 份填报表开始收集，报送期限 {deadline}",)
    effects = []
    if not view.year.collection_closed:
        effects.append(_closing(view))
    if after is Stage.SCORE:
        titles = "、".join(f"《{group.scheme.title}》" for group in view.facts.groups)
        effects.append(f"固定考核细则：{titles}存为评分用的版本，以后的修改另存新版并写明原因")
    else:
        effects.append("进入复核：核对佐证、异常得分，处理申诉；评分仍可更正，每次更正都留痕")
    return tuple(effects)


def _closing(view: YearView) -> str:
    missing = sum(form.delivery in (Delivery.MISSING, Delivery.RETURNED) for form in due_forms(view.facts))
    if not missing:
        return "截止收集：各单位的填报表已经报齐"
    return f"截止收集：未报和退回未报的 {missing} 份填报表不再等待，有关指标按 0 分计"


def _obstacles(view: YearView, after: Stage) -> tuple[StageObstacle, ...]:
    if not any(unit.assignments for group in view.facts.groups for unit in group.units):
        return (StageObstacle("还没有下达任何任务", "请在“任务”页下达任务", "tasks"),)
    if after is not Stage.SCORE:
        return ()
    found = []
    for group in view.facts.groups:
        faults = check_scheme(group.scheme).faults
        found += [StageObstacle(f"《{group.scheme.title}》{fault.what}", fault.remedy, "scheme") for fault in faults]
    return tuple(found)


def _missing(view: YearView, after: Stage, today: date) -> tuple[Finding, ...]:
    return tuple(step for step in next_steps(view, today) if step.topic in _STEPS_MISSING[after])


def _without_tasks(view: YearView, after: Stage) -> tuple[Finding, ...]:
    """Only units of groups that have tasks at all: counties are assessed without any."""
    if after is not Stage.COLLECT:
        return ()
    names = [
        unit.unit.short_name
        for group in view.facts.groups
        if any(member.assignments for member in group.units)
        for unit in group.units
        if not unit.assignments and not unit.exempt
    ]
    return (Finding(Topic.ASSIGN, f"{'、'.join(names)}还没有任务"),) if names else ()


def _default_schemes(view: YearView, after: Stage) -> tuple[Finding, ...]:
    if after is Stage.REVIEW:
        return ()
    titles = [f"《{group.scheme.title}》" for group in view.facts.groups if group.scheme.is_default]
    return (Finding(Topic.SCHEME, f"{'、'.join(titles)}是默认细则，尚未经本单位改定"),) if titles else ()
