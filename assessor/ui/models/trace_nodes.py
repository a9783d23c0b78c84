"""A unit's result as the tree that the detail pane shows: total -> categories -> indicators -> tasks. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from assessor.domain.results import CategoryResult, EntryResult, LeafResult, TaskOutcome, UnitResult, VetoResult
from assessor.domain.rules.rule import LeafInput, LeafState
from assessor.domain.submission import Evidence
from assessor.domain.wording import percent_text, plain


class Tone(Enum):
    """How a node's score is to be looked at."""

    PLAIN = "plain"
    PENDING = "pending"
    LOST = "lost"
    ABSENT = "absent"


_TONES = {
    LeafState.SCORED: Tone.PLAIN,
    LeafState.PENDING: Tone.PENDING,
    LeafState.NOT_SUBMITTED: Tone.LOST,
    LeafState.EMPTY: Tone.LOST,
    LeafState.NOT_APPLICABLE: Tone.ABSENT,
}


@dataclass(frozen=True)
class TraceNode:
    title: str
    score: str
    points: str = ""
    """What could be scored; empty where that is not said."""
    code: str = ""
    """Of a category or an indicator: what a screen asks to be shown."""
    tone: Tone = Tone.PLAIN
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Named lines under the sentence: 评分标准, 考核依据, 自评分, 复核调整."""
    inputs: tuple[LeafInput, ...] = ()
    evidence: tuple[str, ...] = ()
    children: tuple[TraceNode, ...] = ()

    def walk(self) -> Iterator[TraceNode]:
        yield self
        for child in self.children:
            yield from child.walk()


def trace_tree(unit: UnitResult) -> TraceNode:
    """The whole trace of one unit; the root is its total."""
    children = [_category(category) for category in unit.categories]
    if unit.entries:
        amount = f"{unit.bonus - unit.deduction:+f}"
        children.append(TraceNode("加分扣分", amount, children=tuple(_entry(entry) for entry in unit.entries)))
    children.extend(_veto(veto) for veto in unit.vetoes)
    if unit.exempt:
        return TraceNode("不参评", "—", tone=Tone.ABSENT, sentences=(f"不参评：{unit.exempt}",), children=())
    return TraceNode(
        "暂估总分" if unit.provisional else "总分",
        f"{unit.total:f}",
        tone=Tone.PENDING if unit.provisional else Tone.PLAIN,
        sentences=tuple(text for text in (unit.sentence, unit.grade_sentence, unit.unranked) if text),
        facts=(("覆盖率", percent_text(unit.coverage)),),
        children=tuple(children),
    )


def state_or_score(leaf: LeafResult) -> str:
    """A leaf's score as a cell shows it; where there is none, the state that says why."""
    return leaf.state.label if leaf.score is None else f"{leaf.score:f}"


def _category(category: CategoryResult) -> TraceNode:
    waits = any(leaf.state is LeafState.PENDING for leaf in category.leaves)
    left_out = category.contribution is None
    return TraceNode(
        category.category.title,
        category.contribution_text,
        plain(category.category.points),
        category.category.code,
        Tone.ABSENT if left_out else Tone.PENDING if waits else Tone.PLAIN,
        sentences=(category.sentence,),
        children=tuple(_leaf(leaf) for leaf in category.leaves),
    )


def _leaf(leaf: LeafResult) -> TraceNode:
    indicator = leaf.indicator
    own = f"{plain(leaf.self_score)} 分" if leaf.self_score is not None else ""
    named = (
        ("考核内容", indicator.content),
        ("评分标准", indicator.criterion),
        ("考核依据", indicator.proof),
        ("自评分", own),
        ("复核调整", _adjustment(leaf)),
    )
    return TraceNode(
        indicator.title,
        state_or_score(leaf),
        plain(indicator.points),
        indicator.code,
        _TONES[leaf.state],
        sentences=(leaf.sentence,),
        facts=tuple((name, text) for name, text in named if text),
        inputs=leaf.inputs,
        evidence=tuple(_evidence(item) for item in leaf.evidence),
        children=tuple(_task(task) for task in leaf.tasks),
    )


def _task(task: TaskOutcome) -> TraceNode:
    outcome = task.outcome
    is_scored = outcome.state is LeafState.SCORED
    weight = f"{task.role.label}，权重 {plain(task.weight)}" if task.weight else "不计入"
    return TraceNode(
        f"{task.task} {task.title}",
        percent_text(outcome.fraction) if is_scored else outcome.state.label,
        "",
        tone=_TONES[outcome.state],
        sentences=(outcome.reasoning,) if outcome.reasoning else (),
        facts=(("责任", weight),),
        inputs=outcome.inputs,
    )


def _entry(entry: EntryResult) -> TraceNode:
    event = entry.event
    sign = "-" if event.kind.value == "deduction" and entry.counted else "+" if entry.counted else ""
    named = (("事由", event.reason), ("日期", event.happened_on.isoformat()))
    evidence = (event.evidence,) if event.evidence else ()
    return TraceNode(
        f"{event.kind.label} · {entry.title}",
        f"{sign}{entry.counted:f}",
        sentences=(entry.sentence,),
        facts=named,
        evidence=evidence,
    )


def _veto(veto: VetoResult) -> TraceNode:
    event = veto.event
    named = (("事由", event.reason), ("日期", event.happened_on.isoformat()))
    return TraceNode(
        f"一票否决 · {veto.title}",
        f"限{veto.limit}",
        tone=Tone.LOST,
        sentences=(veto.sentence,),
        facts=named,
        evidence=(event.evidence,) if event.evidence else (),
    )


def _adjustment(leaf: LeafResult) -> str:
    made = leaf.adjustment
    if made is None:
        return ""
    change = f"{made.kind.label}：{plain(made.old)} → {plain(made.new)} 分"
    return f"{change}，{made.reason}（{made.decided_by}，{made.decided_on.isoformat()}）"


def _evidence(item: Evidence) -> str:
    return f"{item.title}（{item.dated.isoformat()}）" if item.dated else item.title
