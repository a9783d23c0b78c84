"""Facts that name what the scheme or the plan does not have: refused or, where harmless, warned of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessor.domain.facts import EventKind, UnitFacts
from assessor.domain.results import UnitResult
from assessor.domain.rules.rule import LeafState
from assessor.domain.scheme import Scheme
from assessor.domain.wording import plain
from assessor.errors import InputError, SchemeError


def check_scheme_references(scheme: Scheme) -> None:
    """Raises SchemeError where the scheme cannot be computed with at all.

    That is: no grade or indicator, points of 0, a code or grade named that it does not have.
    """
    place = f"细则“{scheme.title}”"
    for present, what in ((scheme.grades, "等次"), (scheme.indicators, "指标")):
        if not present:
            raise SchemeError(f"没有{what}", place=place, remedy=f"请至少设置一个{what}")
    for indicator in scheme.indicators:
        if indicator.points <= 0:
            what = f"分值应大于 0，现为 {plain(indicator.points)}"
            raise SchemeError(what, place=f"{place} {indicator.code}", remedy="请填写分值，或删去这项指标")
    codes = {*scheme.category_by_code, *scheme.indicator_by_code}
    for code in scheme.tie_break:
        if code not in codes:
            raise SchemeError(f"同分排序用到的代码“{code}”不存在", place=place, remedy="请改用一级或二级指标的代码")
    titles = [grade.title for grade in scheme.grades]
    for veto in scheme.vetoes:
        if veto.limit not in titles:
            remedy = f"请改用细则中的等次：{'、'.join(titles)}"
            raise SchemeError(f"一票否决“{veto.title}”限定的等次“{veto.limit}”不存在", place=place, remedy=remedy)


def check_facts(facts: UnitFacts, scheme: Scheme) -> None:
    """Raises InputError where a fact names an indicator that the scheme does not have, or assignments are unsound."""
    for what, code in _named_indicators(facts):
        if code not in scheme.indicator_by_code:
            raise InputError(
                f"细则中没有代码为“{code}”的指标（{what}）",
                place=f"{facts.unit.short_name} {code}",
                remedy="请改用细则中的指标代码，或删去这条记录",
            )
    seen: set[str] = set()
    for assignment in facts.assignments:
        place = f"{facts.unit.short_name} 任务 {assignment.task}"
        if assignment.task in seen:
            raise InputError("同一任务分解了不止一次", place=place, remedy="请只保留一条任务分解")
        if assignment.weight < 0:
            raise InputError(f"任务权重 {assignment.weight} 小于 0", place=place, remedy="请填写 0 或正数")
        seen.add(assignment.task)


def _named_indicators(facts: UnitFacts) -> Iterator[tuple[str, str]]:
    """What names an indicator, and the code; sorted, so that the complaint does not depend on the order of storage."""
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("评委评分", (mark.indicator for mark in facts.marks)),
        ("考核办评分", facts.awards),
        ("自评分", facts.self_scores),
        ("不涉及认定", facts.not_applicable),
        ("复核调整", (adjustment.indicator for adjustment in facts.adjustments)),
        (EventKind.OCCURRENCE.label, (event.code for event in facts.events if event.kind is EventKind.OCCURRENCE)),
    )
    return ((what, code) for what, codes in kinds for code in sorted(set(codes)))


def fact_warnings(facts: UnitFacts, result: UnitResult) -> tuple[str, ...]:
    """Facts that were passed over because nothing in the unit's assessment reads them."""
    inapplicable = {leaf.indicator.code for leaf in result.leaves if leaf.state is LeafState.NOT_APPLICABLE}
    adjusted = sorted({item.indicator for item in facts.adjustments} & inapplicable)
    assigned = {assignment.task for assignment in facts.assignments}
    name = facts.unit.short_name
    return (
        *(f"{name} {code}：不涉及的指标，复核调整没有采用" for code in adjusted),
        *(f"{name} 任务 {task}：没有分解给该单位，填报表不计分" for task in sorted(set(facts.submissions) - assigned)),
    )
