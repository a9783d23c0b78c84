"""Two schemes side by side: what came, what went, and what is otherwise, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from assessor.domain.plan import Role
from assessor.domain.rules.params_text import params_text
from assessor.domain.scheme import EntryKind, Figure, Grade, Indicator, Scheme, VetoKind
from assessor.domain.scheme_soundness import Part
from assessor.domain.wording import percent_text, plain


class Change(Enum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return {"same": "相同", "changed": "修改", "added": "新增", "removed": "删去"}[self.value]


Fields = Mapping[str, str]
"""What the user calls it -> what stands there, as text."""


@dataclass(frozen=True)
class ComparedItem:
    """An item by its code on either side; None: that scheme does not have it."""

    part: Part
    code: str
    title: str
    before: Fields | None
    after: Fields | None

    @property
    def change(self) -> Change:
        if self.before is None:
            return Change.ADDED
        if self.after is None:
            return Change.REMOVED
        return Change.SAME if self.before == self.after else Change.CHANGED

    @property
    def differing(self) -> tuple[str, ...]:
        """Names of the fields that are not the same."""
        names = dict.fromkeys((*(self.before or {}), *(self.after or {})))
        return tuple(name for name in names if (self.before or {}).get(name) != (self.after or {}).get(name))


@dataclass(frozen=True)
class ComparedLine:
    """One field of an item on either side."""

    item: ComparedItem
    field: str
    before: str
    after: str

    @property
    def change(self) -> Change:
        """Of the field; of an item that only one side has, the item's."""
        if self.item.change in (Change.ADDED, Change.REMOVED):
            return self.item.change
        return Change.SAME if self.before == self.after else Change.CHANGED


def compared_lines(items: Sequence[ComparedItem], *, with_same: bool = False) -> tuple[ComparedLine, ...]:
    """Field by field, those that are empty on both sides left out; without ``with_same`` only what differs."""
    lines = [
        ComparedLine(item, name, (item.before or {}).get(name, ""), (item.after or {}).get(name, ""))
        for item in items
        for name in dict.fromkeys((*(item.before or {}), *(item.after or {})))
    ]
    kept = [line for line in lines if line.before or line.after]
    return tuple(line for line in kept if with_same or line.change is not Change.SAME)


def compare_schemes(before: Scheme, after: Scheme) -> tuple[ComparedItem, ...]:
    """Every item of both, in the order of ``after``, what it no longer has behind its neighbours of before."""
    return (
        ComparedItem(Part.SCHEME, "", "总则", _header(before), _header(after)),
        *_paired(Part.CATEGORY, _categories(before), _categories(after)),
        *_paired(Part.INDICATOR, _indicators(before), _indicators(after)),
        *_paired(Part.BONUS, _entries(before.bonuses), _entries(after.bonuses)),
        *_paired(Part.DEDUCTION, _entries(before.deductions), _entries(after.deductions)),
        *_paired(Part.VETO, _vetoes(before.vetoes), _vetoes(after.vetoes)),
        *_paired(Part.GRADE, _grades(before.grades), _grades(after.grades)),
        *_paired(Part.FIGURE, _figures(before.figures), _figures(after.figures)),
    )


_Items = Mapping[str, tuple[str, Fields]]
"""Code -> title and fields."""


def _paired(part: Part, before: _Items, after: _Items) -> Iterator[ComparedItem]:
    for code in _merged(list(before), list(after)):
        title = (after.get(code) or before[code])[0]
        old, new = before.get(code), after.get(code)
        yield ComparedItem(part, code, title, old[1] if old else None, new[1] if new else None)


def _merged(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """``after``, with each code that only ``before`` has behind the one that it followed there."""
    merged = list(after)
    for place, code in enumerate(before):
        if code not in merged:
            earlier = next((item for item in reversed(before[:place]) if item in merged), None)
            merged.insert(merged.index(earlier) + 1 if earlier is not None else 0, code)
    return merged


def _header(scheme: Scheme) -> Fields:
    quota = scheme.quota
    return {
        "名称": scheme.title,
        "满分": plain(scheme.full_marks),
        "小数位数": str(scheme.decimals),
        "缺项办法": scheme.not_applicable.label,
        "最低覆盖率": percent_text(scheme.min_coverage),
        "总分上限": scheme.ceiling.label,
        "同分排序": "、".join(scheme.tie_break),
        "优秀名额": f"{percent_text(quota.share)}，{quota.rounding.label}，{quota.tie.label}" if quota else "不限",
        "责任系数": "，".join(f"{role.label} {plain(scheme.role_factors.get(role, Decimal(1)))}" for role in Role),
        "说明": scheme.note,
    }


def _categories(scheme: Scheme) -> _Items:
    return {item.code: (item.title, {"名称": item.title, "分值": plain(item.points)}) for item in scheme.categories}


def _indicators(scheme: Scheme) -> _Items:
    category = {item.code: part.title for part in scheme.categories for item in part.indicators}
    return {item.code: (item.title, _indicator(item, category[item.code])) for item in scheme.indicators}


def _indicator(indicator: Indicator, category: str) -> Fields:
    return {
        "一级指标": category,
        "名称": indicator.title,
        "分值": plain(indicator.points),
        "范围": indicator.scope.label,
        "评分规则": indicator.rule.label,
        "规则参数": params_text(indicator.rule).replace("\n", "；"),
        "考核内容": indicator.content,
        "评分标准": indicator.criterion,
        "考核依据": indicator.proof,
    }


def _entries(kinds: Sequence[EntryKind]) -> _Items:
    return {
        kind.code: (
            kind.title,
            {"名称": kind.title, "上限": plain(kind.cap), "评分标准": kind.criterion, "考核依据": kind.proof},
        )
        for kind in kinds
    }


def _vetoes(kinds: Sequence[VetoKind]) -> _Items:
    return {
        kind.code: (kind.title, {"名称": kind.title, "最高等次": kind.limit, "认定标准": kind.criterion})
        for kind in kinds
    }


def _grades(grades: Sequence[Grade]) -> _Items:
    return {grade.title: (grade.title, _grade(grade)) for grade in grades}


def _grade(grade: Grade) -> Fields:
    share = "" if grade.category_share is None else percent_text(grade.category_share)
    return {"最低分": plain(grade.minimum), "各类最低得分率": share}


def _figures(figures: Sequence[Figure]) -> _Items:
    return {
        item.code: (item.title, {"名称": item.title, "计量单位": item.measure, "范围": item.scope.label})
        for item in figures
    }
