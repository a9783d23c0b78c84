"""What the office does next in a year, and what stands out: lists of units, each with its reason.

Decided here and tested without a window; the stage bar shows the first step, the overview all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from assessor.domain.appeal import Appeal
from assessor.domain.fact_check import passed_over
from assessor.domain.facts import GroupFacts, UnitFacts
from assessor.domain.form_claims import open_claims
from assessor.domain.progress import Delivery
from assessor.domain.results import LeafResult, UnitResult
from assessor.domain.review_item import ReviewItem, ReviewTopic, open_items
from assessor.domain.review_list import review_items
from assessor.domain.rules.rule import OfficeInput
from assessor.domain.standing import DueForm, due_forms
from assessor.domain.unit import Unit
from assessor.domain.year import Stage
from assessor.domain.year_view import YearView

_JUDGED = frozenset({OfficeInput.MARKS, OfficeInput.AWARD})
"""What the office and its reviewers owe: a pending leaf whose rule takes it awaits them, not the unit."""
_NAMED = 3
"""How many tasks a reason names before it only counts."""


class Topic(Enum):
    ASSIGN = "assign"
    SCHEME = "scheme"
    TARGET = "target"
    CHASE = "chase"
    RETURNED = "returned"
    CHECK = "check"
    APPLICABILITY = "applicability"
    MARK = "mark"
    CLOSE = "close"
    APPEAL = "appeal"
    REVIEW = "review"
    SEAL = "seal"
    REPORT = "report"
    MISSING = "missing"
    LATE = "late"
    VETO = "veto"
    PENDING = "pending"
    UNRANKED = "unranked"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Topic.ASSIGN: "下达",
    Topic.SCHEME: "细则",
    Topic.TARGET: "目标值",
    Topic.CHASE: "催报",
    Topic.RETURNED: "退回",
    Topic.CHECK: "审核",
    Topic.APPLICABILITY: "不涉及",
    Topic.MARK: "待评议",
    Topic.CLOSE: "截止收集",
    Topic.APPEAL: "申诉",
    Topic.REVIEW: "复核",
    Topic.SEAL: "定稿",
    Topic.REPORT: "报告",
    Topic.MISSING: "未报",
    Topic.LATE: "逾期",
    Topic.VETO: "一票否决",
    Topic.PENDING: "暂估",
    Topic.UNRANKED: "不排名",
    Topic.IGNORED: "未计分",
}

FORM_TOPICS = frozenset({Topic.CHASE, Topic.RETURNED, Topic.CHECK, Topic.APPLICABILITY, Topic.MISSING, Topic.LATE})
"""What is about forms: taken care of where they are received and checked."""


_PAGES = {
    Topic.ASSIGN: "tasks",
    Topic.TARGET: "tasks",
    Topic.MARK: "scoring",
    Topic.REVIEW: "review",
    Topic.APPEAL: "review",
    Topic.REPORT: "report",
    Topic.VETO: "entries",
    Topic.PENDING: "scoring",
    Topic.UNRANKED: "results",
    Topic.IGNORED: "results",
}


def page_of(topic: Topic) -> str:
    """Key of the page that takes care of the topic; empty: a step of the year as a whole."""
    return "forms" if topic in FORM_TOPICS else _PAGES.get(topic, "")


@dataclass(frozen=True)
class Concern:
    """One unit of a list, why it is on it, and the indicator to look at first, where there is one."""

    unit: Unit
    reason: str
    indicator: str | None = None


@dataclass(frozen=True)
class Finding:
    """A step to take or a thing that stands out, with the units it concerns (none: the year as a whole)."""

    topic: Topic
    title: str
    concerns: tuple[Concern, ...] = ()
    urgent: bool = False


def next_steps(view: YearView, today: date, review: Sequence[ReviewItem] | None = None) -> tuple[Finding, ...]:
    """Steps in the order to take them; never empty. ``review``: ``review_items`` of the view, where they are known."""
    forms = due_forms(view.facts)
    if not forms:
        return (Finding(Topic.ASSIGN, f"下达 {view.year.year} 年任务"),)
    if view.year.stage is Stage.SEAL:
        return (Finding(Topic.REPORT, "生成考核结果报告和反馈单"),)
    if view.year.stage is Stage.ASSIGN:
        return _before_collecting(view)
    overdue = today > view.year.deadline
    awaited = () if view.year.collection_closed else forms
    missing = _by_unit(awaited, _is(Delivery.MISSING), "未报")
    returned = _by_unit(awaited, _is(Delivery.RETURNED), "退回待报")
    steps = [
        _list(Topic.TARGET, "下达 {} 个单位的任务目标值", _without_target(view)),
        _list(Topic.CHASE, "催报 {} 个单位", missing, overdue),
        _list(Topic.RETURNED, "催改 {} 个单位的退回件", returned, overdue),
        _check(forms),
        _list(Topic.APPLICABILITY, "核定 {} 个单位填报的“不涉及”", _claims(view)),
        _list(Topic.MARK, "补齐 {} 个单位的评议和评分", _awaiting_office(view)),
        _closing(view, forms, overdue),
    ]
    found = [step for step in steps if step is not None]
    return tuple(found) if found else _after_scoring(view, review)


def exceptions(view: YearView) -> tuple[Finding, ...]:
    """What stands out in the year, gravest first; empty where nothing does. Before the collection begins nothing is
    awaited, so nothing is missing."""
    is_begun = view.year.stage is not Stage.ASSIGN
    forms = due_forms(view.facts) if is_begun else ()
    lists = [
        _list(Topic.VETO, "一票否决 {} 个单位", _vetoed(view), urgent=True),
        _list(Topic.MISSING, "未报 {} 个单位", _by_unit(forms, _is(Delivery.MISSING), "未报"), urgent=True),
        _list(Topic.RETURNED, "退回待报 {} 个单位", _by_unit(forms, _is(Delivery.RETURNED), "退回")),
        _list(Topic.LATE, "逾期报送 {} 个单位", _by_unit(forms, _is(Delivery.LATE), "逾期")),
        _list(Topic.PENDING, "得分暂估 {} 个单位", _pending(view) if is_begun else ()),
        _list(Topic.UNRANKED, "不参与排名 {} 个单位", _unranked(view)),
        _list(Topic.IGNORED, "有记录未计分 {} 个单位", _ignored(view)),
    ]
    return tuple(found for found in lists if found is not None)


def _before_collecting(view: YearView) -> tuple[Finding, ...]:
    targets = _list(Topic.TARGET, "下达 {} 个单位的任务目标值", _without_target(view))
    start = Finding(Topic.ASSIGN, "下达任务，开始收集")
    return (start,) if targets is None else (targets, start)


def _list(topic: Topic, title: str, concerns: Sequence[Concern], urgent: bool = False) -> Finding | None:
    return Finding(topic, title.format(len(concerns)), tuple(concerns), urgent) if concerns else None


def _is(delivery: Delivery) -> Callable[[DueForm], bool]:
    return lambda form: form.delivery is delivery


def _by_unit(forms: Iterable[DueForm], wanted: Callable[[DueForm], bool], verb: str) -> list[Concern]:
    mine: dict[str, list[DueForm]] = {}
    for form in forms:
        if wanted(form):
            mine.setdefault(form.unit.code, []).append(form)
    return [Concern(own[0].unit, _reason(own, verb)) for own in mine.values()]


def _reason(forms: Sequence[DueForm], verb: str) -> str:
    return f"{verb} {len(forms)} 份：{_named([form.task or form.title for form in forms])}"


def _check(forms: Sequence[DueForm]) -> Finding | None:
    waiting = [form for form in forms if form.awaits_check]
    concerns = _by_unit(waiting, lambda _form: True, "待审")
    return _list(Topic.CHECK, f"审核 {len(waiting)} 份填报表（{len(concerns)} 个单位）", concerns)


def _closing(view: YearView, forms: Sequence[DueForm], overdue: bool) -> Finding | None:
    if view.year.collection_closed:
        return None
    if all(form.is_handed_in for form in forms):
        return Finding(Topic.CLOSE, "填报已齐，截止收集")
    return Finding(Topic.CLOSE, "已过报送截止日，截止收集") if overdue else None


def _after_scoring(view: YearView, items: Sequence[ReviewItem] | None) -> tuple[Finding, ...]:
    seal = Finding(Topic.SEAL, f"定稿 {view.year.year} 年度考核结果")
    report = Finding(Topic.REPORT, "生成考核结果报告和反馈单")
    appeals = _list(Topic.APPEAL, "处理 {} 个单位的申诉和异议", _appealing(view), urgent=True)
    review = _review(view, review_items(view) if items is None else items)
    return tuple(step for step in (appeals, review, seal, report) if step is not None)


def _review(view: YearView, items: Sequence[ReviewItem]) -> Finding | None:
    """What deserves a look; before the review has begun the step is there even where nothing does."""
    waiting = [item for item in open_items(items) if item.topic is not ReviewTopic.APPEAL]
    by_unit: dict[str, list[ReviewItem]] = {}
    for item in waiting:
        by_unit.setdefault(item.unit.unit.code, []).append(item)
    concerns = tuple(
        Concern(own[0].unit.unit, f"待核 {len(own)} 项：{_named(_topics(own))}", own[0].indicator)
        for own in by_unit.values()
    )
    if waiting:
        return Finding(Topic.REVIEW, f"复核 {len(waiting)} 项待核事项（{len(concerns)} 个单位）", concerns)
    if view.year.stage is Stage.REVIEW:
        return None
    adjusted = tuple(
        Concern(unit.unit, f"{leaf.indicator.title}：{leaf.adjustment.kind.label}", leaf.indicator.code)
        for unit in _assessed(view)
        for leaf in unit.leaves
        if leaf.adjustment is not None
    )
    return Finding(Topic.REVIEW, "复核得分、处理申诉", adjusted)


def _topics(items: Sequence[ReviewItem]) -> list[str]:
    return list(dict.fromkeys(item.topic.label for item in items))


def _appealing(view: YearView) -> list[Concern]:
    open_ones: dict[str, list[Appeal]] = {}
    for appeal in view.facts.review.open_appeals:
        open_ones.setdefault(appeal.unit, []).append(appeal)
    return [
        Concern(unit.unit, "；".join(appeal.claim for appeal in own), own[0].indicator)
        for unit in _assessed(view)
        if (own := open_ones.get(unit.unit.code))
    ]


def _assessed(view: YearView) -> list[UnitResult]:
    return [unit for group in view.result.groups for unit in group.units if not unit.exempt]


def _claims(view: YearView) -> list[Concern]:
    concerns = []
    for group in view.facts.groups:
        for unit in group.units:
            claimed = _claimed_titles(unit, group)
            if claimed:
                concerns.append(Concern(unit.unit, f"填报不涉及：{'、'.join(claimed)}"))
    return concerns


def _claimed_titles(unit: UnitFacts, group: GroupFacts) -> list[str]:
    """What a unit answered 不涉及, that an indicator still waits for: figures of its own form, and tasks."""
    claims = open_claims(unit, group)
    return list(dict.fromkeys(f"任务 {claim.key.task}" if claim.key.task else claim.figure.title for claim in claims))


def _without_target(view: YearView) -> list[Concern]:
    """Units with tasks that a rule compares with a target nobody has set."""
    concerns = []
    for group in view.facts.groups:
        if not any(OfficeInput.TARGET in indicator.rule.office_inputs() for indicator in group.scheme.indicators):
            continue
        for unit in group.units:
            tasks = [item.task for item in unit.assignments if item.target is None and not item.not_applicable]
            if tasks and not unit.exempt:
                concerns.append(Concern(unit.unit, f"未定目标值 {len(tasks)} 项：{_named(tasks)}"))
    return concerns


def _awaiting_office(view: YearView) -> list[Concern]:
    concerns = []
    for unit in _assessed(view):
        leaves = [leaf for leaf in unit.pending if leaf.indicator.rule.office_inputs() & _JUDGED]
        if leaves:
            concerns.append(Concern(unit.unit, f"待评：{_titles(leaves)}", leaves[0].indicator.code))
    return concerns


def _pending(view: YearView) -> list[Concern]:
    return [
        Concern(unit.unit, f"待评 {len(unit.pending)} 项：{_titles(unit.pending)}", unit.pending[0].indicator.code)
        for unit in _assessed(view)
        if unit.pending
    ]


def _vetoed(view: YearView) -> list[Concern]:
    return [
        Concern(unit.unit, f"{veto.title}：{veto.event.matter}，最高{veto.limit}")
        for unit in _assessed(view)
        for veto in unit.vetoes[:1]
    ]


def _unranked(view: YearView) -> list[Concern]:
    units = [unit for group in view.result.groups for unit in group.units]
    return [
        Concern(unit.unit, unit.exempt or unit.unranked)
        for unit in units
        if unit.exempt or (unit.unranked and not unit.provisional)
    ]


def _ignored(view: YearView) -> list[Concern]:
    """Units with records that nothing in their assessment reads; a group's warnings are the same, line by line."""
    concerns = []
    results = {unit.unit.code: unit for group in view.result.groups for unit in group.units}
    for facts in (unit for group in view.facts.groups for unit in group.units):
        found = results.get(facts.unit.code)
        items = passed_over(facts, found) if found else ()
        if items:
            reason = "；".join(item.text for item in items)
            concerns.append(Concern(facts.unit, reason, items[0].indicator))
    return concerns


def _titles(leaves: Sequence[LeafResult]) -> str:
    return _named([leaf.indicator.title for leaf in leaves])


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (" 等" if len(names) > _NAMED else "")
