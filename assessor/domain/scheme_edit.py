"""Editing a scheme (考核细则): every function answers with the scheme as it is afterwards.

What stands there may be unsound for a while (points that do not sum to the full marks); what the office cannot have
meant is refused with an InputError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from assessor.domain.rules.direct import Direct
from assessor.domain.scheme import Category, EntryKind, Figure, Grade, Indicator, Scheme, VetoKind
from assessor.domain.scheme_soundness import Part
from assessor.domain.wording import plain
from assessor.errors import InputError

SchemeChange = Callable[[Scheme], Scheme]
Item = EntryKind | VetoKind | Grade | Figure

NEW_CATEGORY, NEW_INDICATOR = "新的一级指标", "新的二级指标"
_COPY = "（副本）"


@dataclass(frozen=True)
class Spot:
    """A place in a scheme: a part of it, and the code of the item that is meant."""

    part: Part
    code: str = ""


WHOLE = Spot(Part.SCHEME)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=_Coded)


# The tree


def rename(scheme: Scheme, spot: Spot, title: str) -> Scheme:
    """Of a category or an indicator."""
    text = title.strip()
    if not text:
        raise InputError("名称不能为空", remedy="请填写名称")
    if spot.part is Part.CATEGORY:
        return _with_category(scheme, spot.code, lambda item: replace(item, title=text))
    return change_indicator(scheme, spot.code, title=text)


def recode(scheme: Scheme, spot: Spot, code: str) -> Scheme:
    """Gives a category or an indicator another code; what names the old one follows."""
    text = code.strip()
    if not text:
        raise InputError("代码不能为空", remedy="请填写代码，例如 2.3")
    if text != spot.code and text in _codes(scheme):
        raise InputError(f"代码“{text}”已经用过", remedy="各指标的代码应各不相同")
    if spot.part is Part.CATEGORY:
        changed = _with_category(scheme, spot.code, lambda item: replace(item, code=text))
    else:
        changed = change_indicator(scheme, spot.code, code=text)
    order = tuple(text if item == spot.code else item for item in scheme.tie_break)
    return replace(changed, tie_break=order)


def change_indicator(scheme: Scheme, indicator: str, /, **settings: Any) -> Scheme:
    """``indicator``: its code; ``settings``: fields of ``Indicator``."""
    _require(scheme, indicator)
    return _with_categories(
        scheme, (replace(item, indicators=_changed(item.indicators, indicator, settings)) for item in scheme.categories)
    )


def add_category(scheme: Scheme, after: str = "") -> Scheme:
    """One with a first indicator, behind the category ``after`` or at the end."""
    code = _next_number([item.code for item in scheme.categories])
    empty = replace(scheme, categories=_behind(scheme.categories, after, Category(code, NEW_CATEGORY, ())))
    return add_indicator(empty, code)


def add_indicator(scheme: Scheme, category: str, after: str = "") -> Scheme:
    """One of the points that are still missing to the full marks (else 1), which the office scores itself."""
    given = sum((item.points for item in scheme.categories), Decimal(0))
    points = scheme.full_marks - given
    code = _next_code(scheme, category)
    new = Indicator(code, NEW_INDICATOR, points if points > 0 else Decimal(1), Direct())
    return _with_category(scheme, category, lambda item: replace(item, indicators=_behind(item.indicators, after, new)))


def duplicate(scheme: Scheme, spot: Spot) -> Scheme:
    """The same again behind it, under new codes."""
    if spot.part is Part.INDICATOR:
        source = _require(scheme, spot.code)
        category = category_of(scheme, spot.code)
        new = replace(source, code=_next_code(scheme, category), title=source.title + _COPY)
        return _with_category(
            scheme, category, lambda item: replace(item, indicators=_behind(item.indicators, spot.code, new))
        )
    kept = scheme.category_by_code[spot.code]
    number = _next_number([item.code for item in scheme.categories])
    empty = replace(scheme, categories=_behind(scheme.categories, spot.code, Category(number, kept.title + _COPY, ())))
    copies: list[Indicator] = []
    for item in kept.indicators:
        copies.append(replace(item, code=f"{number}.{len(copies) + 1}"))
    return _with_category(empty, number, lambda made: replace(made, indicators=tuple(copies)))


def remove(scheme: Scheme, spot: Spot) -> Scheme:
    """A category goes with its indicators. The last indicator cannot go."""
    if spot.part is Part.CATEGORY:
        gone = {spot.code, *(item.code for item in scheme.category_by_code[spot.code].indicators)}
        categories = tuple(item for item in scheme.categories if item.code != spot.code)
    else:
        _require(scheme, spot.code)
        gone = {spot.code}
        categories = tuple(
            replace(item, indicators=tuple(leaf for leaf in item.indicators if leaf.code != spot.code))
            for item in scheme.categories
        )
    if not any(item.indicators for item in categories):
        raise InputError("细则至少要有一项二级指标", remedy="请先增加别的指标，再删去这一项")
    return replace(scheme, categories=categories, tie_break=tuple(c for c in scheme.tie_break if c not in gone))


def move(scheme: Scheme, spot: Spot, step: int) -> Scheme:
    """One place up (-1) or down (1); an indicator goes over into the neighbouring category. At the end: as it was."""
    if spot.part is Part.CATEGORY:
        return replace(scheme, categories=_moved(scheme.categories, spot.code, step))
    category = category_of(scheme, spot.code)
    own = scheme.category_by_code[category].indicators
    place = [item.code for item in own].index(spot.code) + step
    if 0 <= place < len(own):
        return _with_category(
            scheme, category, lambda item: replace(item, indicators=_moved(item.indicators, spot.code, step))
        )
    neighbours = [item.code for item in scheme.categories]
    other = neighbours.index(category) + step
    if not 0 <= other < len(neighbours):
        return scheme
    target = scheme.categories[other]
    return put_indicator(scheme, spot.code, target.code, 0 if step > 0 else len(target.indicators))


def put_indicator(scheme: Scheme, code: str, category: str, place: int) -> Scheme:
    """Before the ``place``-th indicator of a category, as they stand before the move. It keeps its code."""
    moving = _require(scheme, code)
    changed = []
    for item in scheme.categories:
        before = [leaf for leaf in item.indicators[:place] if leaf.code != code]
        after = [leaf for leaf in item.indicators[place:] if leaf.code != code]
        middle = [moving] if item.code == category else []
        changed.append(replace(item, indicators=(*before, *middle, *after)))
    return _with_categories(scheme, changed)


def put_category(scheme: Scheme, code: str, place: int) -> Scheme:
    """Before the ``place``-th category, as they stand before the move."""
    before = [item for item in scheme.categories[:place] if item.code != code]
    after = [item for item in scheme.categories[place:] if item.code != code]
    return _with_categories(scheme, (*before, scheme.category_by_code[code], *after))


def category_of(scheme: Scheme, indicator: str) -> str:
    """Code of the category that an indicator is in. Raises InputError where there is no such indicator."""
    _require(scheme, indicator)
    return next(item.code for item in scheme.categories if indicator in {leaf.code for leaf in item.indicators})


# The other parts: lists of items


def items_of(scheme: Scheme, part: Part) -> tuple[Item, ...]:
    """Of the part that is a list. Raises KeyError for another."""
    lists: dict[Part, tuple[Item, ...]] = {
        Part.GRADE: scheme.grades,
        Part.BONUS: scheme.bonuses,
        Part.DEDUCTION: scheme.deductions,
        Part.VETO: scheme.vetoes,
        Part.FIGURE: scheme.figures,
    }
    return lists[part]


def with_items(scheme: Scheme, part: Part, items: Sequence[Any]) -> Scheme:
    name = {
        Part.GRADE: "grades",
        Part.BONUS: "bonuses",
        Part.DEDUCTION: "deductions",
        Part.VETO: "vetoes",
        Part.FIGURE: "figures",
    }[part]
    settings: dict[str, Any] = {name: tuple(items)}
    return replace(scheme, **settings)


def key_of(item: Item) -> str:
    """What an item is known by: its code, a grade's title."""
    return item.title if isinstance(item, Grade) else item.code


def change_items(scheme: Scheme, part: Part, settings: Mapping[str, Mapping[str, Any]]) -> Scheme:
    """``settings``: fields by the key of the item. What names a code or a grade follows it."""
    changed = [replace(item, **settings.get(key_of(item), {})) for item in items_of(scheme, part)]
    keys = [key_of(item) for item in changed]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise InputError(f"“{twice}”用了不止一次", remedy="请改成各不相同的")
    renamed = {key_of(old): key_of(new) for old, new in zip(items_of(scheme, part), changed, strict=True)}
    result = with_items(scheme, part, changed)
    if part is Part.GRADE:
        vetoes = [replace(item, limit=renamed.get(item.limit, item.limit)) for item in scheme.vetoes]
        return replace(result, vetoes=tuple(vetoes))
    return result


def add_item(scheme: Scheme, part: Part) -> Scheme:
    """A new last one, of values to be typed over; a grade comes before the last, which asks for nothing."""
    items = list(items_of(scheme, part))
    keys = {key_of(item) for item in items}
    new = _new_item(scheme, part, keys)
    place = len(items) - 1 if part is Part.GRADE and items else len(items)
    return with_items(scheme, part, [*items[:place], new, *items[place:]])


def remove_items(scheme: Scheme, part: Part, keys: Iterable[str]) -> Scheme:
    """Raises InputError where a grade is the last, or the limit of a veto, or a figure is read by a rule."""
    gone = set(keys)
    left = [item for item in items_of(scheme, part) if key_of(item) not in gone]
    if part is Part.GRADE:
        _refuse_lost_grades(scheme, gone, left)
    if part is Part.FIGURE:
        _refuse_lost_figures(scheme, gone)
    return with_items(scheme, part, left)


def move_item(scheme: Scheme, part: Part, key: str, step: int) -> Scheme:
    items = list(items_of(scheme, part))
    place = [key_of(item) for item in items].index(key)
    other = place + step
    if not 0 <= other < len(items):
        return scheme
    items[place], items[other] = items[other], items[place]
    return with_items(scheme, part, items)


def add_figure(scheme: Scheme, figure: Figure) -> Scheme:
    """Raises InputError where its code is taken."""
    if any(item.code == figure.code for item in scheme.figures):
        raise InputError(f"填报项代码“{figure.code}”已经用过", remedy="请换一个代码")
    return replace(scheme, figures=(*scheme.figures, figure))


def next_figure_code(scheme: Scheme) -> str:
    return _free("figure", {item.code for item in scheme.figures})


def _new_item(scheme: Scheme, part: Part, keys: set[str]) -> Item:
    if part is Part.GRADE:
        return Grade(_free("新等次", keys), Decimal(0) if not scheme.grades else _between(scheme.grades))
    if part is Part.VETO:
        return VetoKind(_free("veto", keys), "新的否决事项", scheme.grades[-1].title)
    if part is Part.FIGURE:
        from assessor.domain.scheme import Scope

        return Figure(next_figure_code(scheme), "新的填报项", "", Scope.UNIT)
    stem = "bonus" if part is Part.BONUS else "deduction"
    title = "新的加分项" if part is Part.BONUS else "新的扣分项"
    return EntryKind(_free(stem, keys), title, Decimal(1))


def _between(grades: Sequence[Grade]) -> Decimal:
    """A minimum for a new grade before the last."""
    above = grades[-2].minimum if len(grades) > 1 else Decimal(60)
    return (above / 2).to_integral_value()


def _refuse_lost_grades(scheme: Scheme, gone: set[str], left: Sequence[Item]) -> None:
    if not left:
        raise InputError("细则至少要有一个等次", remedy="请先增加别的等次，再删去这一个")
    veto = next((item for item in scheme.vetoes if item.limit in gone), None)
    if veto is not None:
        raise InputError(f"一票否决“{veto.title}”限定为“{veto.limit}”", remedy="请先改它的最高等次，再删去这个等次")


def _refuse_lost_figures(scheme: Scheme, gone: set[str]) -> None:
    for indicator in scheme.indicators:
        used = gone.intersection(indicator.rule.figures())
        if used:
            title = next(item.title for item in scheme.figures if item.code in used)
            remedy = "请先改该指标的评分规则，再删去这个填报项"
            raise InputError(f"指标“{indicator.code} {indicator.title}”用到填报项“{title}”", remedy=remedy)


# Shared


def _require(scheme: Scheme, code: str) -> Indicator:
    found = scheme.indicator_by_code.get(code)
    if found is None:
        raise InputError(f"细则里没有指标“{code}”", remedy="它可能刚被删去，请再看一下左边的目录")
    return found


def _codes(scheme: Scheme) -> set[str]:
    return set(scheme.category_by_code) | set(scheme.indicator_by_code)


def _with_categories(scheme: Scheme, categories: Iterable[Category]) -> Scheme:
    return replace(scheme, categories=tuple(categories))


def _with_category(scheme: Scheme, code: str, change: Callable[[Category], Category]) -> Scheme:
    return _with_categories(scheme, (change(item) if item.code == code else item for item in scheme.categories))


def _changed(items: Iterable[Indicator], code: str, settings: Mapping[str, Any]) -> tuple[Indicator, ...]:
    return tuple(replace(item, **settings) if item.code == code else item for item in items)


def _behind(items: Sequence[C], after: str, new: C) -> tuple[C, ...]:
    codes = [item.code for item in items]
    place = codes.index(after) + 1 if after in codes else len(codes)
    return (*items[:place], new, *items[place:])


def _moved(items: Sequence[C], code: str, step: int) -> tuple[C, ...]:
    changed = list(items)
    place = [item.code for item in changed].index(code)
    other = place + step
    if 0 <= other < len(changed):
        changed[place], changed[other] = changed[other], changed[place]
    return tuple(changed)


def _next_number(codes: Sequence[str]) -> str:
    numbers = [int(code) for code in codes if code.isdigit()]
    return str(max(numbers, default=0) + 1)


def _next_code(scheme: Scheme, category: str) -> str:
    """``2.4`` behind ``2.1`` to ``2.3``: the category's code and the next number."""
    pattern = re.compile(re.escape(category) + r"\.(\d+)")
    numbers = [int(found[1]) for code in _codes(scheme) if (found := pattern.fullmatch(code))]
    return f"{category}.{max(numbers, default=0) + 1}"


def _free(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def points_words(scheme: Scheme) -> str:
    """``合计 98 / 满分 100，少 2 分``."""
    total = sum((item.points for item in scheme.categories), Decimal(0))
    head = f"合计 {plain(total)} / 满分 {plain(scheme.full_marks)}"
    if total == scheme.full_marks:
        return head
    relation = "多" if total > scheme.full_marks else "少"
    return f"{head}，{relation} {plain(abs(total - scheme.full_marks))} 分"
