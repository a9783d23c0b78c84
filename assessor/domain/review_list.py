"""What deserves a look before a year is sealed (复核), as one list: each entry says what, of whom, why and how much.

Nothing on it is wrong by itself; the office looks, mends at the place or ticks it off with a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessor.domain.exact import quotient
from assessor.domain.facts import Event, EventKind, Mark, UnitFacts
from assessor.domain.mark_table import award_percentage, earlier_results, previous_score
from assessor.domain.progress import Delivery
from assessor.domain.results import GroupResult, LeafResult, UnitResult
from assessor.domain.review import ReviewFacts, host_unit
from assessor.domain.review_item import ReviewItem, ReviewState, ReviewTopic
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState, LevelRule, OfficeInput
from assessor.domain.scheme import Scope
from assessor.domain.standing import DueForm, due_forms
from assessor.domain.statistics import is_judged, settled_medians
from assessor.domain.wording import plain
from assessor.domain.year_view import YearView

_LEAST_COMPARED = 5
"""Units of a group with a score from which on their median says something of one of them."""
_TAKEN_AWAY = (EventKind.VETO, EventKind.DEDUCTION, EventKind.OCCURRENCE)
_UNIT_FORM = "form"
"""Subject of the unit's own yearly form."""


@dataclass(frozen=True)
class _Unit:
    """One unit with all that its scores are compared with."""

    group: GroupResult
    facts: UnitFacts
    result: UnitResult
    medians: Mapping[str, Decimal]
    earlier: UnitResult | None
    view: YearView

    @property
    def code(self) -> str:
        return self.result.unit.code

    @property
    def review(self) -> ReviewFacts:
        return self.view.facts.review

    def item(self, topic: ReviewTopic, subject: str, title: str, why: str, **more: object) -> ReviewItem:
        return ReviewItem(topic, self.result, self.group, subject, title, why, **more)  # type: ignore[arg-type]

    def of_leaf(self, topic: ReviewTopic, leaf: LeafResult, why: str, **more: object) -> ReviewItem:
        code = leaf.indicator.code
        given = {"subject": code, "indicator": code, "score": leaf.score, **more}
        return self.item(topic, title=leaf.indicator.title, why=why, **given)  # type: ignore[arg-type]


def review_items(view: YearView) -> tuple[ReviewItem, ...]:
    """Everything that deserves a look, by topic, then unit in the registry's order; ticked or not."""
    late: dict[str, list[DueForm]] = {}
    for form in due_forms(view.facts):
        if form.delivery is Delivery.LATE and form.is_accepted:
            late.setdefault(form.unit.code, []).append(form)
    found = [
        _checked(item, view.facts.review) for unit in _units(view) for item in _items_of(unit, late.get(unit.code, ()))
    ]
    return tuple(sorted(found, key=lambda item: item.topic.position))


def _units(view: YearView) -> Iterator[_Unit]:
    earlier = earlier_results(view)
    results = {group.group.code: group for group in view.result.groups}
    for facts in view.facts.groups:
        group = results[facts.group.code]
        medians = settled_medians(group, _LEAST_COMPARED, is_closed=view.year.collection_closed)
        scored = {unit.unit.code: unit for unit in group.units}
        for unit in facts.units:
            if not unit.exempt:
                code = unit.unit.code
                yield _Unit(group, unit, scored[code], medians, earlier.get(code), view)


def _items_of(unit: _Unit, late: Sequence[DueForm]) -> Iterator[ReviewItem]:
    yield from _appeals(unit)
    is_host = unit.code == host_unit(unit.view.plan, unit.review.limits)
    for leaf in unit.result.leaves:
        if is_host:
            yield from _second(unit, leaf)
        for find in _OF_LEAVES:
            yield from find(unit, leaf)
    yield from _events(unit)
    yield from _late(unit, late)


def _appeals(unit: _Unit) -> Iterator[ReviewItem]:
    titles = {leaf.indicator.code: leaf for leaf in unit.result.leaves}
    for appeal in unit.review.open_appeals:
        if appeal.unit == unit.code:
            leaf = titles.get(appeal.indicator or "")
            yield unit.item(
                ReviewTopic.APPEAL,
                appeal.key,
                leaf.indicator.title if leaf else "考核结果",
                f"{appeal.kind.label}：{appeal.claim}",
                amount_text=f"{appeal.filed_on.isoformat()} 提出",
                indicator=appeal.indicator,
                score=leaf.score if leaf else None,
            )


def _second(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    """The office must not be the only one to score its own unit."""
    if OfficeInput.AWARD not in leaf.indicator.rule.office_inputs() or not is_judged(leaf) or leaf.score is None:
        return
    second = unit.review.second_scores.get((unit.code, leaf.indicator.code))
    compared = second.points if second else None
    amount = _share(abs(leaf.score - compared), leaf) if compared is not None else None
    if second is None:
        state, why = ReviewState.UNSCORED, "考核办给本单位评的分，应由另一人复评"
    else:
        near = amount is not None and amount < unit.review.limits.second_gap
        state = ReviewState.SETTLED if near else ReviewState.OPEN
        why = f"{second.scorer}复评 {plain(second.points)} 分" + ("" if near else "，相差较大")
    yield unit.of_leaf(
        ReviewTopic.HOST,
        leaf,
        why,
        amount=amount,
        amount_text="" if amount is None else f"相差 {plain(amount)}%",
        compared=compared,
        second=second,
        state=state,
    )


def _extreme(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    if leaf.state is LeafState.NOT_APPLICABLE:
        return
    extremes, code = unit.view.facts.extremes, leaf.indicator.code
    lacking: dict[str | None, list[str]] = {}
    for mark in unit.facts.marks:
        if mark.indicator == code and not mark.fact and not mark.is_recused and extremes.holds(mark.value):
            lacking.setdefault(mark.task, []).append(f"{mark.reviewer} {plain(mark.value)}")
    for award in unit.facts.awards:
        share = award_percentage(award, leaf.indicator) if award.indicator == code else None
        if share is not None and not award.reason and extremes.holds(share):
            lacking.setdefault(award.task, []).append(f"考核办 {plain(round_half_up(share, 1))}%")
    for task, given in lacking.items():
        why = f"{'、'.join(given)}（{extremes.words}），没有写明依据的事实"
        yield unit.of_leaf(ReviewTopic.EXTREME, leaf, why, **_of_task(leaf, task), amount_text=f"{len(given)} 个")


def _spread(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    panels: dict[tuple[str | None, str], list[Mark]] = {}
    for mark in unit.facts.marks:
        is_counted = mark.indicator == leaf.indicator.code and not mark.is_recused
        if is_counted and leaf.state is not LeafState.NOT_APPLICABLE:
            panels.setdefault((mark.task, mark.panel), []).append(mark)
    for (task, panel), marks in panels.items():
        lowest, highest = (choose(marks, key=lambda mark: mark.value) for choose in (min, max))
        gap = highest.value - lowest.value
        if len(marks) > 1 and gap >= unit.review.limits.spread and gap:
            why = f"{highest.reviewer} {plain(highest.value)}，{lowest.reviewer} {plain(lowest.value)}"
            parts = _of_task(leaf, task)
            subject = f"{parts['subject']} {panel}"
            yield unit.of_leaf(
                ReviewTopic.SPREAD,
                leaf,
                why,
                **{**parts, "subject": subject},
                amount=gap,
                amount_text=f"相差 {plain(gap)}",
            )


def _above_self(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    own = leaf.self_score
    if own is None or leaf.score is None or not is_judged(leaf) or own <= leaf.score:
        return
    if _reaches(own - leaf.score, unit.review.limits.self_gap, leaf):
        gap = _share(own - leaf.score, leaf)
        why = f"自评 {plain(own)} 分，考核得 {plain(leaf.score)} 分"
        yield unit.of_leaf(ReviewTopic.SELF, leaf, why, **_apart("自评高", gap), compared=own)


def _from_median(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    yield from _outlier(
        unit, leaf, ReviewTopic.MEDIAN, unit.medians.get(leaf.indicator.code), unit.review.limits.median_gap
    )


def _from_previous(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    before = previous_score(leaf.indicator, unit.earlier)
    yield from _outlier(unit, leaf, ReviewTopic.PREVIOUS, before, unit.review.limits.previous_gap)


def _outlier(
    unit: _Unit, leaf: LeafResult, topic: ReviewTopic, other: Decimal | None, limit: Decimal
) -> Iterator[ReviewItem]:
    """A zero for what was not handed in is no outlier: it is known and chased as such."""
    if other is None or leaf.score is None or leaf.state is not LeafState.SCORED or other == leaf.score:
        return
    if _reaches(abs(leaf.score - other), limit, leaf):
        gap = _share(abs(leaf.score - other), leaf)
        name = "组中位数" if topic is ReviewTopic.MEDIAN else "上年"
        word = "高" if leaf.score > other else "低"
        why = f"得 {plain(leaf.score)} 分，{name} {plain(other)} 分"
        yield unit.of_leaf(topic, leaf, why, **_apart(word, gap), compared=other)


def _unproven(unit: _Unit, leaf: LeafResult) -> Iterator[ReviewItem]:
    """What units are to prove; points that the office gives of its own records need no paper of theirs."""
    indicator = leaf.indicator
    if not indicator.proof or leaf.state is not LeafState.SCORED or not leaf.score or _is_proven(unit, leaf):
        return
    takes_marks = OfficeInput.MARKS in indicator.rule.office_inputs()
    if indicator.rule.figures() or takes_marks or isinstance(indicator.rule, LevelRule):
        why = f"细则要求{indicator.proof}，没有收到佐证材料"
        yield unit.of_leaf(ReviewTopic.EVIDENCE, leaf, why, amount_text=f"得 {plain(leaf.score)} 分")


def _is_proven(unit: _Unit, leaf: LeafResult) -> bool:
    """A task's paper proves all that is scored of the task."""
    if leaf.evidence or (unit.code, leaf.indicator.code) in unit.review.proofs.indicators:
        return True
    return leaf.indicator.scope is Scope.TASK and any(
        form.evidence for form in unit.facts.submissions.values() if form.counts
    )


_OF_LEAVES: tuple[Callable[[_Unit, LeafResult], Iterator[ReviewItem]], ...] = (
    _extreme,
    _spread,
    _above_self,
    _from_median,
    _from_previous,
    _unproven,
)


def _events(unit: _Unit) -> Iterator[ReviewItem]:
    for event in unit.facts.events:
        if event.kind in _TAKEN_AWAY and event.key not in unit.review.proofs.events:
            named = f"只写了“{event.evidence}”，没有收到材料" if event.evidence else "没有佐证材料"
            yield unit.item(
                ReviewTopic.EVENT,
                event.key,
                f"{event.kind.label}：{event.reason}",
                named,
                amount_text=_weight(event),
                indicator=event.code if event.kind is EventKind.OCCURRENCE else None,
            )


def _late(unit: _Unit, forms: Sequence[DueForm]) -> Iterator[ReviewItem]:
    deadlines = {item.task: item.deadline for item in unit.facts.assignments}
    for form in forms:
        if form.submission is None:
            continue
        due = (deadlines.get(form.task) if form.task else None) or unit.view.year.deadline
        days = (form.submission.first_submitted_on - due).days
        yield unit.item(
            ReviewTopic.LATE,
            form.task or _UNIT_FORM,
            f"{form.task} {form.title}" if form.task else form.title,
            f"期限 {due.isoformat()}，{form.submission.first_submitted_on.isoformat()} 报送，已审",
            amount=Decimal(days),
            amount_text=f"迟 {days} 天",
            task=form.task,
        )


def _checked(item: ReviewItem, review: ReviewFacts) -> ReviewItem:
    check = review.checks.get(item.key)
    return item if check is None else replace(item, check=check, state=ReviewState.CHECKED)


def _of_task(leaf: LeafResult, task: str | None) -> dict[str, object]:
    """What tells an entry on one task of a leaf from those on the others."""
    code = leaf.indicator.code
    return {"subject": f"{code} {task}", "task": task} if task else {"subject": code, "task": None}


def _reaches(part: Decimal, limit: Decimal, leaf: LeafResult) -> bool:
    """Whether ``part`` is ``limit`` percent of the leaf's points, or more."""
    return part * 100 >= limit * leaf.indicator.points


def _share(part: Decimal, leaf: LeafResult) -> Decimal:
    """Of the leaf's points, in percent, one decimal."""
    return round_half_up(quotient(part * 100, leaf.indicator.points), 1)


def _apart(word: str, share: Decimal) -> dict[str, object]:
    return {"amount": share, "amount_text": f"{word} {plain(share)}%"}


def _weight(event: Event) -> str:
    if event.kind is EventKind.DEDUCTION:
        return f"扣 {plain(event.points)} 分"
    return f"{event.occurrences} 次" if event.kind is EventKind.OCCURRENCE else event.kind.label
