"""The sentences that say how a score came about (得分依据), in one place for screens, reports and exports.

Every function takes the printed numbers and answers with one line of Chinese. Scores are shown with the scheme's
decimals, points and weights without trailing zeros, shares in percent with two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from assessor.domain.facts import Adjustment, Event, EventKind
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import LeafState, Outcome
from assessor.domain.scheme import Category, Grade, NotApplicablePolicy, Quota
from assessor.domain.wording import percent_text, plain

if TYPE_CHECKING:
    from assessor.domain.results import LeafResult, TaskOutcome

_MOST_PERCENT_DECIMALS = 6


def product(points: Decimal, fraction: Fraction, score: Decimal) -> str:
    return f"{plain(points)} 分 × {_factor(points, fraction, score)} = {score} 分"


def _factor(points: Decimal, fraction: Fraction, score: Decimal) -> str:
    """In percent, with as many decimals as it takes for the printed product to give the score. Where the product ends
    on a half and the percentage never ends (3 x 17/24 = 2.125), none do: the fraction itself."""
    if 10_000 % fraction.denominator == 0:  # two decimals say it exactly, as they mostly do
        return percent_text(fraction)
    places = -int(score.as_tuple().exponent)
    for decimals in range(2, _MOST_PERCENT_DECIMALS + 1):
        if round_half_up(points * round_half_up(fraction, decimals + 2), places) == score:
            return percent_text(fraction, decimals)
    return f"{fraction.numerator} / {fraction.denominator}"


# Leaves


def unit_leaf(outcome: Outcome, points: Decimal, score: Decimal | None) -> str:
    """A leaf of scope ``unit``; ``score`` None: nothing of it is known yet."""
    if outcome.state is LeafState.PENDING:
        known = "" if score is None else f"，暂按 {product(points, outcome.fraction, score)}"
        return f"待评：{outcome.reasoning}{known}"
    if score is None:
        return outcome.reasoning
    return f"{outcome.reasoning}，{product(points, outcome.fraction, score)}"


def task_leaf(
    state: LeafState, tasks: Sequence[TaskOutcome], points: Decimal, fraction: Fraction, score: Decimal | None
) -> str:
    """A leaf of scope ``task``; ``tasks`` are all of the unit's, those that do not apply included."""
    counted = [task for task in tasks if task.weight]
    pending = sum(task.outcome.state is LeafState.PENDING for task in counted)
    if score is None:
        return f"待评：{_every(counted)}待评"
    if state in (LeafState.NOT_SUBMITTED, LeafState.EMPTY):
        return f"{_every(counted)}{state.label}，按 0 分计"
    weight = plain(sum((task.weight for task in counted), Decimal(0)))
    remarks = "".join(f"，{remark}" for remark in _task_remarks(tasks))
    mean = f"加权平均 {percent_text(fraction)}（满权 {weight}{remarks}）"
    if pending:
        head = f"待评：{len(counted)} 项任务中 {pending} 项待评（暂不计分）"
        return f"{head}，{mean}，暂按 {product(points, fraction, score)}"
    return f"{len(counted)} 项任务{mean}，{product(points, fraction, score)}"


def _every(counted: Sequence[TaskOutcome]) -> str:
    return f"{len(counted)} 项任务{'均' if len(counted) > 1 else ''}"


def _task_remarks(tasks: Sequence[TaskOutcome]) -> list[str]:
    """What of the weight counts 0 because the unit was silent, and what is not in the weight at all."""
    silent = _numbers([task for task in tasks if task.weight], LeafState.NOT_SUBMITTED, LeafState.EMPTY)
    outside = _numbers(tasks, LeafState.NOT_APPLICABLE)
    return [f"{lead} {words}" for lead, words in (("其中", silent), ("另有", outside)) if words]


def _numbers(tasks: Sequence[TaskOutcome], *states: LeafState) -> str:
    counts = [(state, sum(task.outcome.state is state for task in tasks)) for state in states]
    return "、".join(f"{count} 项{state.label}" for state, count in counts if count)


def not_applicable(reason: str) -> str:
    return f"不涉及：{reason}"


def not_applicable_under(policy: NotApplicablePolicy, reason: str, score: Decimal | None) -> str:
    points = "" if score is None else f"，得 {score} 分"
    return f"{not_applicable(reason)}，{policy.label}{points}"


def adjusted(sentence: str, computed: Decimal | None, adjustments: Sequence[Adjustment], decimals: int) -> str:
    """``sentence`` with every adjustment in order; one whose old score is not what it replaced now says so."""
    replaced = computed
    for adjustment in adjustments:
        old, new = (round_half_up(score, decimals) for score in (adjustment.old, adjustment.new))
        now = f"；调整时原得分 {old}，现为 {replaced}" if replaced is not None and replaced != old else ""
        who = f"{adjustment.reason}，{adjustment.decided_by}，{adjustment.decided_on.isoformat()}"
        sentence += f"；{adjustment.kind.label}：{old} → {new} 分（{who}{now}）"
        replaced = new
    return sentence


# Categories and totals


def category(leaves: Sequence[LeafResult], raw: Decimal) -> str:
    """How a category's printed leaf scores add up; what is left out is not among them."""
    shown = [leaf for leaf in leaves if leaf.score is not None or leaf.state is LeafState.PENDING]
    if shown and all(leaf.score is None for leaf in shown):
        return f"{len(shown)} 项指标均待评" if len(shown) > 1 else LeafState.PENDING.label
    parts = " + ".join("待评" if leaf.score is None else str(leaf.score) for leaf in shown)
    return f"{parts} = {raw} 分"


def category_left_out() -> str:
    return "各项指标均不涉及，不计入"


def rescaled(raw: Decimal, points: Decimal, applicable: Decimal, subtotal: Decimal) -> str:
    """``raw`` of the category's ``applicable`` points, brought to all its ``points``."""
    return f"缺项折算：{raw} × {plain(points)} / {plain(applicable)} = {subtotal} 分"


def rescaled_to_full_marks(subtotal: Decimal, full_marks: Decimal, left: Decimal, contribution: Decimal) -> str:
    return f"整类缺项折算：{subtotal} × {plain(full_marks)} / {plain(left)} = {contribution} 分"


def total(base: Decimal, bonus: Decimal, deduction: Decimal, uncut: Decimal, result: Decimal) -> str:
    sentence = f"基础分 {base} + 加分 {bonus} - 扣分 {deduction} = {uncut} 分"
    if result < uncut:
        return f"{sentence}，超过上限，按 {result} 分计"
    return f"{sentence}，按 {result} 分计" if result > uncut else sentence


def total_remarks(coverage: Decimal, pending: int) -> str:
    """What stands beside a total: the coverage where something does not apply, and that it is provisional."""
    covered = "" if coverage == 1 else f"，覆盖率 {percent_text(coverage)}"
    return f"{covered}（暂估，{pending} 项指标待评）" if pending else covered


# Entries and vetoes


def entry(event: Event, title: str, share: Decimal) -> str:
    """A bonus or deduction entry as it counts by itself: ``share`` is what is this unit's of it."""
    verb = "扣" if event.kind is EventKind.DEDUCTION else "加"
    if event.shared_by > 1:
        split = f"{plain(event.points)} 分由 {event.shared_by} 个单位均享，{plain(event.points)} / {event.shared_by} = "
        return f"{title}：{event.reason}，{split}{share} 分"
    return f"{title}：{event.reason}，{verb} {share} 分"


def entry_repeats(sentence: str, counted: Event) -> str:
    """就高不重复: another entry over the same matter counts instead."""
    other = f"{counted.reason}，{counted.happened_on.isoformat()}"
    return f"{sentence}；与“{counted.matter.strip()}”为同一事项，就高计入另一条（{other}），本条不重复计分"


def entry_cut(sentence: str, cap: Decimal, before: Decimal, counted: Decimal) -> str:
    """What exceeds the cap of the entry's kind is cut; ``before`` is what the kind's earlier entries took of it."""
    return f"{sentence}；本类上限 {plain(cap)} 分，此前已计 {before} 分，本条计 {counted} 分"


def veto(event: Event, title: str, limit: str) -> str:
    return f"{title}：{event.reason}（{event.happened_on.isoformat()}），等次不高于{limit}"


# Ranks and grades


def exempt(reason: str) -> str:
    return f"不参评：{reason}"


def below_coverage(coverage: Decimal, floor: Decimal) -> str:
    return f"覆盖率 {percent_text(coverage)}，低于 {percent_text(floor)}，不参与排名"


def grade(grades: Sequence[Grade], index: int, result: Decimal, weak: str, barred: str) -> str:
    """Why the grade at ``index``: ``weak`` names the category, ``barred`` the veto or quota that kept from a better."""
    reasons = [f"总分 {result} 分", *(reason for reason in (weak, barred) if reason)]
    if not weak and not barred:
        reasons.append(_threshold(grades, index))
    return "，".join((*reasons, f"评为{grades[index].title}"))


def _threshold(grades: Sequence[Grade], index: int) -> str:
    if index == len(grades) - 1 and index:
        above = grades[index - 1]
        return f"未达到{above.title}（{plain(above.minimum)} 分及以上）"
    reached = grades[index]
    shares = "" if reached.category_share is None else f"，各一级指标均达 {percent_text(reached.category_share)}"
    return f"达到{reached.title}（{plain(reached.minimum)} 分及以上{shares}）"


def weak_category(category: Category, subtotal: Decimal, grade: Grade, share: Decimal) -> str:
    got = f"“{category.title}”得 {subtotal} 分，不足 {plain(category.points)} 分的 {percent_text(share)}"
    return f"{got}，不能评为{grade.title}"


def grade_awaited(pending: int) -> str:
    return f"{pending} 项指标待评，暂不定等次"


def veto_limit(title: str, limit: str) -> str:
    return f"因一票否决（{title}）不高于{limit}"


def quota_places(quota: Quota, ranked: int, places: int) -> str:
    return f"名额 {places} 个（参与排名 {ranked} 个单位的 {percent_text(quota.share)}）"


def quota_full(top: Grade, places: str) -> str:
    return f"达到{top.title}的分数，但超出{top.title}{places}"


def quota_tied(top: Grade, places: str) -> str:
    return f"达到{top.title}的分数，但在{top.title}{places}的边界上并列，并列的单位都不占名额"


def quota_vetoed(top: Grade) -> str:
    return f"达到{top.title}的分数，但有一票否决，不占{top.title}名额"


def quota_unranked(top: Grade) -> str:
    return f"达到{top.title}的分数，但不参与排名，不占{top.title}名额"
