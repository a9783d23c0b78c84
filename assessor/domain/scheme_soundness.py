"""Whether the parts of a scheme fit together: points add up, codes are known, grades descend."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assessor.domain.plan import Role
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import OfficeInput
from assessor.domain.scheme import COVERAGE_DECIMALS, Ceiling, EntryKind, Indicator, Scheme, Scope
from assessor.domain.wording import plain
from assessor.errors import SchemeError

_SCOPE_WORDS = {Scope.UNIT: "单位年度填报表", Scope.TASK: "任务填报表"}
_MOST_DECIMALS = 4


def require_sound(scheme: Scheme, place: str) -> None:
    """Raises SchemeError for the first fault found, naming the place in ``place`` (a file) and the remedy."""
    _check_header(scheme, place)
    _check_codes(scheme, place)
    require_computable(scheme, place)
    for indicator in scheme.indicators:
        _check_indicator(scheme, indicator, _indicator_place(indicator, place))
    _check_sum(scheme, place)
    _check_grades(scheme, place)
    for kind in (*scheme.bonuses, *scheme.deductions):
        _check_entry_kind(scheme, kind, place)


def require_computable(scheme: Scheme, place: str) -> None:
    """The least that scoring needs, whatever the scheme's draft state: indicators of some points, each with a rule
    that fits its scope, grades, and no code or grade named that there is not. Raises SchemeError as ``require_sound``.
    """
    if not scheme.indicators:
        raise SchemeError("没有指标", place=place, remedy="请至少设置一项二级指标")
    for indicator in scheme.indicators:
        _check_points(indicator, _indicator_place(indicator, place))
        _check_scope(indicator, _indicator_place(indicator, place))
    if not scheme.grades:
        remedy = "请从高到低写出各等次，最低一档 minimum = 0"
        raise SchemeError("没有写等次", place=f"{place} [[grade]]", remedy=remedy)
    _check_references(scheme, place)


def _indicator_place(indicator: Indicator, place: str) -> str:
    return f"{place} 指标 {indicator.code} {indicator.title}"


def _check_header(scheme: Scheme, place: str) -> None:
    header = f"{place} [scheme]"
    if not 0 <= scheme.decimals <= _MOST_DECIMALS:
        what = f"小数位数 decimals 应为 0 到 {_MOST_DECIMALS}，现为 {scheme.decimals}"
        raise SchemeError(what, place=header, remedy="一般写 2")
    if scheme.full_marks <= 0:
        raise SchemeError(f"满分 {plain(scheme.full_marks)} 应大于 0", place=header, remedy="一般写 full_marks = 100")
    if not 0 <= scheme.min_coverage <= 1:
        what = f"最低覆盖率 min_coverage 应在 0 到 1 之间，现为 {plain(scheme.min_coverage)}"
        raise SchemeError(what, place=header, remedy="比例写成小数，例如 50% 写 0.5")
    if round_half_up(scheme.min_coverage, COVERAGE_DECIMALS) != scheme.min_coverage:
        what = f"最低覆盖率 min_coverage {plain(scheme.min_coverage)} 的小数多于 {COVERAGE_DECIMALS} 位"
        raise SchemeError(what, place=header, remedy=f"请改为 {COVERAGE_DECIMALS} 位以内，与印出的覆盖率一致")
    if scheme.quota and not 0 < scheme.quota.share <= 1:
        what = f"名额比例 share 应大于 0、不超过 1，现为 {plain(scheme.quota.share)}"
        raise SchemeError(what, place=f"{place} [quota]", remedy="比例写成小数，例如 30% 写 0.3")
    _check_role_factors(scheme, place)
    _check_decimals(scheme, "满分", scheme.full_marks, header)


def _check_role_factors(scheme: Scheme, place: str) -> None:
    factors = [scheme.role_factors.get(role, Decimal(1)) for role in Role]
    if any(factor < 0 for factor in factors) or not any(factors):
        what = "角色系数不能小于 0，也不能都是 0"
        raise SchemeError(what, place=f"{place} [role_factors]", remedy="例如 lead = 1.2，participant = 1")


def _check_codes(scheme: Scheme, place: str) -> None:
    for category in scheme.categories:
        if not category.indicators:
            what = f"一级指标 {category.code} {category.title} 下没有二级指标"
            raise SchemeError(what, place=place, remedy="请补上 [[category.indicator]]，或删去该一级指标")
    assessed = [category.code for category in scheme.categories] + [item.code for item in scheme.indicators]
    _check_distinct("指标代码", assessed, place)
    _check_distinct("填报项代码", [figure.code for figure in scheme.figures], place)
    _check_distinct("加分项代码", [kind.code for kind in scheme.bonuses], place)
    _check_distinct("扣分项代码", [kind.code for kind in scheme.deductions], place)
    _check_distinct("一票否决代码", [kind.code for kind in scheme.vetoes], place)
    _check_distinct("等次", [grade.title for grade in scheme.grades], place)
    _check_distinct("tie_break 中的代码", scheme.tie_break, place)


def _check_distinct(name: str, codes: Sequence[str], place: str) -> None:
    repeated = [code for code in dict.fromkeys(codes) if codes.count(code) > 1]
    if repeated:
        what = f"{name}“{repeated[0]}”用了不止一次"
        raise SchemeError(what, place=place, remedy="请改成各不相同的")


def _check_points(indicator: Indicator, place: str) -> None:
    if indicator.points <= 0:
        what = f"分值 {plain(indicator.points)} 应大于 0"
        raise SchemeError(what, place=place, remedy="请写大于 0 的分值，或删去该指标")


def _check_indicator(scheme: Scheme, indicator: Indicator, place: str) -> None:
    _check_decimals(scheme, "分值", indicator.points, place)
    figures = {figure.code: figure for figure in scheme.figures}
    for code in indicator.rule.figures():
        if code not in figures:
            known = "、".join(figures)
            remedy = f"请在 [[figure]] 中补上，或改用已有的：{known}" if known else "请在 [[figure]] 中补上"
            raise SchemeError(f"没有填报项“{code}”", place=place, remedy=remedy)
        if figures[code].scope is not indicator.scope:
            what = f"指标取自{_SCOPE_WORDS[indicator.scope]}，填报项“{code}”却在{_SCOPE_WORDS[figures[code].scope]}中"
            raise SchemeError(what, place=place, remedy="请把指标和填报项的 scope 改成一致（unit 或 task）")


def _check_scope(indicator: Indicator, place: str) -> None:
    rule = indicator.rule
    if indicator.scope is Scope.UNIT:
        if OfficeInput.TARGET in rule.office_inputs():
            remedy = '请改为 scope = "task"，或用 target、target_figure 写目标值'
            raise SchemeError("按单位评的指标没有下达的目标值", place=place, remedy=remedy)
        return
    if not rule.task_scope:
        remedy = '请改为 scope = "unit"，或换一种评分规则'
        what = f"评分规则“{rule.label}”不能逐项任务评分：各单位承担的任务不同，无从比较"
        raise SchemeError(what, place=place, remedy=remedy)


def _check_decimals(scheme: Scheme, name: str, value: Decimal, place: str) -> None:
    if round_half_up(value, scheme.decimals) != value:
        what = f"{name} {plain(value)} 的小数多于 {scheme.decimals} 位"
        raise SchemeError(what, place=place, remedy=f"请改为 {scheme.decimals} 位以内，或把 decimals 改大")


def _check_sum(scheme: Scheme, place: str) -> None:
    total = sum((category.points for category in scheme.categories), Decimal(0))
    if total == scheme.full_marks:
        return
    parts = " + ".join(f"{category.title} {plain(category.points)}" for category in scheme.categories)
    relation = "多" if total > scheme.full_marks else "少"
    gap = plain(abs(total - scheme.full_marks))
    what = f"各项分值合计 {plain(total)}，与满分 {plain(scheme.full_marks)} 不符，{relation} {gap} 分（{parts}）"
    raise SchemeError(what, place=place, remedy="请调整分值，使合计等于满分")


def _check_grades(scheme: Scheme, place: str) -> None:
    place = f"{place} [[grade]]"
    for upper, lower in pairwise(scheme.grades):
        if lower.minimum >= upper.minimum:
            what = f"“{lower.title}”的 {plain(lower.minimum)} 分不低于“{upper.title}”的 {plain(upper.minimum)} 分"
            raise SchemeError(what, place=place, remedy="请按从高到低排列，各等次的分数线不能相同")
    last = scheme.grades[-1]
    if last.minimum != 0 or last.category_share is not None:
        what = f"最低等次“{last.title}”应没有条件"
        raise SchemeError(what, place=place, remedy="请把它的 minimum 写 0，不写 category_share")
    highest = scheme.full_marks + (scheme.bonus_cap if scheme.ceiling is Ceiling.WITH_BONUS else 0)
    for grade in scheme.grades:
        _check_decimals(scheme, f"“{grade.title}”的分数线", grade.minimum, place)
        if grade.minimum > highest:
            what = f"“{grade.title}”的 {plain(grade.minimum)} 分高于可得的最高分 {plain(highest)}"
            raise SchemeError(what, place=place, remedy="请把分数线改到可得的最高分以内")
        if grade.category_share is not None and not 0 < grade.category_share <= 1:
            what = f"“{grade.title}”的 category_share 应大于 0、不超过 1，现为 {plain(grade.category_share)}"
            raise SchemeError(what, place=place, remedy="比例写成小数，例如 60% 写 0.6")


def _check_references(scheme: Scheme, place: str) -> None:
    for code in scheme.tie_break:
        if code not in scheme.category_by_code and code not in scheme.indicator_by_code:
            what = f"tie_break 中的“{code}”不是本细则的指标代码"
            raise SchemeError(what, place=f"{place} [scheme]", remedy="请写一级指标或二级指标的 code")
    titles = [grade.title for grade in scheme.grades]
    for veto in scheme.vetoes:
        if veto.limit not in titles:
            what = f"一票否决“{veto.title}”限定的等次“{veto.limit}”不在等次表中"
            raise SchemeError(what, place=f"{place} [[veto]]", remedy=f"请从 {'、'.join(titles)} 中选一个")


def _check_entry_kind(scheme: Scheme, kind: EntryKind, place: str) -> None:
    place = f"{place} 加扣分项 {kind.code} {kind.title}"
    if kind.cap <= 0:
        raise SchemeError(f"上限 {plain(kind.cap)} 应大于 0", place=place, remedy="请写大于 0 的上限，或删去该项")
    _check_decimals(scheme, "上限", kind.cap, place)
