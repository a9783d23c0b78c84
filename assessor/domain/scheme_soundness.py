"""Whether the parts of a scheme fit together: points add up, codes are known, grades descend.

``unsound_parts`` names every fault, ``require_sound`` refuses the scheme for the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from assessor.domain.plan import Role
from assessor.domain.rounding import round_half_up
from assessor.domain.rules.rule import OfficeInput
from assessor.domain.scheme import COVERAGE_DECIMALS, Ceiling, EntryKind, Grade, Indicator, Scheme, Scope
from assessor.domain.wording import plain
from assessor.errors import SchemeError

_SCOPE_WORDS = {Scope.UNIT: "单位年度填报表", Scope.TASK: "任务填报表"}
_MOST_DECIMALS = 4


class Part(Enum):
    """Of a scheme, where a fault lies; with a code it names one item of that part."""

    SCHEME = "scheme"
    CATEGORY = "category"
    INDICATOR = "indicator"
    FIGURE = "figure"
    GRADE = "grade"
    QUOTA = "quota"
    ROLE_FACTORS = "role_factors"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"


@dataclass(frozen=True)
class Unsound:
    """A fault: what, how to mend it, and where."""

    what: str
    remedy: str
    part: Part = Part.SCHEME
    code: str = ""
    spot: str = ""
    """The place in words, to be put behind the file's or scheme's name."""

    def error(self, place: str) -> SchemeError:
        return SchemeError(self.what, place=f"{place} {self.spot}" if self.spot else place, remedy=self.remedy)


def require_sound(scheme: Scheme, place: str) -> None:
    """Raises SchemeError for the first fault found, naming the place in ``place`` (a file) and the remedy."""
    _refuse_first(unsound_parts(scheme), place)


def require_computable(scheme: Scheme, place: str) -> None:
    """The least that scoring needs, whatever the scheme's draft state: indicators of some points, each with a rule
    that fits its scope, grades, and no code or grade named that there is not. Raises SchemeError as ``require_sound``.
    """
    _refuse_first(_uncomputable(scheme), place)


def unsound_parts(scheme: Scheme) -> Iterator[Unsound]:
    """Every fault, in the order of the scheme's parts."""
    yield from _header(scheme)
    yield from _codes(scheme)
    yield from _uncomputable(scheme)
    for indicator in scheme.indicators:
        yield from _indicator(scheme, indicator)
    if scheme.indicators:
        yield from _sum(scheme)
    if scheme.grades:
        yield from _grades(scheme)
    for part, kinds in ((Part.BONUS, scheme.bonuses), (Part.DEDUCTION, scheme.deductions)):
        for kind in kinds:
            yield from _entry_kind(scheme, part, kind)


def _refuse_first(faults: Iterator[Unsound], place: str) -> None:
    first = next(faults, None)
    if first is not None:
        raise first.error(place)


def _uncomputable(scheme: Scheme) -> Iterator[Unsound]:
    if not scheme.indicators:
        yield Unsound("没有指标", "请至少设置一项二级指标")
    for indicator in scheme.indicators:
        if indicator.points <= 0:
            what = f"分值 {plain(indicator.points)} 应大于 0"
            yield _of(indicator, what, "请写大于 0 的分值，或删去该指标")
        yield from _scope(indicator)
    if not scheme.grades:
        remedy = "请从高到低写出各等次，最低一档 minimum = 0"
        yield Unsound("没有写等次", remedy, Part.GRADE, spot="[[grade]]")
    yield from _references(scheme)


def _of(indicator: Indicator, what: str, remedy: str) -> Unsound:
    spot = f"指标 {indicator.code} {indicator.title}"
    return Unsound(what, remedy, Part.INDICATOR, indicator.code, spot)


def _header(scheme: Scheme) -> Iterator[Unsound]:
    spot = "[scheme]"
    if not 0 <= scheme.decimals <= _MOST_DECIMALS:
        what = f"小数位数 decimals 应为 0 到 {_MOST_DECIMALS}，现为 {scheme.decimals}"
        yield Unsound(what, "一般写 2", spot=spot)
    if scheme.full_marks <= 0:
        what = f"满分 {plain(scheme.full_marks)} 应大于 0"
        yield Unsound(what, "一般写 full_marks = 100", spot=spot)
    if not 0 <= scheme.min_coverage <= 1:
        what = f"最低覆盖率 min_coverage 应在 0 到 1 之间，现为 {plain(scheme.min_coverage)}"
        yield Unsound(what, "比例写成小数，例如 50% 写 0.5", spot=spot)
    if round_half_up(scheme.min_coverage, COVERAGE_DECIMALS) != scheme.min_coverage:
        what = f"最低覆盖率 min_coverage {plain(scheme.min_coverage)} 的小数多于 {COVERAGE_DECIMALS} 位"
        yield Unsound(what, f"请改为 {COVERAGE_DECIMALS} 位以内，与印出的覆盖率一致", spot=spot)
    if scheme.quota and not 0 < scheme.quota.share <= 1:
        what = f"名额比例 share 应大于 0、不超过 1，现为 {plain(scheme.quota.share)}"
        yield Unsound(what, "比例写成小数，例如 30% 写 0.3", Part.QUOTA, spot="[quota]")
    factors = [scheme.role_factors.get(role, Decimal(1)) for role in Role]
    if any(factor < 0 for factor in factors) or not any(factors):
        what = "角色系数不能小于 0，也不能都是 0"
        yield Unsound(what, "例如 lead = 1.2，participant = 1", Part.ROLE_FACTORS, spot="[role_factors]")
    yield from _decimals(scheme, "满分", scheme.full_marks, Unsound("", "", spot=spot))


def _codes(scheme: Scheme) -> Iterator[Unsound]:
    for category in scheme.categories:
        if not category.indicators:
            what = f"一级指标 {category.code} {category.title} 下没有二级指标"
            yield Unsound(what, "请补上 [[category.indicator]]，或删去该一级指标", Part.CATEGORY, category.code)
    assessed = [category.code for category in scheme.categories] + [item.code for item in scheme.indicators]
    yield from _distinct("指标代码", assessed, Part.INDICATOR)
    yield from _distinct("填报项代码", [figure.code for figure in scheme.figures], Part.FIGURE)
    yield from _distinct("加分项代码", [kind.code for kind in scheme.bonuses], Part.BONUS)
    yield from _distinct("扣分项代码", [kind.code for kind in scheme.deductions], Part.DEDUCTION)
    yield from _distinct("一票否决代码", [kind.code for kind in scheme.vetoes], Part.VETO)
    yield from _distinct("等次", [grade.title for grade in scheme.grades], Part.GRADE)
    yield from _distinct("tie_break 中的代码", scheme.tie_break, Part.SCHEME)


def _distinct(name: str, codes: Sequence[str], part: Part) -> Iterator[Unsound]:
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield Unsound(f"{name}“{code}”用了不止一次", "请改成各不相同的", part, code)


def _indicator(scheme: Scheme, indicator: Indicator) -> Iterator[Unsound]:
    yield from _decimals(scheme, "分值", indicator.points, _of(indicator, "", ""))
    figures = {figure.code: figure for figure in scheme.figures}
    for code in indicator.rule.figures():
        if code not in figures:
            known = "、".join(figures)
            remedy = f"请在 [[figure]] 中补上，或改用已有的：{known}" if known else "请在 [[figure]] 中补上"
            yield _of(indicator, f"没有填报项“{code}”", remedy)
        elif figures[code].scope is not indicator.scope:
            what = f"指标取自{_SCOPE_WORDS[indicator.scope]}，填报项“{code}”却在{_SCOPE_WORDS[figures[code].scope]}中"
            yield _of(indicator, what, "请把指标和填报项的 scope 改成一致（unit 或 task）")


def _scope(indicator: Indicator) -> Iterator[Unsound]:
    rule = indicator.rule
    if indicator.scope is Scope.UNIT and OfficeInput.TARGET in rule.office_inputs():
        remedy = '请改为 scope = "task"，或用 target、target_figure 写目标值'
        yield _of(indicator, "按单位评的指标没有下达的目标值", remedy)
    if indicator.scope is Scope.TASK and not rule.task_scope:
        remedy = '请改为 scope = "unit"，或换一种评分规则'
        yield _of(indicator, f"评分规则“{rule.label}”不能逐项任务评分：各单位承担的任务不同，无从比较", remedy)


def _decimals(scheme: Scheme, name: str, value: Decimal, where: Unsound) -> Iterator[Unsound]:
    if 0 <= scheme.decimals <= _MOST_DECIMALS and round_half_up(value, scheme.decimals) != value:
        what = f"{name} {plain(value)} 的小数多于 {scheme.decimals} 位"
        remedy = f"请改为 {scheme.decimals} 位以内，或把 decimals 改大"
        yield Unsound(what, remedy, where.part, where.code, where.spot)


def _sum(scheme: Scheme) -> Iterator[Unsound]:
    total = sum((category.points for category in scheme.categories), Decimal(0))
    if total == scheme.full_marks:
        return
    parts = " + ".join(f"{category.title} {plain(category.points)}" for category in scheme.categories)
    relation = "多" if total > scheme.full_marks else "少"
    gap = plain(abs(total - scheme.full_marks))
    what = f"各项分值合计 {plain(total)}，与满分 {plain(scheme.full_marks)} 不符，{relation} {gap} 分（{parts}）"
    yield Unsound(what, "请调整分值，使合计等于满分")


def _grades(scheme: Scheme) -> Iterator[Unsound]:
    def fault(grade: Grade, what: str, remedy: str) -> Unsound:
        return Unsound(what, remedy, Part.GRADE, grade.title, "[[grade]]")

    for upper, lower in pairwise(scheme.grades):
        if lower.minimum >= upper.minimum:
            what = f"“{lower.title}”的 {plain(lower.minimum)} 分不低于“{upper.title}”的 {plain(upper.minimum)} 分"
            yield fault(lower, what, "请按从高到低排列，各等次的分数线不能相同")
    last = scheme.grades[-1]
    if last.minimum != 0 or last.category_share is not None:
        yield fault(last, f"最低等次“{last.title}”应没有条件", "请把它的 minimum 写 0，不写 category_share")
    highest = scheme.full_marks + (scheme.bonus_cap if scheme.ceiling is Ceiling.WITH_BONUS else 0)
    for grade in scheme.grades:
        yield from _decimals(scheme, f"“{grade.title}”的分数线", grade.minimum, fault(grade, "", ""))
        if grade.minimum > highest:
            what = f"“{grade.title}”的 {plain(grade.minimum)} 分高于可得的最高分 {plain(highest)}"
            yield fault(grade, what, "请把分数线改到可得的最高分以内")
        if grade.category_share is not None and not 0 < grade.category_share <= 1:
            what = f"“{grade.title}”的 category_share 应大于 0、不超过 1，现为 {plain(grade.category_share)}"
            yield fault(grade, what, "比例写成小数，例如 60% 写 0.6")


def _references(scheme: Scheme) -> Iterator[Unsound]:
    for code in scheme.tie_break:
        if code not in scheme.category_by_code and code not in scheme.indicator_by_code:
            what = f"tie_break 中的“{code}”不是本细则的指标代码"
            yield Unsound(what, "请写一级指标或二级指标的 code", spot="[scheme]")
    titles = [grade.title for grade in scheme.grades]
    for veto in scheme.vetoes:
        if titles and veto.limit not in titles:
            what = f"一票否决“{veto.title}”限定的等次“{veto.limit}”不在等次表中"
            yield Unsound(what, f"请从 {'、'.join(titles)} 中选一个", Part.VETO, veto.code, "[[veto]]")


def _entry_kind(scheme: Scheme, part: Part, kind: EntryKind) -> Iterator[Unsound]:
    where = Unsound("", "", part, kind.code, f"加扣分项 {kind.code} {kind.title}")
    if kind.cap <= 0:
        what = f"上限 {plain(kind.cap)} 应大于 0"
        yield Unsound(what, "请写大于 0 的上限，或删去该项", part, kind.code, where.spot)
    yield from _decimals(scheme, "上限", kind.cap, where)
